import { START, positionOf, type EventLog, type Position } from './event-log';
import type { RecordedEvent } from './event-store';
import type { RowReader, Write } from './row-store';
import type { Sources, Subscriber } from './subscriber';
import { text, type Row, type Table } from './table';

/**
 * Marks on the way through the log: up to this position everything had been recorded by then. The clock of a log may be
 * set back, so it is the latest time so far that counts: it never falls from one event to the next.
 */
export const LOG_MARKS: Table = {
  name: 'log-marks@1',
  columns: { recordedBy: text() },
  indexes: [['recordedBy']],
};
/** A mark after so many events. */
export const MARK_EVENTS = 1_000;
/** Events read at once between two marks. */
const PAGE = 1_000;
/** Events looked at behind the last mark: more are there only where nobody has read the log for long. */
const UNMARKED_MAX = 10 * MARK_EVENTS;

/** As long as a position may be, so that marks are in the order of the log. */
const keyOf = (position: Position): string => String(position).padStart(16, '0');
const positionIn = (mark: Row | undefined): Position => (mark ? positionOf(mark.key) : START);
const timeIn = (mark: Row | undefined): string => String(mark?.['recordedBy'] ?? '');
const later = (one: string, other: string): string => (other > one ? other : one);

/** Sets the marks as the log grows. */
export class LogMarker implements Subscriber {
  readonly name = LOG_MARKS.name;
  readonly tables = [LOG_MARKS];
  private recordedBy = '';
  /** Events behind the last mark. */
  private unmarked = 0;

  async reset({ rows, store }: Sources, from: Position): Promise<void> {
    const mark = await lastMark(rows, from);
    this.recordedBy = timeIn(mark);
    this.unmarked = 0;
    const between = await store.log.readAll(positionIn(mark), MARK_EVENTS);
    for (const { position, recordedAt } of between) if (position <= from) this.pass(recordedAt);
  }
  consume(events: readonly RecordedEvent[]): Promise<readonly Write[]> {
    const writes: Write[] = [];
    for (const { position, recordedAt } of events) {
      this.pass(recordedAt);
      if (this.unmarked < MARK_EVENTS) continue;
      const key = keyOf(position);
      writes.push({ table: LOG_MARKS, key, row: { key, recordedBy: this.recordedBy } });
      this.unmarked = 0;
    }
    return Promise.resolve(writes);
  }
  release(): void {
    // nothing is ever parked here: every event has a time
  }

  private pass(recordedAt: string): void {
    this.recordedBy = later(this.recordedBy, recordedAt);
    this.unmarked++;
  }
}

/** Where the marks and the log are. */
interface Marked {
  readonly rows: RowReader;
  readonly log: Pick<EventLog, 'readAll'>;
}
export interface RecordedBy {
  /** Of the last event that had been recorded by then; `START` where there was none yet. */
  readonly position: Position;
  /** False where so many events lie behind the last mark that there may be more of them. */
  readonly isLast: boolean;
}

/**
 * How far the log reached at an instant: up to the last event before which, and with which, everything had been recorded
 * by then. Looks at as many events as lie between two marks at most.
 */
export const recordedBy = async ({ rows, log }: Marked, instant: string): Promise<RecordedBy> => {
  const [mark] = await rows.find(LOG_MARKS, {
    where: [['recordedBy', '<=', instant]],
    ...{ orderBy: { column: 'recordedBy', descending: true }, limit: 1 },
  });
  let position = positionIn(mark);
  for (let looked = 0; looked < UNMARKED_MAX; looked += PAGE) {
    const events = await log.readAll(position, PAGE);
    const after = events.findIndex(({ recordedAt }) => recordedAt > instant);
    const last = after < 0 ? events.at(-1) : events[after - 1];
    position = last?.position ?? position;
    if (after >= 0 || events.length < PAGE) return { position, isLast: true };
  }
  return { position, isLast: false };
};

/** When everything up to a position had been recorded; null before the first event. */
export const recordedUntil = async ({ rows, log }: Marked, position: Position): Promise<string | null> => {
  const mark = await lastMark(rows, position);
  let time = timeIn(mark);
  for (let [at, looked] = [positionIn(mark), 0]; looked < UNMARKED_MAX; looked += PAGE) {
    const events = await log.readAll(at, PAGE);
    const known = events.filter((event) => event.position <= position);
    time = known.reduce((latest, { recordedAt }) => later(latest, recordedAt), time);
    at = events.at(-1)?.position ?? at;
    if (known.length < PAGE) break;
  }
  return time === '' ? null : time;
};

const lastMark = async (rows: RowReader, until: Position): Promise<Row | undefined> => {
  const where = [['key', '<=', keyOf(until)] as const];
  const [mark] = await rows.find(LOG_MARKS, {
    where,
    ...{ orderBy: { column: 'key', descending: true }, limit: 1 },
  });
  return mark;
};
