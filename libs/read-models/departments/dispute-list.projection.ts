import * as events from '@rapport/domain/events';
import type { Department, DisputeCause, RulingLevel } from '@rapport/domain/values';
import { flag, instant, integer, json, maybe, projection, rollup, text } from '@rapport/kernel';
import { ofTask } from './department-task.keys';

export type DisputeState = 'OPEN' | 'RULED' | 'CANCELLED';

/** Tasks that nobody takes: each can be disputed once, since a ruling cannot be declined. */
export const disputeList = projection(events, {
  name: 'dispute-list',
  version: 1,
  about: 'Which departments dispute whose task it is, who has to rule until when, and how did it end?',
  // prettier-ignore
  columns: {
    ticketId: text().says('The ticket it is about (SYS-17.4)'),
    taskId: text().says('The task that nobody takes (SYS-17.4)'),
    customerId: text().says('Whose ticket it is (SYS-17.4)'),
    parties: json<readonly string[]>([]).says('Who declined the task, and to whom it would have gone (SYS-17.4)'),
    cause: text<DisputeCause>('DECLINED_TWICE').says('DECLINED_TWICE, or HANDED_BACK to whom had declined it (SYS-17.4)'),
    leadDepartment: maybe(text()).says('Who led the ticket then; null: nobody (SYS-17.1)'),
    level: text<RulingLevel>('DEPARTMENT_HEAD').says('Who has to rule: DEPARTMENT_HEAD (of the lead) or SENIOR_MANAGEMENT (SYS-17.4)'),
    state: text<DisputeState>('OPEN').says('OPEN, RULED or CANCELLED, with its task (SYS-17.4)'),
    disputedAt: instant().says('When it began (SYS-17.4)'),
    rulingBy: instant().says('Until when it is to be ruled: four hours later (SYS-17.4)'),
    overdue: flag().says('It was not ruled by then (SYS-17.4)'),
    ruledFor: maybe(text<Department>('CUSTOMER_SERVICE')).says('Who has to do it; null: not ruled (SYS-17.5)'),
    rulerId: maybe(text()).says('Who ruled; null: not ruled (SYS-17.5)'),
    endedAt: maybe(instant()).says('When it was ruled or the task given up; null: neither (SYS-17.5)'),
    openMs: maybe(integer()).says('How long it was open; null: it still is (SYS-17.5)', 'ms'),
  },
  indexes: [['state', 'rulingBy'], ['ticketId'], ['customerId'], ['level', 'state']],
  history: true,
  key: 'taskId',
  per: 'disputed task',
  keys: {
    ...{ ResponsibilityDisputed: ofTask, ResponsibilityRuled: ofTask },
    ...{ DepartmentTaskOverdue: ofTask, DepartmentTaskCancelled: ofTask },
  },
}).on({
  ResponsibilityDisputed: (_, { ticketId, taskId, customerId, parties, cause, level, ...dispute }) => ({
    ...{ ticketId, taskId, customerId, parties, cause, level },
    ...{ leadDepartment: dispute.leadDepartment ?? null, state: 'OPEN' },
    ...{ disputedAt: dispute.disputedAt, rulingBy: dispute.rulingBy },
  }),
  ResponsibilityRuled: ({ disputedAt, overdue }, { department: ruledFor, rulerId, ruledAt, late }) => ({
    ...{ state: 'RULED', ruledFor, rulerId, overdue: overdue || late },
    ...ended(disputedAt, ruledAt),
  }),
  DepartmentTaskOverdue: ({ state, ticketId }, { wait }) =>
    wait === 'RULING' && ticketId !== '' && state === 'OPEN' ? { overdue: true } : undefined,
  DepartmentTaskCancelled: ({ state, ticketId, disputedAt }, { cancelledAt }) =>
    ticketId !== '' && state === 'OPEN'
      ? { state: 'CANCELLED', ...ended(disputedAt, cancelledAt) }
      : undefined,
});

const ended = (disputedAt: string, endedAt: string) => ({
  ...{ endedAt, openMs: Date.parse(endedAt) - Date.parse(disputedAt) },
});

export const disputeFigures = rollup(disputeList, {
  name: 'dispute-figures',
  version: 1,
  about: 'How many disputes are open, ruled and overdue, by who has to rule and the month they began in?',
  source: 'SYS-17.4',
  by: { level: ({ level }) => level, month: ({ disputedAt }) => disputedAt.slice(0, 7) },
  sums: {
    open: ({ state }) => Number(state === 'OPEN'),
    ruled: ({ state }) => Number(state === 'RULED'),
    overdue: ({ overdue }) => Number(overdue),
  },
  says: {
    level: 'Who has to rule: DEPARTMENT_HEAD or SENIOR_MANAGEMENT',
    month: ['The month they began in (UTC)', 'month'],
    rows: 'Disputes that were raised',
    open: 'Disputes that nobody has ruled yet',
    ruled: 'Disputes that were ruled',
    overdue: 'Disputes that were not ruled within four hours',
  },
});
