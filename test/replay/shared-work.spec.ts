import { SqliteRowStore } from '@rapport/adapters/sqlite';
import { FillJar, OpenJar } from '../support/jars';
import { playTime } from '../support/played-time';
import { sharedWork, type Crew } from '../support/shared-work';
import { LEASE_MS, Shop } from '../support/shop';

beforeEach(playTime);
afterEach(() => jest.useRealTimers());

const NOON = '2024-03-01T12:00:00.000Z';
const LANES = 6;
const JARS = 24;

const crewOf = (shop: Shop): Crew => ({
  joins: () => shop.joins(),
  leaves: (n) => shop.leaves(n),
  crashes: (n) => shop.crashes(n),
  passes: (seconds) => shop.passes(seconds),
  shares: () => shop.shares(),
  watermark: () => shop.watermark(),
  head: async () => (await shop.positions()).head,
  hearsOf: (n) => {
    const jars = [0, 1, 2, 3, 4].map((jar) => `jar-${(5 * n + jar) % JARS}`);
    const open = (jarId: string) => [OpenJar.of({ jarId, color: 'red' }), NOON] as const;
    return shop.sends(
      jars.flatMap((jarId) => [open(jarId), [FillJar.of({ jarId, drops: 1 }), NOON] as const]),
    );
  },
  readUpTo: (position) => shop.readUpTo(position),
});

describe('three processes that share six lanes', () => {
  it.each([
    ['memory', async () => undefined],
    ['SQLite', () => SqliteRowStore.open({ file: ':memory:' })],
  ])(
    'have a fair share each, take over from one that crashed or left, and apply each event once (%s)',
    async (_, open) => {
      const rows = await open();
      const shop = new Shop(LANES, 7, rows && { rows });
      await shop.open();
      const { shares, wrong } = await sharedWork(crewOf(shop), LEASE_MS / 1_000);
      expect(shares).toEqual([[6], [3, 3], [2, 2, 2], [3, 3], [6]]);
      expect([wrong, shop.failures, await shop.differing()]).toEqual([[], [], []]);
      await shop.closes();
      await rows?.close();
    },
    20_000,
  );
});
