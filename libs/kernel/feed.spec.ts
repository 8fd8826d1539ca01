import { MemoryEventLog } from '@rapport/adapters/memory';
import { Bell, LOOK_EVERY_MS, NO_STREAM, ReadingFeed, START, type EventLog } from '.';

const event = { id: '1', type: 'Met', data: '{}', meta: '{}' };
const turns = async () => {
  for (let n = 0; n < 20; n++) await Promise.resolve();
};

/** The clock stands still here: what happens, happens without waiting. */
describe('a feed that waits', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  /** Says whether it has come, after everything that can happen without a clock has happened. */
  const waiting = async (log: EventLog) => {
    const feed = log.subscribe(START);
    await feed.next(9);
    const come = { events: 0 };
    void feed.next(9).then((item) => (come.events = item.events.length));
    await turns();
    expect(come.events).toBe(0);
    return come;
  };
  it('is woken by the append itself, not by looking again', async () => {
    const log = new MemoryEventLog();
    const come = await waiting(log);
    await log.append('a-1', NO_STREAM, [event]);
    await turns();
    expect(come.events).toBe(1);
  });
  it('looks again by itself, for what another process appended', async () => {
    const log = new MemoryEventLog();
    const silent = Object.assign(Object.create(log) as EventLog, {
      subscribe: () => new ReadingFeed(log, new Bell(), START),
    });
    const come = await waiting(silent);
    await log.append('a-1', NO_STREAM, [event]);
    await turns();
    expect(come.events).toBe(0);
    await jest.advanceTimersByTimeAsync(LOOK_EVERY_MS);
    expect(come.events).toBe(1);
  });
});

describe('a feed over a log that is known to lack something', () => {
  it('brings what is there, and says that it is caught up when nothing is lacking any more', async () => {
    const [log, bell] = [new MemoryEventLog(), new Bell()];
    let isWhole = false;
    const feed = new ReadingFeed(log, bell, START, () => isWhole);
    await log.append('a-1', NO_STREAM, [event]);
    expect(await feed.next(9)).toMatchObject({ events: [{ id: '1' }], caughtUp: false });
    const coming = feed.next(9);
    await turns();
    isWhole = true;
    bell.ring();
    expect(await coming).toMatchObject({ events: [], caughtUp: true });
  });
});

describe('a bell', () => {
  it('rings for everybody who waits, once, and leaves nobody in line', async () => {
    const bell = new Bell();
    const heard: string[] = [];
    for (const name of ['a', 'b']) void bell.heard(60_000).then(() => heard.push(name));
    bell.ring();
    bell.ring();
    await turns();
    expect(heard).toEqual(['a', 'b']);
  });
});
