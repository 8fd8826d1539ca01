import { FillJar, OpenJar } from '../support/jars';
import { playTime } from '../support/played-time';
import { LEASE_MS, Shop } from '../support/shop';

beforeEach(playTime);
afterEach(() => jest.useRealTimers());

const HOUR_MS = 3_600_000;
const LEASE_SECONDS = LEASE_MS / 1_000;
const NOON = '2024-03-01T12:00:00.000Z';
const A_WEEK_LATER = '2024-03-08T12:00:00.000Z';
const jars = ['a', 'b', 'c'];

/** Two processes, of which the first has the work, and three jars that nobody touches any more. */
const two = async () => {
  const shop = new Shop(1, 3);
  await shop.open();
  await shop.joins();
  await shop.joins();
  await shop.sends(jars.map((jarId) => [OpenJar.of({ jarId, color: 'red' }), NOON] as const));
  await shop.passes(1);
  const whoWorks = () => shop.processes.map(({ app }) => [app.projections.state, app.reactions.state]);
  /** Both look, as often as they can, whether it is so late. */
  const bothFire = async (seconds: number) => {
    for (let passed = 0; passed < seconds; passed++) {
      for (const n of [0, 1]) await shop.fires(n, A_WEEK_LATER);
      await shop.passes(1);
    }
  };
  const sealed = async () => (await shop.events()).filter(({ type }) => type === 'JarSealed').length;
  return { shop, whoWorks, bothFire, sealed };
};
const works = ['live', 'live'];
const standsBy = [expect.stringMatching(/^standing by/), expect.stringMatching(/^standing by/)];

describe('the clock of the leases', () => {
  it('that goes forward by hours gives the work to whoever comes first; the other says so, and no timer fires twice', async () => {
    const { shop, whoWorks, bothFire, sealed } = await two();
    expect(whoWorks()).toEqual([works, standsBy]);
    await shop.freezes(0);
    shop.clockJumps(5 * HOUR_MS);
    await shop.passes(LEASE_SECONDS);
    await shop.wakes(0);
    await bothFire(3);
    expect([whoWorks(), await sealed()]).toEqual([[standsBy, works], jars.length]);
    expect(shop.told).toContainEqual(
      expect.stringMatching(/^reactions\/0: .+ has the work now, this process stops doing it$/),
    );
    await shop.sends([[FillJar.of({ jarId: 'a', drops: 1 }), NOON]]);
    await shop.comesToRest();
    expect([await shop.differing(), shop.failures]).toEqual([[], []]);
    await shop.closes();
  });
  it('that goes forward under two who are awake leaves the work to one of them', async () => {
    const { shop, whoWorks, bothFire, sealed } = await two();
    for (let n = 0; n < 5; n++) {
      shop.clockJumps(HOUR_MS);
      await bothFire(LEASE_SECONDS / 2);
      const working = whoWorks().filter(([projections]) => projections === 'live');
      expect(working).toHaveLength(1);
    }
    expect(await sealed()).toBe(jars.length);
    await shop.comesToRest();
    expect([await shop.differing(), shop.failures]).toEqual([[], []]);
    await shop.closes();
  });
  it('that is put back by hours leaves the work where it is, and lets another take it over in time when that one crashes', async () => {
    const { shop, whoWorks, bothFire, sealed } = await two();
    shop.clockJumps(-5 * HOUR_MS);
    await bothFire(LEASE_SECONDS);
    expect([whoWorks(), await sealed()]).toEqual([[works, standsBy], jars.length]);
    await shop.crashes(0);
    await shop.passes(2 * LEASE_SECONDS);
    expect(whoWorks()[1]).toEqual(works);
    await shop.comesToRest();
    expect([await shop.differing(), shop.failures]).toEqual([[], []]);
    await shop.closes();
  });
  it('that is put back right when the owner crashes keeps nobody waiting for hours who was there before', async () => {
    const { shop, whoWorks } = await two();
    await shop.crashes(0);
    shop.clockJumps(-5 * HOUR_MS);
    await shop.passes(2 * LEASE_SECONDS);
    expect(whoWorks()[1]).toEqual(works);
    await shop.closes();
  });
});
