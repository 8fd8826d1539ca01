import { haltIn, ordersOf, placeOrders, type Order } from '@rapport/kernel';
import {
  AlreadyOwned,
  openAt,
  orderShown,
  standingsOf,
  type Application,
  type Follower,
  type OrderShown,
} from '@rapport/platform';
import { NotHeeded } from './exits';
import { holderOf } from './holder';
import { patiently } from './patience';
import { Progress } from './progress';
import type { Session } from './session';
import { EXIT_INTERRUPTED } from './terminal';

export type Wanted = Pick<Order, 'what' | 'rowKey'>;
export interface Waiting {
  readonly reason: string;
  /** How long the outcome is waited for. The orders stay, whatever becomes of the waiting. */
  readonly waitMs: number;
}
/** Orders that are placed, or asked about, at once. */
const ORDERS_AT_ONCE = 500;

/**
 * Places orders for whoever keeps the model and waits for what comes of them. Where an embedded log has no owner this
 * process is the owner for so long, and carries them out itself. Throws `NotHeeded`.
 */
export const ordered = async (
  session: Session,
  application: Application,
  of: Follower,
  wanted: readonly Wanted[],
  { reason, waitMs }: Waiting,
): Promise<readonly OrderShown[]> => {
  const ids: string[] = [];
  for (const some of pages(wanted)) {
    const orders = some.map((one) => ({ ...one, model: of.model, by: session.operator, reason }));
    ids.push(...(await placeOrders(application.rows, orders)));
  }
  await assertHeedable(session, application, of);
  const progress = new Progress(session.terminal, 'orders');
  const owner = await ownerWhereThereIsNone(session, of);
  try {
    const done = await patiently(session.terminal, waitMs, async () => {
      const closed = (await ordersIn(application, ids)).filter(({ doneAt }) => doneAt !== null);
      progress.show(closed.length, ids.length);
      return closed.length === ids.length ? closed : null;
    });
    if (done) return done;
  } finally {
    progress.end();
    await owner?.stop();
  }
  if (!session.terminal.stopped())
    throw new NotHeeded(`${of.model}: the order is kept, and was not carried out within ${waitMs / 1_000} s`);
  session.terminal.say('the order stays: whoever keeps the model carries it out');
  session.code = EXIT_INTERRUPTED;
  return ordersIn(application, ids);
};

/** Nobody would do it before the model is resumed, or somebody starts. */
const assertHeedable = async (session: Session, application: Application, only: Follower): Promise<void> => {
  const [standing] = await standingsOf(application, { ...session.looking, only });
  const { model } = only;
  if (standing?.pause) throw new NotHeeded(`${model} is paused: the order is kept until it is resumed`);
  if (standing && haltIn(standing.state) !== null)
    throw new NotHeeded(`${model} ${standing.state}: the order is kept until it goes on`);
  if (session.place.eventStoreDb && standing?.lanes.every(({ owner }) => owner === null))
    throw new NotHeeded(`nobody keeps ${model} at the moment: the order is carried out at the next start`);
};

const ownerWhereThereIsNone = async (
  { place }: Session,
  { group }: Follower,
): Promise<Application | null> => {
  if (place.eventStoreDb || group === 'publishing' || holderOf(place) !== null) return null;
  try {
    const owner = await openAt(place, { loops: [group] });
    await owner.start();
    return owner;
  } catch (error) {
    if (error instanceof AlreadyOwned) return null; // somebody has started meanwhile, and sees to it
    throw error;
  }
};

const ordersIn = async ({ rows }: Application, ids: readonly string[]): Promise<readonly OrderShown[]> => {
  const all: OrderShown[] = [];
  for (const some of pages(ids)) all.push(...(await ordersOf(rows, some)).map(orderShown));
  return all;
};
const pages = <T>(all: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / ORDERS_AT_ONCE) }, (_, n) =>
    all.slice(n * ORDERS_AT_ONCE, (n + 1) * ORDERS_AT_ONCE),
  );
