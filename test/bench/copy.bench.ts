import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { EventStoreDBClient, FORWARDS, START as BEGINNING } from '@eventstore/db-client';
import { EventStoreDbEventLog } from '@rapport/adapters/eventstoredb';
import { SqliteEventLog, SqliteLogCopy } from '@rapport/adapters/sqlite';
import { CopiedLog, copyLog, START, type CopyWatch, type EventLog } from '@rapport/kernel';
import { openEmbedded } from '@rapport/platform';
import {
  newCustomer,
  newPurchase,
  newTicket,
  profileChange,
  send,
  temporaryFolder,
} from './bench-application';
import { median, rate, type Figure } from './figures';
import { served } from './test-server';

const EVENTS = 30_000;
const RUNS = 3;
const PAGE = 5_000;
const LOOK_MS = 5;
const WATCH: CopyWatch = { onProgress: () => undefined, stopped: () => false };

/** A log on a server, read by the bare client, through the adapter and from a local copy; and a history moved there. */
export const copyFigures = async (): Promise<readonly Figure[]> => {
  const source = await SqliteEventLog.open({ file: join(await written(), 'log.sqlite'), readonly: true });
  const server = await served();
  const log = await EventStoreDbEventLog.open({ url: server.url });
  try {
    const events = await source.countAfter(START);
    const startedAt = performance.now();
    await copyLog(source, log, WATCH);
    const moved = (events / (performance.now() - startedAt)) * 1_000;
    const bare = await median(RUNS, () => bareRate(server.url));
    const adapter = await median(RUNS, () => readRate(log));
    const file = join(temporaryFolder(), 'copy.sqlite');
    const filled = await median(RUNS, () => fillRate(server.url, file, events));
    const copy = await SqliteLogCopy.open({ file, of: 'the server' });
    const local = await median(RUNS, () => readRate(copy));
    await copy.close();
    return [
      { what: `move ${events} events to a server, compared at the end`, value: moved, unit: 'events/s' },
      { what: 'read a server with its bare client', value: bare, unit: 'events/s' },
      ...compared('read it through the adapter', adapter, 'bare client', bare),
      ...compared('fill a local copy, chains checked', filled, 'bare client', bare),
      { ...compared('read the local copy', local, 'the adapter', adapter)[0]!, aim: 5 },
    ];
  } finally {
    await log.close();
    await source.close();
    server.stop();
  }
};
const compared = (what: string, value: number, floor: string, beside: number): readonly Figure[] => [
  { what, value, unit: 'events/s', floor, share: value / beside },
];

/** A customer in five is new; then come purchases, tickets and changes of the profile: one event each, without policies. */
const written = async (): Promise<string> => {
  const folder = temporaryFolder();
  const app = await openEmbedded({ folder, durable: 'atClose' });
  const customers = EVENTS / 5;
  const kinds = [newPurchase, newTicket, profileChange];
  await rate(customers, 256, (n) => send(app, `c${n}`, newCustomer(n)));
  await rate(EVENTS - customers, 256, (n) => send(app, `x${n}`, (kinds[n % 3] ?? newPurchase)(n, customers)));
  await app.stop();
  return folder;
};

const bareRate = async (url: string): Promise<number> => {
  const client = EventStoreDBClient.connectionString(url);
  const startedAt = performance.now();
  let events = 0;
  for await (const { event } of client.readAll({ fromPosition: BEGINNING, direction: FORWARDS }))
    if (event && !event.streamId.startsWith('$')) events++;
  const perSecond = (events / (performance.now() - startedAt)) * 1_000;
  await client.dispose();
  return perSecond;
};

const readRate = async (log: Pick<EventLog, 'readAll'>): Promise<number> => {
  const startedAt = performance.now();
  let events = 0;
  for (let at = START; ;) {
    const some = await log.readAll(at, PAGE);
    if (some.length === 0) return (events / (performance.now() - startedAt)) * 1_000;
    events += some.length;
    at = some.at(-1)?.position ?? at;
  }
};

const fillRate = async (url: string, file: string, events: number): Promise<number> => {
  for (const name of [file, `${file}-wal`, `${file}-shm`]) rmSync(name, { force: true });
  const log = await EventStoreDbEventLog.open({ url });
  const copy = await SqliteLogCopy.open({ file, of: 'the server' });
  const copied = new CopiedLog(log, copy, (error) => {
    throw error as Error;
  });
  const startedAt = performance.now();
  copied.start();
  while (copied.state !== 'live') await new Promise((go) => setTimeout(go, LOOK_MS));
  const perSecond = (events / (performance.now() - startedAt)) * 1_000;
  await copied.close();
  return perSecond;
};
