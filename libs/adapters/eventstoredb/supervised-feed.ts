import type { EventStoreDBClient } from '@eventstore/db-client';
import { Bell, START, type Feed, type FeedItem, type LoggedEvent, type Position } from '@rapport/kernel';
import type { Limits } from './limits';
import { inWords, isDenied, isInvalidPosition, isUntrusted, Unreadable } from './outcome';
import { pause, restAfter } from './patience';
import { SubscriptionLine, type Said } from './subscription-line';

/** How often somebody who waits looks by himself: the bell rings for everything, this is the net below. */
const LOOK_EVERY_MS = 1_000;

/** What comes so close behind one another is given out together, as long as it catches up. */
const GATHER_MS = 3;

export type FeedNote = (from: Position, text: string) => void;
export interface FeedNeeds {
  /** A connection of its own: a client drops its channel when a call fails, and with it whatever else runs on it. */
  readonly connect: () => EventStoreDBClient;
  readonly namespace: string;
  readonly limits: Limits;
  /** The last event of the log, asked for by another connection: what a silent line is compared with. */
  readonly head: () => Promise<Position>;
  readonly note: FeedNote;
  /** It is over; its connection, if it has one that works, may serve another feed. */
  readonly closed: (connection: EventStoreDBClient | null) => void;
}

type State =
  | { readonly is: 'connecting' | 'catching up' | 'live' | 'closed' }
  | { readonly is: 'dropped'; readonly reason: string; readonly again: number };

/**
 * A subscription that comes back: connecting → catching up → live → dropped (why) → rest → connecting. An error, a normal
 * end and a silence while the log has more are all drops; it goes on behind the last thing it received. Refused access and
 * certificates that nobody believes are faults: no patience helps.
 */
export class SupervisedFeed implements Feed {
  private readonly queue: Said[] = [];
  private readonly bell = new Bell();
  private readonly watch: NodeJS.Timeout;
  private client: EventStoreDBClient | null = null;
  private line: SubscriptionLine | null = null;
  private now: State = { is: 'connecting' };
  private fault: unknown = null;
  private failures = 0;
  private received: Position;
  private heardAt = Date.now();
  private begun = false;
  private announced = false;
  private isPaused = false;
  private isRinging = false;
  private rest?: NodeJS.Timeout;

  constructor(
    private readonly needs: FeedNeeds,
    private at: Position,
  ) {
    this.received = at;
    this.watch = setInterval(() => void this.look(), needs.limits.owedMs);
    this.watch.unref();
  }

  get state(): string {
    const { now } = this;
    return now.is === 'dropped' ? `dropped (${now.reason}), again in ${now.again} ms` : now.is;
  }

  async next(limit: number): Promise<FeedItem> {
    if (!this.begun) this.connect();
    while (this.now.is !== 'closed') {
      const { rings } = this.bell;
      await this.gather(Math.min(limit, this.needs.limits.bufferedMax / 2));
      const item = this.take(limit);
      if (item) return item;
      if (this.fault !== null) throw this.fault as Error;
      if (this.bell.rings === rings) await this.bell.heard(LOOK_EVERY_MS, true);
    }
    return { events: [], caughtUp: false, readTo: this.at };
  }
  close(): void {
    if (this.now.is === 'closed') return;
    this.enter({ is: 'closed' });
    clearInterval(this.watch);
    clearTimeout(this.rest);
    this.line?.cut();
    this.line = null;
    this.needs.closed(this.client);
    this.bell.ring();
  }

  /** While much is still to come, it is let come: whoever reads makes one commit of what he is given. */
  private async gather(enough: number): Promise<void> {
    let before = 0;
    while (this.now.is === 'catching up' && before < this.queue.length && this.queue.length < enough) {
      before = this.queue.length;
      await pause(GATHER_MS);
    }
  }

  /** In the order of the line; it ends with the word that for now there is no more. */
  private take(limit: number): FeedItem | null {
    const events: LoggedEvent[] = [];
    const from = this.at;
    let caughtUp = false;
    while (events.length < limit && !caughtUp) {
      const said = this.queue.shift();
      if (!said) break;
      if (said.is === 'caught up') caughtUp = this.nowLive();
      else {
        this.at = said.position;
        if (said.is === 'event' && said.event) events.push(said.event);
      }
    }
    this.flow();
    if (events.length > 0) this.announced = caughtUp ||= this.now.is === 'live' && this.queue.length === 0;
    return caughtUp || this.at > from ? { events, caughtUp, readTo: this.at } : null;
  }

  /** True when it is news that there is no more: the server says it again and again. */
  private nowLive(): boolean {
    if (this.now.is === 'catching up') this.enter({ is: 'live' });
    const isNews = !this.announced;
    this.announced = true;
    return isNews;
  }

  private connect(): void {
    this.begun = true;
    this.heardAt = Date.now();
    this.enter({ is: 'connecting' });
    this.client ??= this.needs.connect();
    this.line = new SubscriptionLine(this.client, this.needs.namespace, this.received, {
      confirmed: () => {
        this.heard();
        this.failures = 0;
        this.enter({ is: 'catching up' });
      },
      said: (what) => this.hear(what),
      over: (error) => this.drop(error),
    });
  }

  private hear(what: Said): void {
    this.heard();
    if (what.is !== 'caught up') this.received = what.position;
    this.queue.push(what);
    this.flow();
    this.ring();
  }
  private heard(): void {
    this.heardAt = Date.now();
  }
  /** Once for all that comes in one turn of the event loop, so that it is dealt with together. */
  private ring(): void {
    if (this.isRinging) return;
    this.isRinging = true;
    setImmediate(() => {
      this.isRinging = false;
      this.bell.ring();
    });
  }
  private flow(): void {
    const { bufferedMax } = this.needs.limits;
    if (!this.isPaused && this.queue.length >= bufferedMax) {
      this.isPaused = true;
      this.line?.pause();
    } else if (this.isPaused && this.queue.length <= bufferedMax / 2) {
      this.isPaused = false;
      this.heard(); // it was we who kept it silent
      this.line?.resume();
    }
  }

  private drop(error: unknown): void {
    if (this.now.is === 'closed') return;
    if (isHopeless(error)) {
      this.fault = faultOf(error, this.received);
      return this.bell.ring();
    }
    this.away(error === null ? 'the server ended it' : inWords(error));
  }

  private away(reason: string): void {
    this.line?.cut();
    this.line = null;
    this.isPaused = false;
    const again = Math.round(restAfter(++this.failures));
    this.enter({ is: 'dropped', reason, again });
    this.needs.note(this.received, this.state);
    this.rest = setTimeout(() => this.connect(), again);
  }

  /** Nothing was heard for a while: is there nothing to hear, or is the line dead? */
  private async look(): Promise<void> {
    const { line, needs } = this;
    const { quietMs, confirmMs, owedMs } = needs.limits;
    const quiet = Date.now() - this.heardAt;
    if (!line || this.isPaused || this.fault !== null) return;
    if (this.now.is === 'connecting')
      return quiet > confirmMs ? this.renew(`not confirmed in ${confirmMs} ms`) : undefined;
    if (quiet <= quietMs) return;
    this.heard();
    const head = await needs.head().catch(() => null);
    if (head === null || head <= this.received) return;
    await new Promise((go) => setTimeout(go, owedMs));
    if (this.line === line && !this.isPaused && head > this.received)
      this.renew('silent while the log has more');
  }

  /** A line that is silent may lie on a dead channel: the next one begins on a new one. */
  private renew(reason: string): void {
    this.client = null;
    this.away(reason);
  }
  private enter(state: State): void {
    if (this.now.is !== 'closed') this.now = state;
  }
}

/** No patience helps. */
const isHopeless = (error: unknown): boolean =>
  isDenied(error) || isUntrusted(error) || isInvalidPosition(error) || error instanceof Unreadable;

const faultOf = (error: unknown, at: Position): Error => {
  const what = inWords(error);
  if (isInvalidPosition(error))
    return new Error(`this log has no place ${at === START ? 0 : at}: do the rows belong to it? (${what})`, {
      cause: error,
    });
  return new Error(`EventStoreDB refuses the subscription: ${what}`, { cause: error });
};
