import fc from 'fast-check';
import type { RowStore } from '@rapport/kernel';
import { frozenEverywhere, wokenMeanwhile, type Trial } from '../support/crash-points';
import { jarStory, memoryStores } from '../support/jar-story';
import { playTime } from '../support/played-time';

/** A test's own time; each of these plays some hundred processes. */
const PLAYED_MS = 120_000;
const LEASE_MS = 10_000;
/** Points of the story, roughly: before its last deeds, and after whoever begins it has taken his seats. */
const [SEATED, NEARLY_OVER] = [70, 200];
const trial = jarStory(memoryStores, { leaseMs: LEASE_MS });

beforeEach(playTime);
afterEach(() => jest.useRealTimers());

describe('a process that was frozen for longer than its lease', () => {
  it(
    'can write nothing when it wakes up, says that another has its work and stops doing it, wherever it stood',
    async () => {
      const { points, differing } = await frozenEverywhere(trial, LEASE_MS);
      expect(differing).toEqual([]);
      expect(points.length).toBeGreaterThan(NEARLY_OVER);
    },
    PLAYED_MS,
  );
  it(
    'disturbs nothing while the other is at work',
    () =>
      fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 1, max: NEARLY_OVER }),
          fc.integer({ min: SEATED, max: NEARLY_OVER }),
          async (frozenAt, wokenAt) => {
            expect(await wokenMeanwhile(trial, LEASE_MS, frozenAt, wokenAt)).toBeNull();
          },
        ),
        { numRuns: 60 },
      ),
    PLAYED_MS,
  );
  it(
    'would write what is old into rows that fence nobody: that is what these tests are able to see',
    async () => {
      const careless = (rows: RowStore): RowStore => {
        const commit: RowStore['commit'] = async (writes, checkpoints) => {
          const moves = checkpoints.map(async (each) => ({
            ...each,
            from: await rows.position(each.subscriber),
          }));
          await rows.commit(writes, await Promise.all(moves));
        };
        return Object.assign(Object.create(rows) as RowStore, { commit });
      };
      const application: Trial['application'] = ({ rows, ...others }, how) =>
        trial.application({ ...others, rows: careless(rows) }, how);
      const { differing } = await frozenEverywhere({ ...trial, application }, LEASE_MS, 70);
      expect(differing.length).toBeGreaterThan(1);
    },
    PLAYED_MS,
  );
});
