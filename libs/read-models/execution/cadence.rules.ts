import { hoursAfter } from '@rapport/domain/values';

interface Case {
  readonly type: string | null;
  readonly urgency: string;
  readonly priority: number | null;
  readonly grade: string | null;
  /** As the clocks saw the customer last: also a key account, a strategic partner, or of high value (C-11). */
  readonly priorityCustomer: boolean;
}
/** Complaints, what is urgent or of the first quadrant, and priority customers; and everything else (C-07). */
const SHORT_HOURS = 24;
const LONG_HOURS = 48;

/** So long a ticket may be without a sign of progress (C-07, R-09, R-10). */
export const cadenceHoursOf = ({ type, urgency, priority, grade, priorityCustomer }: Case): number =>
  type === 'COMPLAINT' || urgency === 'URGENT' || priority === 1 || grade === 'VIP' || priorityCustomer
    ? SHORT_HOURS
    : LONG_HOURS;

interface Quiet {
  readonly progressAt: string;
  readonly cadenceHours: number;
  readonly agreedNodes: readonly string[];
}
/** Until when nothing need be seen of it: a node that was agreed with the customer replaces the cadence up to it (C-07). */
export const quietUntilOf = ({ progressAt, cadenceHours, agreedNodes }: Quiet): string =>
  [...agreedNodes].sort().find((dueAt) => dueAt > progressAt) ?? hoursAfter(progressAt, cadenceHours);
