import { existsSync } from 'node:fs';
import { SqliteEventLog, SqliteKeyRing, SqliteRowStore, type Driver } from '@rapport/adapters/sqlite';
import { Application } from './application';
import { filesIn } from './embedded';
import { planned } from './planned';

/** There is nothing to read in this folder. */
export class NoData extends Error {
  constructor(folder: string) {
    super(`${folder} holds no data: name another folder, or fill this one (rapport import, rapport serve)`);
  }
}

/**
 * The product on a data folder for reading only, also beside a process that has it: never start it. What it answers is
 * as fresh as that process keeps its read models. Throws `NoData`.
 */
export const openReading = async (folder: string, driver?: Driver): Promise<Application> => {
  const files = filesIn(folder);
  if (!Object.values(files).every((file) => existsSync(file))) throw new NoData(folder);
  const on = (file: string) => ({ file, readonly: true, ...(driver && { driver }) });
  const log = await SqliteEventLog.open(on(files.log));
  const rows = await SqliteRowStore.open(on(files.rows));
  const keys = await SqliteKeyRing.open(on(files.keys));
  const now = (): string => new Date().toISOString();
  return new Application({ ...planned, log, rows, keys, now });
};
