import { MemoryEventLog } from '@rapport/adapters/memory';
import { NO_STREAM, positionOf, Unavailable, type EventLog } from '@rapport/kernel';
import { Freshness } from './freshness';
import { HEAD_AGE_SECONDS_MAX, LogHead } from './log-head';

let now = 0;
beforeEach(() => (now = Date.parse('2024-03-01T09:00:00.000Z')));
const clock = () => now;
const later = (seconds: number) => void (now += seconds * 1_000);

/** A log that may be away, or silent until somebody lets it speak. */
const opened = () => {
  const kept = new MemoryEventLog(() => new Date(now).toISOString());
  const is = { away: false, silent: false, asked: 0 };
  let speak = (): void => undefined;
  const mayAnswer = async () => {
    if (is.silent) await new Promise<void>((go) => (speak = go));
    if (is.away) throw new Unavailable('nobody there');
  };
  const parts: Partial<EventLog> = {
    head: async () => (is.asked++, await mayAnswer(), kept.head()),
    readAll: async (after, limit) => (await mayAnswer(), kept.readAll(after, limit)),
    countAfter: async (after) => (await mayAnswer(), kept.countAfter(after)),
  };
  const log = Object.assign(Object.create(kept) as EventLog, parts);
  const happen = (id: string) =>
    kept.append(`s-${id}`, NO_STREAM, [{ id, type: 'Happened', data: '{}', meta: '{}' }]);
  return { log, is, happen, speak: () => speak() };
};

describe('the head of the log', () => {
  it('is where the log ends, as seen just now', async () => {
    const { log, happen } = opened();
    const head = new LogHead(log, clock);
    await happen('a');
    expect(await head.look()).toEqual({
      ...{ position: 1, seenSecondsAgo: 0, isCurrent: true, isStale: false },
    });
  });

  it('is where it ended last while the log is away, and grows old; then it is seen again', async () => {
    const { log, is, happen } = opened();
    const head = new LogHead(log, clock);
    await happen('a');
    await head.look();
    is.away = true;
    await happen('b');
    later(HEAD_AGE_SECONDS_MAX);
    expect(await head.look()).toMatchObject({
      ...{ position: 1, seenSecondsAgo: HEAD_AGE_SECONDS_MAX, isCurrent: false, isStale: false },
    });
    later(0.001);
    expect(await head.look()).toMatchObject({ position: 1, isStale: true });
    is.away = false;
    expect(await head.look()).toMatchObject({ position: 2, seenSecondsAgo: 0, isCurrent: true });
  });

  it('is unknown as long as nobody has seen it', async () => {
    const { log, is } = opened();
    is.away = true;
    expect(await new LogHead(log, clock).look()).toBeNull();
  });

  it('is asked for once while the log is silent: the first waits for a while, all others for nothing', async () => {
    const { log, is, speak } = opened();
    const head = new LogHead(log, clock);
    await head.look();
    is.silent = true;
    expect(await head.look()).toMatchObject({ isCurrent: false });
    const asked = is.asked;
    expect(await Promise.all([head.look(), head.look()])).toMatchObject([{ isCurrent: false }, {}]);
    expect(is.asked).toBe(asked);
    is.silent = false;
    speak();
    while (!(await head.look())?.isCurrent) await new Promise((go) => setTimeout(go, 5));
  });

  it('that breaks is a fault, and no log that is away', async () => {
    const { log } = opened();
    log.head = () => Promise.reject(new Error('a bug'));
    await expect(new LogHead(log, clock).look()).rejects.toThrow('a bug');
  });
});

describe('a lag', () => {
  const at = (log: EventLog) => new Freshness(log, {} as never, clock);

  it('is how many events there are and how old the oldest is', async () => {
    const { log, happen } = opened();
    for (const id of ['a', 'b', 'c']) {
      await happen(id);
      later(10);
    }
    const fresh = await at(log).at(positionOf(1));
    expect(fresh).toEqual({ position: '1', lag: { events: 2, seconds: 20 } });
    expect(await at(log).at(positionOf(3))).toEqual({ position: '3', lag: { events: 0, seconds: 0 } });
  });

  it('is what was counted last while the log is away, says so, and is trusted no more after a while', async () => {
    const { log, is, happen } = opened();
    for (const id of ['a', 'b', 'c']) await happen(id);
    const freshness = at(log);
    await freshness.at(positionOf(1));
    is.away = true;
    later(5);
    const head = { position: '3', seenSecondsAgo: 5 };
    expect(await freshness.at(positionOf(1))).toEqual({
      position: '1',
      lag: { events: 2, seconds: 5 },
      head,
    });
    expect(await freshness.at(positionOf(2))).toEqual({
      ...{ position: '2', lag: { events: null, seconds: null }, head },
    });
    expect(await freshness.at(positionOf(3))).toEqual({
      position: '3',
      lag: { events: 0, seconds: 0 },
      head,
    });
    later(HEAD_AGE_SECONDS_MAX);
    expect((await freshness.at(positionOf(3))).lag).toEqual({ events: 0, seconds: 0, trustworthy: false });
  });

  it('is not made up where the log goes away while it counts', async () => {
    const { log, happen } = opened();
    for (const id of ['a', 'b']) await happen(id);
    log.countAfter = () => Promise.reject(new Unavailable('gone'));
    expect(await at(log).at(positionOf(1))).toMatchObject({ lag: { events: null }, head: { position: '2' } });
  });

  it('of a log that nobody has seen is not told', async () => {
    const { log, is } = opened();
    is.away = true;
    await expect(at(log).at(positionOf(1))).rejects.toThrow(Unavailable);
    expect(await at(log).eventsAfter(positionOf(1))).toBeNull();
  });

  it('is right for each of many who ask at once', async () => {
    const { log, happen } = opened();
    for (const id of ['a', 'b', 'c', 'd']) await happen(id);
    const freshness = at(log);
    const lags = await Promise.all([0, 1, 2, 3].map((n) => freshness.eventsAfter(positionOf(n))));
    expect(lags).toEqual([4, 3, 2, 1]);
  });
});
