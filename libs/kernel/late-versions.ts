import type { RecordedEvent } from './event-store';
import type { Held } from './held-rows';
import { folded, type Projection } from './projection';
import type { RowReader } from './row-store';
import { shapeOf } from './row-shape';
import { StandsStill } from './stands-still';
import type { Row } from './table';

/** From a business time on the row was so; null: there was none. */
export interface Moment {
  readonly validFrom: string;
  readonly row: Row | null;
}

/** Moments of a row that are kept from one batch to the next: who tells things late is late by moments, mostly. */
const MOMENTS_KEPT = 16;

/**
 * The past of one row from a business time on, as it is known now. The row as of T is the fold, in the order of the log, of
 * the events that had happened by T. An event that is told late is the last of them in the log: so each row from its time on
 * is the one that stood there with this event put onto it, and no other event has to be read again. A timeline reaches as
 * far back as a batch rewrites it, and between two batches to the last few moments.
 */
export class Timeline {
  /** By time. The first tells what was in force at its time, and maybe since long before. */
  constructor(private readonly moments: Moment[]) {}

  /** What became of the row at that time, or later, is known here. */
  reaches(time: string): boolean {
    return (this.moments[0]?.validFrom ?? time) <= time;
  }
  /** Between two batches. */
  shorten(): void {
    const more = this.moments.length - MOMENTS_KEPT;
    if (more > 0) this.moments.splice(0, more);
  }
  /** What happened after everything that is known, or at the same moment as the last of it. */
  add(moment: Moment): void {
    if (this.moments.at(-1)?.validFrom === moment.validFrom) this.moments.pop();
    this.moments.push(moment);
  }
  /** The rows that a late event makes: the one at its own time, and every later one, as far as it changes them. */
  rewrittenBy(of: Pick<Projection, 'on' | 'table'>, key: string, event: RecordedEvent): readonly Moment[] {
    const at = this.placeOf(event.occurredAt);
    const before = { validFrom: event.occurredAt, row: this.moments[at]?.row ?? null };
    const now = this.moments.length - 1 - at;
    return [before, ...this.moments.slice(at + 1)].flatMap(({ validFrom, row: was }, n) => {
      const row = n === now ? folded(of, was, key, event) : foldedThen(of, was, key, event);
      return row === was ? [] : [{ validFrom, row }];
    });
  }
  /** At these times it was so. */
  rewrite(moments: readonly Moment[]): void {
    for (const moment of moments) {
      const at = this.placeOf(moment.validFrom);
      const isThere = this.moments[at]?.validFrom === moment.validFrom;
      this.moments.splice(isThere ? at : at + 1, isThere ? 1 : 0, moment);
    }
  }
  /** The row as it is now. */
  get last(): Row | null {
    return this.moments.at(-1)?.row ?? null;
  }

  /** The last that had begun by then. */
  private placeOf(time: string): number {
    return this.moments.findLastIndex(({ validFrom }) => validFrom <= time);
  }
}

/** An event that cannot be read in a past without what came later is left out there: now it can be. */
const foldedThen = (
  of: Pick<Projection, 'on' | 'table'>,
  row: Row | null,
  key: string,
  event: RecordedEvent,
): Row | null => {
  try {
    return folded(of, row, key, event);
  } catch (error) {
    if (error instanceof StandsStill) throw error;
    return row;
  }
};

/** Versions that are read at once. */
const PAGE = 1_000;

/** What the store knows of a row, from `since` on: of each moment the version that was written last. */
export const timelineOf = async (
  of: Projection,
  { key, row, validFrom }: Held,
  since: string,
  rows: RowReader,
): Promise<Timeline> => {
  const { past } = of;
  if (!past || since >= validFrom) return new Timeline([{ validFrom, row }]);
  const moments: Moment[] = [{ validFrom: since, row: await rowAt(of, key, since, rows) }];
  for (let after = since, isMore = true; isMore;) {
    const where = [['key', '=', key] as const, ['validFrom', '>', after] as const];
    const page = await rows.find(past, { where, orderBy: { column: 'validFrom' }, limit: PAGE });
    moments.push(...newestOf(page));
    isMore = page.length === PAGE;
    if (!isMore) break;
    after = moments.pop()?.validFrom ?? after; // a page may end in the middle of a moment
    moments.push({ validFrom: after, row: await rowAt(of, key, after, rows) });
  }
  moments.pop();
  moments.push({ validFrom, row }); // the newest version is the row itself
  return new Timeline(moments);
};

const rowAt = async (
  { table, past }: Projection,
  key: string,
  time: string,
  rows: RowReader,
): Promise<Row | null> => {
  const [row] = await rows.load(table, [key], { time });
  return row && past ? shapeOf(past).copy(row) : null;
};

/** Rows that are sorted by time, of each time the one from the latest place in the log. */
const newestOf = (page: readonly Row[]): readonly Moment[] => {
  const newest: Row[] = [];
  for (const row of page) {
    const last = newest.at(-1);
    if (!last || last['validFrom'] !== row['validFrom']) newest.push(row);
    else if (Number(last['position']) < Number(row['position'])) newest[newest.length - 1] = row;
  }
  return newest.map((row) => ({
    ...{ validFrom: String(row['validFrom']), row: row['gone'] === true ? null : row },
  }));
};
