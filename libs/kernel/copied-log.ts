import { backOff } from './back-off';
import { START, HistoryDamaged, Unavailable } from './event-log';
import type { Appended, EventLog, Feed, LogEvent, LoggedEvent, Position, StreamRange } from './event-log';
import { Bell, ReadingFeed } from './feed';
import { eventHash } from './hash-chain';

/** A copy of one log, kept near: the same events at the same positions. It takes nothing that the log does not have. */
export interface LocalCopy extends Pick<
  EventLog,
  'driver' | 'readAll' | 'readAt' | 'head' | 'countAfter' | 'close'
> {
  /** All or none. Events that are there already are passed over. Throws `HistoryDamaged` where a chain is broken. */
  take(events: readonly LoggedEvent[]): Promise<void>;
}
/** Taken at once: the log is made to wait while they are written. */
const TAKEN_AT_ONCE = 2_000;

/**
 * A log that is far away, and a copy of it here that follows it. What a decision rests on (streams, appends, where the
 * log stands) is asked of the log; what is read in order (rebuilds, subscriptions) comes from the copy.
 *
 * The copy follows a moment behind. A read that comes to its end does not wait for it: it goes on in the log itself, so
 * that it is never older than what this process was told of, and answers also while the copy is being filled for the
 * first time. A feed may wait, and does: it brings what the copy has, and says that it is caught up when the copy is.
 */
export class CopiedLog implements EventLog {
  private readonly bell = new Bell();
  private feed: Feed | null = null;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;
  private failure: unknown = null;
  private waits: string | null = null;
  /** The log has said since we listen that it has brought everything. */
  private caughtUp = false;
  private copied: Position = START;
  private taken = 0;
  /** The furthest place in the log that anybody here was told of. */
  private told: Position = START;

  constructor(
    private readonly log: EventLog,
    private readonly copy: LocalCopy,
    /** The log was touched, or the copy cannot be written: it follows no further. */
    private readonly onFailure: (error: unknown) => void,
  ) {}

  get driver(): string {
    return `${this.log.driver}, copied to ${this.copy.driver}`;
  }
  /** How the copy is doing, for people. */
  get state(): string {
    if (this.failure !== null) return `failed: ${(this.failure as Error).message}`;
    if (this.stopped) return 'stopped';
    if (this.waits !== null) return `waiting: ${this.waits}`;
    const feed = this.feed?.state ?? 'starting';
    if (feed !== 'live' && feed !== 'catching up') return `waiting: ${feed}`;
    return this.isWhole ? 'live' : `filling: ${this.taken} events`;
  }

  /** Follows from where the copy stands. Until then, and while it is behind, reads end in the log itself. */
  start(): void {
    this.running = this.run().catch((error: unknown) => {
      this.failure = error;
      this.feed?.close();
      this.bell.ring();
      this.onFailure(error);
    });
  }
  /** Finishes the step it is in, then lets go of both. */
  async close(): Promise<void> {
    this.stopped = true;
    this.feed?.close();
    this.bell.ring();
    await this.running;
    await this.log.close();
    await this.copy.close();
  }

  async append(stream: string, expected: number, events: readonly LogEvent[]): Promise<Appended> {
    const appended = await this.log.append(stream, expected, events);
    this.hear(appended.position);
    return appended;
  }
  readStream(stream: string, range?: StreamRange): Promise<readonly LoggedEvent[]> {
    return this.log.readStream(stream, range);
  }
  async head(): Promise<Position> {
    const head = await this.log.head();
    this.hear(head);
    return head;
  }
  end(): Promise<Position> {
    return this.log.end();
  }

  async readAll(after: Position, limit: number): Promise<readonly LoggedEvent[]> {
    const isWhole = this.isTrusted(); // asked first: what comes meanwhile makes it more, never less
    const here = await this.copy.readAll(after, limit);
    if (isWhole || here.length === limit) return here;
    return [...here, ...(await this.log.readAll(here.at(-1)?.position ?? after, limit - here.length))];
  }
  async readAt(positions: readonly Position[]): Promise<readonly LoggedEvent[]> {
    const copied = await this.copy.head();
    const here = await this.copy.readAt(positions.filter((position) => position <= copied));
    const later = positions.filter((position) => position > copied);
    return later.length === 0 ? here : [...here, ...(await this.log.readAt(later))];
  }
  async countAfter(after: Position): Promise<number> {
    if (this.isWhole) return this.copy.countAfter(after);
    const copied = await this.copy.head();
    if (after >= copied) return this.log.countAfter(after);
    const counts = [this.copy.countAfter(after), this.copy.countAfter(copied), this.log.countAfter(copied)];
    const [here = 0, newer = 0, rest = 0] = await Promise.all(counts);
    return here - newer + rest;
  }
  subscribe(after: Position): Feed {
    return new ReadingFeed(this.copy, this.bell, after, () => this.isTrusted());
  }

  /** Nothing is missing that this process was told of. */
  private get isWhole(): boolean {
    return this.caughtUp && this.copied >= this.told;
  }
  /** Nothing more is read from a log that was found damaged: whoever tries is told. */
  private isTrusted(): boolean {
    if (this.failure !== null) throw this.failure as Error;
    return this.isWhole;
  }
  private hear(position: Position): void {
    if (position > this.told) this.told = position;
  }

  /** A log that is away is waited for; whatever else goes wrong ends the loop. */
  private async run(): Promise<void> {
    for (let failures = 0; !this.stopped;) {
      try {
        const feed = await this.resume();
        this.waits = null;
        failures = 0;
        await this.follow(feed);
      } catch (error) {
        if (!(error instanceof Unavailable)) throw error;
        this.waits = error.message;
        await this.bell.heard(backOff(++failures), true);
      }
    }
  }

  private async follow(feed: Feed): Promise<void> {
    while (!this.stopped) {
      const { events, caughtUp } = await feed.next(TAKEN_AT_ONCE);
      if (this.stopped) return;
      if (events.length > 0) await this.copy.take(events);
      this.copied = events.at(-1)?.position ?? this.copied;
      this.taken += events.length;
      this.caughtUp ||= caughtUp;
      this.bell.ring();
    }
  }

  private async resume(): Promise<Feed> {
    this.feed?.close();
    this.copied = await assertCopyOf(this.log, this.copy);
    this.feed = this.log.subscribe(this.copied);
    if (this.stopped) this.feed.close();
    return this.feed;
  }
}

/**
 * The last event of the copy is compared with the log: a name alone does not make it the same one. Answers where the copy
 * ends. Throws `HistoryDamaged`.
 */
export const assertCopyOf = async (log: EventLog, copy: LocalCopy): Promise<Position> => {
  const copied = await copy.head();
  const [here] = await copy.readAt([copied]);
  const [there] = here ? await log.readAt([copied]) : [];
  if (here && (!there || hashOf(here) !== hashOf(there)))
    throw new HistoryDamaged(
      `the copy ends with ${here.stream} revision ${here.revision} (position ${here.position}), and the log has ${there ? 'another event' : 'none'} there: it was restored without it, or is another log; remove the copy when the log is right`,
    );
  return copied;
};

/** The same where another process fills the copy: what it has not got yet is read from the log. */
export class LogThroughCopy extends CopiedLog {
  constructor(log: EventLog, copy: LocalCopy) {
    super(log, copy, neverStarted);
  }
  override subscribe(after: Position): Feed {
    return new ReadingFeed(this, new Bell(), after);
  }
}
const neverStarted = (): void => undefined;

const hashOf = (event: LoggedEvent): string => eventHash(event.stream, event.revision, event);
