import * as events from '@rapport/domain/events';
import type { Department, TaskWait } from '@rapport/domain/values';
import { flag, howMany, instant, maybe, projection, text } from '@rapport/kernel';
import { ofTask } from './department-task.keys';

export type TaskState = 'ASSIGNED' | 'ACCEPTED' | 'DISPUTED' | 'COMPLETED' | 'CANCELLED';

/** Every task of every department, with what it waits for and what came too late. */
export const departmentTaskBoard = projection(events, {
  name: 'department-task-board',
  version: 1,
  about: 'Which department has which task of which ticket, in which state, until when, and what is overdue?',
  // prettier-ignore
  columns: {
    ticketId: text().says('The ticket it is done for (SYS-17.2)'),
    taskId: text().says('What the task is called within its ticket (SYS-17.2)'),
    customerId: text().says('Whose ticket it is (SYS-17.2)'),
    department: text<Department>('CUSTOMER_SERVICE').says('Whose task it is; in a dispute: where it lay (SYS-17.3)'),
    from: maybe(text<Department>('CUSTOMER_SERVICE')).says('The department it lay with before; null: none (SYS-17.4)'),
    duty: text().says('What is to be done (SYS-17.2)'),
    output: maybe(text()).says('What is handed over at the end; null: not said (SYS-17.2)'),
    ownerId: maybe(text()).says('Who answered to the customer when it was assigned; null: nobody yet (SYS-17.1)'),
    state: text<TaskState>('ASSIGNED').says('ASSIGNED, ACCEPTED, DISPUTED, COMPLETED or CANCELLED (SYS-17.3)'),
    waitsFor: maybe(text<TaskWait>('ACCEPTANCE')).says('ACCEPTANCE, RULING or OUTPUT: the next thing; null: it is over (SYS-17.3)'),
    waitsUntil: maybe(instant()).says('Until when that is to come; null: it is over (SYS-17.3, SYS-17.4)'),
    dueAt: instant().says('Until when it has to be done, whoever does it (SYS-17.2)'),
    assignedAt: instant().says('When the department got it (SYS-17.3)'),
    acceptedAt: maybe(instant()).says('When it was taken on, or given by a ruling; null: not yet (SYS-17.3)'),
    completedAt: maybe(instant()).says('When it was done; null: it is not (SYS-17.6)'),
    declines: howMany().says('How often it was declined (SYS-17.4)'),
    handovers: howMany().says('How often it went from one department to another (SYS-17.4)'),
    ruled: flag().says('It was ruled whose task it is: it cannot be declined again (SYS-17.5)'),
    green: flag().says('Its time to answer is that of an open green channel: 15 minutes (SYS-24.3)'),
    workLate: flag().says('Its due time has passed and it is not done, whatever it waits for (R-22)'),
    overdue: flag().says('What it waits for has not come in time, or it was completed late (R-22)'),
    overdueSince: maybe(instant()).says('Since when what it waits for is overdue; null: it is not (R-22)'),
  },
  indexes: [
    ['department', 'state'],
    ['ticketId'],
    ['state', 'waitsUntil'],
    ['overdue', 'department'],
    ['customerId'],
  ],
  history: true,
  key: 'taskId',
  per: 'task of a ticket',
  keys: {
    ...{ DepartmentTaskAssigned: ofTask, DepartmentTaskAccepted: ofTask, DepartmentTaskDeclined: ofTask },
    ...{ ResponsibilityDisputed: ofTask, ResponsibilityRuled: ofTask, DepartmentTaskOverdue: ofTask },
    ...{ DepartmentTaskCompleted: ofTask, DepartmentTaskCancelled: ofTask },
  },
}).on({
  DepartmentTaskAssigned: (
    { handovers, ...before },
    { ticketId, taskId, customerId, department, ...task },
  ) => ({
    ...{ ticketId, taskId, customerId, department, from: task.from ?? null, duty: task.duty },
    ...{ output: task.output ?? null, ownerId: task.ownerId ?? null, dueAt: task.dueAt, green: task.green },
    ...{ state: 'ASSIGNED', assignedAt: task.assignedAt, acceptedAt: null },
    ...waits('ACCEPTANCE', task.acceptBy),
    handovers: handovers + Number(task.from !== undefined),
    workLate: before.workLate && before.dueAt === task.dueAt,
  }),
  DepartmentTaskAccepted: ({ workLate }, { acceptedAt, dueAt }) => ({
    ...{ state: 'ACCEPTED', acceptedAt },
    ...waits('OUTPUT', dueAt, workLate),
  }),
  DepartmentTaskDeclined: (_, { declines }) => ({ declines }),
  ResponsibilityDisputed: (_, { department, rulingBy }) => ({
    ...{ state: 'DISPUTED', department },
    ...waits('RULING', rulingBy),
  }),
  ResponsibilityRuled: ({ workLate }, { department, from, ruledAt: acceptedAt, dueAt }) => ({
    ...{ state: 'ACCEPTED', department, from, acceptedAt, ruled: true },
    ...waits('OUTPUT', dueAt, workLate),
  }),
  DepartmentTaskOverdue: ({ waitsFor }, { wait, overdueAt: overdueSince }) => ({
    ...(wait === 'OUTPUT' && { workLate: true }),
    ...(wait === waitsFor && { overdue: true, overdueSince }),
  }),
  DepartmentTaskCompleted: (_, { completedAt, late: overdue }) => ({
    ...{ state: 'COMPLETED', completedAt, waitsFor: null, waitsUntil: null, overdue, overdueSince: null },
    workLate: false,
  }),
  DepartmentTaskCancelled: () => ({
    ...{ state: 'CANCELLED', waitsFor: null, waitsUntil: null, overdue: false, overdueSince: null },
    workLate: false,
  }),
});

/** Something else is waited for now: that is in time, unless its own time has passed meanwhile. */
const waits = (waitsFor: TaskWait, waitsUntil: string, overdue = false) => ({
  ...{ waitsFor, waitsUntil, overdue, overdueSince: overdue ? waitsUntil : null },
});
