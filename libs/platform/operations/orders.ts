import { ordersOf, type PlacedOrder, type RowReader } from '@rapport/kernel';

/** An order as operators see it. */
export interface OrderShown {
  readonly id: string;
  readonly what: PlacedOrder['what'];
  readonly model: string;
  readonly key: string;
  readonly by: string;
  readonly reason: string;
  readonly at: string;
  /** Null: whoever keeps the model has not carried it out yet. */
  readonly doneAt: string | null;
  readonly result: PlacedOrder['result'] | null;
  readonly outcome: string | null;
}

export const orderShown = (order: PlacedOrder): OrderShown => {
  const { id, what, model, rowKey: key, by, reason, at, doneAt, result = null, outcome = null } = order;
  return { id, what, model, key, by, reason, at, doneAt, result, outcome };
};

/** Null: there is no such order. */
export const orderOf = async (rows: RowReader, id: string): Promise<OrderShown | null> => {
  const [order] = await ordersOf(rows, [id]);
  return order ? orderShown(order) : null;
};
