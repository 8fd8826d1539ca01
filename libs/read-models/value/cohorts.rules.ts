import { monthNumber } from '@rapport/domain/values';
import type { Group } from '@rapport/kernel';
import { shareOf } from '../figures';
import { BOUGHT } from './value.rules';

/** One line of the triangle: who first bought in `month`, and how many of them bought in month + 0, 1, 2 … */
export interface Cohort {
  readonly month: string;
  readonly customers: number;
  readonly active: readonly number[];
  readonly shares: readonly (number | null)[];
}

/** The cohort triangle up to the last month in which anybody bought: one look at each group, however many there are. */
export const cohortsOf = (groups: readonly Group[]): readonly Cohort[] => {
  const end = groups.reduce((last, group) => Math.max(last, lastMonth(group)), 0);
  const cohorts = new Map<string, number[]>();
  for (const group of groups) {
    const month = String(group['firstMonth']);
    const active = cohorts.get(month) ?? noneUntil(end, month);
    add(active, String(group['pattern']), group.rows);
    cohorts.set(month, active);
  }
  return [...cohorts].sort(([one], [other]) => (one < other ? -1 : 1)).map(cohort);
};

const cohort = ([month, active]: readonly [string, readonly number[]]): Cohort => {
  const [customers = 0] = active;
  return { month, customers, active, shares: active.map((each) => shareOf(each, customers)) };
};
const noneUntil = (end: number, month: string): number[] =>
  Array.from({ length: end - monthNumber(month) + 1 }, () => 0);
/** Fifty thousand patterns are a million marks: they are compared as numbers. */
const MARK = BOUGHT.charCodeAt(0);

const add = (active: number[], pattern: string, customers: number): void => {
  for (let offset = 0; offset < pattern.length; offset++)
    if (pattern.charCodeAt(offset) === MARK) active[offset] = (active[offset] ?? 0) + customers;
};
const lastMonth = ({ firstMonth, pattern }: Group): number =>
  monthNumber(String(firstMonth)) + String(pattern).length - 1;
