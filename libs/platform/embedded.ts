import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { SqliteEventLog, SqliteKeyRing, SqliteRowStore, type Driver } from '@rapport/adapters/sqlite';
import { aggregates } from '@rapport/domain';
import type { KeyRing, OnRefused, Pace } from '@rapport/kernel';
import { policies } from '@rapport/policies';
import { questions, readModels, rollups } from '@rapport/read-models';
import { Application } from './application';

export interface Embedded {
  /** The data folder, made when it is missing; null keeps everything in memory. */
  readonly folder: string | null;
  /** Business time (default: the machine's clock). */
  readonly now?: () => string;
  readonly driver?: Driver;
  readonly onFailure?: (error: unknown) => void;
  readonly onRefused?: OnRefused;
  readonly pace?: Pace;
  /** When the log is safe from a power failure: after each command (default), or once when it is closed. */
  readonly durable?: 'each' | 'atClose';
}

/** The files of a data folder: the log, the rows that follow from it, and the keys that are backed up apart. */
export const filesIn = (folder: string | null) => {
  const file = (name: string) => (folder === null ? ':memory:' : join(folder, `${name}.sqlite`));
  return { log: file('log'), rows: file('rows'), keys: file('keys') };
};

/** The whole product in one process on three SQLite files. Throws `AlreadyOwned` when another process has the folder. */
export const openEmbedded = async ({
  folder,
  now = machineTime,
  driver,
  durable = 'each',
  ...told
}: Embedded): Promise<Application> => {
  if (folder !== null) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const files = filesIn(folder);
  const on = (file: string) => ({ file, ...(driver && { driver }) });
  const log = await SqliteEventLog.open({ ...on(files.log), durable });
  const rows = await SqliteRowStore.open(on(files.rows));
  const keys: KeyRing = await SqliteKeyRing.open(on(files.keys));
  return new Application({
    aggregates,
    readModels,
    rollups,
    questions,
    policies,
    log,
    rows,
    keys,
    now,
    ...told,
  });
};

const machineTime = (): string => new Date().toISOString();
