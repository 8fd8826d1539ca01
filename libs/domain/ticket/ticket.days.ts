import type { Customer } from '../customer/customer.decider';
import { DEFAULT_ZONE } from '../customer/customer.values';
import { dateOf, dayOf } from '../sla/calendarday.rules';
import { DAY_MS, dateAt, segmentsOf } from '../sla/zone.rules';

/** The zone by whose clock a customer lives. */
export const zoneOf = (customer: Customer): string =>
  customer.stage === 'known' ? (customer.profile.ZONE ?? DEFAULT_ZONE) : DEFAULT_ZONE;

/** The calendar day of an instant in a zone: 2024-03-01. */
export const localDayOf = (instant: string, zone: string): string => dayOf(dateAt(zone, Date.parse(instant)));

/** The day that lies a number of days later. */
export const dayAfter = (day: string, days: number): string => dayOf(dateOf(day) + days);

/** Where only a day is named, the close of the standard window of that day is meant: 18:00 (O-22). */
const CLOSE_OF_DAY_MS = 18 * 3_600_000;
/** 18:00 of a day by the clock on the wall of a zone. */
export const closeOfDay = (day: string, zone: string): string => {
  const wall = dateOf(day) * DAY_MS + CLOSE_OF_DAY_MS;
  const date = dateOf(day);
  const found = [date - 1, date, date + 1]
    .flatMap((each) => segmentsOf(zone, each))
    .find(({ from, to, offset }) => from <= wall - offset && wall - offset < to);
  return new Date(wall - (found?.offset ?? 0)).toISOString();
};
