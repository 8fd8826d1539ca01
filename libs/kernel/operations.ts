import { randomUUID } from 'node:crypto';
import { isOver, type Pause } from './pauses';
import type { RowReader, RowStore, Write } from './row-store';
import { integer, maybe, real, text, type Row, type Table } from './table';

/** Models that shall stand still: whoever keeps them heeds it at his next beat, and after every restart. A pause that was taken back stays as a note of who did it. */
export const PAUSES: Table = {
  name: 'projection-pauses@1',
  columns: {
    by: text(),
    reason: text(),
    since: text(),
    until: maybe(text()),
    resumedAt: maybe(text()),
  },
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
    result: maybe(text<OrderResult>()),
    outcome: maybe(text()),
  },
  indexes: [['doneAt', 'model', 'at']],
};
/** How every subscriber is doing, told by whoever keeps it: for people who look from another process. */
export const STATES: Table = {
  name: 'projection-states@1',
  columns: {
    model: text(),
    lane: integer(),
    /** The seat of whoever keeps it: what he told counts as long as he sits there. */
    seat: text(),
    owner: text(),
    state: text(),
    eventsPerSecond: real(),
    error: maybe(text()),
    at: text(),
  },
  indexes: [['model']],
};
export const OPERATING: readonly Table[] = [PAUSES, ORDERS, STATES];

/** By whose doing a model does not go on, as its state is told: somebody's wish, or its own trouble. Null: it goes on. */
export const haltIn = (state: string): 'paused' | 'stands still' | null => {
  if (state.startsWith('paused by ')) return 'paused';
  return state.startsWith('stands still: ') ? 'stands still' : null;
};

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
/** `PARKED_AGAIN`: not all of them. `NOT_DONE`: it could not be done, nothing has changed. */
export type OrderResult = 'DONE' | 'PARKED_AGAIN' | 'NOTHING_PARKED' | 'NOT_DONE';
/** What became of an order, and how it is told. */
export interface Outcome {
  readonly result: OrderResult;
  readonly outcome: string;
}
export interface PlacedOrder extends Order, Partial<Outcome> {
  readonly at: string;
  /** Null: nobody has carried it out yet. */
  readonly doneAt: string | null;
}
/** Orders taken up in one go; what is left is taken up right after. */
export const ORDERS_MAX = 100;
/** More models than a program will ever have. */
const PAUSES_MAX = 10_000;

/** `until`: a pause of a program that may die in between ends by itself. */
export const pauseModel = async (
  rows: RowStore,
  model: string,
  { by, reason }: Request,
  until?: Date,
): Promise<Pause> => {
  const since = new Date().toISOString();
  const kept: Pause = { by, reason, since, until: until?.toISOString() ?? null, resumedAt: null };
  await rows.commit([{ table: PAUSES, key: model, row: { ...kept, key: model } }], []);
  return kept;
};

/** The model goes on, or tries again where it stands still by itself. Default: whoever paused it takes that back. */
export const resumeModel = async (
  rows: RowStore,
  model: string,
  wish: { readonly by?: string; readonly reason?: string } = {},
): Promise<Pause> => {
  const paused = (await pausesKept(rows)).get(model);
  const resumedAt = new Date().toISOString();
  const { by = paused?.by ?? '', reason = '' } = wish;
  const kept: Pause = { by, reason, since: paused?.since ?? resumedAt, until: null, resumedAt };
  await rows.commit([{ table: PAUSES, key: model, row: { ...kept, key: model } }], []);
  return kept;
};

/** The last pause of every model that ever had one. */
export const pausesKept = async (rows: RowReader): Promise<ReadonlyMap<string, Pause>> => {
  const found = await rows.find(PAUSES, { limit: PAUSES_MAX });
  return new Map(found.map((row) => [row.key, row as unknown as Pause]));
};
/** The models that stand still by somebody's wish. */
export const pausedModels = async (rows: RowReader): Promise<ReadonlyMap<string, Pause>> => {
  const now = new Date().toISOString();
  return new Map([...(await pausesKept(rows))].filter(([, pause]) => !isOver(pause, now)));
};

/** Asks whoever keeps the model; answers the order's id. */
export const placeOrder = async (rows: RowStore, order: Omit<Order, 'id'>): Promise<string> => {
  const [id = ''] = await placeOrders(rows, [order]);
  return id;
};
/** All of them or none. */
export const placeOrders = async (
  rows: RowStore,
  orders: readonly Omit<Order, 'id'>[],
): Promise<readonly string[]> => {
  const at = new Date().toISOString();
  const writes = orders.map(({ what, model, rowKey, by, reason }) => {
    const key = randomUUID();
    const open = { doneAt: null, result: null, outcome: null };
    return { table: ORDERS, key, row: { key, what, model, rowKey, by, reason, at, ...open } };
  });
  await rows.commit(writes, []);
  return writes.map(({ key }) => key);
};
/** Those of these ids that were ever placed, in the same order. */
export const ordersOf = async (rows: RowReader, ids: readonly string[]): Promise<readonly PlacedOrder[]> => {
  const found = new Map((await rows.load(ORDERS, ids)).map((row) => [row.key, row]));
  return ids.flatMap((id) => {
    const row = found.get(id);
    return row ? [{ ...(row as unknown as PlacedOrder), id }] : [];
  });
};
/** What came of an order, or null while it is open. */
export const outcomeOf = async (rows: RowReader, id: string): Promise<string | null> => {
  const [order] = await ordersOf(rows, [id]);
  return order?.outcome ?? null;
};

/** Orders that nobody has carried out yet, for these models, the oldest first. */
export const openOrders = async (
  rows: RowReader,
  models: readonly string[],
): Promise<readonly (Order & { readonly row: Row })[]> => {
  if (models.length === 0) return [];
  const where = [['doneAt', '=', null] as const, ['model', 'in', models] as const];
  const found = await rows.find(ORDERS, { where, orderBy: { column: 'at' }, limit: ORDERS_MAX });
  return found.map((row) => ({ ...(row as unknown as Order), id: row.key, row }));
};
export const orderDone = (row: Row, { result, outcome }: Outcome): Write => ({
  ...{ table: ORDERS, key: row.key },
  row: { ...row, doneAt: new Date().toISOString(), result, outcome },
});
