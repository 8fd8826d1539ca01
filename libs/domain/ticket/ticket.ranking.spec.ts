import fc from 'fast-check';
import {
  FLAG_RULES,
  flagsOf,
  levelOf,
  proposedFlags,
  Quadrant,
  quadrantAt,
  quadrantOf,
  type Weighable,
} from './ticket.priority.values';
import { placeOf, PRINCIPLE_WEIGHTS, ranked, scoreOf, scoresOf, type Ranked } from './ticket.ranking.values';
import { ValueTier } from '../value/value.values';
import { ComplaintLevel } from '../complaint/complaint.values';
import { Urgency } from './ticket.values';

const oneOf = <T extends string>(values: Readonly<Record<T, T>>) =>
  fc.constantFrom(...(Object.keys(values) as T[]));
const percent = fc.integer({ min: 0, max: 100 });
const scores = fc.record({
  ...{ impact: percent, returnOnCost: percent, customerValue: percent, feasibility: percent },
});
const tickets = fc.uniqueArray(
  fc.record({
    ticketId: fc.integer({ min: 1, max: 999 }).map((n) => `t-${n}`),
    level: fc.integer({ min: 1, max: 4 }),
    score: scores.map(scoreOf),
    raisedAt: fc.integer({ min: 0, max: 3 }).map((day) => `2024-03-0${day + 1}T09:00:00.000Z`),
  }),
  { selector: ({ ticketId }) => ticketId, maxLength: 30 },
);

describe('the order of work', () => {
  it('is the same for the same tickets, in whatever order they come', () => {
    fc.assert(
      fc.property(
        tickets.chain((some) =>
          fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })),
        ),
        ([some, shuffled]) => expect(ranked(shuffled)).toEqual(ranked(some)),
      ),
    );
  });
  it('is by level, then score, then who waited longer', () => {
    fc.assert(
      fc.property(tickets, (some) => {
        ranked(some).reduce<Ranked | undefined>((before, next) => {
          if (before && before.level === next.level) {
            expect(before.score).toBeGreaterThanOrEqual(next.score);
            if (before.score === next.score) expect(before.raisedAt <= next.raisedAt).toBe(true);
          }
          if (before) expect(before.level).toBeLessThanOrEqual(next.level);
          return next;
        }, undefined);
      }),
    );
  });
  it('is the order of the places as texts', () => {
    fc.assert(
      fc.property(tickets, (some) => expect(ranked(some).map(placeOf)).toEqual(some.map(placeOf).sort())),
    );
  });
});

describe('the score of the four principles', () => {
  it('weighs impact 0.35, return on cost 0.25, customer value 0.25, feasibility 0.15 (2.5)', () => {
    expect(PRINCIPLE_WEIGHTS).toEqual({ impact: 35, returnOnCost: 25, customerValue: 25, feasibility: 15 });
    expect(scoreOf({ impact: 100, returnOnCost: 100, customerValue: 100, feasibility: 100 })).toBe(10_000);
    expect(scoreOf({ impact: 80, returnOnCost: 40, customerValue: 60, feasibility: 20 })).toBe(5_600);
  });
  it('takes 50 for what nobody weighed, feasibility by the verdict, value by tier and partnership', () => {
    const plain = { tier: 'STANDARD', strategicPartner: false } as const;
    expect(scoresOf(plain)).toEqual({ impact: 50, returnOnCost: 50, customerValue: 30, feasibility: 50 });
    expect(scoresOf({ ...plain, tier: 'GROWTH', verdict: 'YES', coreBusinessImpact: true })).toEqual({
      ...{ impact: 100, returnOnCost: 50, customerValue: 60, feasibility: 100 },
    });
    expect(scoresOf({ ...plain, tier: 'HIGH_VALUE', verdict: 'NO', impact: 0, feasibility: 5 })).toEqual({
      ...{ impact: 0, returnOnCost: 50, customerValue: 100, feasibility: 5 },
    });
    expect(scoresOf({ ...plain, strategicPartner: true }).customerValue).toBe(100);
  });
  it('rises with the value of the customer and with nothing else that value brings', () => {
    fc.assert(
      fc.property(percent, percent, percent, (impact, returnOnCost, feasibility) => {
        const by = (tier: ValueTier, strategicPartner = false) =>
          scoreOf(scoresOf({ impact, returnOnCost, feasibility, tier, strategicPartner }));
        expect(by('STANDARD')).toBeLessThan(by('GROWTH'));
        expect(by('GROWTH')).toBeLessThan(by('HIGH_VALUE'));
        expect(by('HIGH_VALUE')).toBe(by('STANDARD', true));
      }),
    );
  });
});

describe('the quadrant', () => {
  it('follows from urgent and important, and the level is its number', () => {
    const flags = [
      [true, true],
      [false, true],
      [true, false],
      [false, false],
    ] as const;
    const quadrants = flags.map(([urgent, important]) => quadrantOf({ urgent, important }));
    expect(quadrants).toEqual(['Q1', 'Q2', 'Q3', 'Q4']);
    expect(quadrants.map(levelOf)).toEqual([1, 2, 3, 4]);
    for (const quadrant of Object.keys(Quadrant) as Quadrant[]) {
      expect(quadrantOf(flagsOf(quadrant))).toBe(quadrant);
      expect(quadrantAt(levelOf(quadrant))).toBe(quadrant);
    }
  });
  it('is proposed by rules that name themselves', () => {
    const routine: Weighable = { urgency: 'ROUTINE' };
    const cases: readonly (readonly [Partial<Weighable>, string, readonly string[]])[] = [
      [{}, 'Q4', []],
      [{ urgency: 'URGENT' }, 'Q3', ['URGENCY_URGENT']],
      [{ urgency: 'IMPORTANT' }, 'Q2', ['URGENCY_IMPORTANT']],
      [{ coreBusinessImpact: true }, 'Q2', ['CORE_BUSINESS']],
      [{ complaintLevel: 'ORDINARY' }, 'Q4', []],
      [{ complaintLevel: 'SERIOUS' }, 'Q2', ['COMPLAINT_GRAVE']],
      [{ complaintLevel: 'MAJOR' }, 'Q1', ['COMPLAINT_MAJOR', 'COMPLAINT_GRAVE']],
      [{ tier: 'HIGH_VALUE' }, 'Q2', ['CUSTOMER_VALUE']],
      [{ strategicPartner: true }, 'Q2', ['CUSTOMER_VALUE']],
    ];
    for (const [change, quadrant, codes] of cases) {
      const { codes: found, ...flags } = proposedFlags({ ...routine, ...change });
      expect([change, quadrantOf(flags), found]).toEqual([change, quadrant, codes]);
    }
    expect(new Set(cases.flatMap(([, , codes]) => codes))).toEqual(
      new Set(FLAG_RULES.map(({ code }) => code)),
    );
  });
  it('value alone never makes a Q4 wish Q1 (SYS-14.6)', () => {
    const wishes = fc.record({
      urgency: oneOf(Urgency),
      complaintLevel: fc.option(oneOf(ComplaintLevel), { nil: undefined }),
      coreBusinessImpact: fc.boolean(),
    });
    fc.assert(
      fc.property(wishes, oneOf(ValueTier), fc.boolean(), ({ complaintLevel, ...wish }, tier, partner) => {
        const graded = complaintLevel === undefined ? wish : { ...wish, complaintLevel };
        const without = proposedFlags(graded);
        const valued = proposedFlags({ ...graded, tier, strategicPartner: partner });
        expect(valued.urgent).toBe(without.urgent);
        if (quadrantOf(without) === 'Q4') expect(quadrantOf(valued)).not.toBe('Q1');
      }),
    );
  });
});
