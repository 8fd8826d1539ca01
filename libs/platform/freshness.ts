import { positionOf, Unavailable, type EventLog, type Position, type Projection } from '@rapport/kernel';
import { inTime, LATE } from './in-time';
import { HEAD_MS_MAX, LogHead, type SeenHead } from './log-head';
import { EdgeProblem } from './problem';
import type { Progress } from './progress';

/** What the log has and the answer does not know. */
export interface Lag {
  /** So many events; null while the log is away and cannot count them. */
  readonly events: number | null;
  /** How long ago the oldest of them was recorded; null as above. */
  readonly seconds: number | null;
  /** Nobody has seen the head of the log for too long: there may be more. */
  readonly trustworthy?: false;
}
/** The head of the log by which a lag is told, when it could not be looked at just now. */
export interface KnownHead {
  readonly position: string;
  readonly seenSecondsAgo: number;
}
/** How fresh an answer is. `position` is a token: to be kept and given back, never counted with. */
export interface Fresh {
  readonly position: string;
  readonly lag: Lag;
  readonly head?: KnownHead;
}
export interface Wish {
  readonly after?: Position | undefined;
  readonly waitMs: number;
  /** Answer anyway when the wait runs out, and say so. */
  readonly staleAllowed: boolean;
}
/** The wait ran out: what was asked for has not been read yet. */
export class NotYet extends EdgeProblem {
  constructor(message: string, more: Fresh & { readonly after: string }) {
    super(503, 'NOT_YET', message, { ...more, retryAfter: RETRY_SECONDS });
  }
}
const RETRY_SECONDS = 1;

interface Counted {
  readonly position: Position;
  readonly events: number;
  /** When the oldest of them was recorded, in milliseconds. */
  readonly since: number;
}

interface Behind {
  readonly lag: Lag;
  /** The log has just said so; otherwise it is what was known before. */
  readonly isKnownNow: boolean;
}

/** How far the read models are, how far the log is ahead, and waiting for them. */
export class Freshness {
  readonly head: LogHead;
  /** What was counted last: while the log is away it is what is known. */
  private counted: Counted | null = null;

  constructor(
    private readonly log: EventLog,
    private readonly progress: Progress,
    /** Machine time in milliseconds. */
    private readonly clock: () => number = Date.now,
  ) {
    this.head = new LogHead(log, clock);
  }

  /** Asked before rows are read, so that the rows know at least as much. */
  async of(models: readonly Projection[]): Promise<Fresh> {
    return this.at(await this.progress.position(namesOf(models)));
  }
  /** The same of a place in the log. Throws `Unavailable` when the log has never been seen. */
  async at(position: Position): Promise<Fresh> {
    const head = await this.head.look();
    if (!head) throw new Unavailable('the head of the log has not been seen yet');
    const { lag, isKnownNow } = await this.behind(position, head);
    return {
      ...{ position: String(position), lag: head.isStale ? { ...lag, trustworthy: false } : lag },
      ...(!isKnownNow && { head: knownHead(head) }),
    };
  }

  /** How many events lie behind a place in the log; null while it is away and cannot count them. */
  async eventsAfter(position: Position): Promise<number | null> {
    const head = await this.head.look();
    return head ? (await this.behind(position, head)).lag.events : null;
  }

  /** True when the answer will know less than was asked for. Throws `NotYet` where that is not allowed. */
  async reach(models: readonly Projection[], { after, waitMs, staleAllowed }: Wish): Promise<boolean> {
    if (after === undefined || (await this.progress.reached(after, namesOf(models), waitMs))) return false;
    if (staleAllowed) return true;
    throw new NotYet(`what you ask for is not read yet after ${waitMs} ms: ask again`, {
      ...(await this.of(models)),
      after: String(after),
    });
  }

  private async behind(position: Position, head: SeenHead): Promise<Behind> {
    if (position >= head.position) return { lag: NO_LAG, isKnownNow: head.isCurrent };
    const now = head.isCurrent ? await this.count(position) : null;
    const isKnownNow = now !== null;
    const counted = now ?? this.counted;
    if (counted?.position !== position) return { lag: UNKNOWN_LAG, isKnownNow };
    if (counted.events === 0) return { lag: NO_LAG, isKnownNow };
    const seconds = Math.max(0, Math.round(this.clock() - counted.since) / 1_000);
    return { lag: { events: counted.events, seconds }, isKnownNow };
  }

  /** Null when the log went away meanwhile. */
  private async count(position: Position): Promise<Counted | null> {
    try {
      const asked = Promise.all([this.log.readAll(position, 1), this.log.countAfter(position)]);
      const answer = await inTime(asked, HEAD_MS_MAX);
      if (answer === LATE) return null;
      const [[oldest], events] = answer;
      const since = oldest ? Date.parse(oldest.recordedAt) : this.clock();
      this.counted = { position, events: oldest ? events : 0, since };
      return this.counted;
    } catch (error) {
      if (error instanceof Unavailable) return null;
      throw error;
    }
  }
}

const NO_LAG: Lag = { events: 0, seconds: 0 };
const UNKNOWN_LAG: Lag = { events: null, seconds: null };
export const knownHead = ({ position, seenSecondsAgo }: SeenHead): KnownHead => ({
  position: String(position),
  seenSecondsAgo,
});
const namesOf = (models: readonly Projection[]): readonly string[] => models.map(({ name }) => name);

const TOKEN = /^\d{1,16}$/;
export const isPositionToken = (text: string): boolean => TOKEN.test(text);
export const positionIn = (token: string | undefined): Position | undefined =>
  token === undefined ? undefined : positionOf(token);
