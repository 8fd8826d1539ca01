import fc from 'fast-check';
import { MemoryEventLog, MemoryKeyRing, MemoryRowStore } from '@rapport/adapters/memory';
import {
  EventStore,
  LOG_MARKS,
  LogMarker,
  MARK_EVENTS,
  NO_STREAM,
  positionOf,
  recordedBy,
  recordedUntil,
  START,
  type EventLog,
  type Position,
} from '.';

const at = (second: number) => new Date(Date.UTC(2024, 2, 1) + second * 1_000).toISOString();

/** A log whose clock showed these seconds, one event each, and how far the marks have come. */
const logged = async (seconds: readonly number[]) => {
  let now = 0;
  const log = new MemoryEventLog(() => at(now));
  for (const [n, second] of seconds.entries()) {
    now = second;
    const event = { id: `${n}`, type: 'Ticked', data: '{}', meta: '{"occurredAt":"" }' };
    await log.append(`clock-${n}`, NO_STREAM, [event]);
  }
  const rows = new MemoryRowStore();
  await rows.open([LOG_MARKS]);
  const store = new EventStore(log, new MemoryKeyRing(), []);
  return { log, rows, store };
};
type Logged = Awaited<ReturnType<typeof logged>>;

/** Reads in batches; after each of them it may have to begin again from what is kept. */
const marked = async (
  sources: Logged,
  { batch, to, restarts }: { batch: number; to: number; restarts: boolean },
) => {
  let marker = new LogMarker();
  await marker.reset(sources, START);
  for (let from = START; from < to;) {
    const events = await sources.store.readAll(from, Math.min(batch, to - from));
    await sources.rows.commit(await marker.consume(events), []);
    from = (events.at(-1)?.position ?? to) as Position;
    if (restarts) {
      marker = new LogMarker();
      await marker.reset(sources, from);
    }
  }
};
const latest = (seconds: readonly number[]) => Math.max(...seconds);

describe('how far the log reached at an instant', () => {
  it('is up to the last event by whose place everything had been recorded', async () => {
    const sources = await logged([10, 20, 20, 30]);
    const position = async (second: number) => (await recordedBy(sources, at(second))).position;
    expect(await Promise.all([9, 10, 19, 20, 29, 30, 99].map(position))).toEqual([0, 1, 1, 3, 3, 4, 4]);
  });

  it('does not go back with a clock that is set back', async () => {
    const sources = await logged([10, 50, 20, 30, 60]);
    const position = async (second: number) => (await recordedBy(sources, at(second))).position;
    expect(await Promise.all([10, 20, 49, 50, 59, 60].map(position))).toEqual([1, 1, 1, 4, 4, 5]);
  });

  const clock = fc.array(fc.integer({ min: -3, max: 9 }), { minLength: 1, maxLength: 40 });
  it('is what going through the whole log tells, and so is when a place was reached', () =>
    fc.assert(
      fc.asyncProperty(clock, fc.nat(120), async (steps, second) => {
        let now = 20;
        const seconds = steps.map((step) => (now = Math.max(0, now + step)));
        const sources = await logged(seconds);
        const reached = seconds.findIndex((_, n) => latest(seconds.slice(0, n + 1)) > second);
        const expected = reached < 0 ? seconds.length : reached;
        expect(await recordedBy(sources, at(second))).toEqual({ position: expected, isLast: true });
        const until = await recordedUntil(sources, positionOf(expected));
        expect(until).toBe(expected === 0 ? null : at(latest(seconds.slice(0, expected))));
      }),
      { numRuns: 100 },
    ));
});

describe('marks', () => {
  const many = 3 * MARK_EVENTS + 7;
  /** Set back by an hour after every 700 events. */
  const seconds = Array.from({ length: many }, (_, n) => 4_000 + n - Math.floor(n / 700) * 300);

  it.each([
    { batch: 1_000, restarts: false },
    { batch: 333, restarts: true },
    { batch: 2_500, restarts: true },
  ])('stand after every 1,000 events, read $batch at a time (restarts: $restarts)', async (how) => {
    const sources = await logged(seconds);
    await marked(sources, { ...how, to: many });
    const marks = await sources.rows.find(LOG_MARKS, { limit: 99 });
    expect(marks.map(({ key, recordedBy: time }) => [Number(key), time])).toEqual(
      [1, 2, 3].map((n) => [n * MARK_EVENTS, at(latest(seconds.slice(0, n * MARK_EVENTS)))]),
    );
  });

  it('spare reading the log from its beginning: as much is read as lies between two of them', async () => {
    const sources = await logged(seconds);
    await marked(sources, { batch: 500, restarts: false, to: many });
    let read = 0;
    const log: Pick<EventLog, 'readAll'> = {
      readAll: async (after, limit) => {
        const events = await sources.log.readAll(after, limit);
        read += events.length;
        return events;
      },
    };
    for (const second of [4_100, 5_200, 5_900, 6_100, 9_999]) {
      const reached = seconds.findIndex((_, n) => latest(seconds.slice(0, n + 1)) > second);
      read = 0;
      const { position } = await recordedBy({ rows: sources.rows, log }, at(second));
      expect(position).toBe(reached < 0 ? many : reached);
      expect(read).toBeLessThanOrEqual(2 * MARK_EVENTS);
      read = 0;
      expect(await recordedUntil({ rows: sources.rows, log }, position)).toBe(
        at(latest(seconds.slice(0, position))),
      );
      expect(read).toBeLessThanOrEqual(2 * MARK_EVENTS);
    }
  });

  it('that are far behind are not made up for by a reader: he hears that there may be more', async () => {
    const sources = await logged(Array.from({ length: 11 * MARK_EVENTS }, (_, n) => n));
    expect(await recordedBy(sources, at(99_999))).toEqual({ position: 10 * MARK_EVENTS, isLast: false });
    await marked(sources, { batch: 1_000, restarts: false, to: 11 * MARK_EVENTS });
    expect(await recordedBy(sources, at(99_999))).toEqual({ position: 11 * MARK_EVENTS, isLast: true });
  });
});
