import { setTimeout as pause } from 'node:timers/promises';
import { EventStoreDbEventLog } from '@rapport/adapters/eventstoredb';
import { NO_STREAM, START } from '@rapport/kernel';
import { fresh } from '../contracts/logs';
import { Bench, bring, four, one, theirs, three, two } from '../support/eventstoredb-bench';

const bench = Bench.forEachTest();

const until = async (isSo: () => boolean) => {
  while (!isSo()) await pause(5);
};

describe('a subscription', () => {
  const live = async () => {
    await bench.log.append('a', NO_STREAM, [one]);
    const feed = bench.log.subscribe(START);
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
    bench.server.dropSubscriptions(how);
    await bench.log.append('a', 0, [two]);
    expect(await bring(feed, 1)).toEqual([two.id]);
    expect(bench.notes.join('\n')).toMatch(why);
    await bench.log.append('a', 1, [three]);
    expect(await bring(feed, 1)).toEqual([three.id]);
    expect(bench.server.feeds.size).toBe(1);
    feed.close();
  });
  it('outlasts resets, a restart and a frozen server', async () => {
    const feed = await live();
    bench.server.reset();
    await bench.log.append('a', 0, [two]);
    expect(await bring(feed, 1)).toEqual([two.id]);
    bench.server.kill();
    await pause(100).then(() => bench.server.up());
    await bench.log.append('a', 1, [three]);
    expect(await bring(feed, 1)).toEqual([three.id]);
    bench.server.freeze();
    await pause(500);
    bench.server.thaw();
    await bench.log.append('a', 2, [four]);
    expect(await bring(feed, 1)).toEqual([four.id]);
    feed.close();
  });
  it('that is never confirmed begins anew', async () => {
    bench.server.silent.add('subscribe');
    await bench.log.append('a', NO_STREAM, [one]);
    const feed = bench.log.subscribe(START);
    const coming = bring(feed, 1);
    await until(() => bench.notes.length > 0);
    expect(bench.notes[0]).toContain('not confirmed');
    bench.server.silent.clear();
    expect(await coming).toEqual([one.id]);
    feed.close();
  });
  it('makes the server wait when nobody asks, and loses nothing by it', async () => {
    const slow = await EventStoreDbEventLog.open({ url: bench.server.url, limits: { bufferedMax: 10 } });
    const seeds = Array.from({ length: 400 }, (_, n) => `${n}`);
    const all = fresh().events(...seeds);
    await bench.log.append('a', NO_STREAM, all);
    const feed = slow.subscribe(START);
    expect((await feed.next(1)).events[0]?.id).toBe(all[0]?.id);
    await pause(200);
    const ids = [all[0]?.id ?? '', ...(await bring(feed, 399))];
    expect(ids).toEqual(all.map(({ id }) => id));
    feed.close();
    await slow.close();
  });
  it('says in band that it is caught up, behind all that came before, also when nobody asked for a while', async () => {
    const slow = await EventStoreDbEventLog.open({ url: bench.server.url, limits: { bufferedMax: 10 } });
    await bench.log.append('a', NO_STREAM, fresh().events(...Array.from({ length: 200 }, (_, n) => `${n}`)));
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
    const head = await bench.log.head();
    for (let n = 0; n < 2_000; n++) bench.server.log.append(`$theirs-${n % 7}`, 'any', [theirs(n)]);
    let { readTo } = await feed.next(100);
    for (let n = 0; readTo <= head && n < 50; n++) ({ readTo } = await feed.next(100));
    expect(readTo).toBeGreaterThan(head);
    expect(await bench.log.end()).toBeGreaterThanOrEqual(readTo);
    const later = bench.log.subscribe(readTo);
    await bench.log.append('a', 0, [two]);
    expect(await bring(later, 1)).toEqual([two.id]);
    feed.close();
    later.close();
  });
  it('that is closed leaves nothing behind on the server', async () => {
    const feed = await live();
    feed.close();
    await until(() => bench.server.feeds.size === 0);
    expect(feed.state).toBe('closed');
  });
});
