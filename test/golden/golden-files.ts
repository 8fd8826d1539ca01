import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kernelEvents, type MessageClasses } from '@rapport/kernel';
import * as domainEvents from '@rapport/domain/events';

export const FOLDER = __dirname;

/** Every event this program can read. */
export const events: MessageClasses = { ...domainEvents, ...kernelEvents };

export const goldenFile = (type: string, version: number): string => `${type}.v${version}.json`;

/** The frozen examples that are there: `CustomerRegistered.v1.json`. */
export const goldenFiles = (): readonly string[] =>
  readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

export const readGolden = (file: string): object =>
  JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as object;
