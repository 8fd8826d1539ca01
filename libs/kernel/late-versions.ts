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

/**
 * The past of one row from a business time on, as it is known now. The row as of T is the fold, in the order of the log, of
 * the events that had happened by T. An event that is told late is the last of them in the log: so each row from its time on
 * is the one that stood there with this event put onto it, and no other event has to be read again. A timeline reaches as
 * far back as the batch rewrites it, so it holds no more rows than are written.
 */
export class Timeline {
  /** By time. The first was in force before anything that comes. */
  constructor(private readonly moments: Moment[]) {}

  /** What happened after everything that is known, or at the same moment as the last of it. */
  add(moment: Moment): void {
    if (this.moments.at(-1)?.validFrom === moment.validFrom) this.moments.pop();
    this.moments.push(moment);
  }
  /** The rows that a late event makes: the one at its own time, and every later one. */
  rewrittenBy(of: Pick<Projection, 'on' | 'table'>, key: string, event: RecordedEvent): readonly Moment[] {
    const at = this.placeOf(event.occurredAt);
    const own = { validFrom: event.occurredAt, row: this.moments[at]?.row ?? null };
    const now = this.moments.length - 1 - at;
    return [own, ...this.moments.slice(at + 1)].map(({ validFrom, row }, n) => ({
      ...{ validFrom, row: n === now ? folded(of, row, key, event) : foldedThen(of, row, key, event) },
    }));
  }
  /** From the first of these moments on it was so. */
  rewrite(moments: readonly Moment[]): void {
    const from = moments[0]?.validFrom ?? '';
    const at = this.placeOf(from);
    this.moments.length = this.moments[at]?.validFrom === from ? at : at + 1;
    for (const moment of moments) this.moments.push(moment);
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
  const moments: Moment[] = [{ validFrom: '', row: await rowAt(of, key, since, rows) }];
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
