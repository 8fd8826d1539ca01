import { setTimeout as pause } from 'node:timers/promises';
import { EventStoreDbEventLog } from '@rapport/adapters/eventstoredb';
import { MemoryKeyRing, MemoryRowStore } from '@rapport/adapters/memory';
import { HistoryDamaged, NO_STREAM, START } from '@rapport/kernel';
import { Bench, bring, four, one, theirs, three, two } from '../support/eventstoredb-bench';
import { jarApplication, send } from '../support/jar-application';
import { allJars, FillJar, OpenJar } from '../support/jars';

const bench = Bench.forEachTest();

describe('a history that somebody has touched on the server', () => {
  it('is not read as if nothing were missing: truncated', async () => {
    await bench.log.append('a', NO_STREAM, [one, two, three]);
    await bench.admin.setStreamMetadata('a', { truncateBefore: 1 });
    await expect(bench.log.readStream('a')).rejects.toThrow(HistoryDamaged);
    expect(await bench.log.readStream('a', { from: 1 })).toHaveLength(2);
    expect(await bench.log.append('a', 2, [four])).toMatchObject({ revision: 3 });
  });
  it('is not read as if nothing were missing: only the newest are kept', async () => {
    await bench.log.append('a', NO_STREAM, [one, two, three]);
    await bench.admin.setStreamMetadata('a', { maxCount: 1 });
    await expect(bench.log.readStream('a')).rejects.toThrow('begins at revision 2 instead of 0');
  });
  it('does not begin anew unseen after its deletion', async () => {
    await bench.log.append('a', NO_STREAM, [one, two]);
    await bench.admin.deleteStream('a');
    expect(await bench.log.readStream('a')).toEqual([]);
    await expect(bench.log.append('a', NO_STREAM, [three])).rejects.toThrow(
      'it had been deleted on the server',
    );
  });
  it('is a fault when it was tombstoned, for readers and writers', async () => {
    await bench.log.append('a', NO_STREAM, [one]);
    await bench.admin.tombstoneStream('a');
    await expect(bench.log.readStream('a')).rejects.toMatchObject({ type: 'stream-deleted' });
    await expect(bench.log.append('a', 0, [two])).rejects.toMatchObject({ type: 'stream-deleted' });
  });
  it('is a fault when somebody else wrote into a stream of ours', async () => {
    await bench.log.append('a', NO_STREAM, [one]);
    bench.server.log.append('a', 'any', [theirs(1)]);
    await expect(bench.log.readStream('a')).rejects.toThrow('somebody else wrote revision 1 (Theirs)');
  });
});

describe('what others do in the same database', () => {
  it('does not disturb: foreign events, links, deleted and tombstoned streams', async () => {
    await bench.log.append('a', NO_STREAM, [one]);
    bench.server.log.append('order-7', 'any', [theirs(1)]);
    bench.server.log.append('order-8', 'any', [theirs(2)]);
    await bench.log.append('b', NO_STREAM, [two]);
    bench.server.log.delete('order-7', 'any');
    bench.server.log.tombstone('order-8', 'any');
    bench.server.log.append('links', 'any', [{ ...theirs(3), type: '$>', data: Buffer.from('0@a') }]);
    await bench.log.append('a', 0, [three]);
    const ids = [one.id, two.id, three.id];
    expect((await bench.log.readAll(START, 99)).map(({ id }) => id)).toEqual(ids);
    const feed = bench.log.subscribe(START);
    expect(await bring(feed, 3)).toEqual(ids);
    expect(await bench.log.countAfter(START)).toBe(3);
    feed.close();
  });
  it('does not hide our last event', async () => {
    const { position } = await bench.log.append('a', NO_STREAM, [one]);
    for (let n = 0; n < 700; n++) bench.server.log.append('order-9', 'any', [theirs(n)]);
    expect(await bench.log.head()).toBe(position);
    expect(await bench.log.head()).toBe(position);
    expect(await bench.log.end()).toBeGreaterThan(position);
    const next = await bench.log.append('b', NO_STREAM, [two]);
    expect(await bench.log.head()).toBe(next.position);
  });
  it('stays apart by namespace', async () => {
    const ours = await EventStoreDbEventLog.open({ url: bench.server.url, namespace: 'ours.' });
    await bench.log.append('a', NO_STREAM, [one]);
    await ours.append('a', NO_STREAM, [two]);
    expect((await ours.readAll(START, 9)).map(({ stream, id }) => [stream, id])).toEqual([['a', two.id]]);
    expect(await ours.countAfter(START)).toBe(1);
    expect((await bench.log.readAll(START, 9)).map(({ stream }) => stream)).toEqual(['a']);
    const feed = bench.log.subscribe(START);
    await bench.log.append('b', NO_STREAM, [three]);
    expect(await bring(feed, 2)).toEqual([one.id, three.id]);
    feed.close();
    await ours.close();
  });
});

describe('read models beside thousands of events of others', () => {
  it('keep how far they have looked, so that a restart does not begin at their last own event', async () => {
    const [rows, keys] = [new MemoryRowStore(), new MemoryKeyRing()];
    rows.close = () => Promise.resolve(); // it outlives the first application
    const first = jarApplication({ log: bench.log, rows, keys });
    await first.start();
    await send(first, '1', OpenJar.of({ jarId: 'a', color: 'red' }));
    await first.settle();
    const head = await bench.log.head();
    for (let n = 0; n < 2_000; n++) bench.server.log.append(`order-${n % 9}`, 'any', [theirs(n)]);
    for (let at = head; at <= head; at = await rows.position(allJars.name)) await pause(5);
    await first.stop();
    const log = await EventStoreDbEventLog.open({ url: bench.server.url });
    const again = jarApplication({ log, rows, keys });
    await again.start(); // rows that know of a place behind our last event are not ahead of the log
    await send(again, '2', FillJar.of({ jarId: 'a', drops: 5 }));
    await again.settle();
    expect(await rows.load(allJars.table, ['a'])).toMatchObject([{ total: 5 }]);
    await again.stop();
  });
});
