import { isMonth } from '@rapport/domain/values';
import { reject, type Condition } from '@rapport/kernel';

/** Months from one to another, both included; open where a side is missing. */
export const periodOf = (from: string | undefined, to: string | undefined) => {
  assertMonth('from', from);
  assertMonth('to', to);
  if (from !== undefined && to !== undefined && to < from)
    reject('PERIOD_REVERSED', 'to', 'the period ends before it begins');
  return {
    holds: (month: string): boolean =>
      (from === undefined || month >= from) && (to === undefined || month <= to),
    /** The same for a store. */
    where: [...only('>=', from), ...only('<=', to)],
  };
};
const only = (operator: '>=' | '<=', month: string | undefined): readonly Condition[] =>
  month === undefined ? [] : [['month', operator, month]];

/** What the parameters name, for a store. */
export const wanted = (params: Readonly<Record<string, string | undefined>>): readonly Condition[] =>
  Object.entries(params).flatMap(([column, value]): readonly Condition[] =>
    value === undefined ? [] : [[column, '=', value]],
  );
export const assertMonth = (field: string, month: string | undefined): void => {
  if (month !== undefined && !isMonth(month))
    reject('MONTH_UNKNOWN', field, `${field} must be a month such as 2024-03`);
};
