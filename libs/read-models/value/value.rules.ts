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
interface LastTwo {
  readonly previousAt: string | null;
  readonly lastAt: string | null;
}
export const withLatest = ({ previousAt, lastAt }: LastTwo, at: string): LastTwo => {
  if (lastAt === null || at >= lastAt) return { previousAt: lastAt, lastAt: at };
  return { previousAt: later(previousAt, at), lastAt };
};
