import { START, type Position } from './event-log';
import type { RecordedEvent } from './event-store';
import { modelOf } from './roster';
import type { RowReader, Write } from './row-store';
import { PARKED, PARKED_MAX, parkedUnder, type Sources, type Subscriber } from './subscriber';
import type { Row } from './table';

/** What becomes of the parked events of one key, and how it is told. */
export interface Released {
  readonly writes: readonly Write[];
  readonly outcome: string;
}

/** Tries the parked events of one key again, in order; from the first that fails on, they are parked anew. */
export const redriven = async (one: Subscriber, key: string, sources: Sources): Promise<Released> => {
  const parked = await parkedOf(sources.rows, one, key);
  if (parked.length === 0) return NOTHING_PARKED;
  const positions = parked.map((row) => (row['position'] ?? START) as Position).sort((a, b) => a - b);
  one.release(key);
  const events = await sources.store.readAt(positions);
  const writes = await one.consume(events, sources);
  const again = writes.flatMap(({ table, row }) => (table === PARKED && row !== null ? [row] : []));
  const left = new Set(again.map((row) => row['position']));
  const passed = passedOn(
    one,
    key,
    events.filter(({ position }) => !left.has(position)),
  );
  const outcome = outcomeOf(again, passed) ?? `${parked.length} events were read`;
  return { writes: [...gone(parked), ...writes, ...passed], outcome };
};

/** Events that were parked under their stream, since nobody knew which row they concern: now it is known, and another lane keeps it. */
const passedOn = (one: Subscriber, key: string, events: readonly RecordedEvent[]): readonly Write[] =>
  events.flatMap((event) =>
    (one.keysElsewhere?.(event, key) ?? []).map((each) => parkedUnder(modelOf(one), each, event, ELSEWHERE)),
  );
const ELSEWHERE = 'another lane keeps this row: it is to be tried again under this key';
const outcomeOf = (again: readonly Row[], passed: readonly Write[]): string | null => {
  if (again[0]) return `parked again: ${String(again[0]['error'])}`;
  const keys = new Set(passed.map(({ row }) => row?.['rowKey']));
  return keys.size > 0 ? `parked under ${[...keys].join(', ')}: to be tried again there` : null;
};

/** Lets the parked events of one key go unread: the model will never know them, later ones it will. */
export const dropped = async (one: Subscriber, key: string, { rows }: Sources): Promise<Released> => {
  const parked = await parkedOf(rows, one, key);
  if (parked.length === 0) return NOTHING_PARKED;
  one.release(key);
  return { writes: gone(parked), outcome: `${parked.length} events were dropped` };
};

const NOTHING_PARKED: Released = { writes: [], outcome: 'nothing is parked under this key' };
const parkedOf = (rows: RowReader, one: Subscriber, key: string): Promise<readonly Row[]> => {
  const where = [['subscriber', '=', modelOf(one)] as const, ['rowKey', '=', key] as const];
  return rows.find(PARKED, { where, limit: PARKED_MAX });
};
const gone = (parked: readonly Row[]): readonly Write[] =>
  parked.map(({ key }) => ({ table: PARKED, key, row: null }));
