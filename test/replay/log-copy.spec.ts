import fc from 'fast-check';
import { EventStoreDbEventLog } from '@rapport/adapters/eventstoredb';
import { MemoryEventLog } from '@rapport/adapters/memory';
import { SqliteEventLog } from '@rapport/adapters/sqlite';
import { compareLogs, copyLog, HistoryDamaged, OtherHistory, UnknownOutcome } from '@rapport/kernel';
import type { CopyTarget, CopyWatch, EventLog, LoggedEvent, StreamRange } from '@rapport/kernel';
import { everythingIn, writerOf } from '../support/chained';
import { TestServer } from '../support/eventstoredb/test-server';

const WATCH: CopyWatch = { onProgress: () => undefined, stopped: () => false };
/** What a copy keeps: all but the position, which is each log's own. */
const kept = async (log: EventLog) => (await everythingIn(log)).map(({ position: _, ...rest }) => rest);

/** So many events to one of a few streams, again and again; the clock of the log goes on. */
const history = fc.array(
  fc.record({
    stream: fc.constantFrom('a', 'b', 'customer-ä', 'd'),
    count: fc.integer({ min: 1, max: 4 }),
    text: fc.string({ unit: 'binary', maxLength: 12 }),
  }),
  { maxLength: 25 },
);
type History = readonly { readonly stream: string; readonly count: number; readonly text: string }[];
const clock = () => {
  let now = Date.parse('2024-03-01T09:00:00.000Z');
  return () => new Date((now += 137)).toISOString();
};
const written = async <Log extends EventLog>(log: Log, parts: History): Promise<Log> => {
  const write = writerOf(log);
  for (const { stream, count, text } of parts) await write(stream, count, text);
  return log;
};
const onSqlite = () => SqliteEventLog.open({ file: ':memory:', now: clock() });
const SMALL: History = [
  { stream: 'a', count: 2, text: 'x' },
  { stream: 'b', count: 3, text: 'y' },
  { stream: 'a', count: 1, text: 'z' },
];
const TOTAL = 6;

describe('a history that is copied', () => {
  it('from a folder to a server and back is the same, to the letter and the millisecond', async () => {
    const server = await TestServer.start();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(history, async (parts) => {
        const there = await EventStoreDbEventLog.open({ url: server.url, namespace: `run${run++}.` });
        const [source, back] = [await written(await onSqlite(), parts), await onSqlite()];
        const out = await copyLog(source, there, WATCH);
        expect(out).toMatchObject({ already: 0, complete: true, difference: null });
        expect(await copyLog(there, back, WATCH)).toEqual(out);
        expect(await everythingIn(back)).toEqual(await everythingIn(source));
        expect(await kept(there)).toEqual(await kept(source));
        expect(await copyLog(source, there, WATCH)).toEqual({ ...out, already: out.copied, copied: 0 });
        for (const log of [source, there, back]) await log.close();
      }),
      { numRuns: 25 },
    );
    await server.stop();
  }, 60_000);

  it('keeps the order of all streams together; only neighbours of one stream share an append', async () => {
    const source = await written(new MemoryEventLog(), [...SMALL, { stream: 'b', count: 1_200, text: 'w' }]);
    const target = new MemoryEventLog();
    const appends = jest.spyOn(target, 'copy');
    await copyLog(source, target, WATCH);
    const shapes = appends.mock.calls.map(([stream, expected, events]) => [stream, expected, events.length]);
    expect(shapes.slice(0, 3)).toEqual([['a', -1, 2], ['b', -1, 3], ['a', 1, 1]]); // prettier-ignore
    expect(shapes.slice(3).every(([stream, , length]) => stream === 'b' && Number(length) <= 500)).toBe(true);
    expect(await everythingIn(target)).toEqual(await everythingIn(source));
  });
  it('goes to a server in pieces that it takes, however heavy its events are', async () => {
    const server = await TestServer.start();
    const there = await EventStoreDbEventLog.open({ url: server.url });
    const source = await written(new MemoryEventLog(), [
      { stream: 'a', count: 9, text: '漢'.repeat(100_000) },
    ]);
    expect(await copyLog(source, there, WATCH)).toMatchObject({ copied: 9, complete: true });
    await there.close();
    await server.stop();
  });
  it('is followed as far as it reached at the beginning', async () => {
    const source = await written(new MemoryEventLog(), SMALL);
    const write = writerOf(source);
    const target = new MemoryEventLog();
    const growing: CopyWatch = { ...WATCH, onProgress: () => void write(`new-${Math.random()}`) };
    expect(await copyLog(source, target, growing)).toMatchObject({ copied: TOTAL, complete: true });
    expect(await copyLog(source, target, WATCH)).toMatchObject({ already: TOTAL, complete: true });
    expect(await kept(target)).toEqual(await kept(source));
  });
});

describe('a copy that ends in the middle', () => {
  /** Fails at the n-th append, with or without having stored it. */
  const failing = (target: CopyTarget, at: number, isStored: boolean): CopyTarget => {
    let n = 0;
    const copy: CopyTarget['copy'] = async (...append) => {
      if (n++ < at) return target.copy(...append);
      if (isStored) await target.copy(...append);
      throw new UnknownOutcome('the line is dead');
    };
    return Object.assign(Object.create(target) as CopyTarget, { copy });
  };
  it('at any point, with an answer lost or not, is completed by another run, and has nothing twice', () =>
    fc.assert(
      fc.asyncProperty(history, fc.array(fc.tuple(fc.nat(9), fc.boolean())), async (parts, ends) => {
        const [source, target] = [await written(new MemoryEventLog(clock()), parts), new MemoryEventLog()];
        for (const [at, isStored] of ends)
          await copyLog(source, failing(target, at, isStored), WATCH).catch((error: unknown) =>
            expect(error).toBeInstanceOf(UnknownOutcome),
          );
        expect(await copyLog(source, target, WATCH)).toMatchObject({ complete: true, difference: null });
        expect(await everythingIn(target)).toEqual(await everythingIn(source));
      }),
      { numRuns: 100 },
    ));
  it('stops between two appends when it is asked to', async () => {
    const [source, target] = [await written(new MemoryEventLog(), SMALL), new MemoryEventLog()];
    let copied = 0;
    const watch: CopyWatch = { onProgress: (_, n) => (copied = n), stopped: () => copied > 0 };
    expect(await copyLog(source, target, watch)).toMatchObject({
      copied: 2,
      complete: false,
      difference: null,
    });
    expect(await compareLogs(source, target, WATCH)).toMatchObject({
      events: 2,
      complete: false,
      difference: null,
    });
    expect(await copyLog(source, target, WATCH)).toMatchObject({ already: 2, copied: 4, complete: true });
  });
});

describe('a copy is refused', () => {
  const changed = (log: EventLog, n: number, by: Partial<LoggedEvent>): EventLog => {
    const events = everythingIn(log).then((all) => all.map((one, m) => (m === n ? { ...one, ...by } : one)));
    return Object.assign(Object.create(log) as EventLog, {
      readAll: async (after: number, limit: number) => (await events).slice(after, after + limit),
      readStream: async (stream: string, { from = 0, limit = 1 }: StreamRange) =>
        (await events).filter((one) => one.stream === stream && one.revision >= from).slice(0, limit),
    });
  };
  const copyOf = async (source: EventLog, upTo: number, by: Partial<LoggedEvent> = {}) => {
    const target = new MemoryEventLog();
    for (const [n, event] of (await everythingIn(source)).slice(0, upTo).entries())
      await target.copy(event.stream, event.revision - 1, [n === upTo - 1 ? { ...event, ...by } : event]);
    return target;
  };

  it.each<[string, Partial<LoggedEvent>, string]>([
    [
      'another text',
      { data: '{}' },
      'event 4: b revision 1 (SomethingHappened) has another text in the target',
    ],
    [
      'another id',
      { id: 'other' },
      'event 4: b revision 1 (SomethingHappened) has another text in the target',
    ],
    [
      'another time of recording',
      { recordedAt: '2020-01-01T00:00:00.000Z' },
      'event 4: b revision 1 (SomethingHappened) was recorded at 2024-',
    ],
  ])('by a target that has %s, named and left as it is', async (_, by, what) => {
    const source = await written(new MemoryEventLog(clock()), SMALL);
    const target = await copyOf(source, 4, by);
    const refused = await copyLog(source, target, WATCH).catch((error: unknown) => error as Error);
    expect(refused).toBeInstanceOf(OtherHistory);
    expect((refused as Error).message).toContain(what);
    expect(await everythingIn(target)).toHaveLength(4);
    expect((await compareLogs(source, target, WATCH)).difference).toContain(what);
  });
  it('by a target with another order, or with more', async () => {
    const source = await written(new MemoryEventLog(), SMALL);
    const other = await written(new MemoryEventLog(), [SMALL[1]!, SMALL[0]!]);
    const order = 'event 1: a revision 0 (SomethingHappened) in the source, b revision 0 (SomethingHappened) in the target'; // prettier-ignore
    await expect(copyLog(source, other, WATCH)).rejects.toThrow(order);
    const longer = await copyOf(source, TOTAL);
    await writerOf(longer)('z');
    await expect(copyLog(source, longer, WATCH)).rejects.toThrow('event 7: the source ends before it');
  });
  it('by a target to which somebody else writes meanwhile', async () => {
    const [source, target] = [await written(new MemoryEventLog(), SMALL), new MemoryEventLog()];
    const watch: CopyWatch = { ...WATCH, onProgress: (_, n) => void (n === 2 && writerOf(target)('b')) };
    await expect(copyLog(source, target, watch)).rejects.toThrow('somebody else writes to the target: b');
  });
  it.each<[string, Partial<LoggedEvent>, string, number]>([
    ['an event was changed', { data: '{}' }, 'b revision 1 (position 4)', 2],
    ['a link was changed', { meta: '{"previousHash":"0"}' }, 'b revision 0 (position 3)', 2],
    ['an event is missing', { stream: 'c' }, 'b revision 1 (position 4)', 3],
  ])('at a broken chain of the source (%s), before it is copied', async (_, by, where, before) => {
    const source = changed(await written(new MemoryEventLog(), SMALL), 2, by);
    const target = new MemoryEventLog();
    const refused = await copyLog(source, target, WATCH).catch((error: unknown) => error as Error);
    expect(refused).toBeInstanceOf(HistoryDamaged);
    expect((refused as Error).message).toContain(where);
    expect(await everythingIn(target)).toHaveLength(before);
  });
});
