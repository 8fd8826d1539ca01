import { NO_STREAM as NONE, WrongExpectedVersionError } from '@eventstore/db-client';
import type { AppendResult, EventStoreDBClient } from '@eventstore/db-client';
import type { AppendToStreamOptions, Credentials } from '@eventstore/db-client';
import {
  HistoryDamaged,
  NO_STREAM,
  START,
  Unavailable,
  UnknownOutcome,
  WrongExpectedRevision,
} from '@rapport/kernel';
import type { Appended, LogEvent, Position } from '@rapport/kernel';
import type { Limits } from './limits';
import { inWords, noAnswer } from './outcome';
import { pause, restAfter, within } from './patience';
import type { Reader } from './reader';
import { Window } from './window';
import { exact, positionFrom, toWire, type WireEvent } from './wire-event';

interface Append {
  readonly stream: string;
  readonly expected: number;
  readonly events: readonly LogEvent[];
  readonly wire: WireEvent[];
}
/** Given to every append: this is what makes the client send it as a call of its own. */
export interface Sending {
  readonly client: EventStoreDBClient;
  readonly credentials: Credentials;
  readonly namespace: string;
}
/** What has less time left than this is not sent any more: nobody would hear what became of it. */
const LEAST_MS = 50;
/** The client's own limit comes first; ours is for where it does not hold. */
const GRACE_MS = 100;
/** Places of appends that were acknowledged here lately: an append that ends at one of them again was met again. */
const PLACES_MAX = 10_000;

/**
 * Each append is a call of its own (unary). The client's default, one long stream for all appends, is faster, but its
 * pending appends lie in a map shared by every client of the process: when one stream fails all are rejected, the
 * answers that still arrive on another throw inside a data handler and end the process, and deadlines are not kept.
 * No use of that path rules this out (a client that reconnects has two streams for a moment), so we stay off it.
 */
export class Appender {
  private readonly window: Window;
  /** The furthest place that is known to be taken. */
  private floor: Position = START;
  private places = new Set<Position>();
  /** The last append of each stream that is on its way: calls of their own may overtake one another. */
  private readonly lanes = new Map<string, Promise<unknown>>();

  constructor(
    private readonly to: Sending,
    private readonly reader: Reader,
    private readonly limits: Limits,
  ) {
    this.window = new Window(limits.appendsInFlightMax, limits.appendsInLineMax);
  }

  /** `recordedAt`: when another log took these events, where they are copied. */
  async append(
    stream: string,
    expected: number,
    events: readonly LogEvent[],
    recordedAt?: readonly string[],
  ) {
    if (events.length === 0) return this.standsAt(stream, expected);
    const append = { stream, expected, events, wire: toWire(events, this.to.namespace, recordedAt) };
    const until = Date.now() + this.limits.appendMs;
    return this.inTurn(stream, () => this.window.run(until - LEAST_MS, () => this.repeat(append, until)));
  }
  /** Somebody has seen an event there: it was not written by an append that is still under way. */
  seen(position: Position): void {
    if (position > this.floor) this.floor = position;
  }

  /** Appends of one stream arrive in the order of their calls. */
  private async inTurn<T>(stream: string, job: () => Promise<T>): Promise<T> {
    const before = this.lanes.get(stream);
    const mine = before ? before.then(job, job) : job();
    this.lanes.set(stream, mine);
    try {
      return await mine;
    } finally {
      if (this.lanes.get(stream) === mine) this.lanes.delete(stream);
    }
  }

  /** The same ids at the same revision, until the server says what it has or the time is up. */
  private async repeat(append: Append, until: number): Promise<Appended> {
    const { floor } = this;
    for (let failures = 1; ; failures++) {
      const answer = await this.once(append, until - Date.now()).catch((error: unknown) => ({ error }));
      if (!('error' in answer)) return this.appended(append, answer, floor);
      const { error } = answer;
      if (error instanceof WrongExpectedVersionError) return this.compare(append, error);
      if (!noAnswer(error)) throw failures === 1 ? error : unknown(append, error);
      const rest = restAfter(failures);
      if (Date.now() + rest >= until) throw unknown(append, error);
      await pause(rest);
    }
  }

  private once({ stream, expected, wire }: Append, leftMs: number): Promise<AppendResult> {
    const { client, credentials, namespace } = this.to;
    const options: AppendToStreamOptions = {
      expectedRevision: expected === NO_STREAM ? NONE : BigInt(expected),
      ...{ credentials, requiresLeader: true, deadline: leftMs },
    };
    return within(leftMs + GRACE_MS, client.appendToStream(namespace + stream, wire, options));
  }

  private appended({ stream, expected, wire }: Append, answer: AppendResult, floor: Position): Appended {
    const revision = exact(answer.nextExpectedRevision);
    if (revision !== expected + wire.length)
      throw new HistoryDamaged(
        `${stream} goes on at revision ${revision}: it had been deleted on the server`,
      );
    if (!answer.position)
      throw new HistoryDamaged(`${stream}: revision ${revision} is hidden: it was truncated`);
    const position = positionFrom(answer.position);
    const repeated = position <= floor || this.places.has(position);
    if (this.places.size >= PLACES_MAX) this.places = new Set();
    this.places.add(position);
    this.seen(position);
    return { revision, position, repeated };
  }

  /** A conflict, unless the very events are there: then an earlier attempt had been stored, and this append is done. */
  private async compare(
    { stream, expected, events }: Append,
    error: WrongExpectedVersionError,
  ): Promise<Appended> {
    const there = { from: expected + 1, limit: events.length };
    const stored = await this.reader.readStream(stream, there).catch((cause: unknown) => {
      throw cause instanceof Unavailable ? unknown({ stream, expected }, cause) : cause;
    });
    const overlap = events.filter(({ id }, n) => stored[n]?.id === id).length;
    const last = stored.at(-1);
    if (last && overlap === events.length) {
      this.seen(last.position);
      return { revision: last.revision, position: last.position, repeated: true };
    }
    throw new WrongExpectedRevision(stream, expected, actualIn(error), overlap);
  }

  /** Nothing to store: only the revision is checked, and nothing is written. */
  private async standsAt(stream: string, expected: number): Promise<Appended> {
    const [last] = await this.reader.readStream(stream, { backwards: true, limit: 1 });
    const { revision, position } = last ?? { revision: NO_STREAM, position: START };
    if (revision !== expected) throw new WrongExpectedRevision(stream, expected, revision);
    return { revision, position, repeated: false };
  }
}

const actualIn = ({ actualVersion }: WrongExpectedVersionError): number =>
  typeof actualVersion === 'bigint' ? exact(actualVersion) : NO_STREAM;
const unknown = ({ stream, expected }: Pick<Append, 'stream' | 'expected'>, cause: unknown): UnknownOutcome =>
  new UnknownOutcome(`${stream} behind revision ${expected}: ${inWords(cause)}`, { cause });
