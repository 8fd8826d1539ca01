import { Bell } from './feed';
import { Unavailable } from './event-log';
import { laneOf } from './lanes';
import { openOrders, orderDone, pausedModels, STATES, type Order } from './operations';
import { modelOf, type Pause, type Roster } from './roster';
import type { Fenced } from './row-store';
import type { Sitting } from './sitting';
import { StandsStill } from './stands-still';
import { dropped, redriven } from './parked-events';
import type { Sources, Subscriber } from './subscriber';
import type { Subscription } from './subscription';
import type { Row } from './table';

/** What an operator should hear of. */
export type Told = (level: 'info' | 'warn' | 'error', what: string) => void;

/** How often operators and other processes are looked after. */
const BEAT_MS = 1_000;

/** Looks after what goes on beside the log: seats that come and go, models that are paused, orders of operators. */
export class Attendance {
  private readonly bell = new Bell();
  private readonly told = new Map<string, string>();
  private over = false;

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
      for (const order of await openOrders(this.sources.rows)) await this.carryOut(order);
      await this.tellStates();
    });
  }
  /** While the rows are away the loops wait for them, and so do we. */
  private async unlessAway(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
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
    if (gained.length === 0) return gained;
    this.told.clear(); // somebody else has told of these meanwhile
    this.tell('info', `${this.sitting.names(gained)}: this process has the work`);
    return gained;
  }
  private async lookForPauses(): Promise<void> {
    const pauses = (await pausedModels(this.sources.rows)) as ReadonlyMap<string, unknown> as ReadonlyMap<
      string,
      Pause
    >;
    const { paused, resumed } = this.roster.setPauses(pauses);
    for (const model of paused) this.tell('info', `${model} is paused: ${pauses.get(model)?.reason ?? ''}`);
    for (const model of resumed) this.tell('info', `${model} goes on`);
  }

  private async carryOut(order: Order & { readonly row: Row }): Promise<void> {
    const one = this.keeperOf(order);
    if (!one) return;
    try {
      const ran = await this.subscription.alone(async () => {
        const { outcome, writes } = await (order.what === 'drop' ? dropped : redriven)(
          one,
          order.rowKey,
          this.sources,
        );
        this.tell('info', `${order.what} ${order.model} ${order.rowKey} for ${order.by}: ${outcome}`);
        return [...writes, orderDone(order.row, outcome)];
      });
      if (!ran) this.tell('warn', `${order.what} ${order.model} waits until somebody keeps it`);
    } catch (error) {
      if (!(error instanceof StandsStill)) throw error;
      await this.sources.rows.commit([orderDone(order.row, `not read: ${error.message}`)], []);
      await this.subscription.inTurn(() => this.subscription.refresh());
    }
  }
  private keeperOf({ model, rowKey }: Pick<Order, 'model' | 'rowKey'>): Subscriber | undefined {
    const lane = laneOf(rowKey, this.sitting.lanes);
    const ours = this.subscription.subscribers.filter((one) => modelOf(one) === model);
    return ours.find((one) => (one.lane ?? 0) === lane && this.roster.mayFollow(one));
  }

  private async tellStates(): Promise<void> {
    const ours = this.subscription.subscribers.filter((one) => this.roster.isOurs(one));
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
    return {
      ...{ key: one.name, model: modelOf(one), lane: one.lane ?? 0, owner: this.sitting.member },
      ...{ state: this.subscription.stateOf(one), error: this.roster.errorOf(one)?.message ?? null },
      eventsPerSecond: Math.round(this.subscription.eventsPerSecond),
    };
  }
}
