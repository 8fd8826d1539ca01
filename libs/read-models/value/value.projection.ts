import * as events from '@rapport/domain/events';
import { monthOf, type ValueTier } from '@rapport/domain/values';
import { flag, integer, json, maybe, projection, text, type RowOf } from '@rapport/kernel';
import { earlier, earning, withLatest, withMonth, type Revenue } from './value.rules';

const columns = {
  tier: text<ValueTier>('STANDARD'),
  /** When the tier became what it is; null: it never was another. */
  tierSince: maybe(text()),
  downgradePending: flag(),
  /** The month of the last score, and what it was scored by. */
  month: maybe(text()),
  r: integer(),
  f: integer(),
  m: integer(),
  sum: integer(),
  recencyDays: integer(),
  frequency: integer(),
  monetaryMinor: integer(),
  monetaryCurrency: maybe(text()),
  ruleScope: maybe(text()),
  ruleVersion: integer(),
  basis: maybe(text()),
  /** Every purchase ever, refunded or not. */
  purchases: integer(),
  /** By currency, in minor units: never added up. */
  revenue: json<Revenue>({}),
  firstPurchaseAt: maybe(text()),
  /** The purchase before the last one. */
  previousPurchaseAt: maybe(text()),
  lastPurchaseAt: maybe(text()),
  /** The month of the first purchase (UTC): the customer's cohort. */
  firstMonth: maybe(text()),
  /** The months with a purchase, oldest first. */
  activeMonths: json<readonly string[]>([]),
};
export type ValueRow = RowOf<typeof columns>;

/** What each customer is worth: the last score, the tier, and what was bought (SYS-36). */
export const value = projection(events, {
  name: 'value',
  version: 2,
  about: 'What is each customer worth: scores, tier, purchases and revenue?',
  columns,
  indexes: [['tier', 'sum'], ['firstMonth'], ['previousPurchaseAt'], ['lastPurchaseAt']],
  history: true,
  key: 'customerId',
}).on({
  PurchaseRecorded: (row, { purchasedAt, amount }) => ({
    purchases: row.purchases + 1,
    revenue: earning(row.revenue, amount.currency, {
      purchases: 1,
      grossMinor: amount.minor,
      refundedMinor: 0,
    }),
    firstPurchaseAt: earlier(row.firstPurchaseAt, purchasedAt),
    ...withLatest(row.previousPurchaseAt, row.lastPurchaseAt, purchasedAt),
    firstMonth: earlier(row.firstMonth, monthOf(purchasedAt)),
    activeMonths: withMonth(row.activeMonths, monthOf(purchasedAt)),
  }),
  RefundRecorded: (row, { amount }) => ({
    revenue: earning(row.revenue, amount.currency, {
      purchases: 0,
      grossMinor: 0,
      refundedMinor: amount.minor,
    }),
  }),
  RfmScored: (_, { month, r, f, m, sum, recencyDays, frequency, monetary, ...score }) => ({
    ...{ month, r, f, m, sum, recencyDays, frequency },
    ...{ monetaryMinor: monetary.minor, monetaryCurrency: monetary.currency },
    ...{ tier: score.tier, downgradePending: score.downgradePending },
    ...{ ruleScope: score.ruleScope, ruleVersion: score.ruleVersion, basis: score.basis },
  }),
  ValueTierChanged: (_, { to }, { occurredAt }) => ({ tier: to, tierSince: occurredAt }),
});
