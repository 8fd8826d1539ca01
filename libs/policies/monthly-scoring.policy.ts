import { ScoreRfm } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import { endOfMonth, monthAfter, scopeOf } from '@rapport/domain/values';
import { at, json, policy, text, type Due, type Reaction, type RowOf } from '@rapport/kernel';
import { inputsOf, monthToScore, pruned, withPurchase, type ScoredPurchase } from './monthly-scoring.inputs';

const columns = {
  purchases: json<readonly ScoredPurchase[]>([]),
  olderAt: text(),
  /** The currency of the last purchase, for a month in which there is none left. */
  currency: text(),
  industry: text(),
  /** The month that waits for its end, and the last that was scored. */
  waiting: text(),
  scored: text(),
};
type Memory = RowOf<typeof columns>;

/** Scores every customer who bought, at the first instant after each month, until nothing can change any more (SYS-36). */
export const monthlyScoring = policy(events, {
  name: 'monthly-scoring',
  about: 'Scores recency, frequency and money of each customer when a month is over.',
  key: 'customerId',
  columns,
}).on({
  CustomerRegistered: (memory, { industry }) => ofIndustry(memory, industry),
  CustomerProfileUpdated: (memory, { field, to }) =>
    field === 'INDUSTRY' ? ofIndustry(memory, to) : undefined,

  PurchaseRecorded: (memory, { purchaseId, purchasedAt, amount: { minor, currency } }) => {
    const purchases = withPurchase(memory.purchases, { purchaseId, at: purchasedAt, minor, currency });
    return waits({ ...memory, purchases }, monthToScore(memory.waiting, memory.scored, purchasedAt));
  },

  RefundRecorded: (memory, { purchaseId, purchaseAmount, refundedTotal, refundedAt }) => {
    const minor = purchaseAmount.minor - refundedTotal.minor;
    const purchases = memory.purchases.map((one) =>
      one.purchaseId === purchaseId ? { ...one, minor } : one,
    );
    const tooLate = memory.waiting === '' || refundedAt >= endOfMonth(memory.waiting);
    return tooLate ? { remember: { purchases } } : waits({ ...memory, purchases }, memory.waiting);
  },

  RfmScored: (memory, { month, tier, downgradePending, lastPurchaseAt, monetary }) => {
    const next = monthAfter(month);
    const { purchases, olderAt } = pruned(memory, next);
    /** A score that a person asked for may know of purchases that nobody recorded here. */
    const last = purchases.length === 0 && lastPurchaseAt > olderAt ? lastPurchaseAt : olderAt;
    const currency = memory.currency || monetary.currency;
    const known = { ...memory, purchases, olderAt: last, currency, scored: month };
    const goesOn = purchases.length > 0 || tier !== 'STANDARD' || downgradePending;
    return goesOn ? waits(known, next) : { remember: { ...kept(known), waiting: '' }, wake: null };
  },
});

const ofIndustry = (memory: Memory, name: string): Reaction<typeof columns> => {
  const industry = scopeOf(name);
  return memory.waiting === '' ? { remember: { industry } } : waits({ ...memory, industry }, memory.waiting);
};

const waits = (memory: Memory, month: string): Reaction<typeof columns> => {
  const known = { ...memory, ...pruned(memory, month), waiting: month };
  const currency = inputsOf(known, month).currency || known.currency;
  return { remember: { ...kept(known), currency }, wake: scoring({ ...known, currency }, month) };
};

const scoring = (memory: Memory, month: string): Due => {
  const { lastPurchaseAt, purchases, spent } = inputsOf(memory, month);
  const { key: customerId, currency, industry } = memory;
  const inputs = { customerId, month, lastPurchaseAt, purchases, spent: { minor: spent, currency } };
  return at(endOfMonth(month), ScoreRfm.of({ ...inputs, ...(industry !== '' && { industry }) }));
};

const kept = ({ purchases, olderAt, currency, industry, waiting, scored }: Memory) => ({
  ...{ purchases, olderAt, currency, industry, waiting, scored },
});
