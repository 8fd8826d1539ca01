/** How a subscription follows its log. */
export interface Pace {
  /** Events per step: the most that is held in memory and committed at once. */
  readonly batchMax: number;
  /** After a step under load, the loop rests so long at most, so that the next batch is worth its commit. */
  readonly restMaxMs: number;
  /** Indexes of new tables: at once, or by whoever puts the tables in their place. */
  readonly indexes: 'now' | 'later';
}
export const LIVE: Pace = { batchMax: 1_000, restMaxMs: 50, indexes: 'now' };
/** Much to read and nobody who waits for a part of it; tables that others read keep their indexes. */
export const BULK: Pace = { batchMax: 10_000, restMaxMs: 0, indexes: 'now' };
export const REBUILD: Pace = { batchMax: 20_000, restMaxMs: 0, indexes: 'later' };
