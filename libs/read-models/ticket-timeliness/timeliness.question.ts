import { monthAfter } from '@rapport/domain/values';
import {
  Id,
  groupsBy,
  Optional,
  question,
  reject,
  Text,
  type Condition,
  type Group,
  type RowReader,
} from '@rapport/kernel';
import { HISTOGRAM_NOTE, linesOf, shareOf, spreadOf, sumOf } from '../figures';
import { assertMonth, periodOf, wanted } from '../period';
import { ticketQueue } from '../ticket-queue/ticket-queue.projection';
import { ticketTimeliness, timelinessFigures } from './ticket-timeliness.projection';

class TimelinessParams {
  /** Tickets raised from this month on, `2016-03` (UTC). */
  @Optional() @Text(7) from?: string;
  /** Tickets raised up to this month, itself included. */
  @Optional() @Text(7) to?: string;
  /** Only tickets whose last department this is. */
  @Optional() @Id() department?: string;
  /** Months at whose ends the open tickets are counted, `2016-03,2016-04`. */
  @Optional() @Text(500) backlogMonths?: string;
}
const MONTHS_MAX = 60;

/** How fast, how often and how well tickets were handled (SYS-64). */
export const timeliness = question({
  name: 'timeliness',
  about:
    'How long do tickets take until first work, response, solution and closure; how many are reopened, reassigned or late?',
  params: TimelinessParams,
  reads: [ticketTimeliness, ticketQueue],
  answer: async ({ from, to, department, backlogMonths }, { rows }) => {
    const months = monthsOf(backlogMonths);
    const where = [...periodOf(from, to).where, ...wanted({ department })];
    const groups = await groupsBy(rows, timelinessFigures, WAYS, where);
    return {
      ...{ from: from ?? null, to: to ?? null, department: department ?? null, note: HISTOGRAM_NOTE },
      overall: figuresOf(groups.overall),
      byPriority: linesOf(groups.byPriority, 'priority', figuresOf),
      byMonth: linesOf(groups.byMonth, 'month', figuresOf),
      backlog: await Promise.all(months.map((month) => openAtEnd(rows, month, department))),
    };
  },
});

const WAYS = { overall: [], byPriority: ['priority'], byMonth: ['month'] };

const figuresOf = (groups: readonly Group[]) => {
  const sum = (column: string) => sumOf(groups, column);
  const spread = (column: string) => spreadOf(groups, column);
  const [tickets, met, missed] = [sum('rows'), sum('verdictMet'), sum('verdictMissed')];
  return {
    ...{ tickets, closed: sum('closed'), withdrawn: sum('withdrawn') },
    open: tickets - sum('closed') - sum('withdrawn'),
    sourceVerdict: { n: met + missed, met, share: shareOf(met, met + missed) },
    reopened: { tickets: sum('reopenedTickets'), reopens: sum('reopens') },
    reassigned: {
      department: {
        tickets: sum('departmentReassignedTickets'),
        reassignments: sum('departmentReassignments'),
      },
      owner: { tickets: sum('ownerReassignedTickets'), reassignments: sum('ownerReassignments') },
    },
    ...{ severalRounds: sum('severalRounds'), solvedAgain: sum('solvedAgain') },
    ...{ firstWork: spread('firstWork'), firstResponse: spread('firstResponse') },
    ...{ firstResolution: spread('firstResolution'), lastResolution: spread('lastResolution') },
    ...{ closure: spread('closure'), waiting: spread('waiting') },
  };
};

/** Tickets that were open at the last moment of a month (UTC). */
const openAtEnd = async (rows: RowReader, month: string, department: string | undefined) => {
  const where: Condition[] = department === undefined ? [] : [['department', '=', department]];
  const at = new Date(Date.parse(`${monthAfter(month)}-01T00:00:00.000Z`) - 1).toISOString();
  return { month, at, open: await rows.count(ticketQueue.table, where, { time: at }) };
};

const monthsOf = (list: string | undefined): readonly string[] => {
  const months = list === undefined ? [] : list.split(',').map((month) => month.trim());
  months.forEach((month) => assertMonth('backlogMonths', month));
  if (months.length > MONTHS_MAX)
    reject('MONTHS_TOO_MANY', 'backlogMonths', `at most ${MONTHS_MAX} months at once`);
  return months;
};
