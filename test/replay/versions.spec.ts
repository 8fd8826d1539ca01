import fc from 'fast-check';
import { MemoryRowStore } from '@rapport/adapters/memory';
import { SqliteRowStore } from '@rapport/adapters/sqlite';
import { flag, PastReader, positionOf, projection, text, type Row, type RowStore } from '@rapport/kernel';
import { FillJar, jarEvents, openJars, OpenJar } from '../support/jars';
import { followed, foldedUntil, jarStory, recordedJars } from '../support/recorded-jars';
import { dayOf } from '../support/untidy-story';

/** Most of what happens to a jar changes nothing here. */
const usedJars = projection(jarEvents, {
  ...{ name: 'used-jars', version: 1, about: 'Which jars were ever used?', key: 'jarId', history: true },
  columns: { color: text(), used: flag(), heavy: flag() },
}).on({
  JarOpened: (_, { color }) => ({ color }),
  JarFilled: ({ heavy }, { total }) => ({ used: true, heavy: heavy || total > 9 }),
  JarSealed: () => null,
});
const { past } = usedJars;

const STORES: readonly (readonly [name: string, open: () => Promise<RowStore>])[] = [
  ['in memory', async () => new MemoryRowStore()],
  ['on SQLite', () => SqliteRowStore.open({ file: ':memory:' })],
];
const opened = [OpenJar.of({ jarId: 'a', color: 'red' }), 1] as const;
const filled = (day: number, drops = 1) => [FillJar.of({ jarId: 'a', drops }), day] as const;
const versionsOf = (rows: RowStore): Promise<readonly Row[]> =>
  rows.find(past!, { orderBy: { column: 'validFrom' }, limit: 99 });

describe.each(STORES)('versions of rows %s', (_, open) => {
  it('are made only where something changes, also in a past that is told late', async () => {
    const rows = await open();
    const store = await recordedJars([opened, filled(5), filled(7), filled(9), filled(3)]);
    await followed(store, rows, 1, usedJars);
    expect((await versionsOf(rows)).map(({ validFrom, used }) => [validFrom, used])).toEqual([
      [dayOf(1), false],
      [dayOf(3), true],
      [dayOf(5), true],
    ]);
    await rows.close();
  });
  it('tell any moment and any knowledge as a replay does, whatever is told in whatever order, and whenever all is forgotten by a restart', () =>
    fc.assert(
      fc.asyncProperty(
        ...[
          jarStory,
          fc.integer({ min: 1, max: 7 }),
          fc.integer({ min: 0, max: 13 }),
          fc.nat(50),
          fc.nat(50),
        ],
        async (story, batchMax, day, at, restart) => {
          const store = await recordedJars(story);
          const rows = await open();
          const restartAt = Math.min(restart, await store.log.head());
          if (restartAt > 0) await followed(store, rows, batchMax, usedJars, [], positionOf(restartAt));
          await followed(store, rows, batchMax, usedJars);
          const moment = { time: dayOf(day), position: positionOf(at) };
          const then = new PastReader(rows, moment, [usedJars], []);
          expect(await then.find(usedJars.table, { limit: 99 })).toEqual(
            await foldedUntil(store, usedJars, moment),
          );
          const head = { position: await store.log.head() };
          expect(await rows.find(usedJars.table, { limit: 99 })).toEqual(
            await foldedUntil(store, usedJars, head),
          );
          await rows.close();
        },
      ),
      { numRuns: 80 },
    ));
});

describe('what is told late', () => {
  it('is put in its place also where more versions are to be read than a page takes, all of one moment among them', async () => {
    const rows = await SqliteRowStore.open({ file: ':memory:' });
    const late = Array.from({ length: 2_001 }, () => filled(3));
    const store = await recordedJars([opened, filled(9), filled(8), ...late, filled(2)]);
    const head = await store.log.head();
    await followed(store, rows, 500, openJars, [], positionOf(head - 1));
    await followed(store, rows, 500, openJars);
    for (const day of [1, 2, 3, 8, 9]) {
      const moment = { time: dayOf(day), position: head };
      const then = new PastReader(rows, moment, [openJars], []);
      expect(await then.find(openJars.table, { limit: 9 })).toEqual(
        await foldedUntil(store, openJars, moment),
      );
    }
    await rows.close();
  });
  /** How often the past of a row was read for it. */
  const reads = async (...story: readonly (readonly [object, number])[]): Promise<number> => {
    const rows = new MemoryRowStore();
    const reading = jest.spyOn(rows, 'find');
    await followed(await recordedJars([opened, ...story]), rows, 1, openJars);
    return reading.mock.calls.filter(([{ name }]) => name === openJars.past?.name).length;
  };
  const busy = Array.from({ length: 20 }, (_, n) => filled(3 + n));

  it('by a few moments reads nothing again: the last moments of its row are at hand', async () => {
    expect(await reads(filled(5), filled(3), filled(4), filled(2))).toBe(0);
    expect(await reads(...busy, filled(12), filled(11))).toBe(0);
  });
  it('by more than that reads the past of its row', async () =>
    expect(await reads(...busy, filled(2), filled(22))).toBe(1));
});
