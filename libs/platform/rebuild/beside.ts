import type { Driver, TurnTaking } from '@rapport/adapters/sqlite';
import type { Application } from '../application';
import { filesIn, type Place } from '../opening';
import { openOperating } from '../reading';
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
  const application = await openOperating(place, driver, turns);
  const { log, rows } = application.plan;
  await assertRowsBelongTo(log, rows, filesIn(place).rows).catch(async (error: unknown) => {
    await application.stop();
    throw error;
  });
  return application;
};
