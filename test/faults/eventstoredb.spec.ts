import { setTimeout as pause } from 'node:timers/promises';
import { EventStoreDBClient } from '@eventstore/db-client';
import { CannotConnect, EventStoreDbEventLog } from '@rapport/adapters/eventstoredb';
import { HistoryDamaged, NO_STREAM, Refusal, START, Unavailable } from '@rapport/kernel';
import { UnknownOutcome, WrongExpectedRevision, type Feed, type LogEvent } from '@rapport/kernel';
import { fresh } from '../contracts/logs';
import type { AppendFault } from '../support/eventstoredb/host';
import { TestServer } from '../support/eventstoredb/test-server';

const LIMITS = {
  ...{ appendMs: 1_500, readMs: 1_500, readSilenceMs: 300 },
  ...{ quietMs: 300, owedMs: 100, confirmMs: 500 },
};
const { events } = fresh();
const [one, two, three, four] = events(1, 2, 3, 4) as [LogEvent, LogEvent, LogEvent, LogEvent];

let server: TestServer;
let log: EventStoreDbEventLog;
const notes: string[] = [];
beforeEach(async () => {
  notes.length = 0;
  server = await TestServer.start();
  log = await EventStoreDbEventLog.open({
    url: server.url,
    limits: LIMITS,
    note: (text) => notes.push(text),
  });
});
afterEach(async () => {
  await log.close();
  await server.stop();
});
const admin = () => EventStoreDBClient.connectionString(server.url);
const until = async (isSo: () => boolean) => {
  while (!isSo()) await pause(5);
};

describe('an append whose first answer is lost or is none', () => {
  const faults: readonly AppendFault[] = [
    ...(['reset before', 'reset after', 'timeout before', 'timeout after'] as const),
    ...(['unavailable', 'not ready', 'not leader'] as const),
  ];
  it.each(faults)('is stored once: %s', async (fault) => {
    const first: (AppendFault | undefined)[] = [fault];
    server.fault = () => first.shift();
    expect(await log.append('a', NO_STREAM, [one, two])).toMatchObject({ revision: 1 });
    expect((await log.readStream('a')).map(({ id }) => id)).toEqual([one.id, two.id]);
  });
  it.each(['no answer before', 'no answer after'] as const)(
    'is an unknown outcome when nothing comes in time, and stored once when it is sent again: %s',
    async (fault) => {
      const first: (AppendFault | undefined)[] = [fault];
      server.fault = () => first.shift();
      await expect(log.append('a', NO_STREAM, [one])).rejects.toThrow(UnknownOutcome);
      expect(await log.append('a', NO_STREAM, [one])).toMatchObject({ revision: 0 });
      expect(await log.readStream('a')).toHaveLength(1);
    },
  );
  it('is done when the conflict it meets turns out to be its own events', async () => {
    const first = await log.append('a', NO_STREAM, [one, two]);
    await log.append('a', 1, [three]);
    server.log.forget();
    expect(await log.append('a', NO_STREAM, [one, two])).toEqual({ ...first, repeated: true });
  });
  it('is no success when only a part of it is there: that is said, and nothing is cut to fit', async () => {
    await log.append('a', NO_STREAM, [one, two]);
    for (const events of [
      [one, three],
      [one, two, three],
    ]) {
      const refused = await log.append('a', NO_STREAM, events).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(WrongExpectedRevision);
      expect(refused).toMatchObject({ actual: 1, overlap: events.length - 1 });
    }
    expect(await log.readStream('a')).toHaveLength(2);
  });
  it('learns which text was stored when another process sealed the same command differently', async () => {
    await log.append('a', NO_STREAM, [one]);
    const other = await EventStoreDbEventLog.open({ url: server.url });
    const sealedAnew = { ...one, data: '{"seed":"1","sealed":"with other random bytes"}' };
    expect(await other.append('a', NO_STREAM, [sealedAnew])).toMatchObject({ revision: 0, repeated: true });
    expect((await log.readStream('a')).map(({ data }) => data)).toEqual([one.data]);
    await other.close();
  });
});

describe('an append', () => {
  it('ends in time when the server stands still, and may have been stored when it moves again', async () => {
    await log.append('a', NO_STREAM, [one]);
    server.freeze();
    const began = Date.now();
    await expect(log.append('a', 0, [two])).rejects.toThrow(UnknownOutcome);
    expect(Date.now() - began).toBeLessThan(LIMITS.appendMs + 1_000);
    server.thaw();
    expect(await log.append('a', 0, [two])).toMatchObject({ revision: 1 });
    expect((await log.readStream('a')).map(({ id }) => id)).toEqual([one.id, two.id]);
  });
  it('is refused with its size before anything is sent, and hurts no other', async () => {
    let asked = 0;
    server.fault = () => void asked++;
    const large = { ...one, data: JSON.stringify({ x: 'x'.repeat(2 ** 20) }) };
    await expect(log.append('a', NO_STREAM, [large])).rejects.toThrow(Refusal);
    expect(asked).toBe(0);
    expect(await log.append('a', NO_STREAM, [one])).toMatchObject({ revision: 0 });
  });
  it('outlasts a restart of the server, and so does a read', async () => {
    await log.append('a', NO_STREAM, [one]);
    server.kill();
    const both = [log.append('a', 0, [two]), log.readStream('a')] as const;
    await pause(300).then(() => server.up());
    expect(await both[0]).toMatchObject({ revision: 1 });
    expect((await both[1]).length).toBeGreaterThan(0);
  });
  it('does not wait for ever when the server stays away, nor does a read', async () => {
    server.kill();
    await expect(log.append('a', NO_STREAM, [one])).rejects.toThrow(UnknownOutcome);
    await expect(log.readStream('a')).rejects.toThrow(Unavailable);
    await server.up();
  });
  it('finds its place in line: no more are on their way than the limit, and all arrive', async () => {
    const narrow = await EventStoreDbEventLog.open({ url: server.url, limits: { appendsInFlightMax: 4 } });
    const many = Array.from({ length: 60 }, (_, n) =>
      narrow.append(`many-${n}`, NO_STREAM, fresh().events(n)),
    );
    expect((await Promise.all(many)).every(({ revision }) => revision === 0)).toBe(true);
    await narrow.close();
  });
  it('that finds the line full is sent home without being sent', async () => {
    const limits = { appendsInFlightMax: 1, appendsInLineMax: 1, appendMs: 400 };
    const narrow = await EventStoreDbEventLog.open({ url: server.url, limits });
    server.freeze();
    const ends = await Promise.allSettled(
      [1, 2, 3].map((n) => narrow.append(`full-${n}`, NO_STREAM, fresh().events(n))),
    );
    const reasons = ends.map((end) => (end.status === 'rejected' ? (end.reason as Error) : null));
    expect(reasons[0]).toBeInstanceOf(UnknownOutcome);
    expect(reasons[1]?.message).toContain('in flight');
    expect(reasons[2]?.message).toContain('wait in line');
    server.thaw();
    await narrow.close();
  });
});

describe('a history that somebody has touched on the server', () => {
  it('is not read as if nothing were missing: truncated', async () => {
    await log.append('a', NO_STREAM, [one, two, three]);
    await admin().setStreamMetadata('a', { truncateBefore: 1 });
    await expect(log.readStream('a')).rejects.toThrow(HistoryDamaged);
    expect(await log.readStream('a', { from: 1 })).toHaveLength(2);
    expect(await log.append('a', 2, [four])).toMatchObject({ revision: 3 });
  });
  it('is not read as if nothing were missing: only the newest are kept', async () => {
    await log.append('a', NO_STREAM, [one, two, three]);
    await admin().setStreamMetadata('a', { maxCount: 1 });
    await expect(log.readStream('a')).rejects.toThrow('begins at revision 2 instead of 0');
  });
  it('does not begin anew unseen after its deletion', async () => {
    await log.append('a', NO_STREAM, [one, two]);
    await admin().deleteStream('a');
    expect(await log.readStream('a')).toEqual([]);
    await expect(log.append('a', NO_STREAM, [three])).rejects.toThrow('it had been deleted on the server');
  });
  it('is a fault when it was tombstoned, for readers and writers', async () => {
    await log.append('a', NO_STREAM, [one]);
    await admin().tombstoneStream('a');
    await expect(log.readStream('a')).rejects.toMatchObject({ type: 'stream-deleted' });
    await expect(log.append('a', 0, [two])).rejects.toMatchObject({ type: 'stream-deleted' });
  });
  it('is a fault when somebody else wrote into a stream of ours', async () => {
    await log.append('a', NO_STREAM, [one]);
    server.log.append('a', 'any', [theirs(1)]);
    await expect(log.readStream('a')).rejects.toThrow('somebody else wrote revision 1 (Theirs)');
  });
});

/** What comes until the feed has brought so many events. */
const bring = async (feed: Feed, count: number): Promise<readonly string[]> => {
  const ids: string[] = [];
  while (ids.length < count) ids.push(...(await feed.next(100)).events.map(({ id }) => id));
  return ids;
};

describe('a subscription', () => {
  const live = async () => {
    await log.append('a', NO_STREAM, [one]);
    const feed = log.subscribe(START);
    expect(await bring(feed, 1)).toEqual([one.id]);
    while (feed.state !== 'live') await feed.next(1);
    return feed;
  };
  it.each([
    ['with error', /^subscription behind \d+: dropped \(unavailable \(14\)/],
    ['normally', /dropped \(the server ended it\), again in \d+ ms/],
    ['silently', /dropped \(silent while the log has more\)/],
  ] as const)('comes back after a drop, without gap or double: %s', async (how, why) => {
    const feed = await live();
    server.dropSubscriptions(how);
    await log.append('a', 0, [two]);
    expect(await bring(feed, 1)).toEqual([two.id]);
    expect(notes.join('\n')).toMatch(why);
    await log.append('a', 1, [three]);
    expect(await bring(feed, 1)).toEqual([three.id]);
    expect(server.feeds.size).toBe(1);
    feed.close();
  });
  it('outlasts resets, a restart and a frozen server', async () => {
    const feed = await live();
    server.reset();
    await log.append('a', 0, [two]);
    expect(await bring(feed, 1)).toEqual([two.id]);
    server.kill();
    await pause(100).then(() => server.up());
    await log.append('a', 1, [three]);
    expect(await bring(feed, 1)).toEqual([three.id]);
    server.freeze();
    await pause(500);
    server.thaw();
    await log.append('a', 2, [four]);
    expect(await bring(feed, 1)).toEqual([four.id]);
    feed.close();
  });
  it('that is never confirmed begins anew', async () => {
    server.silent.add('subscribe');
    await log.append('a', NO_STREAM, [one]);
    const feed = log.subscribe(START);
    const coming = bring(feed, 1);
    await until(() => notes.length > 0);
    expect(notes[0]).toContain('not confirmed');
    server.silent.clear();
    expect(await coming).toEqual([one.id]);
    feed.close();
  });
  it('makes the server wait when nobody asks, and loses nothing by it', async () => {
    const slow = await EventStoreDbEventLog.open({ url: server.url, limits: { bufferedMax: 10 } });
    const seeds = Array.from({ length: 400 }, (_, n) => `${n}`);
    const all = fresh().events(...seeds);
    await log.append('a', NO_STREAM, all);
    const feed = slow.subscribe(START);
    expect((await feed.next(1)).events[0]?.id).toBe(all[0]?.id);
    await pause(200);
    const ids = [all[0]?.id ?? '', ...(await bring(feed, 399))];
    expect(ids).toEqual(all.map(({ id }) => id));
    feed.close();
    await slow.close();
  });
  it('says in band that it is caught up, behind all that came before, also when nobody asked for a while', async () => {
    const slow = await EventStoreDbEventLog.open({ url: server.url, limits: { bufferedMax: 10 } });
    await log.append('a', NO_STREAM, fresh().events(...Array.from({ length: 200 }, (_, n) => `${n}`)));
    const feed = slow.subscribe(START);
    let seen = 0;
    for (let caughtUp = false; !caughtUp; await pause(1)) {
      const item = await feed.next(7);
      seen += item.events.length;
      ({ caughtUp } = item);
      if (caughtUp) expect(seen).toBe(200);
    }
    feed.close();
    await slow.close();
  });
  it('keeps what it has looked at: others may write thousands of events of their own', async () => {
    const feed = await live();
    const head = await log.head();
    for (let n = 0; n < 2_000; n++) server.log.append(`$theirs-${n % 7}`, 'any', [theirs(n)]);
    let { readTo } = await feed.next(100);
    for (let n = 0; readTo <= head && n < 50; n++) ({ readTo } = await feed.next(100));
    expect(readTo).toBeGreaterThan(head);
    expect(await log.end()).toBeGreaterThanOrEqual(readTo);
    const later = log.subscribe(readTo);
    await log.append('a', 0, [two]);
    expect(await bring(later, 1)).toEqual([two.id]);
    feed.close();
    later.close();
  });
  it('that is closed leaves nothing behind on the server', async () => {
    const feed = await live();
    feed.close();
    await until(() => server.feeds.size === 0);
    expect(feed.state).toBe('closed');
  });
});
const theirs = (n: number) => ({
  ...{ id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`, type: 'Theirs' },
  ...{ contentType: 'application/json', data: Buffer.from('{}'), metadata: Buffer.from('{}') },
});

describe('what others do in the same database', () => {
  it('does not disturb: foreign events, links, deleted and tombstoned streams', async () => {
    await log.append('a', NO_STREAM, [one]);
    server.log.append('order-7', 'any', [theirs(1)]);
    server.log.append('order-8', 'any', [theirs(2)]);
    await log.append('b', NO_STREAM, [two]);
    server.log.delete('order-7', 'any');
    server.log.tombstone('order-8', 'any');
    server.log.append('links', 'any', [{ ...theirs(3), type: '$>', data: Buffer.from('0@a') }]);
    await log.append('a', 0, [three]);
    const ids = [one.id, two.id, three.id];
    expect((await log.readAll(START, 99)).map(({ id }) => id)).toEqual(ids);
    const feed = log.subscribe(START);
    expect(await bring(feed, 3)).toEqual(ids);
    expect(await log.countAfter(START)).toBe(3);
    feed.close();
  });
  it('does not hide our last event', async () => {
    const { position } = await log.append('a', NO_STREAM, [one]);
    for (let n = 0; n < 700; n++) server.log.append('order-9', 'any', [theirs(n)]);
    expect(await log.head()).toBe(position);
    expect(await log.head()).toBe(position);
    expect(await log.end()).toBeGreaterThan(position);
    const next = await log.append('b', NO_STREAM, [two]);
    expect(await log.head()).toBe(next.position);
  });
  it('stays apart by namespace', async () => {
    const ours = await EventStoreDbEventLog.open({ url: server.url, namespace: 'ours.' });
    await log.append('a', NO_STREAM, [one]);
    await ours.append('a', NO_STREAM, [two]);
    expect((await ours.readAll(START, 9)).map(({ stream, id }) => [stream, id])).toEqual([['a', two.id]]);
    expect(await ours.countAfter(START)).toBe(1);
    await ours.close();
  });
});

describe('a start', () => {
  const limits = { readMs: 300, readSilenceMs: 200 };
  it('without a server says what to check, and shows no password', async () => {
    const opening = EventStoreDbEventLog.open({ url: 'esdb://ann:secret@127.0.0.1:9?tls=false', limits });
    const error = await opening.then(
      () => null,
      (reason: unknown) => reason as Error,
    );
    expect(error).toBeInstanceOf(CannotConnect);
    expect(error?.message).toMatch(/no EventStoreDB answers. Is it running, are host and port right/);
    expect(error?.message).not.toContain('secret');
  });
});
