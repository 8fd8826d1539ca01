import fc from 'fast-check';
import { left, seated, type Chart, type SeatOnChart } from '.';

const LEASE_MS = 10_000;
const EMPTY: Chart = { members: [], seats: [] };
const seatsOf = (n: number) => Array.from({ length: n }, (_, seat) => `group/${seat}`);
const comes = (chart: Chart, names: readonly string[], member: string, now: number) =>
  seated(names, { member, leaseMs: LEASE_MS, takes: 'share' })(chart, now);
/** All come by, one after the other, so many times. */
const rounds = (chart: Chart, names: readonly string[], all: readonly string[], times: number, now: number) =>
  Array.from({ length: times }, () => all)
    .flat()
    .reduce((before, member) => comes(before, names, member, now), chart);
const sharesOf = ({ seats }: Chart, all: readonly string[]) =>
  all.map((member) => seats.filter(({ owner }) => owner === member).length);
const held = (seat: SeatOnChart, now: number) => seat.owner !== null && seat.until > now;

/** What may happen to a chart, in any order. */
const member = fc.constantFrom('ann', 'bob', 'cec', 'dan', 'eve');
const deed = fc.oneof(
  { weight: 6, arbitrary: fc.record({ what: fc.constant('comes' as const), member }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('leaves' as const), member }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('takes all' as const), member }) },
  {
    weight: 3,
    arbitrary: fc.record({ what: fc.constant('time' as const), ms: fc.integer({ min: 1, max: 15_000 }) }),
  },
);
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;
const deeds = fc.array(deed, { maxLength: 60 });

interface Moment {
  readonly deed: Deed;
  readonly now: number;
  readonly before: Chart;
  readonly chart: Chart;
}
const story = (names: readonly string[], all: readonly Deed[]): readonly Moment[] => {
  let [chart, now] = [EMPTY, 1_000_000];
  return all.map((each) => {
    const before = chart;
    if (each.what === 'time') now += each.ms;
    else if (each.what === 'leaves') chart = left(each.member)(chart);
    else if (each.what === 'comes') chart = comes(chart, names, each.member, now);
    else chart = seated(names, { member: each.member, leaseMs: LEASE_MS, takes: 'all' })(chart, now);
    return { deed: each, now, before, chart };
  });
};
const atEach = (check: (moment: Moment, names: readonly string[]) => void) =>
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), deeds, (n, all) => {
      for (const moment of story(seatsOf(n), all)) check(moment, seatsOf(n));
    }),
    { numRuns: 300 },
  );

describe('seats, whoever comes and goes', () => {
  it('never have two owners in one epoch, and epochs only grow', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), deeds, (n, all) => {
        const owners = new Map<string, string>();
        for (const { before, chart } of story(seatsOf(n), all))
          for (const { name, epoch, owner } of chart.seats) {
            expect(epoch).toBeGreaterThanOrEqual(before.seats.find((seat) => seat.name === name)?.epoch ?? 0);
            if (owner === null) continue;
            expect(owners.get(`${name}/${epoch}`) ?? owner).toBe(owner);
            owners.set(`${name}/${epoch}`, owner);
          }
      }),
      { numRuns: 300 },
    ));
  it('are never lost by one who is alive, except by his own coming, or to one who knows that nobody is alive', () =>
    atEach(({ deed: { what, ...who }, now, before, chart }) => {
      if (what === 'takes all') return;
      for (const seat of before.seats) {
        if (!held(seat, now) || ('member' in who && seat.owner === who.member)) continue;
        expect(chart.seats.find(({ name }) => name === seat.name)).toEqual(seat);
      }
    }));
  it('are given back only where somebody has too few, or two too many', () =>
    atEach(({ deed: each, now, before, chart }, names) => {
      if (each.what !== 'comes') return;
      const alive = chart.members.map(({ id }) => id);
      const least = Math.floor(names.length / alive.length);
      const had = sharesOf(before, alive);
      const lacking = alive.some((id, n) => id !== each.member && had[n]! < least);
      const uneven = Math.max(...had) - Math.min(...had) > 1;
      const mine = (of: Chart) => of.seats.filter(({ owner }) => owner === each.member).length;
      if (!lacking && !uneven) expect(mine(chart)).toBeGreaterThanOrEqual(mine(before));
      expect(chart.seats.filter((seat) => seat.owner === each.member).every((seat) => held(seat, now))).toBe(
        true,
      );
    }));
  it('are shared so that shares differ by one at most, after all have come by once, and twice more', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        deeds,
        fc.shuffledSubarray(['ann', 'bob', 'cec', 'dan', 'eve'], { minLength: 1 }),
        (n, all, alive) => {
          const names = seatsOf(n);
          const { chart = EMPTY, now = 0 } = story(names, all).at(-1) ?? {};
          const later = now + LEASE_MS;
          const shares = sharesOf(rounds(chart, names, alive, 3, later), alive);
          expect(shares.reduce((sum, share) => sum + share, 0)).toBe(n);
          expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: 500 },
    ));
  it('stay where they are once they are shared', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 5 }), (n, m) => {
        const [names, alive] = [seatsOf(n), ['ann', 'bob', 'cec', 'dan', 'eve'].slice(0, m)];
        const shared = rounds(EMPTY, names, alive, 3, 0);
        expect(rounds(shared, names, [...alive].reverse(), 2, 1).seats.map(({ epoch }) => epoch)).toEqual(
          shared.seats.map(({ epoch }) => epoch),
        );
      }),
    ));
});

describe('whoever comes late', () => {
  const four = seatsOf(4);
  const [ann, bob, cec] = ['ann', 'bob', 'cec'] as const;
  it('gets a seat, although nobody has two more than the others', () => {
    const two = rounds(EMPTY, four, [ann, bob], 2, 0);
    expect(sharesOf(two, [ann, bob])).toEqual([2, 2]);
    expect(sharesOf(rounds(comes(two, four, cec, 0), four, [ann, bob, cec], 1, 0), [ann, bob, cec])).toEqual([
      1, 2, 1,
    ]);
  });
  it('gets none where there are fewer seats than members, and the next one that is free', () => {
    const one = rounds(EMPTY, ['group/0'], [ann, bob, cec], 3, 0);
    expect(sharesOf(one, [ann, bob, cec])).toEqual([1, 0, 0]);
    expect(sharesOf(comes(left(ann)(one), ['group/0'], cec, 1), [ann, bob, cec])).toEqual([0, 0, 1]);
  });
});

describe('a lease', () => {
  const six = seatsOf(6);
  const HOUR_MS = 3_600_000;
  const NOW = 100 * HOUR_MS;
  const two = rounds(EMPTY, six, ['ann', 'bob'], 2, NOW);

  it('that is over lets anybody take the seat, and its owner too', () => {
    expect(sharesOf(comes(two, six, 'ann', NOW + LEASE_MS - 1), ['ann', 'bob'])).toEqual([3, 3]);
    expect(sharesOf(comes(two, six, 'ann', NOW + LEASE_MS), ['ann', 'bob'])).toEqual([6, 0]);
  });
  it('is shared anew after the clock went forward by hours', () => {
    const after = comes(two, six, 'ann', NOW + 5 * HOUR_MS);
    expect(sharesOf(after, ['ann', 'bob'])).toEqual([6, 0]);
    expect(sharesOf(rounds(after, six, ['bob', 'ann', 'bob'], 1, NOW + 5 * HOUR_MS), ['ann', 'bob'])).toEqual(
      [3, 3],
    );
  });
  it('lasts no longer for one who crashed when the clock was put back by hours', () => {
    const back = NOW - 5 * HOUR_MS;
    const after = comes(two, six, 'ann', back);
    expect(sharesOf(after, ['ann', 'bob'])).toEqual([3, 3]);
    expect(sharesOf(comes(after, six, 'ann', back + LEASE_MS), ['ann', 'bob'])).toEqual([6, 0]);
    const both = comes(after, six, 'bob', back + 1);
    expect(sharesOf(comes(both, six, 'ann', back + LEASE_MS), ['ann', 'bob'])).toEqual([3, 3]);
  });
});
