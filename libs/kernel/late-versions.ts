import type { RecordedEvent } from './event-store';
import type { Held } from './held-rows';
import { folded, type Projection } from './projection';
import type { RowReader } from './row-store';
import { shapeOf } from './row-shape';
import { StandsStill } from './stands-still';
import type { Row, Table } from './table';

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

/** A row in memory, and since when a batch tells what became of it: before its newest version. */
export type Late = readonly [held: Held, since: string];

/** Rows whose past is read together, and by how much they are late at most, for all are read as far back as the first of them. */
const ROWS_AT_ONCE = 200;
const SPAN_MS = 3_600_000;
/** Versions that are read at once. */
const PAGE = 2_000;

/** What the store knows of these rows, each from its own time on at least. */
export const timelinesOf = async (
  of: Projection,
  late: readonly Late[],
  rows: RowReader,
): Promise<ReadonlyMap<Held, Timeline>> => {
  const timelines = new Map<Held, Timeline>();
  const byTime = [...late].sort(([, one], [, other]) => (one < other ? -1 : one > other ? 1 : 0));
  for (let from = 0; from < byTime.length;) {
    const some = together(byTime, from);
    for (const [held, moments] of await momentsOf(of, some, rows)) timelines.set(held, new Timeline(moments));
    from += some.length;
  }
  return timelines;
};

const together = (byTime: readonly Late[], from: number): readonly Late[] => {
  const [, first = ''] = byTime[from] ?? [];
  const most = byTime.slice(from, from + ROWS_AT_ONCE);
  const beyond = most.findIndex(([, since]) => Date.parse(since) - Date.parse(first) > SPAN_MS);
  return beyond === -1 ? most : most.slice(0, beyond);
};

/** Of each what was in force at the first of these times, and every moment from then on. */
const momentsOf = async (
  { table, past }: Projection,
  late: readonly Late[],
  rows: RowReader,
): Promise<ReadonlyMap<Held, Moment[]>> => {
  const [[, since] = [null, '']] = late;
  const keys = late.map(([{ key }]) => key);
  if (!past) return new Map();
  const then = new Map((await rows.load(table, keys, { time: since })).map((row) => [row.key, row]));
  const later = new Map(keys.map((key): [string, Row[]] => [key, []]));
  for await (const page of versionsAfter(past, keys, since, rows))
    for (const version of page) later.get(version.key)?.push(version);
  return new Map(
    late.map(([held]) => {
      const row = then.get(held.key);
      const first = { validFrom: since, row: row ? shapeOf(past).copy(row) : null };
      const moments = [first, ...newestOf(later.get(held.key) ?? [])];
      moments[moments.length - 1] = { validFrom: held.validFrom, row: held.row }; // the newest is the row itself
      return [held, moments];
    }),
  );
};

/** In the order of their time, and all of one moment on one page. */
async function* versionsAfter(
  past: Table,
  keys: readonly string[],
  since: string,
  rows: RowReader,
): AsyncGenerator<readonly Row[]> {
  for (let after = since, limit = PAGE; ;) {
    const where = [['key', 'in', keys] as const, ['validFrom', '>', after] as const];
    const page = await rows.find(past, { where, orderBy: { column: 'validFrom' }, limit });
    const last = page.length < limit ? END_OF_TIME : timeOf(page.at(-1));
    const whole = page.filter((version) => timeOf(version) < last);
    yield whole;
    if (last === END_OF_TIME) return;
    if (whole.length > 0) after = timeOf(whole.at(-1));
    else limit *= 2; // one moment has more versions than a page
  }
}
const END_OF_TIME = '~';
const timeOf = (version: Row | undefined): string => String(version?.['validFrom']);

/** Rows that are sorted by time, of each time the one from the latest place in the log. */
const newestOf = (page: readonly Row[]): readonly Moment[] => {
  const newest: Row[] = [];
  for (const row of page) {
    const last = newest.at(-1);
    if (!last || last['validFrom'] !== row['validFrom']) newest.push(row);
    else if (Number(last['position']) < Number(row['position'])) newest[newest.length - 1] = row;
  }
  return newest.map((row) => ({ validFrom: timeOf(row), row: row['gone'] === true ? null : row }));
};
