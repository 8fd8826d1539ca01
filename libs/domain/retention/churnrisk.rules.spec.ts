import fc from 'fast-check';
import { canReachHigh, isActive, levelOf, riskLines, riskOf } from './churnrisk.rules';
import { ChurnSignalCode, type SentSignal } from './churnrisk.values';

const START = '2024-01-01T00:00:00.000Z';
const sent = (code: ChurnSignalCode, n = 1): SentSignal => ({ code, sourceEventId: `e-${n}`, since: START });
const codes = Object.keys(ChurnSignalCode) as ChurnSignalCode[];
const scoreOf = (...signals: ChurnSignalCode[]) =>
  riskOf(
    signals.map((code) => sent(code)),
    START,
  ).score;

describe('the table', () => {
  it('has one line for every signal', () =>
    expect(riskLines.map(({ code }) => code).sort()).toEqual([...codes].sort()));
  it('weighs as the handbook says (2.5)', () =>
    expect(Object.fromEntries(riskLines.map(({ code, weight }) => [code, weight]))).toEqual({
      ...{ SILENCE: 25, LONG_SILENCE: 0, COMPETITOR_CONTACT: 60, USAGE_DECLINE: 15, SERIOUS_COMPLAINT: 20 },
      ...{ BROKEN_COMMITMENT: 15, DISSATISFACTION: 15, MANAGER_CHANGE: 10, PRICE_OBJECTION: 10 },
      ...{ RENEWAL_UNCONTACTED: 10, SLA_BREACHES: 10, MANUAL_FLAG: 0 },
    }));
  it('can make somebody HIGH, even without the lines that decide by themselves', () => {
    expect(canReachHigh(riskLines)).toBe(true);
    expect(canReachHigh(riskLines.filter(({ forcesHigh }) => !forcesHigh))).toBe(true);
    expect(canReachHigh([{ weight: 30 }, { weight: 29 }])).toBe(false);
    expect(canReachHigh([{ weight: 30 }, { weight: 30 }])).toBe(true);
    expect(canReachHigh([{ weight: 0, forcesHigh: true }])).toBe(true);
  });
});

it.each([
  [0, 'LOW'],
  [29, 'LOW'],
  [30, 'MEDIUM'],
  [59, 'MEDIUM'],
  [60, 'HIGH'],
  [100, 'HIGH'],
])('%i points are %s', (score, level) => expect(levelOf(score)).toBe(level));

it.each(['LONG_SILENCE', 'COMPETITOR_CONTACT', 'MANUAL_FLAG'] as const)(
  '%s is HIGH whatever the score',
  (code) => {
    const risk = riskOf([sent(code), sent('PRICE_OBJECTION')], START);
    expect(risk).toMatchObject({ level: 'HIGH', forcedBy: code, mainSignal: code });
  },
);
it('the heaviest signal is the main one when none decides by itself', () => {
  expect(riskOf([sent('SERIOUS_COMPLAINT'), sent('SILENCE')], START)).toMatchObject({
    mainSignal: 'SILENCE',
  });
  expect(riskOf([sent('SILENCE')], START).forcedBy).toBeUndefined();
});
it('two signals of one kind count once and are both listed; the weight goes to the older one', () => {
  const risk = riskOf(
    [sent('SERIOUS_COMPLAINT', 2), sent('SERIOUS_COMPLAINT', 1), sent('SERIOUS_COMPLAINT', 2)],
    START,
  );
  expect(risk.score).toBe(20);
  expect(risk.signals.map(({ sourceEventId, weight }) => [sourceEventId, weight])).toEqual([
    ['e-1', 20],
    ['e-2', 0],
  ]);
});
it('everything at once is capped at 100', () => expect(scoreOf(...codes)).toBe(100));
it('a competitor contact alone makes 60 (ST-08)', () => expect(scoreOf('COMPETITOR_CONTACT')).toBe(60));

describe('for any signals', () => {
  const instant = fc
    .integer({ min: 0, max: 200 })
    .map((day) => new Date(Date.UTC(2024, 0, 1) + day * 86_400_000).toISOString());
  const signal: fc.Arbitrary<SentSignal> = fc.record(
    {
      code: fc.constantFrom(...codes),
      sourceEventId: fc.constantFrom('a', 'b', 'c'),
      since: instant,
      expiresAt: instant,
    },
    { requiredKeys: ['code', 'sourceEventId', 'since'] },
  );
  const signals = fc.array(signal, { maxLength: 12 });
  const RANK = { LOW: 0, MEDIUM: 1, HIGH: 2 };

  it('one more never lowers the score or the level', () =>
    fc.assert(
      fc.property(signals, signal, instant, (some, more, now) => {
        const [before, after] = [riskOf(some, now), riskOf([...some, more], now)];
        expect(after.score).toBeGreaterThanOrEqual(before.score);
        expect(RANK[after.level]).toBeGreaterThanOrEqual(RANK[before.level]);
      }),
    ));
  it('the score lies between 0 and 100 and is the sum of the weights, capped', () =>
    fc.assert(
      fc.property(signals, instant, (some, now) => {
        const risk = riskOf(some, now);
        const sum = risk.signals.reduce((total, { weight }) => total + weight, 0);
        expect(risk.score).toBe(Math.min(100, sum));
        expect(risk.level).toBe(risk.forcedBy ? 'HIGH' : levelOf(risk.score));
      }),
    ));
  it('their order does not matter', () =>
    fc.assert(
      fc.property(
        signals.chain((some) =>
          fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })),
        ),
        instant,
        ([some, shuffled], now) => expect(riskOf(shuffled, now)).toEqual(riskOf(some, now)),
      ),
    ));
  it('only those that are active count', () =>
    fc.assert(
      fc.property(signals, instant, (some, now) =>
        expect(riskOf(some, now)).toEqual(
          riskOf(
            some.filter((one) => isActive(one, now)),
            now,
          ),
        ),
      ),
    ));
});
