import { reject } from '@rapport/kernel';
import type { PlanPlace, Quadrant } from './ticket.priority.values';

const WEEK = /^(\d{4})-W(0[1-9]|[1-4]\d|5[0-3])$/;
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
const DAY_MS = 86_400_000;

/** The ISO week that a day (2024-03-04) lies in: 2024-W10. It belongs to the year in which its Thursday lies. */
export const weekOf = (day: string): string => {
  const date = Date.parse(day);
  const weekday = (new Date(date).getUTCDay() + 6) % 7;
  const thursday = new Date(date + (3 - weekday) * DAY_MS);
  const year = thursday.getUTCFullYear();
  const dayOfYear = (thursday.getTime() - Date.UTC(year, 0, 1)) / DAY_MS;
  return `${year}-W${String(Math.floor(dayOfYear / 7) + 1).padStart(2, '0')}`;
};
/** Not every year has a week 53. */
const isWeek = (period: string): boolean => {
  const [, year, week] = WEEK.exec(period) ?? [];
  return year !== undefined && (Number(week) < 53 || weekOf(`${year}-12-31`) === period);
};

/** What a place must say beside its kind, and how the one is recognised that is over. */
interface PlaceRule {
  readonly field: 'period' | 'name' | 'reviewOn';
  readonly sentence: string;
  readonly holds: (said: string) => boolean;
  readonly isPast: (said: string, today: string) => boolean;
}
const PLACES: Readonly<Record<PlanPlace['kind'], PlaceRule>> = {
  WEEKLY: {
    ...{ field: 'period', sentence: 'a weekly plan is named by its week, such as 2024-W10', holds: isWeek },
    isPast: (week, today) => week < weekOf(today),
  },
  MONTHLY: {
    ...{ field: 'period', sentence: 'a monthly plan is named by its month, such as 2024-03' },
    holds: (period) => MONTH.test(period),
    isPast: (month, today) => month < today.slice(0, 7),
  },
  SPECIAL: {
    ...{ field: 'name', sentence: 'a special plan has a name', holds: () => true, isPast: () => false },
  },
  ITERATION: {
    ...{
      field: 'reviewOn',
      sentence: 'a ticket in the iteration backlog has a day on which it is looked at',
    },
    holds: () => true,
    isPast: (day, today) => day <= today,
  },
};

/** The place with what its kind needs and nothing else. Refused: without that, or over. `today` by the customer's calendar. */
export const placeIn = (
  { kind, ...said }: Pick<PlanPlace, 'kind' | 'period' | 'name' | 'reviewOn'>,
  today: string,
): PlanPlace => {
  const { field, sentence, holds, isPast } = PLACES[kind];
  const value = said[field];
  if (value === undefined || !holds(value)) return reject('PLAN_UNNAMED', field, sentence);
  if (isPast(value, today)) reject('PLAN_OVER', field, 'nothing can be planned for a time that is over');
  return { kind, [field]: value };
};

/** What is important is planned, not put off into a later iteration (SYS-14.3). */
export const fits = (quadrant: Quadrant, { kind }: PlanPlace): boolean =>
  kind !== 'ITERATION' || quadrant === 'Q3' || quadrant === 'Q4';
export const samePlace = (one: PlanPlace | undefined, other: PlanPlace): boolean =>
  one?.kind === other.kind &&
  one.period === other.period &&
  one.name === other.name &&
  one.reviewOn === other.reviewOn;
