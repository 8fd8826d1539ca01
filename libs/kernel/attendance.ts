import { Bell } from './feed';
import { Unavailable } from './event-log';
import { laneOf } from './lanes';
import { openOrders, orderDone, ORDERS_MAX, pausesKept, STATES, type Order } from './operations';
import { dropped, redriven, type Released } from './parked-events';
import { modelOf, type Roster } from './roster';
import type { Fenced, Write } from './row-store';
import type { Sitting } from './sitting';
import { StandsStill } from './stands-still';
import type { Sources, Subscriber } from './subscriber';
import type { Subscription } from './subscription';
import type { Row } from './table';
import { Watched } from './watched';

type OpenOrder = Order & { readonly row: Row };

/** What an operator should hear of. */
export type Told = (level: 'info' | 'warn' | 'error', what: string) => void;

/** How often operators and other processes are looked after. */
const BEAT_MS = 1_000;

/** Looks after what goes on beside the log: seats that come and go, models that are paused, orders of operators. */
export class Attendance {
  private readonly bell = new Bell();
  private readonly told = new Map<string, string>();
  private over = false;
  /** Why the last look could not be taken; null: it could. */
  away: string | null = null;

  constructor(
    private readonly subscription: Subscription,
    private readonly sources: Sources,
    private readonly sitting: Sitting,
    private readonly roster: Roster,
    private readonly tell: Told = () => undefined,
  ) {}

  /** Before anybody follows. */
  async begin(): Promise<void> {
    await this.sitDown();
    await this.lookForPauses();
  }
  async run(): Promise<void> {
    while (!this.over) {
      await this.bell.heard(BEAT_MS);
      if (!this.over) await this.beat();
    }
    if (this.subscription.error !== null) await this.tellStates(); // whoever looks from elsewhere shall see it too
  }
  close(): void {
    this.over = true;
    this.bell.ring();
  }
  /** The seats are free for others, who need not wait for the lease to end; unless the rows are away. */
  async end(): Promise<void> {
    await this.unlessAway(async () => {
      await this.tellStates();
      await this.sitting.leave();
    });
  }
  /** A commit was void: somebody else has the seat, or has put other tables in the place of ours. */
  async comeAtOnce(reason: Fenced): Promise<void> {
    this.tell('warn', `${reason.message}: what was read since the last commit is read again`);
    await this.sitDown(true);
  }
  /** Now, not at the next beat. */
  heed(): Promise<void> {
    return this.beat();
  }

  private beat(): Promise<void> {
    return this.unlessAway(async () => {
      await this.subscription.inTurn(async () => {
        const gained = await this.sitDown();
        await this.lookForPauses();
        await this.subscription.refresh(gained); // also where nothing is new: the last time it may have failed
      });
      await this.carryOutOrders();
      await this.tellStates();
    });
  }
  /** While the rows are away the loops wait for them, and so do we. */
  private async unlessAway(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.away = null;
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      this.away = error.message;
    }
  }

  /** The lanes whose seats are new to us. */
  private async sitDown(atOnce = false): Promise<readonly number[]> {
    const { gained, lost } = await this.sitting.come(atOnce);
    if (lost.length > 0)
      this.tell(
        'warn',
        `${this.sitting.names(lost)}: ${this.sitting.others.join(', ') || 'nobody'} has the work now, this process stops doing it`,
      );
    this.roster.seatsMoved([...gained, ...lost]);
    if (gained.length === 0) return gained;
    this.told.clear(); // somebody else has told of these meanwhile
    this.tell('info', `${this.sitting.names(gained)}: this process has the work`);
    return gained;
  }
  private async lookForPauses(): Promise<void> {
    const kept = await pausesKept(this.sources.rows);
    const { paused, resumed } = this.roster.heed(kept, new Date().toISOString());
    for (const { model, told } of paused) if (this.keeps(model)) this.tell('info', `${model} is ${told}`);
    for (const { model, told } of resumed)
      if (this.keeps(model)) this.tell('info', `${model} goes on: ${told}`);
  }
  private keeps(model: string): boolean {
    return this.subscription.subscribers.some((one) => modelOf(one) === model && this.roster.isOurs(one));
  }

  /** Where there are many, other work gets its turn in between. */
  private async carryOutOrders(): Promise<void> {
    for (let left = ORDERS_MAX; left === ORDERS_MAX && !this.over;) {
      const following = this.subscription.subscribers.filter((one) => this.roster.mayFollow(one));
      const orders = await openOrders(this.sources.rows, [...new Set(following.map(modelOf))]);
      const done = await this.carryOutAll(orders);
      left = done === 0 ? 0 : orders.length;
    }
  }
  /** Answers how many were carried out. */
  private async carryOutAll(orders: readonly OpenOrder[]): Promise<number> {
    let done = 0;
    for (const order of orders) {
      const one = this.over ? undefined : this.keeperOf(order);
      if (one && (await this.subscription.alone((sources) => this.carriedOut(order, one, sources)))) done++;
    }
    return done;
  }
  private async carriedOut(order: OpenOrder, one: Subscriber, sources: Sources): Promise<readonly Write[]> {
    const work = order.what === 'drop' ? dropped : redriven;
    const released = await work(one, order.rowKey, sources).catch((error: unknown) => this.notDone(error));
    this.tell('info', `${order.what} of parked events of ${order.model} for ${order.by}: ${released.result}`);
    return [...released.writes, orderDone(order.row, released)];
  }
  /** What is unavailable for now is tried again later. Whatever was let go in memory is read anew either way. */
  private async notDone(error: unknown): Promise<Released> {
    await this.subscription.beginAnew();
    if (!(error instanceof StandsStill)) throw error;
    return { writes: [], result: 'NOT_DONE', outcome: `nothing was read: ${error.message}` };
  }
  private keeperOf({ model, rowKey }: OpenOrder): Subscriber | undefined {
    const lane = laneOf(rowKey, this.sitting.lanes);
    const ours = this.subscription.subscribers.filter((one) => modelOf(one) === model);
    return ours.find((one) => (one.lane ?? 0) === lane && this.roster.mayFollow(one));
  }

  private async tellStates(): Promise<void> {
    const ours = this.subscription.subscribers.filter((one) => this.roster.isOurs(one));
    for (const one of this.subscription.subscribers) if (!ours.includes(one)) this.told.delete(one.name);
    const states = ours.map((one) => this.stateRow(one)).map((row) => [row, JSON.stringify(row)] as const);
    const news = states.filter(([{ key }, text]) => this.told.get(key) !== text);
    if (news.length === 0) return;
    const at = new Date().toISOString();
    await this.sources.rows.commit(
      news.map(([row]) => ({ table: STATES, key: row.key, row: { ...row, at } })),
      [],
    );
    for (const [{ key }, text] of news) this.told.set(key, text);
  }
  private stateRow(one: Subscriber): Row {
    const { subscription, sitting } = this;
    const lane = one.lane ?? 0;
    const error = this.roster.errorOf(one) ?? subscription.error;
    return {
      ...{ key: one.name, model: modelOf(one), lane, seat: sitting.names([lane]), owner: sitting.member },
      ...{ state: subscription.stateOf(one), error: error === null ? null : String(error) },
      eventsPerSecond: Math.round(rateOf(one) ?? subscription.eventsPerSecond),
    };
  }
}

const rateOf = (one: Subscriber): number | undefined =>
  one instanceof Watched ? one.eventsPerSecond : undefined;
