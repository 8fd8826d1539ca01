import * as events from '@rapport/domain/events';
import fc from 'fast-check';
import { rowsOf } from '@rapport/kernel/spec';
import { purchaseRhythm } from './purchase-rhythm.projection';
import { revenue } from './revenue.projection';
import { value } from './value.projection';
import { patternOf } from './value.rules';

const customerId = 'a';
const money = (minor: number, currency = 'CNY') => ({ minor, currency });
const bought = (at: string, minor = 100, currency = 'CNY') =>
  events.PurchaseRecorded.of(
    { purchaseId: at, customerId, amount: money(minor, currency), purchasedAt: at },
    at,
  );
const refunded = (at: string, minor: number, currency = 'CNY') =>
  events.RefundRecorded.of(
    {
      ...{
        purchaseId: at,
        refundId: 'r',
        customerId,
        amount: money(minor, currency),
        purchasedAt: at,
        refundedAt: at,
      },
      ...{ refundedTotal: money(minor, currency), purchaseAmount: money(100, currency) },
    },
    at,
  );
const [JAN, MAR, LATER] = [
  '2024-01-10T08:00:00.000Z',
  '2024-03-10T08:00:00.000Z',
  '2024-03-11T08:00:00.000Z',
];

describe('a value row', () => {
  const { given } = rowsOf(value);

  it('counts purchases and remembers the months in which there were any', () =>
    given(bought(MAR), bought(JAN), bought(LATER))
      .row(customerId)
      .is({
        ...{ purchases: 3, firstPurchaseAt: JAN, lastPurchaseAt: LATER, firstMonth: '2024-01' },
        activeMonths: ['2024-01', '2024-03'],
      }));
  it('never adds up two currencies', () =>
    given(bought(JAN, 100), bought(MAR, 70, 'EUR'), refunded(MAR, 30, 'EUR'))
      .row(customerId)
      .is({
        revenue: {
          CNY: { purchases: 1, grossMinor: 100, refundedMinor: 0 },
          EUR: { purchases: 1, grossMinor: 70, refundedMinor: 30 },
        },
      }));
  it('holds the last score and the rules it came from', () => {
    const scored = events.RfmScored.of({
      ...{
        customerId,
        month: '2024-03',
        lastPurchaseAt: MAR,
        recencyDays: 22,
        frequency: 1,
        monetary: money(100),
      },
      ...{ r: 5, f: 1, m: 1, sum: 7, scoredTier: 'GROWTH', tier: 'GROWTH', downgradePending: true },
      ...{ ruleScope: 'RETAIL', ruleVersion: 3, basis: 'seats' },
    });
    given(scored)
      .row(customerId)
      .is({
        ...{ month: '2024-03', r: 5, f: 1, m: 1, sum: 7, recencyDays: 22, frequency: 1, tier: 'GROWTH' },
        ...{ monetaryMinor: 100, monetaryCurrency: 'CNY', downgradePending: true },
        ...{ ruleScope: 'RETAIL', ruleVersion: 3, basis: 'seats', tierSince: null },
      });
  });
  it('knows since when the tier is what it is', () => {
    const change = {
      customerId,
      from: 'STANDARD',
      to: 'GROWTH',
      month: '2024-02',
      ruleScope: 'default',
    } as const;
    given(events.ValueTierChanged.of({ ...change, ruleVersion: 1 }, MAR))
      .row(customerId)
      .is({ tier: 'GROWTH', tierSince: MAR });
  });
});

it('revenue stands in one row per customer and currency', () => {
  const { row } = rowsOf(revenue).given(
    bought(JAN, 100),
    bought(MAR, 70, 'EUR'),
    bought(LATER, 5),
    refunded(JAN, 30),
  );
  row('a|CNY').is({ customerId, currency: 'CNY', purchases: 2, grossMinor: 105, refundedMinor: 30 });
  row('a|EUR').is({ customerId, currency: 'EUR', purchases: 1, grossMinor: 70, refundedMinor: 0 });
});

describe('the rhythm', () => {
  const { given } = rowsOf(purchaseRhythm);

  it('knows the first, the last and the one before, in whatever order they come', () => {
    given(bought(JAN)).row(customerId).is({ firstAt: JAN, previousAt: null, lastAt: JAN });
    given(bought(LATER), bought(JAN), bought(MAR))
      .row(customerId)
      .is({ firstAt: JAN, previousAt: MAR, lastAt: LATER });
    given(bought(JAN), bought(JAN)).row(customerId).is({ firstAt: JAN, previousAt: JAN, lastAt: JAN });
  });

  it('is what sorting all purchases tells', () => {
    const moment = fc.constantFrom(JAN, MAR, LATER);
    fc.assert(
      fc.property(fc.array(moment, { minLength: 1, maxLength: 9 }), (all) => {
        const sorted = [...all].sort();
        given(...all.map((at) => bought(at)))
          .row(customerId)
          .is({ firstAt: sorted[0]!, previousAt: sorted.at(-2) ?? null, lastAt: sorted.at(-1)! });
      }),
    );
  });
});

it('months become a pattern of marks, across years', () => {
  expect(patternOf(['2023-11', '2024-01', '2024-05'])).toBe('1010001');
  expect(patternOf(['2023-11'])).toBe('1');
});
