import { EventStoreDBClient } from '@eventstore/db-client';
import { EventStoreDbEventLog } from '@rapport/adapters/eventstoredb';
import type { Feed, LogEvent } from '@rapport/kernel';
import { fresh } from '../contracts/logs';
import { TestServer } from './eventstoredb/test-server';

/** Short, so that tests need not wait long for what never comes. */
export const SHORT_LIMITS = {
  ...{ appendMs: 1_500, readMs: 1_500, readSilenceMs: 300 },
  ...{ quietMs: 300, owedMs: 100, confirmMs: 500 },
};

/** A server and a log on it, new for each test; and what the log had to say to an operator. */
export class Bench {
  server!: TestServer;
  log!: EventStoreDbEventLog;
  readonly notes: string[] = [];

  static forEachTest(): Bench {
    const bench = new Bench();
    beforeEach(() => bench.open());
    afterEach(() => bench.close());
    return bench;
  }
  /** The client as another program would use it. */
  get admin(): EventStoreDBClient {
    return EventStoreDBClient.connectionString(this.server.url);
  }

  private async open(): Promise<void> {
    this.notes.length = 0;
    this.server = await TestServer.start();
    const note = (text: string) => void this.notes.push(text);
    this.log = await EventStoreDbEventLog.open({ url: this.server.url, limits: SHORT_LIMITS, note });
  }
  private async close(): Promise<void> {
    await this.log.close();
    await this.server.stop();
  }
}

export const [one, two, three, four] = fresh().events(1, 2, 3, 4) as [LogEvent, LogEvent, LogEvent, LogEvent];

/** What comes until the feed has brought so many events. */
export const bring = async (feed: Feed, count: number): Promise<readonly string[]> => {
  const ids: string[] = [];
  while (ids.length < count) ids.push(...(await feed.next(100)).events.map(({ id }) => id));
  return ids;
};

/** An event of another program. */
export const theirs = (n: number) => ({
  ...{ id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`, type: 'Theirs' },
  ...{ contentType: 'application/json', data: Buffer.from('{}'), metadata: Buffer.from('{}') },
});
