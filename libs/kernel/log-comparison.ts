import { hash } from 'node:crypto';
import { Chains } from './chains';
import { START, type EventLog, type LoggedEvent, type Position } from './event-log';
import { eventHash, GENESIS } from './hash-chain';

/** What a long reading tells while it goes on, and how it is asked to stop at the next safe point. */
export interface Watch {
  readonly onProgress: (events: number) => void;
  readonly stopped: () => boolean;
}
type ReadLog = Pick<EventLog, 'readAll' | 'readStream'>;

const PAGE = 5_000;

/** A log read in its order, event by event, up to a position. */
class Cursor {
  /** Behind this one it goes on. */
  at: Position = START;
  private page: readonly LoggedEvent[] = [];
  private n = 0;
  constructor(
    private readonly log: ReadLog,
    private readonly to: Position,
  ) {}

  /** The next one, which stays the next one until it is passed. Null at the end, which may be another one later. */
  async next(): Promise<LoggedEvent | null> {
    if (this.n === this.page.length) {
      this.page = await this.log.readAll(this.at, PAGE);
      this.n = 0;
    }
    const event = this.page[this.n];
    return event && event.position <= this.to ? event : null;
  }
  pass({ position }: LoggedEvent): void {
    this.at = position;
    this.n++;
  }
}

/** The last event before one in its stream; it must stand before it in the log too. */
export const eventBefore = async (log: ReadLog, event: LoggedEvent): Promise<LoggedEvent | undefined> => {
  if (event.revision === 0) return undefined;
  const [before] = await log.readStream(event.stream, { from: event.revision - 1, limit: 1 });
  return before && before.position < event.position ? before : undefined;
};

/**
 * Two logs read in step from their first events: what they have in common, and where they part. Positions are each
 * log's own and are not compared; all else is: stream, revision, the hash over the text, and the time of recording.
 */
export class LogComparison {
  /** In both, alike and in the same order. */
  events = 0;
  streams = 0;
  /** Rolls over everything that both have; like a seal's, but without positions. */
  hash = GENESIS;
  /** Where they part, in words. */
  difference: string | null = null;
  private readonly chains = new Chains();
  private readonly ours: Cursor;
  private readonly theirs: Cursor;

  /** The source is looked at up to `to`, the target to its end. */
  constructor(
    private readonly source: ReadLog,
    target: ReadLog,
    to: Position,
  ) {
    this.ours = new Cursor(source, to);
    this.theirs = new Cursor(target, Number.MAX_SAFE_INTEGER as Position);
  }
  /** The last event of the source that the target has too. */
  get at(): Position {
    return this.ours.at;
  }

  /** Reads on to where the target ends, or until they differ. Throws `HistoryDamaged` where a chain of the source is broken. */
  async run({ onProgress, stopped }: Watch): Promise<void> {
    while (this.difference === null && !(this.events % PAGE === 0 && stopped())) {
      const [ours, theirs] = await Promise.all([this.ours.next(), this.theirs.next()]);
      if (!theirs) return;
      this.difference = differenceOf(ours, theirs, this.events + 1);
      if (!ours || this.difference !== null) return;
      await this.take(ours);
      this.theirs.pass(theirs);
      if (this.events % PAGE === 0) onProgress(this.events);
    }
  }
  /** The source has been read to where it is looked at. */
  async isAtEnd(): Promise<boolean> {
    return (await this.ours.next()) === null;
  }

  private async take(event: LoggedEvent): Promise<void> {
    const before = this.chains.knows(event.stream) ? undefined : await eventBefore(this.source, event);
    const ofEvent = this.chains.follow(event, before);
    this.hash = hash('sha256', `${this.hash}\n${event.recordedAt}\n${ofEvent}`);
    this.events++;
    if (event.revision === 0) this.streams++;
    this.ours.pass(event);
  }
}

const differenceOf = (ours: LoggedEvent | null, theirs: LoggedEvent, n: number): string | null => {
  if (!ours) return `event ${n}: the source ends before it, the target has ${nameOf(theirs)}`;
  if (ours.stream !== theirs.stream || ours.revision !== theirs.revision)
    return `event ${n}: ${nameOf(ours)} in the source, ${nameOf(theirs)} in the target`;
  if (hashOf(ours) !== hashOf(theirs)) return `event ${n}: ${nameOf(ours)} has another text in the target`;
  if (ours.recordedAt === theirs.recordedAt) return null;
  return `event ${n}: ${nameOf(ours)} was recorded at ${ours.recordedAt}, in the target at ${theirs.recordedAt}`;
};
const nameOf = ({ stream, revision, type }: LoggedEvent): string =>
  `${stream} revision ${revision} (${type})`;
const hashOf = (event: LoggedEvent): string => eventHash(event.stream, event.revision, event);
