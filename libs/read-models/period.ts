import { isMonth } from '@rapport/domain/values';
import { reject } from '@rapport/kernel';

/** Months from one to another, both included; open where a side is missing. */
export const periodOf = (from: string | undefined, to: string | undefined) => {
  assertMonth('from', from);
  assertMonth('to', to);
  if (from !== undefined && to !== undefined && to < from)
    reject('PERIOD_REVERSED', 'to', 'the period ends before it begins');
  return {
    holds: (month: string): boolean =>
      (from === undefined || month >= from) && (to === undefined || month <= to),
  };
};
export const assertMonth = (field: string, month: string | undefined): void => {
  if (month !== undefined && !isMonth(month))
    reject('MONTH_UNKNOWN', field, `${field} must be a month such as 2024-03`);
};
