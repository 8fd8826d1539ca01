import { existsSync } from 'node:fs';
import { SqliteEventLog, SqliteKeyRing, SqliteRowStore, type Driver } from '@rapport/adapters/sqlite';
import { OPERATING, PARKED } from '@rapport/kernel';
import { Application } from './application';
import { filesIn, openServer, type Place } from './opening';
import { planned } from './planned';

/** There is nothing to read in this folder. */
export class NoData extends Error {
  constructor(folder: string | null) {
    super(`${folder} holds no data: name another folder, or fill this one (rapport import, rapport serve)`);
  }
}

/** Throws `NoData` where a file is missing. */
export const assertThere = (place: Place): void => {
  if (!Object.values(filesIn(place)).every((file) => existsSync(file))) throw new NoData(place.folder);
};

/**
 * The product in its place for reading only, also beside processes that run there: never start it. What it answers is as
 * fresh as they keep the read models. Throws `NoData`, and `CannotConnect` when the log is on a server that cannot be used.
 */
export const openReading = (place: Place, driver?: Driver): Promise<Application> =>
  openBeside(place, true, driver);

/** The same, and wishes of operators can be kept with the rows, for whoever keeps the read models. */
export const openOperating = async (place: Place, driver?: Driver): Promise<Application> => {
  const application = await openBeside(place, false, driver);
  await application.rows.open([PARKED, ...OPERATING]);
  return application;
};

const openBeside = async (place: Place, readonly: boolean, driver?: Driver): Promise<Application> => {
  assertThere(place);
  const files = filesIn(place);
  const on = (file: string) => ({ file, readonly: true, ...(driver && { driver }) });
  const log = await (files.log === undefined ? openServer(place) : SqliteEventLog.open(on(files.log)));
  const rows = await SqliteRowStore.open({ ...on(files.rows), readonly });
  const keys = await SqliteKeyRing.open(on(files.keys));
  const now = (): string => new Date().toISOString();
  return new Application({ ...planned, log, rows, keys, now, loops: [] });
};
