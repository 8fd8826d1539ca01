import { randomUUID } from 'node:crypto';
import type { RowReader, RowStore, Write } from './row-store';
import { integer, maybe, real, text, type Row, type Table } from './table';

/** Models that shall stand still: whoever keeps them heeds it at his next beat, and after every restart. */
export const PAUSES: Table = {
  name: 'projection-pauses@1',
  columns: { by: text(), reason: text(), since: text(), until: maybe(text()) },
  indexes: [],
};
/** What operators asked for, and what came of it: work for whoever keeps the model, and a journal afterwards. */
export const ORDERS: Table = {
  name: 'projection-orders@1',
  columns: {
    what: text<Order['what']>('redrive'),
    model: text(),
    rowKey: text(),
    by: text(),
    reason: text(),
    at: text(),
    doneAt: maybe(text()),
    outcome: maybe(text()),
  },
  indexes: [['doneAt', 'at']],
};
/** How every subscriber is doing, told by whoever keeps it: for people who look from another process. */
export const STATES: Table = {
  name: 'projection-states@1',
  columns: {
    model: text(),
    lane: integer(),
    owner: text(),
    state: text(),
    eventsPerSecond: real(),
    error: maybe(text()),
    at: text(),
  },
  indexes: [['model']],
};
export const OPERATING: readonly Table[] = [PAUSES, ORDERS, STATES];

/** Who asks, and why: it is kept. */
export interface Request {
  readonly by: string;
  readonly reason: string;
}
/** Something to be done with the parked events of one key. */
export interface Order extends Request {
  readonly id: string;
  readonly what: 'redrive' | 'drop';
  readonly model: string;
  readonly rowKey: string;
}
/** Orders taken up in one go; what is left is taken up at the next beat. */
const ORDERS_MAX = 100;
/** More models than a program will ever have. */
const PAUSES_MAX = 10_000;

/** `until`: a pause of a program that may die in between ends by itself. */
export const pauseModel = (
  rows: RowStore,
  model: string,
  { by, reason }: Request,
  until?: Date,
): Promise<void> => {
  const row: Row = {
    ...{ key: model, by, reason, since: new Date().toISOString() },
    until: until?.toISOString() ?? null,
  };
  return rows.commit([{ table: PAUSES, key: model, row }], []);
};
export const resumeModel = (rows: RowStore, model: string): Promise<void> =>
  rows.commit([{ table: PAUSES, key: model, row: null }], []);

/** The models that stand still by somebody's wish. */
export const pausedModels = async (rows: RowReader): Promise<ReadonlyMap<string, Row>> => {
  const found = await rows.find(PAUSES, { limit: PAUSES_MAX });
  const now = new Date().toISOString();
  return new Map(
    found.filter(({ until }) => until === null || String(until) > now).map((row) => [row.key, row]),
  );
};

/** Asks whoever keeps the model; answers the order's id. */
export const placeOrder = async (rows: RowStore, order: Omit<Order, 'id'>): Promise<string> => {
  const key = randomUUID();
  const row = { ...order, key, at: new Date().toISOString(), doneAt: null, outcome: null };
  await rows.commit([{ table: ORDERS, key, row }], []);
  return key;
};
/** What came of an order, or null while it is open. */
export const outcomeOf = async (rows: RowReader, id: string): Promise<string | null> => {
  const [row] = await rows.load(ORDERS, [id]);
  return (row?.['outcome'] ?? null) as string | null;
};
export const openOrders = async (rows: RowReader): Promise<readonly (Order & { readonly row: Row })[]> => {
  const where = [['doneAt', '=', null] as const];
  const found = await rows.find(ORDERS, { where, orderBy: { column: 'at' }, limit: ORDERS_MAX });
  return found.map((row) => ({ ...(row as unknown as Order), id: row.key, row }));
};
export const orderDone = (row: Row, outcome: string): Write => ({
  ...{ table: ORDERS, key: row.key },
  row: { ...row, doneAt: new Date().toISOString(), outcome },
});
