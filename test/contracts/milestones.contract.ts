import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { groupsOf, lanesOf, PARKED, PastReader, positionOf, Projector, rollup, START } from '@rapport/kernel';
import type { EventStore, RecordedEvent, RowStore } from '@rapport/kernel';
import { openJars } from '../support/jars';
import { recordedJars, storyOfJars } from '../support/recorded-jars';
import { dayOf } from '../support/untidy-story';
import type { MakeRows, RowsUnderTest } from './things';

const EVENTS_MAX = 10_000;
/** More than change between two milestones: or all of them would be counted. */
const JARS = Array.from({ length: 24 }, (_, n) => `jar-${String(n).padStart(2, '0')}`);
const DEEDS_MAX = 200;

/** Questions of the past begin at milestones: whatever keeps rows, the answers are those of the rows that stood then. */
export const milestonesContract = (name: string, make: MakeRows): void => {
  describe(`row store: ${name}: questions of the past`, () => {
    let under: RowsUnderTest;
    beforeAll(async () => (under = await make()));
    afterAll(() => under.close());

    it('are answered by the rows that stood then, from whatever milestone they are told, kept in whatever lanes', async () => {
      let begun = 0;
      await fc.assert(
        fc.asyncProperty(
          ...[storyOfJars(JARS, DEEDS_MAX), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 3 })],
          ...[
            fc.integer({ min: 4, max: 13 }),
            fc.integer({ min: 3, max: 150 }),
            fc.integer({ min: 1, max: 3 }),
          ],
          async (story, batch, each, day, at, lanes) => {
            const { model, figures, read } = kept(lanes);
            const store = await recordedJars(story);
            await read(under.store, await store.readAll(START, EVENTS_MAX), batch, each);
            const position = positionOf(at);
            for (const moment of [{ time: dayOf(day) }, { position }, { time: dayOf(day), position }]) {
              const rows = Object.assign(Object.create(under.store) as RowStore, {
                find: (...[table, selection]: Parameters<RowStore['find']>) => {
                  if (table.name === figures.table.name && selection.asOf) begun++;
                  return under.store.find(table, selection);
                },
              });
              const past = new PastReader(rows, moment, [model], [figures]);
              const then = await under.store.find(model.table, { limit: EVENTS_MAX, asOf: moment });
              expect(await past.find(model.table, { limit: EVENTS_MAX })).toEqual(then);
              const byTotal = { orderBy: { column: 'total', descending: true }, limit: 2 };
              const first = await under.store.find(model.table, { ...byTotal, asOf: moment });
              expect(await past.find(model.table, byTotal)).toEqual(first);
              expect(await past.count(model.table)).toBe(then.length);
              expect(await past.find(figures.table, { limit: 99 })).toEqual(groupsOf(figures, then));
            }
          },
        ),
        { numRuns: 40 },
      );
      expect(begun).toBeGreaterThan(10);
    });
  });
};

/** A model that nobody else keeps in this store. */
const kept = (of: number) => {
  const name = `jars-${randomUUID().slice(0, 8)}`;
  const table = { ...openJars.table, name };
  const past = openJars.past && { ...openJars.past, name: `${name}~past` };
  const model = { ...openJars, name, table, past, rowsGo: true as const };
  const figures = rollup(model, {
    ...{ name: `${name}-by-color`, version: 1 },
    by: { color: ({ color }) => color, filled: ({ fills }) => String(fills > 0) },
    sums: { drops: ({ total }) => total, fills: ({ fills }) => fills },
    durations: { drops2: ({ total }) => (total === 0 ? null : total) },
  });
  const read = async (rows: RowStore, events: readonly RecordedEvent[], batch: number, each: number) => {
    const lanes = lanesOf(of).map((lane) => new Projector(model, [figures], lane, each));
    await rows.open([PARKED, ...lanes.flatMap(({ tables }) => tables)]);
    const sources = { rows, store: {} as EventStore };
    for (let n = 0; n < events.length; n += batch)
      for (const one of lanes) await rows.commit(await one.consume(events.slice(n, n + batch), sources), []);
  };
  return { model, figures, read };
};
