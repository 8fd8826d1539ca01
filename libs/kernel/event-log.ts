declare const position: unique symbol;
/** A place in the whole log. Opaque: it can be kept, compared with `<` and given back to its log, nothing else. */
export type Position = number & { readonly [position]: true };
/** Before the first event. */
export const START = 0 as Position;
/** A position that was kept elsewhere (a checkpoint, a URL) and comes back. */
export const positionOf = (kept: number | string): Position => Number(kept) as Position;

/** The revision of a stream that does not exist; the first event has revision 0. */
export const NO_STREAM = -1;
/** An event as a log keeps it: text that the log does not look into. */
export interface LogEvent {
  /** A UUID, made by the caller. */
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly meta: string;
}
export interface LoggedEvent extends LogEvent {
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
  /** When the log took it, by the log's own clock. */
  readonly recordedAt: string;
}
export interface Appended {
  /** Revision and position of the last event of this append. */
  readonly revision: number;
  readonly position: Position;
  /** The same ids stood there already: an earlier attempt had been stored. */
  readonly repeated: boolean;
}

/** Another writer was faster: the stream stands elsewhere than expected. */
export class WrongExpectedRevision extends Error {
  constructor(
    readonly stream: string,
    readonly expected: number,
    readonly actual: number,
    /** So many of the ids stand there already, but not all: what was stored is never cut to fit. */
    readonly overlap = 0,
  ) {
    const some = overlap === 0 ? '' : `; ${overlap} of its events stand there already, the others do not`;
    super(`${stream}: expected revision ${expected}, found ${actual}${some}`);
  }
}
/** What the house rests on, mostly the log, cannot be reached, or is too busy, for longer than its patience lasts: a loop rests and goes on, a sender may ask again. */
export class Unavailable extends Error {}
/** Nobody knows whether it was stored (a lost answer): the same append may be tried again. */
export class UnknownOutcome extends Unavailable {}
/** What was stored is not there any more, or not as it was written: somebody has touched the log. */
export class HistoryDamaged extends Error {}

export interface StreamRange {
  /** First revision to read (default: the first, or the last when reading backwards). */
  readonly from?: number;
  readonly limit?: number;
  readonly backwards?: boolean;
}

/** What a feed brings: events in the order of the log, and word that for now there are no more. */
export interface FeedItem {
  readonly events: readonly LoggedEvent[];
  /** Everything up to here was looked at: who has dealt with these events may go on from here later. */
  readonly readTo: Position;
  /** In band: everything that was in the log when the feed looked has been delivered. */
  readonly caughtUp: boolean;
}
export interface Feed {
  /** At most `limit` events. Waits while there is nothing new, and says once that it is caught up before it waits. */
  next(limit: number): Promise<FeedItem>;
  close(): void;
  /** How it is doing, for people: `catching up`, `live`, or why it waits. */
  readonly state: string;
}

/**
 * Where events are kept: the one port of the write side.
 * Ids are the caller's, so an append that is met again (same ids at the same revisions) answers as it did the first time.
 */
export interface EventLog {
  /** The driver and its version, for people. */
  readonly driver: string;
  /**
   * All or none, behind the event at exactly the expected revision. Throws `WrongExpectedRevision`, `UnknownOutcome` when
   * nobody can tell after all attempts, and a `Refusal` for more than the log takes in one append.
   */
  append(stream: string, expected: number, events: readonly LogEvent[]): Promise<Appended>;
  readStream(stream: string, range?: StreamRange): Promise<readonly LoggedEvent[]>;
  readAll(after: Position, limit: number): Promise<readonly LoggedEvent[]>;
  /** The events at exactly these positions, in log order. */
  readAt(positions: readonly Position[]): Promise<readonly LoggedEvent[]>;
  /** The position of the last event. */
  head(): Promise<Position>;
  /** How far the log reaches: no position that it ever gave out lies behind it. At the last event or later. */
  end(): Promise<Position>;
  /** How many events lie after a position: exact on embedded logs, an estimate above a thousand on others. */
  countAfter(after: Position): Promise<number>;
  subscribe(after: Position): Feed;
  close(): Promise<void>;
}
