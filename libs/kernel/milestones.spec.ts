import fc from 'fast-check';
import { MemoryRowStore } from '@rapport/adapters/memory';
import { Count, cutsOf, Event, Id, integer, laneOf, lanesOf, OneOf, options, PARKED, PastReader } from '.';
import { placeKey, positionOf, projection, Projector, rollup, START, text } from '.';
import type { AsOf, EventStore, Projection, RecordedEvent, RowReader, Selection, Sources } from '.';
import { milestonesOf } from './milestones';
import { redriven } from './parked-events';
import { recorded } from './spec';

const Color = options('RED', 'BLUE', 'GRAY');
class Painted extends Event {
  @Id() id!: string;
  @OneOf(Color) color!: keyof typeof Color;
  @Count(0, 1e9) took!: number;
}
class Removed extends Event {
  @Id() id!: string;
}
/** The program cannot read gray ones until it is mended. */
let isMended = false;
const things = projection(
  { Painted, Removed },
  {
    ...{ name: 'things', version: 1, about: 'What is painted how?', key: 'id', history: true, rowsGo: true },
    columns: { color: text(), took: integer(), times: integer() },
  },
).on({
  Painted: ({ times }, { color, took }) => {
    if (!isMended && color === 'GRAY') throw new Error('cannot be read yet');
    return { color, took, times: times + 1 };
  },
  Removed: () => null,
});
const byColor = rollup(things, {
  ...{ name: 'by-color', version: 1 },
  where: ({ times }) => times < 4,
  by: { color: ({ color }) => color },
  sums: { times: ({ times }) => times },
  durations: { took: ({ took }) => took },
});
const byBoth = rollup(things, {
  ...{ name: 'by-both', version: 1 },
  by: { color: ({ color }) => color, times: ({ times }) => String(times) },
  ...{ sums: { took: ({ took }) => took }, cuts: [['times'], ['color']] },
});
const rollups = [byColor, byBoth];
const MILESTONES = milestonesOf(things.name);

const DAYS = 12;
const dayOf = (n: number): string => `2024-03-${String(n + 1).padStart(2, '0')}T00:00:00.000Z`;
/** Some change between two milestones, and sometimes so many that all are counted. */
const id = fc.constantFrom(...'abcdefghijklmnopqrstuvwx');
const deed = fc.record({
  id,
  color: fc.constantFrom(...(['RED', 'BLUE', 'RED', 'BLUE', 'RED', 'BLUE', 'GRAY', null] as const)),
  took: fc.nat(1_000),
  daysLate: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.nat(DAYS)),
});
/** What happened on some days in their order, and here and there something that is told late. */
const story = fc.array(deed, { minLength: 5, maxLength: 160 }).map((deeds) =>
  deeds.map(({ id, color, took, daysLate }, n) => {
    const at = dayOf(Math.max(0, Math.floor((n * DAYS) / deeds.length) - daysLate));
    return recorded(color ? Painted.of({ id, color, took }, at) : Removed.of({ id }, at), n);
  }),
);
/** So many events at a time, in lanes, by a new process before some batches, and with a program that is mended at last. */
const way = fc.record({
  batch: fc.integer({ min: 1, max: 6 }),
  lanes: fc.integer({ min: 1, max: 3 }),
  each: fc.integer({ min: 1, max: 5 }),
  restarts: fc.array(fc.nat(12), { maxLength: 3 }),
  mended: fc.nat(20),
});
type Way = typeof way extends fc.Arbitrary<infer T> ? T : never;

const read = async (events: readonly RecordedEvent[], { batch, lanes, each, restarts, mended }: Way) => {
  const rows = new MemoryRowStore();
  const readAt = async (places: readonly number[]) => places.map((place) => events[place - 1]);
  const sources: Sources = { rows, store: { readAt } as unknown as EventStore };
  const beginning = () => lanesOf(lanes).map((lane) => new Projector(things, rollups, lane, each));
  let projectors = beginning();
  await rows.open([PARKED, ...(projectors[0]?.tables ?? [])]);
  isMended = false;
  for (let n = 0; n * batch < events.length; n++) {
    if (restarts.includes(n)) projectors = beginning();
    if (restarts.includes(n)) for (const one of projectors) await one.reset(sources, positionOf(n * batch));
    if (mended === n) await redriveAll(projectors, sources);
    const some = events.slice(n * batch, (n + 1) * batch);
    for (const one of projectors) await rows.commit(await one.consume(some, sources), []);
  }
  return rows;
};
const redriveAll = async (projectors: readonly Projector[], sources: Sources) => {
  isMended = true;
  const parked = await sources.rows.find(PARKED, { limit: 1_000 });
  for (const key of new Set(parked.map((row) => String(row['rowKey'])))) {
    const one = projectors[laneOf(key, projectors.length)] as Projector;
    await sources.rows.commit((await redriven(one, key, sources)).writes, []);
  }
};

/** The same, of which nobody says that its rows go: where they are few, all are counted. */
const { rowsGo: _, ...staying } = things;
/** All figures that are asked of the past, as they were at a moment. */
const figuresAt = async (rows: RowReader, moment: AsOf, of: Projection = things) => {
  const past = new PastReader(rows, moment, [of], rollups);
  const figures: unknown[] = [];
  for (const { table, past: kept } of rollups.flatMap(cutsOf))
    if (kept) figures.push([table.name, await past.find(table, { limit: 100 })]);
  return figures;
};
const SELECTIONS: readonly Selection[] = [
  { limit: 100 },
  { limit: 2 },
  { limit: 2, after: ['b', 'b'] },
  { limit: 3, where: [['color', '!=', 'RED']] },
  { limit: 3, orderBy: { column: 'times' }, after: [1, 'b'] },
  { limit: 4, orderBy: { column: 'took', descending: true } },
];
/** Rows, selected in one way and another, and counted. */
const rowsAt = async (rows: RowReader, moment: AsOf) => {
  const past = new PastReader(rows, moment, [things], rollups);
  const found: unknown[] = [await past.count(things.table, [['times', '<', 3]])];
  for (const selection of SELECTIONS) found.push(await past.find(things.table, selection));
  return found;
};
/** The same rows, asked by somebody who finds no milestone, and how many others find. */
const watched = (rows: MemoryRowStore) => {
  let [begun, lookedUp] = [0, 0];
  const find: MemoryRowStore['find'] = (table, selection) => {
    if (table.name === 'by-color@1' && selection.asOf) begun++;
    if (table.name === things.name && selection.where?.some(([column]) => column === 'key')) lookedUp++;
    return rows.find(table, selection);
  };
  const none: MemoryRowStore['find'] = (table, selection) =>
    table.name === MILESTONES.name ? Promise.resolve([]) : rows.find(table, selection);
  const seenBy = (how: MemoryRowStore['find']) =>
    Object.assign(Object.create(rows) as MemoryRowStore, { find: how });
  return { seen: seenBy(find), counting: seenBy(none), begun: () => begun, lookedUp: () => lookedUp };
};

describe('figures and rows of the past that begin at a milestone', () => {
  let [begun, lookedUp] = [0, 0];
  it('are those that are counted from all rows, whatever came late, was parked and redriven, and whoever began anew', () =>
    fc.assert(
      fc.asyncProperty(story, way, fc.nat(DAYS), fc.nat(160), async (events, how, day, at) => {
        const rows = watched(await read(events, how));
        for (const moment of [
          { time: dayOf(day) },
          { position: positionOf(at + 1) },
          { time: dayOf(day), position: positionOf(at + 1) },
        ])
        // prettier-ignore
        {
          const counted = await figuresAt(rows.counting, moment);
          expect(await figuresAt(rows.seen, moment)).toEqual(counted);
          expect(await figuresAt(rows.seen, moment, staying)).toEqual(counted);
          expect(await rowsAt(rows.seen, moment)).toEqual(await rowsAt(rows.counting, moment));
          }
        begun += rows.begun();
        lookedUp += rows.lookedUp();
      }),
      { numRuns: 500 },
    ));
  it('were told from milestones', () => {
    expect(begun).toBeGreaterThan(300);
    expect(lookedUp).toBeGreaterThan(300);
  });
});

const painted = (count: number, first = 0, things = 9) =>
  Array.from({ length: count }, (_, n) =>
    recorded(Painted.of({ id: `t-${n % things}`, color: 'RED', took: n }, dayOf(0)), first + n),
  );

describe('milestones', () => {
  const plain: Way = { batch: 5, lanes: 1, each: 10, restarts: [], mended: 0 };
  const placesIn = async (rows: RowReader) =>
    (await rows.find(MILESTONES, { limit: 100 })).map(({ key, since, versions }) => [key, since, versions]);

  it('stand where a batch ended after so many versions, and say how far each reaches', async () => {
    const rows = await read(painted(32), plain);
    expect(await placesIn(rows)).toEqual([
      [`0|${placeKey(positionOf(10))}`, 0, 10],
      [`0|${placeKey(positionOf(20))}`, 10, 10],
      [`0|${placeKey(positionOf(30))}`, 20, 10],
    ]);
  });
  it('come as often where processes end before there are so many versions', async () => {
    const rows = await read(painted(32), { ...plain, restarts: [1, 2, 3, 4, 5, 6] });
    expect((await placesIn(rows)).map(([, since]) => since)).toEqual([0, 10, 20]);
  });
  it('keep of each group only those versions that differ, whoever begins anew', async () => {
    const gray = recorded(Painted.of({ id: 'x', color: 'BLUE', took: 1 }, dayOf(0)), 0);
    const events = [gray, ...painted(31, 1)];
    for (const restarts of [[], [3, 5]]) {
      const rows = await read(events, { ...plain, restarts });
      const [, , byColors] = cutsOf(byBoth);
      const versions = await rows.find(byColors?.past ?? MILESTONES, { limit: 100 });
      expect(versions.filter(({ color }) => color === 'BLUE').map(({ position }) => position)).toEqual([10]);
    }
  });
  it('that stand behind an event which is redriven go, and are set again further on', async () => {
    const gray = recorded(Painted.of({ id: 'x', color: 'GRAY', took: 1 }, dayOf(0)), 11);
    const events = [...painted(11), gray, ...painted(28, 12)];
    const rows = await read(events, { ...plain, mended: 7 });
    expect((await placesIn(rows)).map(([key, since]) => [key, since])).toEqual([
      [`0|${placeKey(positionOf(10))}`, 0],
      [`0|${placeKey(positionOf(35))}`, 10],
    ]);
    expect(await rows.count(PARKED)).toBe(0);
  });
  it('are left aside where no more rows stand than would be looked up', async () => {
    for (const [things, isToldFromIt] of [
      [6, false],
      [7, true],
    ] as const) {
      const rows = watched(await read(painted(33, 0, things), { ...plain, batch: 30, each: 30 }));
      await figuresAt(rows.seen, { position: positionOf(33) }, staying);
      expect([things, rows.begun() > 0]).toEqual([things, isToldFromIt]);
      await figuresAt(rows.seen, { position: positionOf(33) });
      expect(rows.begun()).toBeGreaterThan(0); // nobody knows how many have gone
    }
  });
  it('of an empty log are none', async () => {
    const one = new Projector(things, rollups);
    const rows = new MemoryRowStore();
    await rows.open([PARKED, ...one.tables]);
    await one.reset({ rows, store: {} as EventStore }, START);
    expect(await placesIn(rows)).toEqual([]);
  });
});
