import fc from 'fast-check';
import { MemoryEventLog, MemoryKeyRing, MemoryRowStore } from '@rapport/adapters/memory';
import {
  Count,
  Event,
  flag,
  Id,
  integer,
  maybe,
  OneOf,
  Optional,
  options,
  projection,
  rollup,
  text,
} from '.';
import { EventStore, groupsBy, groupsOf, lanesOf, meetsAll, ONLY, PARKED, positionOf, summed } from '.';
import { Projector, Regrouping, type Condition, type Group, type Histogram, type RecordedEvent } from '.';
import type { Row, Ways } from '.';
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
const byTwo = rollup(model, {
  ...{ name: 'by-two', version: 1 },
  where: ({ hidden }) => !hidden,
  by: {
    color: ({ color }) => color,
    often: ({ times }) => String(times > 2),
    id: ({ key }) => key,
  },
  sums: { times: ({ times }) => times },
  durations: { took: ({ took }) => took },
  cuts: [['color'], ['often'], ['color', 'often']],
});
/** Nothing changes in it by its hiddenness while the color changes. */
const moods = rollup(model, {
  ...{ name: 'moods', version: 1 },
  by: { color: ({ color }) => color, hidden: ({ hidden }) => String(hidden) },
  sums: {},
  durations: { took: ({ took }) => took },
  cuts: [['color'], ['hidden']],
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
const fold = async (
  all: readonly RecordedEvent[],
  batch: number,
  restarts: boolean,
  part = ONLY,
  rows = new MemoryRowStore(),
) => {
  const store = new EventStore(new MemoryEventLog(), new MemoryKeyRing(), [events]);
  let projector = new Projector(model, [byTwo], part);
  await rows.open([PARKED, ...projector.tables]);
  await projector.reset({ rows, store }, positionOf(0));
  for (let n = 0; n < all.length; n += batch) {
    await rows.commit(await projector.consume(all.slice(n, n + batch), { rows, store }), []);
    if (!restarts) continue;
    projector = new Projector(model, [byTwo], part);
    await projector.reset({ rows, store }, positionOf(n + batch));
  }
  return rows;
};

describe('a cut of a rollup', () => {
  const cuts = [[], ['color'], ['often'], ['often', 'color'], ['id'], ['id', 'often']] as const;
  const asked: readonly (readonly Condition[])[] = [
    [],
    [['color', '=', 'RED']],
    [['often', '>=', 'true']],
    [['id', 'in', ['a', 'b']]],
    [
      ['color', '=', 'BLUE'],
      ['often', '<=', 'false'],
    ],
  ];
  const conditions = fc.constantFrom(...asked);
  /** The same question asked of all rows at once. */
  const counted = (things: readonly Row[], by: readonly string[], where: readonly Condition[]) => {
    const alone = things.flatMap((row) => groupsOf(byTwo, [row])).filter((group) => meetsAll(group, where));
    const keyOf = (group: Group) => JSON.stringify(by.map((name) => group[name]));
    return [...new Set(alone.map(keyOf))].sort().map((key) => {
      const mine = alone.filter((group) => keyOf(group) === key);
      return {
        ...Object.fromEntries(by.map((name) => [name, mine[0]?.[name]])),
        ...{ key, rows: mine.length },
        times: mine.reduce((sum, group) => sum + Number(group['times']), 0),
        took: summed(mine.map((group) => group['took'] as Histogram)),
      };
    });
  };

  it('is the GROUP BY of its rows by its columns, in any batches, restarted or not, in one lane or two', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(event, { maxLength: 60 }),
        ...([fc.integer({ min: 1, max: 9 }), fc.boolean(), fc.integer({ min: 1, max: 2 })] as const),
        ...([fc.constantFrom(...cuts), conditions] as const),
        async (all, batch, restarts, lanes, by, where) => {
          const rows = new MemoryRowStore();
          for (const part of lanesOf(lanes)) await fold(all.map(recorded), batch, restarts, part, rows);
          const things = await rows.find(model.table, { limit: 1_000 });
          const expected = counted(things, by, where);
          expect((await groupsBy(rows, byTwo, { one: by }, where)).one).toEqual(expected);
          for (const cut of byTwo.cuts) {
            const kept = new Regrouping(cut, cut);
            for (const part of await rows.find(cut.table, { limit: 1_000 })) kept.add(part);
            expect(kept.groups).toEqual(counted(things, cut.by, []));
          }
        },
      ),
      { numRuns: 200 },
    ));

  it('is put together from however many parts, also when some come after it was looked at', async () => {
    const some = await fold([Painted.of({ id: 'a', color: 'RED', took: 5 })].map(recorded), 1, false);
    const [part] = await some.find(byTwo.table, { limit: 9 });
    const groups = new Regrouping({ by: [] }, byTwo);
    for (const many of [1, 2, 63, 64, 65, 130]) {
      while ((groups.groups[0]?.rows ?? 0) < many) groups.add(part!);
      expect(groups.groups).toMatchObject([{ rows: many, took: [(part!['took'] as Histogram)[0], many] }]);
    }
    const atOnce = new Regrouping({ by: [] }, byTwo);
    for (let n = 0; n < 200; n++) atOnce.add(part!);
    expect(atOnce.groups).toMatchObject([{ rows: 200, took: [(part!['took'] as Histogram)[0], 200] }]);
  });

  it('is put together from parts that stay as they were, for others put them together in other ways', async () => {
    const all = [
      Painted.of({ id: 'a', color: 'RED', took: 5 }),
      Painted.of({ id: 'b', color: 'BLUE', took: 7 }),
    ];
    const rows = await fold(all.map(recorded), 1, false);
    const parts = await rows.find(byTwo.table, { limit: 9 });
    const before = JSON.stringify(parts);
    const took = [[], ['color']].map((by) => {
      const groups = new Regrouping({ by }, byTwo);
      for (const part of parts) groups.add(part);
      return groups.groups.map((group) => (group['took'] as Histogram).filter((_, n) => n % 2 === 1));
    });
    expect(took).toEqual([[[1, 1]], [[1], [1]]]);
    expect(JSON.stringify(parts)).toBe(before);
  });

  it('answers what asks for no other columns, the first that can, and the whole answers the rest', async () => {
    const rows = await fold([Painted.of({ id: 'a', color: 'RED' })].map(recorded), 1, false);
    const read: string[] = [];
    const watched = Object.assign(Object.create(rows) as MemoryRowStore, {
      find: (...asked: Parameters<MemoryRowStore['find']>) => (read.push(asked[0].name), rows.find(...asked)),
    });
    const source = async (ways: Ways, where: readonly Condition[] = []) => {
      read.length = 0;
      await groupsBy(watched, byTwo, ways, where);
      return read.map((name) => name.replace('by-two@1', ''));
    };
    expect(await source({ all: [], byColor: ['color'] })).toEqual(['~color']);
    expect(await source({ all: [], byOften: ['often'] })).toEqual(['~color', '~often']);
    expect(await source({ all: [] }, [['often', '=', 'true']])).toEqual(['~often']);
    expect(await source({ byColor: ['color'] }, [['often', '=', 'true']])).toEqual(['~color+often']);
    expect(await source({ byColor: ['color'], byId: ['id'] }, [['id', '=', 'a']])).toEqual(['']);
  });

  it('is not written where nothing of it changes', async () => {
    const rows = new MemoryRowStore();
    const often = Painted.of({ id: 'a', color: 'RED', took: 5 });
    await fold([often, often].map(recorded), 9, false, ONLY, rows);
    const projector = new Projector(model, [moods]);
    await rows.open(projector.tables);
    const sources = { rows, store: {} as EventStore };
    await projector.reset(sources, positionOf(2));
    const tables = async (all: readonly RecordedEvent[]) => {
      const writes = await projector.consume(all, sources);
      await rows.commit(writes, []);
      return writes.map(({ table }) => table.name);
    };
    await tables([Painted.of({ id: 'b', color: 'RED', took: 5 })].map(recorded));
    expect(await tables([Painted.of({ id: 'b', color: 'BLUE', took: 5 })].map(recorded))).toEqual([
      ...['things@1', 'moods@1', 'moods@1', 'moods@1~color', 'moods@1~color'],
    ]);
    expect(await tables([Painted.of({ id: 'b', color: 'BLUE', took: 5 })].map(recorded))).toEqual([
      'things@1',
    ]);
  });
});
