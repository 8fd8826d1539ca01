import { endOfMonth, monthAfter, monthOf, RFM_WINDOW_DAYS, daysAfter } from '@rapport/domain/values';

/** A purchase as it stands now: what was refunded is taken off. */
export interface ScoredPurchase {
  readonly purchaseId: string;
  readonly at: string;
  readonly minor: number;
  readonly currency: string;
}
export interface Purchases {
  /** Those of the last 365 days, oldest first. */
  readonly purchases: readonly ScoredPurchase[];
  /** The last purchase before those. */
  readonly olderAt: string;
}

/** The first month that is not scored yet and has to be: an earlier one that waits is kept, what was scored stands. */
export const monthToScore = (waiting: string, scored: string, purchasedAt: string): string => {
  const bought = monthOf(purchasedAt);
  const free = scored !== '' && bought <= scored ? monthAfter(scored) : bought;
  return waiting !== '' && waiting < free ? waiting : free;
};

/** In its place by time; the same purchase takes its own place. */
export const withPurchase = (
  purchases: readonly ScoredPurchase[],
  added: ScoredPurchase,
): readonly ScoredPurchase[] => {
  const others = purchases.filter(({ purchaseId }) => purchaseId !== added.purchaseId);
  const before = others.findLastIndex(({ at }) => at <= added.at) + 1;
  return others.toSpliced(before, 0, added);
};

/** Lets go of what no score from this month on will look at. */
export const pruned = ({ purchases, olderAt }: Purchases, month: string): Purchases => {
  const from = windowStart(month);
  const kept = purchases.filter(({ at }) => at >= from);
  const gone =
    purchases.length > kept.length ? (purchases[purchases.length - kept.length - 1]?.at ?? '') : '';
  return { purchases: kept, olderAt: gone > olderAt ? gone : olderAt };
};

/**
 * What a month is scored by, as of its end. Frequency counts every purchase, refunded or not; money is that in the
 * currency of the last purchase: amounts in other currencies are never added to it.
 */
export const inputsOf = ({ purchases, olderAt }: Purchases, month: string) => {
  const [from, end] = [windowStart(month), endOfMonth(month)];
  const mine = purchases.filter(({ at }) => at >= from && at < end);
  const last = mine.at(-1);
  const currency = last?.currency ?? '';
  return {
    lastPurchaseAt: last?.at ?? olderAt,
    purchases: mine.length,
    spent: mine.reduce((sum, each) => sum + (each.currency === currency ? each.minor : 0), 0),
    currency,
  };
};

const windowStart = (month: string): string => daysAfter(endOfMonth(month), -RFM_WINDOW_DAYS);
