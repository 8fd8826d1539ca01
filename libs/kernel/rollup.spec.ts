import fc from 'fast-check';
import { MemoryEventLog, MemoryKeyRing, MemoryRowStore } from '@rapport/adapters/memory';
import { count, ERROR_MAX, EventStore, positionOf, Projector, quantilesOf, summed, type Histogram } from '.';
import {
  Count,
  Event,
  flag,
  groupsOf,
  Id,
  integer,
  maybe,
  OneOf,
  Optional,
  options,
  PARKED,
  projection,
} from '.';
import { rollup, text, type RecordedEvent, type Row, type Table } from '.';
import { recorded } from './spec';

const Color = options('RED', 'BLUE');
class Painted extends Event {
  @Id() id!: string;
  @OneOf(Color) color!: keyof typeof Color;
  @Optional() @Count(0, 1e9) took?: number;
}
class Hidden extends Event {
  @Id() id!: string;
}
class Removed extends Event {
  @Id() id!: string;
}
const events = { Painted, Hidden, Removed };
const model = projection(events, {
  ...{ name: 'things', version: 1, about: 'What is where?', key: 'id' },
  columns: { color: text(), took: maybe(integer()), times: integer(), hidden: flag() },
}).on({
  Painted: ({ times }, { color, took = null }) => ({ color, took, times: times + 1, hidden: false }),
  Hidden: () => ({ hidden: true }),
  Removed: () => null,
});
const figures = rollup(model, {
  ...{ name: 'figures', version: 1 },
  where: ({ hidden }) => !hidden,
  by: { color: ({ color }) => color },
  sums: { times: ({ times }) => times },
  durations: { took: ({ took }) => took },
});

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const color = fc.constantFrom('RED' as const, 'BLUE' as const);
const event = fc.oneof(
  { weight: 4, arbitrary: fc.record({ id, color, took: fc.nat(1e9) }).map((data) => Painted.of(data)) },
  fc.record({ id, color }).map((data) => Painted.of(data)),
  fc.record({ id }).map((data) => Hidden.of(data)),
  fc.record({ id }).map((data) => Removed.of(data)),
);

/** The rows after the events, read in batches of any size, by one projector or by a new one for each batch. */
const fold = async (all: readonly RecordedEvent[], batch: number, restarts: boolean) => {
  const rows = new MemoryRowStore();
  const store = new EventStore(new MemoryEventLog(), new MemoryKeyRing(), [events]);
  let projector = new Projector(model, [figures]);
  await rows.open([PARKED, ...projector.tables]);
  await projector.reset({ rows, store }, positionOf(0));
  for (let n = 0; n < all.length; n += batch) {
    await rows.commit(await projector.consume(all.slice(n, n + batch), { rows, store }), []);
    if (!restarts) continue;
    projector = new Projector(model, [figures]);
    await projector.reset({ rows, store }, positionOf(n + batch));
  }
  const kept = (table: Table) => rows.find(table, { limit: 1_000 });
  return { things: await kept(model.table), groups: await kept(figures.table) };
};

/** The same question asked of all rows at once. */
const grouped = (things: readonly Row[]) => {
  const shown = things.filter((row) => !row['hidden']);
  return [...new Set(shown.map((row) => row['color'] as string))].sort().map((each) => {
    const mine = shown.filter((row) => row['color'] === each);
    const times = mine.reduce((sum, row) => sum + (row['times'] as number), 0);
    const took = mine.reduce<Histogram>(
      (buckets, row) => (row['took'] === null ? buckets : count(buckets, row['took'] as number, 1)),
      [],
    );
    return { key: JSON.stringify([each]), color: each, rows: mine.length, times, took };
  });
};

describe('a rollup', () => {
  it('is the GROUP BY of its rows, for any events in any batches, restarted or not', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(event, { maxLength: 60 }),
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        async (all, batch, restarts) => {
          const { things, groups } = await fold(all.map(recorded), batch, restarts);
          expect(groups).toEqual(grouped(things));
          const byKey = [...groupsOf(figures, things)].sort((one, other) => (one.key < other.key ? -1 : 1));
          expect(byKey).toEqual(groups);
        },
      ),
      { numRuns: 150 },
    ));
  it('has no group that nobody is in', async () => {
    const all = [Painted.of({ id: 'a', color: 'RED' }), Removed.of({ id: 'a' })].map(recorded);
    expect((await fold(all, 1, false)).groups).toEqual([]);
  });
});

describe('a percentile', () => {
  const values = (max: number, minLength = 0) =>
    fc.array(fc.integer({ min: 1, max: 1e12 }), { minLength, maxLength: max });
  /** Around where one bucket ends and the next begins, and anywhere. */
  const gamma = (1 + ERROR_MAX) / (1 - ERROR_MAX);
  const edge = fc.oneof(
    fc
      .tuple(fc.integer({ min: 0, max: 1_300 }), fc.integer({ min: -1, max: 1 }))
      .map(([bucket, beside]) => gamma ** bucket * (1 + beside * Number.EPSILON)),
    fc.integer({ min: 1, max: 1e12 }),
    fc.double({ min: 1, max: 1e12, noNaN: true }),
  );
  const of = (all: readonly number[]) =>
    all.reduce<Histogram>((buckets, value) => count(buckets, value, 1), []);

  const quantile = (histogram: Histogram, q: number) => quantilesOf([histogram], [q]).values[0] ?? null;

  it(`is within ${ERROR_MAX * 100} % of the true one, also after values were taken away`, () =>
    fc.assert(
      fc.property(
        values(200, 1),
        values(50),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (kept, gone, q) => {
          const left = gone.reduce((buckets, value) => count(buckets, value, -1), of([...kept, ...gone]));
          const ordered = [...kept].sort((a, b) => a - b);
          const truth = ordered[Math.max(1, Math.ceil(q * ordered.length)) - 1]!;
          expect(Math.abs(quantile(left, q)! - truth) / truth).toBeLessThanOrEqual(ERROR_MAX + 1e-9);
          expect(left).toEqual(of(kept));
        },
      ),
    ));
  it('is that of the nearest rank at every whole percent, also at the edges of the buckets and however the values are split into parts', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(edge, fc.nat(5)), { minLength: 1, maxLength: 120 }),
        fc.integer({ min: 1, max: 100 }),
        (all, percent) => {
          const parts = [0, 1, 2, 3, 4, 5].map((lane) =>
            of(all.flatMap(([v, at]) => (at === lane ? [v] : []))),
          );
          const ordered = all.map(([value]) => value).sort((a, b) => a - b);
          const truth = ordered[Math.ceil((percent * ordered.length) / 100) - 1]!;
          const found = quantile(summed(parts), percent / 100)!;
          expect(Math.abs(found - truth) / truth).toBeLessThanOrEqual(ERROR_MAX + 1e-9);
          expect(quantilesOf(parts, [0.5, percent / 100])).toMatchObject({
            n: all.length,
            values: { 1: found },
          });
        },
      ),
      { numRuns: 400 },
    ));
  it('of a hundred is the one that was counted to, and not the next', () => {
    const hundred = Array.from({ length: 100 }, (_, n) => (n < 55 ? 1 : 1_000));
    expect(quantile(of(hundred), 0.55)).toBeLessThanOrEqual(1);
    expect(quantile(of(hundred), 0.56)).toBeGreaterThan(900);
  });
  it('of two merged histograms is that of all their values', () =>
    fc.assert(
      fc.property(values(40), values(40), (one, other) => {
        expect(summed([of(one), of(other)])).toEqual(of([...one, ...other]));
        expect(quantilesOf([of(one)], []).n).toBe(one.length);
      }),
    ));
  it('of nothing is null, and nothing is left of what was taken away', () => {
    expect(quantile([], 0.5)).toBeNull();
    expect(count(count([], 7, 1), 7, -1)).toEqual([]);
  });
  it('is right also after somebody asked for those of something that is no histogram', () => {
    const broken = [of([5, 9]), null] as unknown as readonly Histogram[];
    expect(() => summed(broken)).toThrow();
    expect(summed([of([9])])).toEqual(of([9]));
    expect(quantilesOf([of([9])], [1]).n).toBe(1);
  });
  it('of what is longer than anything can be is finite, and it is counted', () => {
    const { n, values } = quantilesOf([of([1, Infinity])], [0.5, 1]);
    expect([n, values[0], Number.isFinite(values[1])]).toEqual([2, quantile(of([1]), 1), true]);
  });
  it('counts no time at all as the shortest there is', () => {
    expect(quantile(of([0, 0, 1]), 1)).toBeLessThanOrEqual(1);
  });
});
