import { monthAfter, monthNumber } from '@rapport/domain/values';
import type { Group } from '@rapport/kernel';
import { groupedBy, shareOf, sumOf } from '../figures';
import { offsetsIn } from './value.rules';

/** One line of the triangle: who first bought in `month`, and how many of them bought in month + 0, 1, 2 … */
export interface Cohort {
  readonly month: string;
  readonly customers: number;
  readonly active: readonly number[];
  readonly shares: readonly (number | null)[];
}

/** The cohort triangle up to the last month in which anybody bought. */
export const cohortsOf = (groups: readonly Group[]): readonly Cohort[] => {
  const end = groups.reduce((last, group) => Math.max(last, lastMonth(group)), 0);
  return groupedBy(groups, ({ firstMonth }) => String(firstMonth)).map(([month, some]) => {
    const customers = sumOf(some, 'rows');
    const active = Array.from({ length: end - monthNumber(month) + 1 }, () => 0);
    for (const group of some)
      for (const offset of offsetsIn(String(group['pattern'])))
        active[offset] = (active[offset] ?? 0) + group.rows;
    return { month, customers, active, shares: active.map((each) => shareOf(each, customers)) };
  });
};

const lastMonth = ({ firstMonth, pattern }: Group): number =>
  monthNumber(monthAfter(String(firstMonth), offsetsIn(String(pattern)).at(-1)));
