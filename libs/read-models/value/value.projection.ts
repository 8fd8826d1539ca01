import * as events from '@rapport/domain/events';
import { monthOf, type ValueTier } from '@rapport/domain/values';
import {
  flag,
  howMany,
  instant,
  integer,
  json,
  maybe,
  month,
  projection,
  text,
  type RowOf,
} from '@rapport/kernel';
import { earlier, earning, later, withMonth, type Revenue } from './value.rules';

// prettier-ignore
const columns = {
  tier: text<ValueTier>('STANDARD').says('HIGH_VALUE, GROWTH or STANDARD (SYS-36.2)'),
  tierSince: maybe(instant()).says('When the tier became what it is; null: it never was another (SYS-36.2)'),
  downgradePending: flag().says('The last score lies below the tier: the next one may take it down (SYS-36.2)'),
  month: maybe(month()).says('The month of the last score; null: never scored (SYS-36.1)'),
  r: integer().says('The score of how recently the customer bought; 0: never scored (SYS-36.1)', 'points 1–5'),
  f: integer().says('The score of how often the customer buys; 0: never scored (SYS-36.1)', 'points 1–5'),
  m: integer().says('The score of how much the customer spends; 0: never scored (SYS-36.1)', 'points 1–5'),
  sum: integer().says('The three scores together; 0: never scored (SYS-36.2)', 'points 3–15'),
  recencyDays: integer().says('From the last purchase to the end of that month, days begun (SYS-36.1)', 'days'),
  frequency: howMany().says('Purchases in the 365 days before the end of that month (SYS-36.1)'),
  monetaryMinor: integer().says('What was spent in these 365 days, refunds taken off (SYS-36.1)', 'minor units'),
  monetaryCurrency: maybe(text()).says('The currency of that amount; null: never scored (SYS-36.1)', 'ISO 4217'),
  ruleScope: maybe(text()).says('Whose rules it was scored by: default, or an industry; null: never scored (SYS-36.3)'),
  ruleVersion: integer().says('Their version; 0: never scored (SYS-36.1)', 'version'),
  basis: maybe(text()).says('What the score of spending rests on, for a person; null: never scored (SYS-36.3)'),
  purchases: howMany().says('Purchases ever, refunded or not (SYS-10.3)'),
  revenue: json<Revenue>({}).says('By currency: purchases, and in minor units what was paid and went back (SYS-65.3)'),
  firstPurchaseAt: maybe(instant()).says('The first purchase; null: none yet (SYS-10.3)'),
  lastPurchaseAt: maybe(instant()).says('The latest purchase; null: none yet (SYS-10.3)'),
  firstMonth: maybe(month()).says('The month of the first purchase: the cohort of the customer (SYS-65.1)'),
  activeMonths: json<readonly string[]>([]).says('The months with a purchase (UTC), oldest first (SYS-65.1)', 'month'),
};
export type ValueRow = RowOf<typeof columns>;

/** What each customer is worth: the last score, the tier, and what was bought (SYS-36). */
export const value = projection(events, {
  name: 'value',
  version: 1,
  about: 'What is each customer worth: scores, tier, purchases and revenue?',
  columns,
  indexes: [['tier', 'sum'], ['firstMonth'], ['lastPurchaseAt']],
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
    lastPurchaseAt: later(row.lastPurchaseAt, purchasedAt),
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
  RfmScored: (_, score) => ({
    month: score.month,
    r: score.r,
    f: score.f,
    m: score.m,
    sum: score.sum,
    recencyDays: score.recencyDays,
    frequency: score.frequency,
    monetaryMinor: score.monetary.minor,
    monetaryCurrency: score.monetary.currency,
    tier: score.tier,
    downgradePending: score.downgradePending,
    ruleScope: score.ruleScope,
    ruleVersion: score.ruleVersion,
    basis: score.basis,
  }),
  ValueTierChanged: (_, { to }, { occurredAt }) => ({ tier: to, tierSince: occurredAt }),
});
