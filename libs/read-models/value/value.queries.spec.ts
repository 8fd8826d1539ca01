import { MemoryRowStore } from '@rapport/adapters/memory';
import * as events from '@rapport/domain/events';
import { daysAfter, type ValueTier } from '@rapport/domain/values';
import type { NewEvent } from '@rapport/kernel';
import { modelsOf } from '@rapport/kernel/spec';
import fc from 'fast-check';
import { purchaseRhythm } from './purchase-rhythm.projection';
import { revenue } from './revenue.projection';
import { value } from './value.projection';
import { valueReport, type ValueParams } from './value.queries';
import { revenueFigures, valueCohorts, valueTiers } from './value.rollups';

const NOW = '2024-12-31T00:00:00.000Z';
const money = (minor: number, currency = 'CNY') => ({ minor, currency });
const bought = (customerId: string, day: string, minor = 100, currency = 'CNY') => {
  const at = day.length > 10 ? day : `${day}T00:00:00.000Z`;
  const purchaseId = `${customerId}-${at}`;
  return events.PurchaseRecorded.of(
    { purchaseId, customerId, amount: money(minor, currency), purchasedAt: at },
    at,
  );
};
const refunded = (customerId: string, day: string, minor: number) => {
  const at = `${day}T00:00:00.000Z`;
  return events.RefundRecorded.of(
    {
      ...{
        purchaseId: 'p',
        refundId: 'r',
        customerId,
        amount: money(minor),
        purchasedAt: at,
        refundedAt: at,
      },
      ...{ refundedTotal: money(minor), purchaseAmount: money(100) },
    },
    at,
  );
};
const tier = (customerId: string, to: ValueTier, day: string) =>
  events.ValueTierChanged.of(
    { customerId, from: 'STANDARD', to, month: day.slice(0, 7), ruleScope: 'default', ruleVersion: 1 },
    `${day}T00:00:00.000Z`,
  );

/** a: January, January, March; b: January in euro; c: February and June, one refunded in part, GROWTH from July on. */
const history = [
  ...[bought('a', '2024-01-05'), bought('b', '2024-01-07', 70, 'EUR'), bought('a', '2024-01-20')],
  ...[
    bought('c', '2024-02-01'),
    bought('a', '2024-03-01'),
    bought('c', '2024-06-30'),
    refunded('c', '2024-07-01', 40),
  ],
  tier('c', 'GROWTH', '2024-07-01'),
];
const models = modelsOf(
  () => new MemoryRowStore(),
  [value, valueTiers, valueCohorts],
  [revenue, revenueFigures],
  [purchaseRhythm],
);
interface Answer {
  readonly customers: number;
  readonly customersBuyingAgain: number;
  readonly purchases: number;
  readonly revenue: readonly object[];
  readonly tiers: readonly { readonly tier: string; readonly customers: number }[];
  readonly repurchase: { readonly customers: number; readonly again: number; readonly rate: number | null };
  readonly idle: {
    readonly customers: number;
    readonly figures: readonly { days: number; customers: number }[];
  };
  readonly cohorts: readonly {
    month: string;
    customers: number;
    active: readonly number[];
    shares: readonly number[];
  }[];
}
interface Asked extends ValueParams {
  readonly asOf?: string;
}
const asked = async ({ asOf, ...params }: Asked = {}, given: readonly NewEvent[] = history) =>
  (await models.told(...given)).ask<Answer>(valueReport, NOW, params, asOf);
const idle = async (asOf: string, days: string) =>
  (await asked({ asOf, idle: days })).idle.figures.map(({ customers }) => customers);

describe('the value report', () => {
  it('counts customers, those who bought again, and purchases', async () =>
    expect(await asked()).toMatchObject({ customers: 3, customersBuyingAgain: 2, purchases: 6 }));

  it('tells gross and net revenue per currency, never added up', async () =>
    expect((await asked()).revenue).toEqual([
      { currency: 'CNY', customers: 2, purchases: 5, grossMinor: 500, refundedMinor: 40, netMinor: 460 },
      { currency: 'EUR', customers: 1, purchases: 1, grossMinor: 70, refundedMinor: 0, netMinor: 70 },
    ]));

  it('tells how customers spread over the tiers', async () =>
    expect((await asked()).tiers.map(({ tier: name, customers }) => [name, customers])).toEqual([
      ...[
        ['HIGH_VALUE', 0],
        ['GROWTH', 1],
        ['STANDARD', 2],
      ],
    ]));

  it('draws the cohort triangle up to the last month in which anybody bought', async () => {
    const { cohorts } = await asked();
    expect(cohorts.map(({ month, customers, active }) => [month, customers, active])).toEqual([
      ['2024-01', 2, [2, 0, 1, 0, 0, 0]],
      ['2024-02', 1, [1, 0, 0, 0, 1]],
    ]);
    expect(cohorts[0]?.shares).toEqual([1, 0, 0.5, 0, 0, 0]);
  });

  it('can be asked for a moment of the past', async () => {
    const then = await asked({ asOf: '2024-02-15T00:00:00.000Z' });
    expect(then).toMatchObject({ customers: 3, customersBuyingAgain: 1, purchases: 4 });
    expect(then.cohorts.map(({ active }) => active)).toEqual([[2, 0], [1]]);
    expect(then.tiers.map(({ customers }) => customers)).toEqual([0, 0, 3]);
    expect(then.revenue[0]).toMatchObject({ purchases: 3, refundedMinor: 0 });
  });

  it('has an answer without purchases, and divides nothing by nothing', async () =>
    expect(await asked({}, [])).toMatchObject({
      ...{ customers: 0, revenue: [], cohorts: [], repurchase: { customers: 0, again: 0, rate: null } },
      idle: { customers: 0, figures: [{ days: 90, customers: 0, share: null }, { days: 180 }] },
    }));
});

describe('the repurchase rate', () => {
  it('is the share of those with two purchases or more in 365 days (handbook 9)', async () => {
    expect((await asked()).repurchase).toMatchObject({ customers: 3, again: 2, rate: 0.666667 });
    expect((await asked({ asOf: '2024-01-10T00:00:00.000Z' })).repurchase).toMatchObject({
      customers: 2,
      again: 0,
    });
    expect((await asked({ asOf: '2024-01-20T00:00:00.000Z' })).repurchase).toMatchObject({
      customers: 2,
      again: 1,
    });
  });
  it('looks back 365 days to the moment', async () => {
    const edge = daysAfter('2024-06-30T00:00:00.000Z', 365);
    expect((await asked({ asOf: edge })).repurchase).toMatchObject({ customers: 1, again: 0 });
    expect((await asked({ asOf: daysAfter(edge, 1) })).repurchase).toMatchObject({
      customers: 0,
      rate: null,
    });
  });
});

describe('idle customers', () => {
  it('are those with a purchase by then and none for so many days or more', async () => {
    // By the last of June a bought 121 days ago, b 175, c today.
    expect(await idle('2024-06-30T00:00:00.000Z', '1,121,122,175,176')).toEqual([2, 2, 1, 1, 0]);
    expect(await idle('2024-06-29T23:59:59.999Z', '121,149,150')).toEqual([2, 2, 1]);
    expect(await idle('2024-01-06T00:00:00.000Z', '1,2')).toEqual([1, 0]);
    expect((await asked({ asOf: '2024-01-06T00:00:00.000Z' })).idle.customers).toBe(1);
  });
  it('are counted for 90 and 180 days unless asked otherwise', async () =>
    expect((await asked()).idle.figures.map(({ days, customers }) => [days, customers])).toEqual([
      ...[
        [90, 3],
        [180, 3],
      ],
    ]));
  it.each(['', 'x', '0', '1.5', '90,', '99999999', '1,'.repeat(30)])(
    'are not counted for %p days',
    async (days) => {
      await expect(asked({ idle: days })).rejects.toMatchObject({ code: 'IDLE_DAYS_UNKNOWN' });
    },
  );
});

it('is what counting the purchases one by one gives, at any moment', async () => {
  const day = fc.integer({ min: 0, max: 500 }).map((n) => daysAfter('2023-01-01T00:00:00.000Z', n));
  const purchase = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), at: day });
  await fc.assert(
    fc.asyncProperty(fc.array(purchase, { minLength: 1, maxLength: 30 }), day, async (all, asOf) => {
      const ordered = [...all].sort((one, other) => (one.at < other.at ? -1 : 1));
      const answer = await asked(
        { asOf, idle: '30,100' },
        ordered.map(({ id, at }) => bought(id, at)),
      );
      const until = ordered.filter(({ at }) => at <= asOf);
      const ids = [...new Set(until.map(({ id }) => id))];
      const of = (id: string, from = '') => until.filter((each) => each.id === id && each.at >= from);
      const yearAgo = daysAfter(asOf, -365);
      const lastOf = (id: string) => of(id).at(-1)?.at ?? '';
      expect(answer).toMatchObject({
        ...{ customers: ids.length, purchases: until.length },
        customersBuyingAgain: ids.filter((id) => of(id).length >= 2).length,
        repurchase: {
          customers: ids.filter((id) => of(id, yearAgo).length >= 1).length,
          again: ids.filter((id) => of(id, yearAgo).length >= 2).length,
        },
      });
      expect(answer.idle.figures.map(({ customers }) => customers)).toEqual(
        [30, 100].map((days) => ids.filter((id) => lastOf(id) <= daysAfter(asOf, -days)).length),
      );
      for (const { month, active } of answer.cohorts)
        for (const [offset, count] of active.entries()) {
          const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5)) - 1 + offset];
          const then = new Date(Date.UTC(year, number)).toISOString().slice(0, 7);
          const cohort = ids.filter((id) => of(id)[0]?.at.slice(0, 7) === month);
          expect(count).toBe(cohort.filter((id) => of(id).some(({ at }) => at.startsWith(then))).length);
        }
    }),
    { numRuns: 50 },
  );
});
