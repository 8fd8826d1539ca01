import { START, type Position } from './event-log';
import type { RecordedEvent } from './event-store';
import type { OrderResult } from './operations';
import { forKey } from './redriven-event';
import { modelOf } from './roster';
import type { RowReader, Write } from './row-store';
import { PARKED, PARKED_MAX, parkedUnder, type Sources, type Subscriber } from './subscriber';
import type { Row } from './table';

/** What becomes of the parked events of one key, and how it is told. */
export interface Released {
  readonly writes: readonly Write[];
  readonly result: OrderResult;
  readonly outcome: string;
}

/**
 * Tries the parked events of one key again, in order; from the first that fails on, they are parked anew. When this
 * throws, the subscriber has to be reset: in its memory the key may have been let go, in the rows it is parked.
 */
export const redriven = async (one: Subscriber, key: string, sources: Sources): Promise<Released> => {
  const parked = await parkedOf(sources.rows, one, key);
  if (parked.length === 0) return NOTHING_PARKED;
  const positions = parked.map((row) => (row['position'] ?? START) as Position).sort((a, b) => a - b);
  const events = await sources.store.readAt(positions);
  one.release(key);
  const writes = await one.consume(
    events.map((event) => forKey(event, key)),
    sources,
  );
  const again = writes.filter(({ table, row }) => table === PARKED && row !== null);
  const left = new Set(again.map(({ row }) => row?.['position']));
  const read = events.filter(({ position }) => !left.has(position));
  const passed = passedOn(one, key, read);
  return { writes: [...gone(parked), ...writes, ...passed], ...told(parked.length, again, passed) };
};

/** Events that were parked under their stream, since nobody knew which row they concern: now it is known, and another lane keeps it. */
const passedOn = (one: Subscriber, key: string, events: readonly RecordedEvent[]): readonly Write[] =>
  events.flatMap((event) =>
    (one.keysElsewhere?.(event, key) ?? []).map((each) => parkedUnder(modelOf(one), each, event, ELSEWHERE)),
  );
const ELSEWHERE = 'another lane keeps this row: it is to be tried again under this key';

/** Lets the parked events of one key go unread: the model will never know them, later ones it will. */
export const dropped = async (one: Subscriber, key: string, { rows }: Sources): Promise<Released> => {
  const parked = await parkedOf(rows, one, key);
  if (parked.length === 0) return NOTHING_PARKED;
  one.release(key);
  return { writes: gone(parked), result: 'DONE', outcome: `${eventsText(parked.length)} dropped` };
};

const NOTHING_PARKED: Released = {
  writes: [],
  result: 'NOTHING_PARKED',
  outcome: 'nothing is parked under this key',
};
const eventsText = (n: number): string => (n === 1 ? '1 event was' : `${n} events were`);

const told = (
  all: number,
  again: readonly Write[],
  passed: readonly Write[],
): Pick<Released, 'result' | 'outcome'> => {
  const first = again[0]?.row;
  const keys = [...new Set(passed.map(({ row }) => String(row?.['rowKey'])))];
  if (!first && keys.length > 0)
    return { result: 'PARKED_AGAIN', outcome: `parked under ${keys.join(', ')}: to be tried again there` };
  if (!first) return { result: 'DONE', outcome: `${eventsText(all)} read` };
  const place = `${String(first['type'])} at position ${String(first['position'])}`;
  const outcome = `${eventsText(all - again.length)} read; ${place} is parked again, and ${again.length - 1} behind it: ${String(first['error'])}`;
  return { result: 'PARKED_AGAIN', outcome };
};

const parkedOf = (rows: RowReader, one: Subscriber, key: string): Promise<readonly Row[]> => {
  const where = [['subscriber', '=', modelOf(one)] as const, ['rowKey', '=', key] as const];
  return rows.find(PARKED, { where, limit: PARKED_MAX });
};
const gone = (parked: readonly Row[]): readonly Write[] =>
  parked.map(({ key }) => ({ table: PARKED, key, row: null }));
