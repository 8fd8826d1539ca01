import { openCopyToRead, type Driver, type TurnTaking } from '@rapport/adapters/sqlite';
import { assertCopyOf, LogThroughCopy, type EventLog } from '@rapport/kernel';
import { Application } from '../application';
import { copyIn, rowsText, type Place } from '../opening';
import { openOperating } from '../reading';
import { assertRowsBelongTo } from '../rows-of-another-log';

export interface BesideHow {
  readonly driver?: Driver;
  /** How the threads of this process take turns in writing rows to a file. */
  readonly turns?: TurnTaking;
}

/**
 * The product in its place beside whoever runs there: the log and the keys are only read, rows are written. Where somebody
 * keeps a copy of a log on a server in the folder, it is read there. Never start it. Throws `NoData`, `RowsOfAnotherLog`,
 * `HistoryDamaged`, and `CannotConnect` when the log is on a server that cannot be used.
 */
export const openBeside = async (place: Place, { driver, turns }: BesideHow = {}): Promise<Application> => {
  const opened = await openOperating(place, driver, turns);
  try {
    const { rows, log } = opened.plan;
    await assertRowsBelongTo(log, rows, rowsText(place));
    if (!place.eventStoreDb) return opened;
    return new Application({ ...opened.plan, log: await nearest(place, log, driver) });
  } catch (error) {
    await opened.stop();
    throw error;
  }
};

const nearest = async (place: Place, log: EventLog, driver?: Driver): Promise<EventLog> => {
  const copy = await openCopyToRead({ ...copyIn(place), ...(driver && { driver }) });
  if (!copy) return log;
  try {
    await assertCopyOf(log, copy);
    return new LogThroughCopy(log, copy);
  } catch (error) {
    await copy.close();
    throw error;
  }
};
