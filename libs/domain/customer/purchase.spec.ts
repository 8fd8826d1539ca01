import fc from 'fast-check';
import { Amount, Refusal, type NewEvent } from '@rapport/kernel';
import { scenario } from '@rapport/kernel/spec';
import type { Customer } from './customer.decider';
import { RecordPurchase, RecordRefund } from './purchase.commands';
import { purchase } from './purchase.decider';
import { PurchaseRecorded, RefundRecorded } from './purchase.events';

const NOW = '2024-03-01T09:00:00.000Z';
const { given } = scenario(purchase, { now: NOW });
const known: { customer: Customer } = { customer: { stage: 'known', profile: {}, contacts: {} } };
const ids = { purchaseId: 'p-1', customerId: 'c-1' };
const money = (minor: number, currency: string) => Object.assign(new Amount(), { minor, currency });
const yuan = (minor: number) => money(minor, 'CNY');
const purchasedAt = '2024-02-01T00:00:00.000Z';
const recorded = PurchaseRecorded.of({ ...ids, amount: yuan(10_000), purchasedAt });
const refund = (refundId: string, minor: number) => ({ purchaseId: 'p-1', refundId, amount: yuan(minor) });
const refunded = (refundId: string, minor: number, total: number) =>
  RefundRecorded.of(
    {
      ...{ ...ids, ...refund(refundId, minor), refundedTotal: yuan(total), purchaseAmount: yuan(10_000) },
      ...{ purchasedAt, refundedAt: NOW },
    },
    NOW,
  );

describe('a purchase', () => {
  it('is recorded now, or when it took place', () => {
    const bought = { ...ids, amount: yuan(10_000) };
    const [now] = given().when(RecordPurchase.of(bought), known).decided();
    expect(now).toEqual(PurchaseRecorded.of({ ...bought, purchasedAt: NOW }, NOW));
    const command = RecordPurchase.of({ ...bought, purchasedAt, product: 'Edition S' });
    const [event] = given().when(command, known).decided();
    expect(event).toMatchObject({ at: purchasedAt, data: { purchasedAt, product: 'Edition S' } });
  });

  it('is that of a known customer', () =>
    given()
      .when(RecordPurchase.of({ ...ids, amount: yuan(1) }), { customer: { stage: 'unknown' } })
      .thenRefused('CUSTOMER_UNKNOWN'));

  it('is recorded once, for more than nothing, and not in the future', () => {
    given(recorded)
      .when(RecordPurchase.of({ ...ids, amount: yuan(1) }), known)
      .thenRefused('PURCHASE_EXISTS');
    given()
      .when(RecordPurchase.of({ ...ids, amount: yuan(0) }), known)
      .thenRefused('AMOUNT_NOT_POSITIVE');
    given()
      .when(RecordPurchase.of({ ...ids, amount: yuan(1), purchasedAt: '2024-03-01T09:00:00.001Z' }), known)
      .thenRefused('DATED_IN_FUTURE');
  });
});

describe('a refund', () => {
  it('says what went back in all', () => {
    const first = given(recorded)
      .when(RecordRefund.of(refund('r-1', 4_000)))
      .decided();
    expect(first).toEqual([refunded('r-1', 4_000, 4_000)]);
    const rest = given(recorded, ...first)
      .when(RecordRefund.of(refund('r-2', 6_000)))
      .decided();
    expect(rest).toEqual([refunded('r-2', 6_000, 10_000)]);
  });

  it('bears the time when it took place', () => {
    const refundedAt = '2024-02-05T00:00:00.000Z';
    const [event] = given(recorded)
      .when(RecordRefund.of({ ...refund('r-1', 1), refundedAt }))
      .decided();
    expect(event?.at).toBe(refundedAt);
  });

  it('never exceeds what is left, not by one cent', () => {
    given(recorded)
      .when(RecordRefund.of(refund('r-1', 10_001)))
      .thenRefused('REFUND_EXCEEDS_PURCHASE');
    given(recorded, refunded('r-1', 4_000, 4_000))
      .when(RecordRefund.of(refund('r-2', 6_001)))
      .thenRefused('REFUND_EXCEEDS_PURCHASE');
  });

  it('is in the currency of the purchase', () =>
    given(recorded)
      .when(RecordRefund.of({ ...refund('r-1', 1), amount: money(1, 'EUR') }))
      .thenRefused('CURRENCY_MISMATCH'));

  it('comes after the purchase, not from the future, and is more than nothing', () => {
    const at = (refundedAt: string) => RecordRefund.of({ ...refund('r-1', 1), refundedAt });
    given(recorded).when(at('2024-01-31T23:59:59.999Z')).thenRefused('REFUND_BEFORE_PURCHASE');
    expect(given(recorded).when(at(purchasedAt)).decided()).toHaveLength(1);
    given(recorded).when(at('2024-03-01T09:00:00.001Z')).thenRefused('DATED_IN_FUTURE');
    given(recorded)
      .when(RecordRefund.of(refund('r-1', 0)))
      .thenRefused('AMOUNT_NOT_POSITIVE');
  });

  it('is recorded once, and only for a purchase that is known', () => {
    given(recorded, refunded('r-1', 4_000, 4_000))
      .when(RecordRefund.of(refund('r-1', 4_000)))
      .thenNothing();
    given()
      .when(RecordRefund.of(refund('r-1', 1)))
      .thenRefused('PURCHASE_UNKNOWN');
  });

  it('whatever the sequence: all refunds together never exceed the purchase', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -5, max: 8_000 }), fc.nat(6)), { maxLength: 30 }),
        (wanted) => {
          const history: NewEvent[] = [recorded];
          for (const [minor, n] of wanted)
            history.push(...accepted(history, RecordRefund.of(refund(`r-${n}`, minor))));
          const refunds = history.slice(1).map(({ data }) => data as RefundRecorded);
          const sum = refunds.reduce((total, { amount }) => total + amount.minor, 0);
          expect(sum).toBeLessThanOrEqual(10_000);
          expect(refunds.at(-1)?.refundedTotal.minor ?? 0).toBe(sum);
          expect(new Set(refunds.map(({ refundId }) => refundId)).size).toBe(refunds.length);
        },
      ),
    ));
});

const accepted = (history: readonly NewEvent[], command: object): readonly NewEvent[] => {
  try {
    return given(...history)
      .when(command, known)
      .decided();
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
};
