import fc from 'fast-check';
import type { RowStore } from '@rapport/kernel';
import { killedEverywhere, killedInARow, type Trial } from '../support/crash-points';
import { hotelStory } from '../support/hotel-story';
import { jarStory, memoryStores, sqliteInMemory } from '../support/jar-story';
import { playTime } from '../support/played-time';

/** A test's own time; each of these plays some hundred processes. */
const PLAYED_MS = 120_000;

beforeEach(playTime);
afterEach(() => jest.useRealTimers());

describe.each([
  ['memory', memoryStores],
  ['SQLite', sqliteInMemory],
])('a process that is killed (%s)', (_, stores) => {
  it(
    'is followed by one that ends where it would have ended, before or after whatever it asked of its stores',
    async () => {
      const { points, differing } = await killedEverywhere(jarStory(stores));
      expect(differing).toEqual([]);
      for (const what of ['log.append', 'feed.next', 'rows.load', 'rows.find', 'rows.commit', 'rows.arrange'])
        expect(points).toEqual(expect.arrayContaining([`before ${what}`, `after ${what}`]));
    },
    PLAYED_MS,
  );
});

describe('a process that is killed while names are sealed', () => {
  it(
    'is followed by one that knows the keys, and ends where it would have ended',
    async () => {
      const { points, differing } = await killedEverywhere(hotelStory(memoryStores));
      expect(differing).toEqual([]);
      expect(points).toEqual(
        expect.arrayContaining(['after keys.of', 'after keys.find', 'after log.append']),
      );
    },
    PLAYED_MS,
  );
});

describe('several processes that are killed in a row', () => {
  it(
    'are followed by one that ends where the first would have ended',
    () =>
      fc.assert(
        fc.asyncProperty(
          fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 2, maxLength: 4 }),
          async (at) => {
            expect(await killedInARow(jarStory(memoryStores), at)).toBeNull();
          },
        ),
        { numRuns: 100 },
      ),
    PLAYED_MS,
  );
});

describe('rows and checkpoint that are kept one after the other', () => {
  const apart = (steps: (rows: RowStore) => RowStore['commit']): Trial => {
    const trial = jarStory(memoryStores);
    const application: Trial['application'] = ({ rows, ...others }, how) => {
      const torn = Object.assign(Object.create(rows) as RowStore, { commit: steps(rows) });
      return trial.application({ ...others, rows: torn }, how);
    };
    return { ...trial, application };
  };

  it.each<[string, (rows: RowStore) => RowStore['commit']]>([
    [
      'count twice what the crash in between left behind',
      (rows) => async (writes, checkpoints, seats) => {
        await rows.commit(writes, [], seats);
        await rows.commit([], checkpoints, seats);
      },
    ],
    [
      'lose it, the other way round',
      (rows) => async (writes, checkpoints, seats) => {
        await rows.commit([], checkpoints, seats);
        await rows.commit(writes, [], seats);
      },
    ],
  ])(
    '%s: that is what these tests are able to see',
    async (_, steps) => {
      const { differing } = await killedEverywhere(apart(steps), 90);
      expect(differing.length).toBeGreaterThan(1);
    },
    PLAYED_MS,
  );
});
