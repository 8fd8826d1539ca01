import fc from 'fast-check';
import {
  cutsOf,
  groupsOf,
  LIVE,
  Projector,
  Rebuild,
  Regrouping,
  START,
  Subscription,
  folded,
  type Row,
} from '@rapport/kernel';
import type { Application } from '@rapport/platform/application';
import { jarApplication, send, sqliteStores } from '../support/jar-application';
import { allJars, FillJar, jarsByColor, openJars, OpenJar, SealJar } from '../support/jars';

const jarId = fc.constantFrom('a', 'b', 'c', 'd');
const color = fc.constantFrom('red', 'blue');
/** Days on which things happen, in any order: some commands are recorded late. */
const day = fc.integer({ min: 1, max: 28 });
const deed = fc.oneof(
  { weight: 2, arbitrary: fc.record({ jarId, color }).map((data) => OpenJar.of(data)) },
  {
    weight: 6,
    arbitrary: fc.record({ jarId, drops: fc.integer({ min: 1, max: 9 }) }).map((data) => FillJar.of(data)),
  },
  { weight: 1, arbitrary: fc.record({ jarId }).map((data) => SealJar.of({ ...data, because: 'enough' })) },
);
const deeds = fc.array(fc.tuple(deed, day), { maxLength: 40 });
const instant = (n: number) => `2024-03-${String(n).padStart(2, '0')}T08:00:00.000Z`;

const after = async (story: readonly (readonly [object, number])[]): Promise<Application> => {
  const app = jarApplication(await sqliteStores(null), { policies: [] });
  await app.start();
  for (const [n, [command, on]] of story.entries())
    await send(app, `${n}`, command, instant(on)).catch(() => null);
  await app.settle();
  return app;
};
const allRows = (app: Application, table: typeof allJars.table | typeof openJars.table) =>
  app.rows.find(table, { limit: 1_000 });

/** The model folded from scratch, from the events that had happened by then. */
const replayedUntil = async (app: Application, time: string): Promise<readonly Row[]> => {
  const rows = new Map<string, Row | null>();
  for (const event of await app.store.readAll(START, 10_000))
    if (event.occurredAt <= time && openJars.on[event.type])
      for (const key of openJars.keysOf(event))
        rows.set(key, folded(openJars, rows.get(key) ?? null, key, event));
  return [...rows.values()].filter((row) => row !== null).sort((a, b) => (a.key < b.key ? -1 : 1));
};

const byKey = (one: Row, other: Row) => (one.key < other.key ? -1 : 1);
const sorted = (rows: readonly Row[]) => rows.map((row) => ({ ...row })).sort(byKey);

describe('for whatever happens, in whatever order it is recorded', () => {
  it('the state as of any moment equals a replay that stops there', () =>
    fc.assert(
      fc.asyncProperty(deeds, day, async (story, on) => {
        const app = await after(story);
        const time = instant(on);
        const found = await app.rows.find(openJars.table, { limit: 1_000, asOf: { time } });
        expect(sorted(found)).toEqual(sorted(await replayedUntil(app, time)));
        await app.stop();
      }),
      { numRuns: 60 },
    ));

  it('rows equal a rebuild, and a rollup and its cuts equal the grouping of its rows', () =>
    fc.assert(
      fc.asyncProperty(deeds, async (story) => {
        const app = await after(story);
        const rebuild = new Rebuild({ rows: app.rows, store: app.store }, [openJars, allJars], [jarsByColor]);
        await rebuild.run();
        expect((await rebuild.compare()).every(({ identical }) => identical)).toBe(true);
        const grouped = groupsOf(jarsByColor, await allRows(app, allJars.table));
        for (const cut of cutsOf(jarsByColor)) {
          const regrouped = new Regrouping(cut, jarsByColor);
          for (const group of grouped) regrouped.add(group);
          expect(sorted(await app.rows.find(cut.table, { limit: 99 }))).toEqual(sorted(regrouped.groups));
        }
        await app.stop();
      }),
      { numRuns: 40 },
    ));

  it('batches of any size give the same rows', () =>
    fc.assert(
      fc.asyncProperty(deeds, fc.integer({ min: 1, max: 7 }), async (story, batchMax) => {
        const app = await after(story);
        const { rows } = await sqliteStores(null);
        const sources = { rows, store: app.store };
        const pace = { ...LIVE, batchMax };
        const loop = new Subscription(
          sources,
          [new Projector(openJars), new Projector(allJars, [jarsByColor])],
          { pace },
        );
        await loop.start();
        await loop.reached(await app.store.log.head());
        await loop.stop();
        for (const { table } of [openJars, allJars])
          expect(await rows.find(table, { limit: 99 })).toEqual(await allRows(app, table));
        expect(sorted(await rows.find(jarsByColor.table, { limit: 99 }))).toEqual(
          sorted(await app.rows.find(jarsByColor.table, { limit: 99 })),
        );
        await app.stop();
      }),
      { numRuns: 40 },
    ));
});
