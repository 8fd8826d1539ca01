import { START, Unavailable, type Feed, type FeedItem, type Position } from './event-log';
import { backOff } from './back-off';
import { Bell } from './feed';
import { LIVE, type Pace } from './pace';
import { Fenced, type Write } from './row-store';
import { PARKED, PARKED_MAX, type Sources, type Subscriber } from './subscriber';

/** A step that took t rests 3t: subscribers take at most a quarter of the process while somebody else needs it. */
const REST_FACTOR = 3;

/** Rows rest on events that this log does not have: they belong to another log, or the log was restored without them. */
export class RowsAhead extends Error {
  constructor(subscriber: string) {
    super(
      `${subscriber} has read further than this log reaches: bring back the log that belongs to these rows, or remove the rows, which are built again from the log`,
    );
  }
}

const NOTHING: Promise<readonly Write[]> = Promise.resolve([]);
/** Where a subscription without subscribers stands. */
const END = Number.MAX_SAFE_INTEGER as Position;

interface Waiter {
  readonly position: Position;
  readonly go: (reached: boolean) => void;
}

/** Drives subscribers along the log: one batch, one commit of all their rows and checkpoints, so nothing is lost or done twice. */
export class Subscription {
  private readonly checkpoints = new Map<Subscriber, Position>();
  private readonly bell = new Bell();
  private waiters: readonly Waiter[] = [];
  private feed?: Feed;
  private running?: Promise<void>;
  private stopped = false;
  private tail: Promise<unknown> = Promise.resolve();
  private firstCatchUp = false;
  private failure: unknown = null;
  private waits: string | null = null;
  /** In a row: a step that succeeds ends the row, a feed that opens does not. */
  private failures = 0;

  constructor(
    private readonly sources: Sources,
    private readonly subscribers: readonly Subscriber[],
    private readonly onFailure: (error: unknown) => void = rethrow,
    private readonly pace: Pace = LIVE,
  ) {}

  async start(): Promise<void> {
    const tables = this.subscribers.flatMap((one) => one.tables);
    await this.sources.rows.open([PARKED]);
    await this.sources.rows.open(tables, this.pace.indexes);
    await this.resume();
    this.firstCatchUp = this.subscribers.length === 0;
    if (this.subscribers.length === 0) return;
    this.running = this.run().catch((error: unknown) => {
      this.failure = error;
      this.release(() => true, false);
      this.onFailure(error);
    });
  }
  /** Finishes the step it is in. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.feed?.close();
    this.bell.ring();
    this.release(() => true, false);
    await this.running;
    await this.tail;
  }

  /** The whole log as it was at the start has been read. */
  get caughtUp(): boolean {
    return this.firstCatchUp;
  }
  get error(): unknown {
    return this.failure;
  }
  /** How it is doing, for people: what its feed does, or what it waits for. */
  get state(): string {
    if (this.failure !== null) return 'failed';
    if (this.waits !== null) return `waiting: ${this.waits}`;
    return this.feed?.state ?? (this.stopped ? 'stopped' : 'starting');
  }
  /** How far the slowest subscriber has read, or the one that is named. */
  position(name?: string): Position {
    const asked = name === undefined ? this.subscribers : this.subscribers.filter((one) => one.name === name);
    return asked.reduce<Position>((least, one) => earlier(least, this.checkpoints.get(one) ?? START), END);
  }

  /** Resolves when every subscriber has read that far; false when it took too long or the loop has stopped. */
  reached(position: Position, withinMs = 5_000): Promise<boolean> {
    if (this.position() >= position) return Promise.resolve(true);
    if (this.stopped || this.failure !== null) return Promise.resolve(false);
    return new Promise((resolve) => {
      const waiter: Waiter = {
        position,
        go: (reached) => {
          clearTimeout(late);
          resolve(reached);
        },
      };
      const late = setTimeout(() => this.release((one) => one === waiter, false), withinMs);
      this.waiters = [...this.waiters, waiter];
      this.bell.ring();
    });
  }

  /**
   * Runs between two steps, alone: nothing is consumed meanwhile. What it answers is committed at once, unless another
   * owner has moved on: then it is void, as a step would be.
   */
  alone(work: (sources: Sources) => Promise<readonly Write[]>): Promise<void> {
    return this.inTurn(async () => {
      const writes = await work(this.sources);
      if (writes.length > 0) await this.commit(writes, this.subscribers);
    });
  }

  /** Tries the parked events of one key again, in order; from the first that fails on, they are parked anew. */
  redrive(name: string, key: string): Promise<void> {
    return this.alone(async ({ rows, store }) => {
      const subscriber = this.subscribers.find((one) => one.name === name);
      if (!subscriber) throw new Error(`there is no subscriber ${name}`);
      const where = [['subscriber', '=', name] as const, ['rowKey', '=', key] as const];
      const parked = await rows.find(PARKED, { where, limit: PARKED_MAX });
      const positions = parked.map((row) => row['position'] as Position).sort((a, b) => a - b);
      subscriber.release(key);
      const writes = await subscriber.consume(await store.readAt(positions), this.sources);
      return [...parked.map((row) => ({ table: PARKED, key: row.key, row: null })), ...writes];
    });
  }

  /** What is unavailable for now is waited for; whatever else goes wrong ends the loop. */
  private async run(): Promise<void> {
    while (!this.stopped)
      try {
        if (this.failures > 0) await this.inTurn(() => this.resume());
        await this.follow();
      } catch (error) {
        if (!(error instanceof Unavailable)) throw error;
        this.waits = error.message;
        await this.bell.heard(backOff(++this.failures), true);
      }
  }

  private async follow(): Promise<void> {
    while (!this.stopped) {
      const feed = this.feed ?? this.open();
      const item = await feed.next(this.pace.batchMax);
      if (this.stopped) return;
      const started = performance.now();
      if (item.events.length > 0 || item.readTo > this.position()) await this.inTurn(() => this.step(item));
      this.waits = null;
      this.failures = 0;
      if (item.caughtUp) this.firstCatchUp = true;
      if (item.caughtUp && item.events.length > 0) await this.rest(performance.now() - started);
    }
  }

  private open(): Feed {
    this.feed = this.sources.store.log.subscribe(this.position());
    return this.feed;
  }

  private async rest(workedMs: number): Promise<void> {
    const restMs = Math.min(this.pace.restMaxMs, REST_FACTOR * workedMs);
    if (!this.stopped && this.waiters.length === 0 && restMs >= 1) await this.bell.heard(restMs, true);
  }

  /** Also without events: what was looked at and concerns nobody need not be looked at again after a restart. */
  private async step({ events: logged, readTo: to }: FeedItem): Promise<void> {
    const events = await this.sources.store.open(logged);
    const behind = this.subscribers.filter((one) => (this.checkpoints.get(one) ?? START) < to);
    const writes = await Promise.all(
      behind.map((one) => {
        const from = this.checkpoints.get(one) ?? START;
        const news =
          (events[0]?.position ?? START) > from ? events : events.filter(({ position }) => position > from);
        return news.length > 0 ? one.consume(news, this.sources) : NOTHING;
      }),
    );
    await this.commit(writes.flat(), behind, to);
  }

  /** Moves them to a position, or leaves them where they stand and makes sure that they stand there. */
  private async commit(
    writes: readonly Write[],
    moving: readonly Subscriber[],
    to?: Position,
  ): Promise<void> {
    const checkpoints = moving.map((one) => {
      const from = this.checkpoints.get(one) ?? START;
      return { subscriber: one.name, from, to: to ?? from };
    });
    try {
      await this.sources.rows.commit(writes, checkpoints);
      for (const [n, one] of moving.entries()) this.checkpoints.set(one, checkpoints[n]?.to ?? START);
      this.tellWaiters();
    } catch (error) {
      if (!(error instanceof Fenced)) throw error;
      await this.resume();
    }
  }

  private async resume(): Promise<void> {
    const end = await this.sources.store.log.end();
    for (const one of this.subscribers) {
      const from = await this.sources.rows.position(one.name);
      if (from > end) throw new RowsAhead(one.name);
      this.checkpoints.set(one, from);
      await one.reset(this.sources, from);
    }
    this.feed?.close();
    delete this.feed;
    this.tellWaiters();
  }

  private tellWaiters(): void {
    const position = this.position();
    this.release((waiter) => waiter.position <= position, true);
  }

  private release(ready: (waiter: Waiter) => boolean, reached: boolean): void {
    const going = this.waiters.filter(ready);
    this.waiters = this.waiters.filter((waiter) => !ready(waiter));
    for (const { go } of going) go(reached);
  }

  private inTurn<T>(job: () => Promise<T>): Promise<T> {
    const mine = this.tail.then(job, job);
    this.tail = mine.catch(() => undefined);
    return mine;
  }
}

const earlier = (one: Position, other: Position): Position => (other < one ? other : one);

/** A broken loop must not go on in silence. */
const rethrow = (error: unknown): void => {
  setImmediate(() => {
    throw error;
  });
};
