import { existsSync } from 'node:fs';
import { NothingThere } from '@rapport/adapters/postgres';
import { SqliteEventLog, type Driver, type TurnTaking } from '@rapport/adapters/sqlite';
import { OPERATING, PARKED } from '@rapport/kernel';
import { Application } from './application';
import { filesIn, openServer, rowsText, type Place } from './opening';
import { planned } from './planned';
import { openStores } from './stores';

/** There is nothing to read in this place. */
export class NoData extends Error {
  constructor(place: string | null) {
    super(`${place} holds no data: name another place, or fill this one (rapport import, rapport serve)`);
  }
}

/** Throws `NoData` where a file is missing. */
export const assertThere = (place: Place): void => {
  if (!Object.values(filesIn(place)).every((file) => existsSync(file))) throw new NoData(place.folder);
};

/**
 * The product in its place for reading only, also beside processes that run there: never start it. What it answers is as
 * fresh as they keep the read models. Throws `NoData`, and `CannotConnect`, `PostgresUnusable` or `Unavailable` when a
 * server cannot be used.
 */
export const openReading = (place: Place, driver?: Driver): Promise<Application> =>
  openBeside(place, true, driver);

/**
 * The same, and wishes of operators can be kept with the rows, for whoever keeps the read models. `turns`: how threads of
 * this process take turns in writing rows to a file.
 */
export const openOperating = async (
  place: Place,
  driver?: Driver,
  turns?: TurnTaking,
): Promise<Application> => {
  const application = await openBeside(place, false, driver, turns);
  await application.rows.open([PARKED, ...OPERATING]);
  return application;
};

const openBeside = async (
  place: Place,
  readonly: boolean,
  driver?: Driver,
  turns?: TurnTaking,
): Promise<Application> => {
  assertThere(place);
  const { log: file } = filesIn(place);
  const log = await (file === undefined
    ? openServer(place)
    : SqliteEventLog.open({ file, readonly: true, ...(driver && { driver }) }));
  const how = { driver, turns, readonlyRows: readonly, readonlyKeys: true };
  const stores = await openStores(place, how).catch(async (error: unknown) => {
    await log.close();
    throw error instanceof NothingThere ? new NoData(rowsText(place)) : error;
  });
  const now = (): string => new Date().toISOString();
  return new Application({ ...planned, log, ...stores, now, loops: [] });
};
