import { randomUUID } from 'node:crypto';
import { EventStoreDBClient, jsonEvent, NO_STREAM as NONE, START as BEGINNING } from '@eventstore/db-client';
import type { JSONType } from '@eventstore/db-client';
import { MemoryKeyRing, MemoryRowStore } from '@rapport/adapters/memory';
import { EventStoreDbEventLog } from '@rapport/adapters/eventstoredb';
import { NO_STREAM, START, type LogEvent } from '@rapport/kernel';
import { Application, planned } from '@rapport/platform';
import { newCustomer, profileChange, send } from './bench-application';
import { quantileOf, rate, type Figure } from './figures';
import { served, type Served } from './test-server';

const RUNS = 3;
const IN_FLIGHT = [
  [1, 400],
  [64, 4_000],
  [256, 6_000],
] as const;
const READ_EVENTS = 60_000;
const BODY = JSON.stringify({ customerId: randomUUID(), text: 'x'.repeat(370) });
const ENVELOPE = { occurredAt: new Date(0).toISOString(), schemaVersion: '1', filling: 'y'.repeat(300) };

/** The adapter beside the bare client on the same server, in turn: appends, reading everything, and rows that become visible. */
export const eventStoreDbFigures = async (): Promise<readonly Figure[]> => {
  const figures: Figure[] = [];
  for (const measure of [appendFigures, readFigures, visibleFigures]) {
    const server = await served(); // each on its own: what one wrote, another need not read
    figures.push(...(await measure(server).finally(() => server.stop())));
  }
  return figures;
};

const event = (): LogEvent => ({
  ...{ id: randomUUID(), type: 'ProfileChanged', data: BODY, meta: JSON.stringify(ENVELOPE) },
});
/** Name and password are what make the client send each append as a call of its own: the path the adapter takes. */
const UNARY = { credentials: { username: 'admin', password: 'changeit' } };

const waysOf = async ({ url }: Served, inFlight: number) => {
  const log = await EventStoreDbEventLog.open({ url, limits: { appendsInFlightMax: inFlight } });
  const client = EventStoreDBClient.connectionString(url);
  const bare = (options: object) => () => {
    const { id, type, data, meta } = event();
    const wire = jsonEvent({
      id,
      type,
      data: JSON.parse(data) as JSONType,
      metadata: JSON.parse(meta) as Record<string, string>,
    });
    return client.appendToStream(`bench-${id}`, wire, { expectedRevision: NONE, ...options });
  };
  return {
    unary: bare({ ...UNARY, requiresLeader: true }),
    batch: bare({}),
    adapter: () => log.append(`bench-${randomUUID()}`, NO_STREAM, [event()]),
  };
};

const appendFigures = async (server: Served): Promise<readonly Figure[]> => {
  const figures: Figure[] = [];
  for (const [inFlight, count] of IN_FLIGHT) {
    const ways = await waysOf(server, inFlight);
    const found = { unary: [] as number[], batch: [] as number[], adapter: [] as number[] };
    await rate(200, inFlight, ways.adapter);
    await rate(200, inFlight, ways.unary);
    for (let run = 0; run < RUNS; run++)
      for (const way of ['unary', 'adapter', 'batch'] as const)
        found[way].push(await rate(count, inFlight, ways[way]));
    const [unary, batch, adapter] = [found.unary, found.batch, found.adapter].map((each) =>
      quantileOf(each, 0.5),
    );
    const what = (who: string) => `appends, ${inFlight} in flight, ${who} (${server.what})`;
    figures.push(
      { what: what('bare client, a call each'), value: unary ?? 0, unit: 'events/s' },
      of(what('adapter'), adapter ?? 0, 'the bare client, a call each', unary ?? 1, 0.9),
      of(what('bare client, its batch stream'), batch ?? 0, 'the bare client, a call each', unary ?? 1),
    );
  }
  return figures;
};

const of = (what: string, value: number, floor: string, floorValue: number, aim?: number): Figure => ({
  ...{ what, value, unit: 'events/s', floor, share: value / floorValue },
  ...(aim !== undefined && { aim }),
});

const readFigures = async (server: Served): Promise<readonly Figure[]> => {
  const log = await EventStoreDbEventLog.open({ url: server.url });
  for (let n = 0; n < READ_EVENTS; n += 100)
    await log.append(`a-${n}`, NO_STREAM, Array.from({ length: 100 }, event));
  const count = READ_EVENTS;
  const found = {
    bareRead: [] as number[],
    read: [] as number[],
    bareFollow: [] as number[],
    follow: [] as number[],
  };
  for (let run = 0; run < RUNS; run++) {
    found.bareRead.push(await timed(count, () => bareRead(server.url)));
    found.read.push(await timed(count, async () => (await readAll(log)).events));
    found.bareFollow.push(await timed(count, () => bareFollow(server.url, count)));
    found.follow.push(await timed(count, () => follow(log, count)));
  }
  await log.close();
  const at = (name: keyof typeof found) => quantileOf(found[name], 0.5);
  return [
    { what: 'read everything, bare client', value: at('bareRead'), unit: 'events/s' },
    of('read everything, adapter in pages', at('read'), 'the bare client', at('bareRead'), 0.9),
    { what: 'catch up by subscription, bare client', value: at('bareFollow'), unit: 'events/s' },
    of('catch up by subscription, adapter', at('follow'), 'the bare client', at('bareFollow'), 0.9),
  ];
};

const timed = async (count: number, work: () => Promise<number>): Promise<number> => {
  const started = performance.now();
  const read = await work();
  if (read < count) throw new Error(`${read} of ${count} events were read`);
  return (read / (performance.now() - started)) * 1_000;
};
const bareRead = (url: string): Promise<number> =>
  new Promise((resolve, reject) => {
    let count = 0;
    EventStoreDBClient.connectionString(url)
      .readAll({ fromPosition: BEGINNING })
      .on('data', () => count++)
      .on('error', reject)
      .on('end', () => resolve(count));
  });
const bareFollow = (url: string, wanted: number): Promise<number> =>
  new Promise((resolve, reject) => {
    let count = 0;
    const subscription = EventStoreDBClient.connectionString(url).subscribeToAll({ fromPosition: BEGINNING });
    subscription.on('error', reject).on('data', () => {
      if (++count < wanted) return;
      subscription.unsubscribe().then(() => resolve(count), reject);
    });
  });
const readAll = async (log: EventStoreDbEventLog) => {
  let events = 0;
  for (let at = START; ;) {
    const page = await log.readAll(at, 4_000);
    const last = page.at(-1);
    if (!last) return { events };
    events += page.length;
    at = last.position;
  }
};
const follow = async (log: EventStoreDbEventLog, wanted: number): Promise<number> => {
  const feed = log.subscribe(START);
  let events = 0;
  while (events < wanted) events += (await feed.next(1_000)).events.length;
  feed.close();
  return events;
};

/** From the call of a command until its rows can be read, one command after the other, with everything live. */
const visibleFigures = async ({ url }: Served): Promise<readonly Figure[]> => {
  const log = await EventStoreDbEventLog.open({ url, namespace: `live-${randomUUID().slice(0, 8)}.` });
  const now = () => new Date().toISOString();
  const app = new Application({
    ...planned,
    log,
    rows: new MemoryRowStore(),
    keys: new MemoryKeyRing(),
    now,
  });
  await app.start();
  await rate(50, 16, (n) => send(app, `c${n}`, newCustomer(n)));
  await app.settle();
  const [answered, visible]: [number[], number[]] = [[], []];
  for (let n = 0; n < 500; n++) {
    const began = performance.now();
    const { position } = await send(app, `l${n}`, profileChange(n, 50));
    answered.push(performance.now() - began);
    if (!(await app.progress.reached(position, [], 5_000))) throw new Error('the read models did not follow');
    visible.push(performance.now() - began);
  }
  await app.stop();
  return [0.5, 0.99].flatMap((share) => [
    { what: `command until answered, p${share * 100}`, value: quantileOf(answered, share), unit: 'ms' },
    {
      what: `command until its rows are visible, p${share * 100}`,
      value: quantileOf(visible, share),
      unit: 'ms',
    },
  ]);
};
