import { existsSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Place } from '@rapport/platform';
import { temporaryFolder } from '../bench-application';

/** A data folder, and where its rows and keys are; nothing but words, so that another process can open it. */
export interface DataPlace extends Place {
  readonly folder: string;
}
/** Rows a second that the bare driver writes in one way. */
export interface RawWrites {
  readonly what: string;
  readonly perSecond: number;
}
/** A kind of row store that is measured. */
export interface MeasuredStore {
  readonly name: string;
  /** The aims for rebuilds are set for it. */
  readonly isAimedAt: boolean;
  /** A new place without rows, with the log and the keys of this folder, which are only to be read there (default: none). */
  newPlace(from?: string): Promise<DataPlace>;
  /** Removes it with all that is in it. */
  remove(place: DataPlace): Promise<void>;
  /** Inserts or replacements first, in transactions of the size of a rebuild's. */
  rawWrites(): Promise<readonly [RawWrites, ...RawWrites[]]>;
  /** Ends what was started for it. */
  stop(): Promise<void>;
}

/** It takes no room: a long log has many gigabytes. */
export const folderReading = (from?: string): string => {
  const folder = temporaryFolder();
  for (const name of ['log.sqlite', 'keys.sqlite'])
    if (from !== undefined && existsSync(join(from, name))) symlinkSync(join(from, name), join(folder, name));
  return folder;
};
export const removeFolder = ({ folder }: DataPlace): void => rmSync(folder, { recursive: true, force: true });
