import type { EventStoreDBClient } from '@eventstore/db-client';
import type { Appended, EventLog, Feed, LogEvent, LoggedEvent, Position, StreamRange } from '@rapport/kernel';
import { Appender } from './appender';
import { addressIn, clientFor, credentialsFor, withoutPassword, type Address } from './connection';
import { LIMITS, type Limits } from './limits';
import { inWords, isDenied, isUntrusted } from './outcome';
import { Reader } from './reader';
import { SupervisedFeed } from './supervised-feed';

export interface EventStoreDbOptions {
  /** `esdb://…`: a node or a cluster. TLS unless it says `tls=false`. */
  readonly url: string;
  /** What the names of our streams begin with on the server, so that several programs share one (default: nothing). */
  readonly namespace?: string;
  readonly limits?: Partial<Limits>;
  /** What an operator should know: a subscription was dropped, and why. */
  readonly note?: (text: string) => void;
}
/** The server cannot be used as it is: the message says what to do. */
export class CannotConnect extends Error {}

/** The log on an EventStoreDB server or cluster. */
export class EventStoreDbEventLog implements EventLog {
  readonly driver: string;
  private readonly reader: Reader;
  private readonly appender: Appender;
  private readonly feeds = new Set<Feed>();
  /** Connections of feeds that were closed. The client cannot close one, so the next feed takes it over. */
  private readonly spare: EventStoreDBClient[] = [];
  private readonly pending = new Set<Promise<unknown>>();

  /** Throws `WrongAddress`, or `CannotConnect` when nobody answers there, or somebody who does not let us in. */
  static async open(options: EventStoreDbOptions): Promise<EventStoreDbEventLog> {
    const log = new EventStoreDbEventLog(addressIn(options.url), options);
    try {
      await log.end();
      return log;
    } catch (error) {
      throw new CannotConnect(adviceOn(error, options.url), { cause: error });
    }
  }

  private constructor(
    private readonly address: Address,
    private readonly options: EventStoreDbOptions,
  ) {
    const { namespace = '' } = options;
    this.driver = `eventstoredb, ${address.hosts.join(', ')}${address.secure ? '' : ' (insecure)'}`;
    this.reader = new Reader(clientFor(address, 'leader'), namespace, this.limits);
    const sending = { client: clientFor(address, 'leader'), credentials: credentialsFor(address), namespace };
    this.appender = new Appender(sending, this.reader, this.limits);
  }

  append(stream: string, expected: number, events: readonly LogEvent[]): Promise<Appended> {
    return this.sent(this.appender.append(stream, expected, events));
  }
  /** Events of another log, with the time at which that one took them. Otherwise like `append`. */
  copy(stream: string, expected: number, events: readonly LoggedEvent[]): Promise<Appended> {
    const recordedAt = events.map((event) => event.recordedAt);
    return this.sent(this.appender.append(stream, expected, events, recordedAt));
  }
  readStream(stream: string, range?: StreamRange): Promise<readonly LoggedEvent[]> {
    return this.reader.readStream(stream, range);
  }
  async readAll(after: Position, limit: number): Promise<readonly LoggedEvent[]> {
    const events = await this.reader.readAll(after, limit);
    const last = events.at(-1);
    if (last) this.appender.seen(last.position);
    return events;
  }
  readAt(positions: readonly Position[]): Promise<readonly LoggedEvent[]> {
    return this.reader.readAt(positions);
  }
  async head(): Promise<Position> {
    const head = await this.reader.head();
    this.appender.seen(head);
    return head;
  }
  end(): Promise<Position> {
    return this.reader.end();
  }
  countAfter(after: Position): Promise<number> {
    return this.reader.countAfter(after);
  }
  subscribe(after: Position): Feed {
    const { namespace = '', note = ignore } = this.options;
    const feed = new SupervisedFeed(
      {
        connect: () => this.spare.pop() ?? clientFor(this.address, this.address.preference ?? 'follower'),
        closed: (connection) => {
          this.feeds.delete(feed);
          if (connection) this.spare.push(connection);
        },
        ...{ namespace, limits: this.limits },
        head: () => this.reader.head(),
        note: (from, text) => note(`subscription behind ${from}: ${text}`),
      },
      after,
    );
    this.feeds.add(feed);
    return feed;
  }
  /** Waits for the appends that are under way; each of them ends within its limit. */
  async close(): Promise<void> {
    for (const feed of this.feeds) feed.close();
    await Promise.allSettled(this.pending);
  }

  private get limits(): Limits {
    return { ...LIMITS, ...this.options.limits };
  }
  private sent(appending: Promise<Appended>): Promise<Appended> {
    this.pending.add(appending);
    const over = () => void this.pending.delete(appending);
    appending.then(over, over);
    return appending;
  }
}

const ignore = (): void => undefined;

const adviceOn = (error: unknown, url: string): string => {
  const what = `${withoutPassword(url)}: ${inWords(error)}`;
  if (isDenied(error))
    return `EventStoreDB does not let us in. Check name and password in the address, and that this user may read $all and write (${what})`;
  if (isUntrusted(error))
    return `EventStoreDB and this program do not believe each other's certificates. Name the authority with tlsCAFile=…, or tls=false for a server that was started as insecure (${what})`;
  return `no EventStoreDB answers. Is it running, are host and port right and reachable from here, and does it speak TLS as the address says? (${what})`;
};
