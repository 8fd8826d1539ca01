import {
  SqliteEventLog,
  SqliteKeyRing,
  SqliteRowStore,
  type Driver,
  type TurnTaking,
} from '@rapport/adapters/sqlite';
import { Application } from '../application';
import { filesIn, openServer, type Place } from '../opening';
import { planned } from '../planned';
import { assertThere } from '../reading';
import { assertRowsBelongTo } from '../rows-of-another-log';

export interface BesideHow {
  readonly driver?: Driver;
  /** How the threads of this process take turns in writing rows to a file. */
  readonly turns?: TurnTaking;
}

/**
 * The product in its place beside whoever runs there: the log and the keys are only read, rows are written. Never start
 * it. Throws `NoData`, `RowsOfAnotherLog`, and `CannotConnect` when the log is on a server that cannot be used.
 */
export const openBeside = async (place: Place, { driver, turns }: BesideHow = {}): Promise<Application> => {
  assertThere(place);
  const files = filesIn(place);
  const on = (file: string) => ({ file, ...(driver && { driver }) });
  const log = await (files.log === undefined
    ? openServer(place)
    : SqliteEventLog.open({ ...on(files.log), readonly: true }));
  const rows = await SqliteRowStore.open({ ...on(files.rows), ...(turns && { turns }) });
  const keys = await SqliteKeyRing.open({ ...on(files.keys), readonly: true });
  const application = new Application({ ...planned, log, rows, keys, now: machineTime, loops: [] });
  await assertRowsBelongTo(log, rows, files.rows).catch(async (error: unknown) => {
    await application.stop();
    throw error;
  });
  return application;
};

const machineTime = (): string => new Date().toISOString();
