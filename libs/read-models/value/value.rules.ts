import { monthNumber } from '@rapport/domain/values';

/** What came in and went back in one currency, in its minor units. */
export interface Earned {
  readonly purchases: number;
  readonly grossMinor: number;
  readonly refundedMinor: number;
}
export type Revenue = Readonly<Record<string, Earned>>;

/** Money is added only to money of its own currency. */
export const earning = (revenue: Revenue, currency: string, more: Earned): Revenue => {
  const known = revenue[currency] ?? { purchases: 0, grossMinor: 0, refundedMinor: 0 };
  const purchases = known.purchases + more.purchases;
  const grossMinor = known.grossMinor + more.grossMinor;
  const refundedMinor = known.refundedMinor + more.refundedMinor;
  return { ...revenue, [currency]: { purchases, grossMinor, refundedMinor } };
};

export const earlier = (one: string | null, other: string): string =>
  one !== null && one < other ? one : other;
export const later = (one: string | null, other: string): string =>
  one !== null && one > other ? one : other;

export const withMonth = (months: readonly string[], month: string): readonly string[] =>
  months.includes(month) ? months : [...months, month].sort();

/** A mark for each month from the first to the last, `1` where the customer bought: `1001`. Equal patterns are counted together. */
export const patternOf = (months: readonly string[]): string => {
  const [first = ''] = months;
  const marks = Array.from(
    { length: monthNumber(months.at(-1) ?? first) - monthNumber(first) + 1 },
    () => '0',
  );
  for (const month of months) marks[monthNumber(month) - monthNumber(first)] = BOUGHT;
  return marks.join('');
};
export const BOUGHT = '1';

/** The last two moments, whatever the order in which they become known. */
export const withLatest = (previous: string | null, last: string | null, at: string) =>
  last === null || at >= last
    ? { previousPurchaseAt: last, lastPurchaseAt: at }
    : { previousPurchaseAt: later(previous, at), lastPurchaseAt: last };

const DAY_MS = 86_400_000;
/** So many moments of one day say all: whether there was one, or two, before or after any time of that day. */
const OF_A_DAY_MAX = 4;

/**
 * The moments of a customer's purchases, oldest first, a new one in its place. Of a day (UTC) with more than four the
 * first two and the last two are kept: that is enough to say whether none, one or several lie in a window of a day or
 * more, and it bounds the row, however often a customer buys.
 */
export const withMoment = (moments: readonly number[], added: number): readonly number[] => {
  const place = moments.findLastIndex((moment) => moment <= added) + 1;
  const all = moments.toSpliced(place, 0, added);
  const day = Math.floor(added / DAY_MS);
  const from = all.findIndex((moment) => Math.floor(moment / DAY_MS) === day);
  const count = all.filter((moment) => Math.floor(moment / DAY_MS) === day).length;
  return count > OF_A_DAY_MAX ? all.toSpliced(from + 2, 1) : all;
};
