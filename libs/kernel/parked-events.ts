import { START, type Position } from './event-log';
import { modelOf } from './roster';
import type { RowReader, Write } from './row-store';
import { PARKED, PARKED_MAX, type Sources, type Subscriber } from './subscriber';
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
  const writes = await one.consume(await sources.store.readAt(positions), sources);
  const again = writes.find(({ table, row }) => table === PARKED && row !== null)?.row;
  const outcome = again ? `parked again: ${String(again['error'])}` : `${parked.length} events were read`;
  return { writes: [...gone(parked), ...writes], outcome };
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
