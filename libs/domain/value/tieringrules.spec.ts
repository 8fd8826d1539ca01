import fc from 'fast-check';
import { hydrate } from '@rapport/kernel';
import { scenario } from '@rapport/kernel/spec';
import { PublishTieringRules } from './tieringrules.commands';
import { tieringRules } from './tieringrules.decider';
import { TieringRulesPublished } from './tieringrules.events';
import { BUILT_IN, monetaryFor, scoreBy, tierOf } from './tieringrules.rules';
import { scopeOf, type Band } from './tieringrules.values';

const { given } = scenario(tieringRules);
const { version: _, ...rules } = BUILT_IN;
const publish = (change: Partial<PublishTieringRules> = {}) =>
  PublishTieringRules.of({ scope: 'RETAIL', ...rules, ...change });
const published = (version: number, change: Partial<PublishTieringRules> = {}) =>
  TieringRulesPublished.of(hydrate(TieringRulesPublished, { scope: 'RETAIL', ...rules, ...change, version }));
const line = (score: number, from: number, to?: number): Band => ({
  score,
  from,
  ...(to !== undefined && { to }),
});

describe('publishing', () => {
  it('gives the next version; the first is built in', () => {
    given().when(publish()).then(published(2));
    given(published(2))
      .when(publish({ basis: 'margin' }))
      .then(published(3, { basis: 'margin' }));
  });
  it('the same rules again changes nothing', () => given(published(2)).when(publish()).thenNothing());

  it('refuses a table with a gap', () => {
    const gap = 'TIERING_GAP';
    given()
      .when(publish({ recency: [] }))
      .thenRefused(gap);
    given()
      .when(publish({ recency: [line(5, 1, 30), line(1, 31)] }))
      .thenRefused(gap);
    given()
      .when(publish({ recency: [line(5, 0, 29), line(1, 31)] }))
      .thenRefused(gap);
    given()
      .when(publish({ recency: [line(5, 0, 30), line(1, 31, 99)] }))
      .thenRefused(gap);
    given()
      .when(publish({ frequency: [line(1, 0, 5), line(2, 6, 4)] }))
      .thenRefused(gap);
    given()
      .when(publish({ monetary: [] }))
      .thenRefused(gap);
    given()
      .when(publish({ monetary: [{ currency: 'EUR', bands: [line(1, 1)] }] }))
      .thenRefused(gap);
  });
  it('refuses a table with an overlap', () => {
    const overlap = 'TIERING_OVERLAP';
    given()
      .when(publish({ recency: [line(5, 0, 31), line(1, 31)] }))
      .thenRefused(overlap);
    given()
      .when(publish({ recency: [line(5, 0), line(1, 31)] }))
      .thenRefused(overlap);
    const table = { currency: 'EUR', bands: [line(1, 0)] };
    given()
      .when(publish({ monetary: [table, table] }))
      .thenRefused(overlap);
  });
  it('refuses scores that run the wrong way', () => {
    given()
      .when(publish({ recency: [line(1, 0, 30), line(5, 31)] }))
      .thenRefused('TIERING_ORDER');
    given()
      .when(publish({ frequency: [line(3, 0, 30), line(3, 31)] }))
      .thenRefused('TIERING_ORDER');
    given()
      .when(publish({ growth: { ...rules.growth, sumMin: 9, sumMax: 8 } }))
      .thenRefused('TIERING_ORDER');
  });
  it('refuses a currency that does not exist', () =>
    given()
      .when(publish({ monetary: [{ currency: 'XQQ', bands: [line(1, 0)] }] }))
      .thenRefused('CURRENCY_UNKNOWN'));
  it('takes lines in any order', () => {
    const recency = rules.recency.toReversed();
    given().when(publish({ recency })).then(published(2, { recency }));
  });
});

describe('the built-in table (handbook 2.5)', () => {
  it('is one that could be published', () => given().when(publish()).then(published(2)));

  it.each([
    [0, 5],
    [30, 5],
    [31, 4],
    [60, 4],
    [61, 3],
    [90, 3],
    [91, 2],
    [180, 2],
    [181, 1],
    [9999, 1],
  ])('after %i days the recency is %i', (days, score) => expect(scoreBy(BUILT_IN.recency, days)).toBe(score));
  it.each([
    [0, 1],
    [1, 1],
    [2, 2],
    [3, 3],
    [5, 3],
    [6, 4],
    [11, 4],
    [12, 5],
    [999, 5],
  ])('%i purchases are a frequency of %i', (purchases, score) =>
    expect(scoreBy(BUILT_IN.frequency, purchases)).toBe(score),
  );
  it.each([
    ...[
      [-1, 1],
      [0, 1],
      [4_999.99, 1],
      [5_000, 2],
      [19_999.99, 2],
      [20_000, 3],
      [99_999.99, 3],
    ],
    ...[
      [100_000, 4],
      [499_999.99, 4],
      [500_000, 5],
      [9_999_999, 5],
    ],
  ])('%d yuan are a monetary score of %i', (yuan, score) =>
    expect(scoreBy(monetaryFor(BUILT_IN, 'CNY').bands, Math.round(yuan * 100))).toBe(score),
  );
  it('holds for another currency by its numbers, and says so', () => {
    expect(monetaryFor(BUILT_IN, 'EUR').bands).toEqual(monetaryFor(BUILT_IN, 'CNY').bands);
    expect(monetaryFor(BUILT_IN, 'EUR').basis).toContain(
      'thresholds of CNY applied to EUR amounts, unconverted',
    );
    expect(monetaryFor(BUILT_IN, 'CNY').basis).toContain('thresholds in CNY');
  });

  it('gives each of the 125 scores the tier that the handbook says', () => {
    const score = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(score, score, score, (r, f, m) => {
        const sum = r + f + m;
        const high = sum >= 12 && m >= 4;
        const growth = !high && ((sum >= 8 && sum <= 11) || (r >= 4 && f <= 2));
        expect(tierOf(BUILT_IN, { r, f, m })).toBe(high ? 'HIGH_VALUE' : growth ? 'GROWTH' : 'STANDARD');
      }),
      { numRuns: 1000 },
    );
  });
  it.each([
    ...[
      ['HIGH_VALUE', 4, 4, 4],
      ['HIGH_VALUE', 5, 2, 5],
      ['STANDARD', 5, 4, 3],
      ['GROWTH', 4, 4, 3],
    ],
    ...[
      ['GROWTH', 3, 3, 2],
      ['STANDARD', 3, 3, 1],
      ['GROWTH', 4, 2, 1],
      ['STANDARD', 3, 2, 1],
      ['GROWTH', 4, 3, 1],
    ],
  ] as const)('%s: %i %i %i', (tier, r, f, m) => expect(tierOf(BUILT_IN, { r, f, m })).toBe(tier));
});

it('an industry becomes a scope in the letters an id may have', () => {
  expect(scopeOf('Food & Drink')).toBe('Food_Drink');
  expect(scopeOf('零售')).toBe('零售');
  expect(scopeOf('  ')).toBe('default');
  expect(scopeOf('x'.repeat(99))).toHaveLength(80);
});
