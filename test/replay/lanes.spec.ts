import fc from 'fast-check';
import { FillJar, OpenJar, SealJar } from '../support/jars';
import { forgetTimers, playTime } from '../support/played-time';
import { chanceOf, restless } from '../support/restless-log';
import { Shop, SPOILT } from '../support/shop';

/** A test's own time; each of these plays many processes. */
const PLAYED_MS = 120_000;

beforeEach(playTime);
afterEach(() => jest.useRealTimers());

const day = (n: number) => `2024-03-${String(n).padStart(2, '0')}T08:00:00.000Z`;
const jarId = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const drops = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 1, max: 9 }) },
  { weight: 1, arbitrary: fc.constant(SPOILT) },
);
const command = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ jarId, color: fc.constantFrom('red', 'blue') }).map((data) => OpenJar.of(data)),
  },
  { weight: 7, arbitrary: fc.record({ jarId, drops }).map((data) => FillJar.of(data)) },
  { weight: 1, arbitrary: jarId.map((each) => SealJar.of({ jarId: each, because: 'enough' })) },
);

type Deed = (shop: Shop) => unknown;
type Weighted = readonly [weight: number, deed: fc.Arbitrary<Deed>];
const does = <T>(arbitrary: fc.Arbitrary<T>, deed: (shop: Shop, what: T) => unknown): fc.Arbitrary<Deed> =>
  arbitrary.map((what) => (shop: Shop) => deed(shop, what));
const deedsOf = (all: readonly Weighted[]) =>
  fc.array(fc.oneof(...all.map(([weight, arbitrary]) => ({ weight, arbitrary }))), { maxLength: 40 });

const date = fc.integer({ min: 1, max: 28 });
const commands = fc.array(fc.tuple(command, date), { minLength: 1, maxLength: 5 });
const model = fc.nat(2);
/** One of those who are there. */
const who = fc.nat(5);
const business: readonly Weighted[] = [
  [12, does(commands, (shop, some) => shop.sends(some.map(([each, on]) => [each, day(on)])))],
  [4, does(fc.integer({ min: 1, max: 6 }), (shop, seconds) => shop.passes(seconds))],
  [2, does(fc.boolean(), (shop, isMended) => shop.mood(isMended))],
  [2, does(jarId, (shop, key) => shop.redrives(key))],
  [2, does(model, (shop, n) => shop.pauses(shop.models[n]!.name))],
  [3, does(model, (shop, n) => shop.resumes(shop.models[n]!.name))],
  [2, does(fc.tuple(who, date), (shop, [n, on]) => shop.fires(n, day(on)))],
];
const call = fc.constantFrom('commit' as const, 'position' as const, 'find' as const, 'arrange' as const);
/** So far somebody comes with what he does, before it happens to him. */
const points = fc.nat(40);
const people: readonly Weighted[] = [
  [4, does(who, (shop) => (shop.processes.length < 3 ? shop.joins() : null))],
  [2, does(who, (shop, n) => shop.leaves(n))],
  [1, does(fc.tuple(who, points), (shop, [n, some]) => shop.crashes(n, some))],
  [2, does(fc.tuple(who, points), (shop, [n, some]) => shop.freezes(n, some))],
  [3, does(who, (shop, n) => shop.wakes(n))],
  [3, does(fc.tuple(who, call, fc.boolean()), (shop, [n, ...how]) => shop.falters(n, ...how))],
  [1, does(fc.integer({ min: 1, max: 5 }), (shop, hours) => shop.clockJumps(hours * 3_600_000))],
];

const lives = (runs: number, deeds: fc.Arbitrary<Deed[]>) =>
  fc.assert(
    fc.asyncProperty(
      ...[fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 7 }), fc.integer(), deeds],
      async (lanes, batchMax, seed, story) => {
        const shop = new Shop(lanes, batchMax, { through: (log) => restless(log, chanceOf(seed)) });
        await shop.open();
        await shop.joins();
        for (const deed of story) await deed(shop);
        await shop.comesToRest();
        const { kept, head } = await shop.positions();
        expect([shop.failures, await shop.differing(), kept]).toEqual([[], [], kept.map(() => head)]);
        await shop.closes();
        forgetTimers();
      },
    ),
    { numRuns: runs },
  );

describe('rows, their past, figures and memory equal a replay, in any number of lanes', () => {
  it(
    'whatever happens: late, spoilt and mended, paused and resumed, brought twice or again',
    () => lives(150, deedsOf(business)),
    PLAYED_MS,
  );
  it(
    'whoever keeps them: processes that come and go, crash, freeze and wake up, with clocks that jump',
    () => lives(150, deedsOf([...business, ...people])),
    PLAYED_MS,
  );
});
