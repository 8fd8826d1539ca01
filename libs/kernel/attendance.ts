import { Bell } from './feed';
import { Unavailable } from './event-log';
import { laneOf } from './lanes';
import { openOrders, orderDone, pausedModels, STATES, type Order } from './operations';
import { modelOf, type Pause, type Roster } from './roster';
import type { Fenced, Write } from './row-store';
import type { Sitting } from './sitting';
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
  private told = new Map<string, string>();
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
  /** The seats are free for others, who need not wait for the lease to end. */
  async end(): Promise<void> {
    await this.tellStates();
    await this.sitting.leave();
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

  private async beat(): Promise<void> {
    try {
      await this.subscription.inTurn(async () => {
        const changes = [await this.sitDown(), await this.lookForPauses()];
        if (changes.includes(true)) await this.subscription.refresh();
      });
      for (const order of await openOrders(this.sources.rows)) await this.carryOut(order);
      await this.tellStates();
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error; // the rows are away: the loops wait for them, and so do we
    }
  }

  private async sitDown(atOnce = false): Promise<boolean> {
    const { gained, lost } = await this.sitting.come(Date.now(), atOnce);
    if (lost.length > 0)
      this.tell(
        'warn',
        `${this.sitting.names(lost)}: ${this.sitting.others.join(', ') || 'nobody'} has the work now, this process stops doing it`,
      );
    if (gained.length > 0) this.tell('info', `${this.sitting.names(gained)}: this process has the work`);
    return gained.length + lost.length > 0;
  }
  private async lookForPauses(): Promise<boolean> {
    const pauses = (await pausedModels(this.sources.rows)) as ReadonlyMap<string, unknown> as ReadonlyMap<
      string,
      Pause
    >;
    const { paused, resumed } = this.roster.setPauses(pauses);
    for (const model of paused) this.tell('info', `${model} is paused: ${pauses.get(model)?.reason ?? ''}`);
    for (const model of resumed) this.tell('info', `${model} goes on`);
    return paused.length + resumed.length > 0;
  }

  private async carryOut(order: Order & { readonly row: Row }): Promise<void> {
    const one = this.keeperOf(order);
    if (!one) return;
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
  }
  private keeperOf({ model, rowKey }: Pick<Order, 'model' | 'rowKey'>): Subscriber | undefined {
    const lane = laneOf(rowKey, this.sitting.lanes);
    const ours = this.subscription.subscribers.filter((one) => modelOf(one) === model);
    return ours.find((one) => (one.lane ?? 0) === lane && this.roster.mayFollow(one));
  }

  private async tellStates(): Promise<void> {
    const writes: Write[] = [];
    for (const one of this.subscription.subscribers) {
      if (!this.roster.isOurs(one)) continue;
      const row = this.stateRow(one);
      const text = JSON.stringify(row);
      if (this.told.get(one.name) === text) continue;
      this.told.set(one.name, text);
      writes.push({ table: STATES, key: one.name, row: { ...row, at: new Date().toISOString() } });
    }
    if (writes.length > 0) await this.sources.rows.commit(writes, []);
  }
  private stateRow(one: Subscriber): Row {
    return {
      ...{ key: one.name, model: modelOf(one), lane: one.lane ?? 0, owner: this.sitting.member },
      ...{ state: this.subscription.stateOf(one), error: this.roster.errorOf(one)?.message ?? null },
      eventsPerSecond: Math.round(this.subscription.eventsPerSecond),
    };
  }
}
