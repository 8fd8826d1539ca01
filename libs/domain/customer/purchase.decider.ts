import { refuse, reject, stateOf, type Aggregate, type Amount } from '@rapport/kernel';
import { customer, knownCustomer, type Customer } from './customer.decider';
import * as commands from './purchase.commands';
import * as events from './purchase.events';

export type Purchase =
  | { readonly stage: 'unknown' }
  | {
      readonly stage: 'recorded';
      readonly customerId: string;
      readonly amount: Amount;
      readonly purchasedAt: string;
      /** What went back so far, in minor units. */
      readonly refunded: number;
      readonly refundIds: readonly string[];
    };

const { PurchaseRecorded, RefundRecorded } = events;

/** One purchase and the refunds on it (SYS-10.3). */
export const purchase: Aggregate<
  Purchase,
  typeof events,
  typeof commands,
  { RecordPurchase: { customer: Customer } }
> = {
  name: 'purchase',
  id: 'purchaseId',
  events,
  commands,
  initial: { stage: 'unknown' },

  evolve: {
    PurchaseRecorded: (_, { customerId, amount, purchasedAt }) => ({
      ...{ stage: 'recorded', customerId, amount, purchasedAt, refunded: 0, refundIds: [] },
    }),
    RefundRecorded: (state, { refundId, refundedTotal }) => {
      const known = recorded(state);
      return { ...known, refunded: refundedTotal.minor, refundIds: [...known.refundIds, refundId] };
    },
  },

  needs: { RecordPurchase: (_, { customerId }) => ({ customer: stateOf(customer, customerId) }) },

  decide: {
    RecordPurchase: (state, command, { now, known }) => {
      const { purchaseId, purchasedAt = now, amount } = command;
      if (state.stage === 'recorded')
        refuse('PURCHASE_EXISTS', `${purchaseId} is recorded already`, { existingId: purchaseId });
      knownCustomer(known.customer);
      positive(amount);
      notInFuture('purchasedAt', purchasedAt, now);
      return [PurchaseRecorded.of({ ...command, purchasedAt }, purchasedAt)];
    },

    RecordRefund: (state, { purchaseId, refundId, amount, refundedAt: given }, { now }) => {
      const { customerId, amount: purchaseAmount, purchasedAt, refunded, refundIds } = recorded(state);
      if (refundIds.includes(refundId)) return [];
      const refundedAt = given ?? now;
      const { currency } = purchaseAmount;
      positive(amount);
      if (amount.currency !== currency)
        refuse('CURRENCY_MISMATCH', `the purchase was in ${currency}, not in ${amount.currency}`, {
          currency,
        });
      notInFuture('refundedAt', refundedAt, now);
      if (refundedAt < purchasedAt)
        reject('REFUND_BEFORE_PURCHASE', 'refundedAt', 'no refund can come before its purchase');
      const left = purchaseAmount.minor - refunded;
      if (amount.minor > left)
        refuse('REFUND_EXCEEDS_PURCHASE', `only ${left} ${currency} (minor units) are left to refund`, {
          ...{ left, currency },
        });
      const refundedTotal = { minor: refunded + amount.minor, currency };
      const ids = { purchaseId, refundId, customerId };
      const refund = { ...ids, amount, refundedTotal, purchaseAmount, purchasedAt, refundedAt };
      return [RefundRecorded.of(refund, refundedAt)];
    },
  },
};

const recorded = (state: Purchase) =>
  state.stage === 'recorded' ? state : refuse('PURCHASE_UNKNOWN', 'there is no such purchase');

const positive = (amount: Amount): void => {
  if (amount.minor <= 0) reject('AMOUNT_NOT_POSITIVE', 'amount', 'the amount must be more than nothing');
};
const notInFuture = (field: string, at: string, now: string): void => {
  if (at > now) reject('DATED_IN_FUTURE', field, `${field} lies in the future`);
};
