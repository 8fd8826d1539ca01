declare const position: unique symbol;
/** A place in the whole log. Opaque: it can be kept, compared with `<` and given back to its log, nothing else. */
export type Position = number & { readonly [position]: true };
/** Before the first event. */
export const START = 0 as Position;
/** A position that was kept elsewhere (a checkpoint, a URL) and comes back. */
export const positionOf = (kept: number | string): Position => Number(kept) as Position;

/** The revision of a stream that does not exist; the first event has revision 0. */
export const NO_STREAM = -1;
/** The exact revision of the last event, `NO_STREAM`, or `any` where order among writers does not matter. */
export type Expected = number | 'any';

/** An event as a log keeps it: text that the log does not look into. */
export interface LogEvent {
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
    readonly expected: Expected,
    readonly actual: number,
  ) {
    super(`${stream}: expected revision ${expected}, found ${actual}`);
  }
}
/** Nobody knows whether it was stored (a lost answer): the same append may be tried again. */
export class UnknownOutcome extends Error {}

export interface StreamRange {
  /** First revision to read (default: the first, or the last when reading backwards). */
  readonly from?: number;
  readonly limit?: number;
  readonly backwards?: boolean;
}

/** What a feed brings: events in the order of the log, and word that for now there are no more. */
export interface FeedItem {
  readonly events: readonly LoggedEvent[];
  /** In band: everything that was in the log when the feed looked has been delivered. */
  readonly caughtUp: boolean;
}
export interface Feed {
  /** At most `limit` events. Waits while there is nothing new, and says once that it is caught up before it waits. */
  next(limit: number): Promise<FeedItem>;
  close(): void;
}

/**
 * Where events are kept: the one port of the write side.
 * Ids are the caller's, so an append that is met again (same ids at the same revisions) answers as it did the first time.
 */
export interface EventLog {
  /** The driver and its version, for people. */
  readonly driver: string;
  /** All or none. Throws `WrongExpectedRevision`, or `UnknownOutcome` when nobody can tell. */
  append(stream: string, expected: Expected, events: readonly LogEvent[]): Promise<Appended>;
  readStream(stream: string, range?: StreamRange): Promise<readonly LoggedEvent[]>;
  readAll(after: Position, limit: number): Promise<readonly LoggedEvent[]>;
  /** The events at exactly these positions, in log order. */
  readAt(positions: readonly Position[]): Promise<readonly LoggedEvent[]>;
  /** The position of the last event. */
  head(): Promise<Position>;
  /** How many events lie after a position (exact on embedded logs). */
  countAfter(after: Position): Promise<number>;
  subscribe(after: Position): Feed;
  close(): Promise<void>;
}
