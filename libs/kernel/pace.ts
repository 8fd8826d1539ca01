/** How a subscription follows its log. */
export interface Pace {
  /** Events per step: the most that is held in memory and committed at once. */
  readonly batchMax: number;
  /** A step shall take no longer: the next one is made smaller, so that who waits for his event does not wait for many others. */
  readonly stepMs: number;
  /** After a step under load, the loop rests so long at most, so that the next batch is worth its commit. */
  readonly restMaxMs: number;
  /** Indexes of new tables: at once, or by whoever puts the tables in their place. */
  readonly indexes: 'now' | 'later';
}
export const LIVE: Pace = { batchMax: 2_000, stepMs: 60, restMaxMs: 50, indexes: 'now' };
/**
 * Where nothing else is done: who is behind takes all that is waiting, for the more events are committed at once the less
 * each of them costs, and who waits for the last of them waits for all before it anyway. Who is not, takes what has come,
 * and rests for a moment only: nobody else wants the time.
 */
export const APART: Pace = { batchMax: 5_000, stepMs: 1_000, restMaxMs: 20, indexes: 'now' };
/** Much to read and nobody who waits for a part of it; tables that others read keep their indexes. */
export const BULK: Pace = { batchMax: 10_000, stepMs: 2_000, restMaxMs: 0, indexes: 'now' };
/** A rebuild in a file from which somebody serves: short transactions, so that whoever writes there waits for moments only. */
export const BESIDE: Pace = { batchMax: 5_000, stepMs: 500, restMaxMs: 0, indexes: 'now' };
export const REBUILD: Pace = { batchMax: 20_000, stepMs: 5_000, restMaxMs: 0, indexes: 'later' };

/** A step that took t rests 3t: subscribers take at most a quarter of the process while somebody else needs it. */
const REST_FACTOR = 3;
export const restMs = ({ restMaxMs }: Pace, workedMs: number): number =>
  Math.min(restMaxMs, REST_FACTOR * workedMs);
/** After a step that took no longer nothing presses: there is time to tidy up. Who never rests has none. */
const QUICK_STEP_MS = 50;
export const leavesTime = ({ restMaxMs }: Pace, workedMs: number): boolean =>
  restMaxMs > 0 && workedMs < QUICK_STEP_MS;

/** No step is smaller: a commit costs the same for one event as for some. */
const BATCH_MIN = 50;

/** How many events the next step takes, by how long the last ones took. */
export class Stride {
  private size: number;
  constructor(private readonly pace: Pace) {
    this.size = Math.min(pace.batchMax, 500);
  }
  get limit(): number {
    return this.size;
  }
  /** A step of so many events took so long: too long halves the next, quick and full doubles it. */
  took(events: number, ms: number): void {
    const { batchMax, stepMs } = this.pace;
    if (ms > stepMs && events > BATCH_MIN) this.size = Math.max(BATCH_MIN, Math.floor(this.size / 2));
    else if (ms < stepMs / 2 && events >= this.size) this.size = Math.min(batchMax, this.size * 2);
  }
}
