import { randomUUID } from 'node:crypto';
import {
  eventIdOf,
  integer,
  json,
  NO_TIP,
  ordersOf,
  PARKED,
  placeOrder,
  projection,
  text,
  type LogEvent,
  type Order,
  type PlacedOrder,
  type Projection,
  type ProposedEvent,
  type Row,
} from '@rapport/kernel';
import type { Application } from '@rapport/platform/application';
import { NOON } from './jar-application';
import { JarFilled, JarOpened, jarEvents } from './jars';
import { until } from './patience';

/** Whoever reads a filling of so many drops breaks, as long as nobody has mended the model. */
export const POISON = 13;
export interface Mending {
  isMended: boolean;
}

/** Keeps the drops of every filling in the order in which it read them, so that a change of order shows. */
export const drops = (mending: Mending, name = 'drops'): Projection =>
  projection(jarEvents, {
    ...{ name, version: 1, about: 'What was filled in, in which order?', key: 'jarId' },
    columns: { color: text(), fills: integer(), all: json<readonly number[]>([]) },
  }).on({
    JarOpened: (_, { color }) => ({ color }),
    JarFilled: ({ fills, all }, { drops: some }) => {
      if (some === POISON && !mending.isMended) throw new RangeError('thirteen drops');
      return { fills: fills + 1, all: [...all, some] };
    },
  });

/** A jar that was opened and filled with these drops, put into the log as it is. */
export const filledJar = async (app: Application, jarId: string, some: readonly number[]): Promise<void> => {
  const color = 'red';
  const total = (n: number) => some.slice(0, n + 1).reduce((sum, one) => sum + one, 0);
  const data = [
    { messageClass: JarOpened, data: { jarId, color } },
    ...some.map((one, n) => ({
      messageClass: JarFilled,
      data: { jarId, color, drops: one, total: total(n) },
    })),
  ];
  const commandId = `fill ${jarId}`;
  const origin = {
    ...{ commandId, correlationId: commandId, source: 'TEST' },
    actor: { id: 'ann', role: 'SERVICE_SPECIALIST' },
  };
  const events: ProposedEvent[] = data.map((event, n) => ({
    ...{ ...event, id: eventIdOf(commandId, n), occurredAt: NOON, origin },
  }));
  await app.store.append(`jar-${jarId}`, NO_TIP, events);
};
/** An event as another program might have written it. */
export const strange = (type: string, data: object = {}, schemaVersion = '1'): LogEvent => ({
  ...{ id: randomUUID(), type, data: JSON.stringify(data) },
  meta: JSON.stringify({ occurredAt: NOON, schemaVersion }),
});

export const rowOf = async (app: Application, of: Projection, key: string): Promise<Row | undefined> =>
  (await app.rows.load(of.table, [key]))[0];
/** The parked events of a model, key by key, in the order of the log. */
export const parkedIn = async (app: Application, model: string): Promise<readonly Row[]> =>
  app.rows.find(PARKED, { where: [['subscriber', '=', model]], limit: 10_000 });

/** What an operator orders, and what came of it. */
export const ordered = async (
  app: Application,
  model: string,
  rowKey: string,
  what: Order['what'] = 'redrive',
): Promise<PlacedOrder> => {
  const id = await placeOrder(app.rows, { what, model, rowKey, by: 'ann', reason: 'mended' });
  const [order] = await carriedOut(app, [id]);
  if (!order) throw new Error('the order is gone');
  return order;
};
export const carriedOut = async (
  { rows }: Application,
  ids: readonly string[],
): Promise<readonly PlacedOrder[]> => {
  let orders: readonly PlacedOrder[] = [];
  await until('the orders are carried out', async () => {
    orders = await ordersOf(rows, ids);
    return orders.every(({ doneAt }) => doneAt !== null);
  });
  return orders;
};

/** Breaks one handler of a model or policy; answers what mends it. */
export const broken = (on: Readonly<Record<string, unknown>>, type: string): (() => void) => {
  const handlers = on as Record<string, unknown>;
  const whole = handlers[type];
  handlers[type] = () => {
    throw new Error('not yet');
  };
  return () => (handlers[type] = whole);
};
