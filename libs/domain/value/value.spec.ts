import fc from 'fast-check';
import { Amount, evolve, hydrate, type NewEvent } from '@rapport/kernel';
import { scenario } from '@rapport/kernel/spec';
import type { PublishedRules } from './tieringrules.decider';
import { BUILT_IN } from './tieringrules.rules';
import { ScoreRfm } from './value.commands';
import { value, type Value } from './value.decider';
import { RfmScored, ValueTierChanged } from './value.events';
import { endOfMonth, isMonth, monthAfter, monthNumber, TIER_RANK, type ValueTier } from './value.values';

const customerId = 'c-1';
const NOW = '2024-12-01T00:00:00.000Z';
const DAY_MS = 86_400_000;
const at = (now: string) => scenario(value, { now });
const { given } = at(NOW);
const NOTHING: PublishedRules = { published: null };
const known = { rules: NOTHING, industryRules: NOTHING };

const daysBefore = (month: string, days: number, ms = 0) =>
  new Date(Date.parse(endOfMonth(month)) - days * DAY_MS - ms).toISOString();
/** Inputs that give a tier: R 5 each, by frequency and money. */
const INPUTS: Readonly<Record<ValueTier, readonly [days: number, purchases: number, yuan: number]>> = {
  HIGH_VALUE: [10, 6, 100_000],
  GROWTH: [40, 3, 5_000],
  STANDARD: [200, 1, 0],
};
const scoring = (
  month: string,
  days: number,
  purchases: number,
  yuan: number,
  change: Partial<ScoreRfm> = {},
) =>
  ScoreRfm.of({
    ...{ customerId, month, lastPurchaseAt: daysBefore(month, days), purchases },
    ...{ spent: { minor: yuan * 100, currency: 'CNY' }, ...change },
  });
const score = (month: string, tier: ValueTier) => scoring(month, ...INPUTS[tier]);
const scored = (month: string, scoredTier: ValueTier, tier = scoredTier) =>
  RfmScored.of({
    ...{ customerId, month, lastPurchaseAt: daysBefore(month, 1), recencyDays: 1, frequency: 1 },
    ...{ monetary: { minor: 1, currency: 'CNY' }, r: 1, f: 1, m: 1, sum: 3, scoredTier, tier },
    ...{ downgradePending: false, ruleScope: 'default', ruleVersion: 1, basis: 'x' },
  });
const changed = (from: ValueTier, to: ValueTier, month: string) =>
  ValueTierChanged.of({ customerId, from, to, month, ruleScope: 'default', ruleVersion: 1 });
const [of, also] = [
  (event: NewEvent | undefined) => event?.data as RfmScored,
  (event: NewEvent | undefined) => event?.data as ValueTierChanged | undefined,
];
const deciding = (command: ScoreRfm, answers: object = known, ...history: NewEvent[]) => {
  const [first, second] = given(...history)
    .when(command, answers)
    .decided();
  return { score: of(first), change: also(second) };
};

describe('a score', () => {
  it('holds its inputs, the three scores, the tier and the rules they came from (SYS-36.1)', () =>
    given()
      .when(score('2024-03', 'HIGH_VALUE'), known)
      .then(
        RfmScored.of({
          ...{ customerId, month: '2024-03', lastPurchaseAt: '2024-03-22T00:00:00.000Z', recencyDays: 10 },
          ...{
            frequency: 6,
            monetary: hydrate(Amount, { minor: 10_000_000, currency: 'CNY' }),
            r: 5,
            f: 4,
            m: 4,
            sum: 13,
          },
          ...{ scoredTier: 'HIGH_VALUE', tier: 'HIGH_VALUE', downgradePending: false },
          ...{ ruleScope: 'default', ruleVersion: 1 },
          basis: 'recency, frequency and monetary value of 365 days; thresholds in CNY',
        }),
        changed('STANDARD', 'HIGH_VALUE', '2024-03'),
      ));

  it('counts exactly 30 days as 30, and a moment more as 31 (SYS-36.5)', () => {
    expect(deciding(scoring('2024-03', 30, 1, 0)).score.r).toBe(5);
    const more = { lastPurchaseAt: daysBefore('2024-03', 30, 1) };
    expect(deciding(scoring('2024-03', 30, 1, 0, more)).score).toMatchObject({ r: 4, recencyDays: 31 });
    expect(
      deciding(scoring('2024-03', 0, 1, 0, { lastPurchaseAt: daysBefore('2024-03', 0, 1) })).score.r,
    ).toBe(5);
  });
  it('counts exactly 100 000 as 100 000 (SYS-36.5)', () => {
    expect(deciding(scoring('2024-03', 1, 1, 100_000)).score.m).toBe(4);
    expect(deciding(scoring('2024-03', 1, 1, 99_999)).score.m).toBe(3);
  });
  it('of another currency says that the numbers were applied unconverted', () => {
    const spent = { minor: 10_000_000, currency: 'EUR' };
    expect(deciding(scoring('2024-03', 1, 1, 0, { spent })).score).toMatchObject({
      m: 4,
      basis: expect.stringContaining('thresholds of CNY applied to EUR amounts, unconverted') as string,
    });
  });

  it('of the same month again changes nothing, whatever is known by now (SYS-36.4)', () => {
    given(scored('2024-03', 'GROWTH')).when(score('2024-03', 'GROWTH'), known).thenNothing();
    given(scored('2024-03', 'GROWTH')).when(score('2024-03', 'HIGH_VALUE'), known).thenNothing();
    given(scored('2024-03', 'GROWTH'), scored('2024-04', 'GROWTH'))
      .when(score('2024-03', 'STANDARD'), known)
      .thenNothing();
  });
  it('of a month before the last one is refused: what was scored stands', () =>
    given(scored('2024-04', 'GROWTH')).when(score('2024-03', 'GROWTH'), known).thenRefused('MONTH_PASSED'));
  it('of a month that is not over is refused', () => {
    const december = score('2024-11', 'GROWTH');
    at(NOW).given().when(december, known).decided();
    at('2024-11-30T23:59:59.999Z').given().when(december, known).thenRefused('FUTURE_MONTH');
    given().when(score('2025-06', 'GROWTH'), known).thenRefused('FUTURE_MONTH');
  });
  it('needs a month that exists', () => {
    for (const month of ['2024-13', '2024-00', '24-03', 'March'])
      given()
        .when(scoring('2024-03', 1, 1, 1, { month }), known)
        .thenRefused('MONTH_UNKNOWN');
  });
  it('needs inputs that fit the month', () => {
    const after = { lastPurchaseAt: endOfMonth('2024-03') };
    given()
      .when(scoring('2024-03', 1, 1, 1, after), known)
      .thenRefused('PURCHASE_AFTER_MONTH');
    const less = { spent: { minor: -1, currency: 'CNY' } };
    given()
      .when(scoring('2024-03', 1, 1, 1, less), known)
      .thenRefused('SPENT_NEGATIVE');
  });
});

describe('the rules', () => {
  const all = (version: number, score: number): PublishedRules => ({
    published: {
      ...BUILT_IN,
      ...{ version, basis: 'seats', recency: [{ score, from: 0 }] },
      monetary: [...BUILT_IN.monetary, { currency: 'EUR', bands: [{ score: 5, from: 0 }] }],
    },
  });
  const command = scoring('2024-03', 1, 1, 0, { industry: 'RETAIL' });

  it('of an industry replace the published ones, and those the built-in ones (SYS-36.3)', () => {
    const both = { rules: all(3, 2), industryRules: all(7, 1) };
    expect(deciding(command, both).score).toMatchObject({ r: 1, ruleScope: 'RETAIL', ruleVersion: 7 });
    const published = { ...both, industryRules: NOTHING };
    expect(deciding(command, published).score).toMatchObject({ r: 2, ruleScope: 'default', ruleVersion: 3 });
    expect(deciding(command).score).toMatchObject({ r: 5, ruleScope: 'default', ruleVersion: 1 });
  });
  it('without an industry are the default ones', () => {
    const answers = { rules: all(3, 2), industryRules: all(3, 2) };
    expect(deciding(scoring('2024-03', 1, 1, 0), answers).score).toMatchObject({
      ruleScope: 'default',
      ruleVersion: 3,
    });
  });
  it('say what the score rests on, and use the table of the currency where there is one', () => {
    const euro = scoring('2024-03', 1, 1, 0, { spent: { minor: 1, currency: 'EUR' } });
    expect(deciding(euro, { rules: all(3, 2), industryRules: all(3, 2) }).score).toMatchObject({
      ...{ m: 5, basis: 'seats; thresholds in EUR' },
    });
  });
});

describe('the tier', () => {
  const then = (tier: ValueTier, month: string, ...history: NewEvent[]) => {
    const { score: event, change } = deciding(score(month, tier), known, ...history);
    return [event.tier, event.downgradePending, change && [change.from, change.to]];
  };

  it('rises at once', () => {
    expect(then('GROWTH', '2024-03')).toEqual(['GROWTH', false, ['STANDARD', 'GROWTH']]);
    expect(then('HIGH_VALUE', '2024-03', scored('2024-02', 'GROWTH'))).toEqual([
      ...['HIGH_VALUE', false, ['GROWTH', 'HIGH_VALUE']],
    ]);
  });
  it('that stays is not told (SYS-36.2)', () =>
    expect(then('GROWTH', '2024-03', scored('2024-02', 'GROWTH'))).toEqual(['GROWTH', false, undefined]));
  it('falls with the second score in a row', () => {
    const high = scored('2024-01', 'HIGH_VALUE');
    expect(then('GROWTH', '2024-02', high)).toEqual(['HIGH_VALUE', true, undefined]);
    const once = scored('2024-02', 'GROWTH', 'HIGH_VALUE');
    expect(then('GROWTH', '2024-03', high, once)).toEqual(['GROWTH', false, ['HIGH_VALUE', 'GROWTH']]);
  });
  it('falls only as far as both scores agree', () => {
    const history = [scored('2024-01', 'HIGH_VALUE'), scored('2024-02', 'GROWTH', 'HIGH_VALUE')];
    expect(then('STANDARD', '2024-03', ...history)).toEqual(['GROWTH', true, ['HIGH_VALUE', 'GROWTH']]);
    const lower = [scored('2024-01', 'HIGH_VALUE'), scored('2024-02', 'STANDARD', 'HIGH_VALUE')];
    expect(then('GROWTH', '2024-03', ...lower)).toEqual(['GROWTH', false, ['HIGH_VALUE', 'GROWTH']]);
  });
  it('does not fall when a good month lies between, or a month without a score', () => {
    const good = [scored('2024-01', 'GROWTH', 'HIGH_VALUE'), scored('2024-02', 'HIGH_VALUE')];
    expect(then('GROWTH', '2024-03', ...good)).toEqual(['HIGH_VALUE', true, undefined]);
    expect(then('GROWTH', '2024-03', scored('2024-01', 'GROWTH', 'HIGH_VALUE'))).toEqual([
      ...['HIGH_VALUE', true, undefined],
    ]);
  });
});

describe('for any run of months', () => {
  const tiers = fc.array(fc.constantFrom('HIGH_VALUE', 'GROWTH', 'STANDARD'), {
    minLength: 1,
    maxLength: 10,
  });
  const run = (months: readonly ValueTier[]) => {
    let state: Value = value.initial;
    const inForce: ValueTier[] = [];
    for (const [n, tier] of months.entries()) {
      const command = score(monthAfter('2023-01', n), tier);
      const context = { now: NOW, actor: { id: 'a', role: 'b' }, known, eventId: String };
      const events = value.decide.ScoreRfm(state, command, context);
      for (const { messageClass, data } of events)
        state = evolve(value as never, state, { type: messageClass.name, data, occurredAt: NOW });
      expect(value.decide.ScoreRfm(state, command, context)).toEqual([]);
      inForce.push(state.tier);
    }
    return inForce;
  };

  it('the tier is the better of this score and the lower of the tier and the score before, and scoring twice changes nothing', () =>
    fc.assert(
      fc.property(tiers, (months) => {
        const inForce = run(months);
        for (const [n, tier] of inForce.entries()) {
          const before = inForce[n - 1] ?? 'STANDARD';
          expect(TIER_RANK[tier]).toBeGreaterThanOrEqual(TIER_RANK[months[n]!]);
          if (TIER_RANK[tier] < TIER_RANK[before])
            expect(TIER_RANK[tier]).toBe(Math.max(TIER_RANK[months[n]!], TIER_RANK[months[n - 1]!]));
          if (TIER_RANK[tier] > TIER_RANK[before]) expect(tier).toBe(months[n]);
        }
      }),
    ));
});

it('months are counted across years', () => {
  expect([monthAfter('2023-12'), monthAfter('2024-01', -1), monthAfter('2024-05', 20)]).toEqual([
    ...['2024-01', '2023-12', '2026-01'],
  ]);
  expect(monthNumber('2024-01') - monthNumber('2023-11')).toBe(2);
  expect(endOfMonth('2023-12')).toBe('2024-01-01T00:00:00.000Z');
  expect(['2024-01', '2024-12', '2024-1', '2024-13'].map(isMonth)).toEqual([true, true, false, false]);
});
