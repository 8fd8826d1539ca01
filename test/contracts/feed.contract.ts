import { NO_STREAM, START, type EventLog, type Feed, type FeedItem, type LoggedEvent } from '@rapport/kernel';
import { fresh, type LogUnderTest, type MakeLog } from './logs';

/** What every log promises to those who listen. */
export const feedContract = (name: string, make: MakeLog): void => {
  describe(`event log: ${name}: a feed`, () => {
    let under: LogUnderTest;
    let log: EventLog;
    let { stream, events } = fresh();
    const open: Feed[] = [];
    beforeAll(async () => {
      under = await make();
      ({ log } = under);
    });
    let revision = NO_STREAM;
    beforeEach(() => {
      ({ stream, events } = fresh());
      revision = NO_STREAM;
    });
    afterEach(() => {
      for (const feed of open.splice(0)) feed.close();
    });
    afterAll(() => under.close());

    const append = async (...seeds: (string | number)[]) => {
      ({ revision } = await log.append(stream('a'), revision, events(...seeds)));
    };
    const follow = async () => {
      const feed = log.subscribe(await log.head());
      open.push(feed);
      return feed;
    };
    const seedsOf = (items: readonly FeedItem[]) =>
      items.flatMap((item) => item.events.map(({ data }) => (JSON.parse(data) as { seed: string }).seed));
    /** All that comes until the feed says that it is caught up. */
    const upTo = async (feed: Feed, limit: number): Promise<readonly FeedItem[]> => {
      const item = await feed.next(limit);
      return item.caughtUp ? [item] : [item, ...(await upTo(feed, limit))];
    };

    /** The next so many, in however many pieces they come. */
    const next = async (feed: Feed, count: number): Promise<readonly string[]> => {
      const got: string[] = [];
      while (got.length < count) got.push(...seedsOf([await feed.next(count - got.length)]));
      return got;
    };

    it('brings what lies after its position, in order, exactly once', async () => {
      await append('before');
      const feed = await follow();
      await append(1, 2, 3);
      await log.append(stream('b'), NO_STREAM, events('b'));
      await append(4);
      expect(seedsOf(await upTo(feed, 2))).toEqual(['1', '2', '3', 'b', '4']);
    });
    it.each([1, 2, 3, 5])('brings at most %i at a time', async (limit) => {
      const feed = await follow();
      await append(1, 2, 3, 4, 5);
      const items = await upTo(feed, limit);
      expect(items.every((item) => item.events.length <= limit)).toBe(true);
      expect(seedsOf(items)).toEqual(['1', '2', '3', '4', '5']);
    });
    it('brings the events as the log keeps them', async () => {
      const feed = await follow();
      await append(1, 2);
      expect((await upTo(feed, 9)).flatMap((item) => item.events)).toEqual(await log.readStream(stream('a')));
    });
    it('says in band that it is caught up, once, and then waits', async () => {
      const feed = await follow();
      await append(1, 2);
      const items = await upTo(feed, 2);
      expect(items.filter(({ caughtUp }) => caughtUp)).toHaveLength(1);
      let waited = true;
      const next = feed.next(2).finally(() => (waited = false));
      await new Promise((go) => setTimeout(go, 300));
      expect(waited).toBe(true);
      await append(3);
      expect(seedsOf([await next])).toEqual(['3']);
    });
    it('says so at once when there is nothing to catch up with', async () => {
      const head = await log.head();
      const item = await (await follow()).next(9);
      expect(item).toMatchObject({ events: [], caughtUp: true });
      expect(item.readTo).toBeGreaterThanOrEqual(head);
    });
    it('does not say so while it knows of more', async () => {
      const feed = await follow();
      await append(1, 2, 3);
      expect((await feed.next(2)).caughtUp).toBe(false);
    });
    it('brings what is appended while it waits, and says again that it is caught up', async () => {
      const feed = await follow();
      await upTo(feed, 9);
      for (const seed of ['1', '2', '3']) {
        const coming = upTo(feed, 9);
        await append(seed);
        const items = await coming;
        expect(seedsOf(items)).toEqual([seed]);
        expect(items.at(-1)!.caughtUp).toBe(true);
      }
    });
    it('misses nothing of what many write while it reads', async () => {
      const before = await log.head();
      const feed = await follow();
      const all = Array.from({ length: 100 }, (_, n) => `${n}`);
      const write = (seed: string) => log.append(stream(`w${seed}`), NO_STREAM, events(seed));
      const writing = Promise.all(all.map(write));
      const got: LoggedEvent[] = [];
      while (got.length < all.length) got.push(...(await feed.next(7)).events);
      await writing;
      expect(got.map(({ data }) => data).sort()).toEqual(
        events(...all)
          .map(({ data }) => data)
          .sort(),
      );
      expect(got).toEqual(await log.readAll(before, 999));
    });
    it('stands at its own place, whatever others have read', async () => {
      const [one, two] = [await follow(), await follow()];
      await append(1, 2, 3);
      expect(seedsOf(await upTo(one, 9))).toEqual(['1', '2', '3']);
      expect(seedsOf([await two.next(1)])).toEqual(['1']);
      one.close();
      await append(4);
      expect(await next(two, 3)).toEqual(['2', '3', '4']);
    });
    it('wakes everybody who waits', async () => {
      const [one, two] = [await follow(), await follow()];
      await Promise.all([upTo(one, 9), upTo(two, 9)]);
      const coming = Promise.all([one.next(9), two.next(9)]);
      await append(1);
      expect((await coming).map((item) => seedsOf([item]))).toEqual([['1'], ['1']]);
    });
    it('says how far it has looked, so that another can go on from there', async () => {
      const feed = await follow();
      await append(1, 2, 3);
      const two: LoggedEvent[] = [];
      let readTo = START;
      while (two.length < 2) {
        const item = await feed.next(2 - two.length);
        two.push(...item.events);
        ({ readTo } = item);
      }
      expect(readTo).toBe(two[1]!.position);
      const next = log.subscribe(readTo);
      open.push(next);
      expect(seedsOf(await upTo(next, 9))).toEqual(['3']);
    });
    it('says in a word how it is doing', async () => {
      const feed = await follow();
      await upTo(feed, 9);
      expect(feed.state).toBe('live');
    });
    it('that is closed while it waits comes back with nothing, and stays closed', async () => {
      const feed = await follow();
      await upTo(feed, 9);
      const coming = feed.next(9);
      feed.close();
      expect(await coming).toMatchObject({ events: [], caughtUp: false });
      await append(1);
      expect(await feed.next(9)).toMatchObject({ events: [], caughtUp: false });
    });
  });
};
