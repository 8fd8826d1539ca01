import { ScoreRfm } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import type { ValueTier } from '@rapport/domain/values';
import { reactionsOf } from '@rapport/kernel/spec';
import { monthlyScoring } from './monthly-scoring.policy';

const { given } = reactionsOf(monthlyScoring);
const customerId = 'c-1';

const bought = (purchaseId: string, at: string, minor = 1000, currency = 'CNY') =>
  events.PurchaseRecorded.of({ purchaseId, customerId, amount: { minor, currency }, purchasedAt: at }, at);
const refunded = (purchaseId: string, minor: number, total: number, at: string) => {
  const [amount, purchaseAmount] = [minor, 1000].map((each) => ({ minor: each, currency: 'CNY' }));
  const refundedTotal = { minor: total, currency: 'CNY' };
  const ids = { purchaseId, refundId: `${purchaseId}-r`, customerId };
  return events.RefundRecorded.of(
    {
      ...ids,
      amount: amount!,
      refundedTotal,
      purchaseAmount: purchaseAmount!,
      purchasedAt: at,
      refundedAt: at,
    },
    at,
  );
};
const scored = (month: string, tier: ValueTier = 'STANDARD', downgradePending = false) =>
  events.RfmScored.of({
    ...{ customerId, month, lastPurchaseAt: '2024-01-10T08:00:00.000Z', recencyDays: 1, frequency: 1 },
    ...{ monetary: { minor: 1, currency: 'CNY' }, r: 1, f: 1, m: 1, sum: 3, scoredTier: 'STANDARD', tier },
    ...{ downgradePending, ruleScope: 'default', ruleVersion: 1, basis: 'x' },
  });
const score = (month: string, lastPurchaseAt: string, purchases: number, minor: number, more: object = {}) =>
  ScoreRfm.of({ customerId, month, lastPurchaseAt, purchases, spent: { minor, currency: 'CNY' }, ...more });

const JAN = '2024-01-10T08:00:00.000Z';
const FEB = '2024-02-10T08:00:00.000Z';

it('a month is scored at the first instant of the next one, in UTC', () => {
  given(bought('p-1', JAN)).waits(customerId, '2024-02-01T00:00:00.000Z', score('2024-01', JAN, 1, 1000));
  const december = '2023-12-31T23:59:59.999Z';
  given(bought('p-1', december)).waits(
    customerId,
    '2024-01-01T00:00:00.000Z',
    score('2023-12', december, 1, 1000),
  );
});
it('nothing is sent before', () => given(bought('p-1', JAN)).then());

it('purchases of the month add up, in whatever order they come', () => {
  const earlier = bought('p-2', '2024-01-03T08:00:00.000Z', 500);
  given(bought('p-1', JAN), earlier).waits(
    customerId,
    '2024-02-01T00:00:00.000Z',
    score('2024-01', JAN, 2, 1500),
  );
});
it('the month that waits is scored first, without what was bought after its end', () =>
  given(bought('p-1', JAN), bought('p-2', FEB)).waits(
    customerId,
    '2024-02-01T00:00:00.000Z',
    score('2024-01', JAN, 1, 1000),
  ));
it('a late purchase of an older month that is not scored yet brings that month first', () =>
  given(bought('p-2', FEB), bought('p-1', JAN)).waits(
    customerId,
    '2024-02-01T00:00:00.000Z',
    score('2024-01', JAN, 1, 1000),
  ));

it('after a score the next month waits, as long as there are purchases in the window', () => {
  given(bought('p-1', JAN), scored('2024-01')).waits(
    customerId,
    '2024-03-01T00:00:00.000Z',
    score('2024-02', JAN, 1, 1000),
  );
  // 365 days before 2025-02-01 is 2024-02-02: the purchase of January has left the window of January 2025.
  given(bought('p-1', JAN), scored('2024-12')).waitsNoMore(customerId);
});
it('a purchase exactly 365 days before the end of the month still counts', () => {
  const edge = '2024-02-02T00:00:00.000Z';
  given(bought('p-1', edge), scored('2024-12')).waits(
    customerId,
    '2025-02-01T00:00:00.000Z',
    score('2025-01', edge, 1, 1000),
  );
  given(bought('p-1', '2024-02-01T23:59:59.999Z'), scored('2024-12')).waitsNoMore(customerId);
});
it('scoring goes on without purchases until the tier is at its lowest and no downgrade waits', () => {
  const empty = score('2025-01', JAN, 0, 0);
  given(bought('p-1', JAN), scored('2024-12', 'GROWTH')).waits(customerId, '2025-02-01T00:00:00.000Z', empty);
  given(bought('p-1', JAN), scored('2024-12', 'STANDARD', true)).waits(
    customerId,
    '2025-02-01T00:00:00.000Z',
    empty,
  );
});
it('begins again with the next purchase', () => {
  const again = '2025-06-10T08:00:00.000Z';
  given(bought('p-1', JAN), scored('2024-12'), bought('p-2', again)).waits(
    customerId,
    '2025-07-01T00:00:00.000Z',
    score('2025-06', again, 1, 1000),
  );
});

it('a late purchase for a month that was scored does not score it again, but counts from the next one on', () =>
  given(bought('p-2', FEB), scored('2024-02'), bought('p-1', JAN)).waits(
    customerId,
    '2024-04-01T00:00:00.000Z',
    score('2024-03', FEB, 2, 2000),
  ));

describe('a refund', () => {
  it('reduces what was spent', () =>
    given(bought('p-1', JAN), refunded('p-1', 400, 400, JAN)).waits(
      customerId,
      '2024-02-01T00:00:00.000Z',
      score('2024-01', JAN, 1, 600),
    ));
  it('that comes after the end of the month that waits reduces the next one', () => {
    const late = refunded('p-1', 400, 400, FEB);
    given(bought('p-1', JAN), late).waits(
      customerId,
      '2024-02-01T00:00:00.000Z',
      score('2024-01', JAN, 1, 1000),
    );
    given(bought('p-1', JAN), late, scored('2024-01')).waits(
      customerId,
      '2024-03-01T00:00:00.000Z',
      score('2024-02', JAN, 1, 600),
    );
  });
  it('of a purchase that is no longer looked at changes nothing', () =>
    given(refunded('p-1', 400, 400, JAN)).waitsNoMore(customerId));
});

it('money in another currency than that of the last purchase is not added', () =>
  given(bought('p-1', JAN, 700, 'EUR'), bought('p-2', '2024-01-11T08:00:00.000Z')).waits(
    customerId,
    '2024-02-01T00:00:00.000Z',
    score('2024-01', '2024-01-11T08:00:00.000Z', 2, 1000),
  ));

describe('the industry', () => {
  const registered = (industry: string) =>
    events.CustomerRegistered.of({
      ...{
        customerId,
        name: 'Ann',
        industry,
        source: 'WEBSITE' as never,
        grade: 'PROSPECT',
        keyAccount: false,
      },
      ...{ strategicPartner: false, zone: 'Asia/Shanghai', registeredAt: JAN },
    });
  const moved = events.CustomerProfileUpdated.of({
    customerId,
    field: 'INDUSTRY',
    to: 'RETAIL',
    source: 'ann',
  });
  const waiting = (industry: string) =>
    [customerId, '2024-02-01T00:00:00.000Z', score('2024-01', JAN, 1, 1000, { industry })] as const;

  it('goes along, as an id', () => {
    given(registered('Food & Drink'), bought('p-1', JAN)).waits(...waiting('Food_Drink'));
  });
  it('is the one the customer has when the month ends', () => {
    given(registered('FOOD'), bought('p-1', JAN), moved).waits(...waiting('RETAIL'));
    given(registered('FOOD'), moved, bought('p-1', JAN)).waits(...waiting('RETAIL'));
  });
});

it('a score that a person asked for goes on from what it knew', () =>
  given(scored('2024-01', 'GROWTH')).waits(
    customerId,
    '2024-03-01T00:00:00.000Z',
    score('2024-02', JAN, 0, 0),
  ));
