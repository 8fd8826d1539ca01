import { options } from '@rapport/kernel';

/** What a customer is worth to the business (handbook 2.5, SYS-36), best first. */
export const ValueTier = options('HIGH_VALUE', 'GROWTH', 'STANDARD');
export type ValueTier = keyof typeof ValueTier;

/** The higher, the more a tier is worth. */
export const TIER_RANK: Readonly<Record<ValueTier, number>> = { STANDARD: 1, GROWTH: 2, HIGH_VALUE: 3 };

/** The days of purchases that a monthly score looks at (handbook 2.5). */
export const RFM_WINDOW_DAYS = 365;

/** A month of the calendar, UTC: `2024-03`. */
export const isMonth = (text: string): boolean => /^\d{4}-(0[1-9]|1[0-2])$/.test(text);

/** The month an instant lies in (UTC). */
export const monthOf = (instant: string): string => instant.slice(0, 7);

/** The month that many months later (or earlier). */
export const monthAfter = (month: string, months = 1): string => {
  const count = monthNumber(month) + months;
  return `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}`;
};

/** Months counted from year 0, so that months can be subtracted. */
export const monthNumber = (month: string): number =>
  Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;

/** The first instant after a month: the moment for which it is scored. */
export const endOfMonth = (month: string): string => `${monthAfter(month)}-01T00:00:00.000Z`;
