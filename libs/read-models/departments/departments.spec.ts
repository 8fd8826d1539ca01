import * as e from '@rapport/domain/events';
import type { Department } from '@rapport/domain/values';
import { rowsOf } from '@rapport/kernel/spec';
import { departmentTaskBoard } from './department-task-board.projection';
import { disputeList } from './dispute-list.projection';
import { handoffGraph } from './handoff-graph.projection';

/** Wednesday, 13 March, by the clock in Shanghai: the day of ST-05. */
const at = (time: string) => new Date(`2024-03-13T${time}:00+08:00`).toISOString();
const raisedAt = at('09:00');
const dueAt = at('18:00');
const of = { ticketId: 't-1', customerId: 'c-05', type: 'COMPLAINT', urgency: 'URGENT', raisedAt } as const;
const task = { ...of, taskId: 'fault', duty: 'find the fault', dueAt } as const;
const assigned = (department: Department, time: string, from?: Department) =>
  e.DepartmentTaskAssigned.of({
    ...{ ...task, department, assignedAt: at(time), acceptBy: at('14:30'), green: false, ownerId: 'ann' },
    ...(from === undefined ? { origin: 'ASSIGNED' } : { origin: 'PASSED_ON', from }),
  });
const declined = (department: Department, proposed: Department, declines: number) =>
  e.DepartmentTaskDeclined.of({
    ...{ ...task, department, proposed, declines, reason: 'usage error', declinedById: 'bob' },
    ...{ assignedAt: at('09:30'), declinedAt: at('10:10'), late: false },
  });
const between = ['CUSTOMER_SERVICE', 'TECHNICAL'];
const parties = ['TECHNICAL', 'CUSTOMER_SERVICE'];
const dispute = { parties, between, disputedAt: at('10:40'), rulingBy: at('14:40') };
const disputed = e.ResponsibilityDisputed.of({
  ...{ ...task, ...dispute, department: 'CUSTOMER_SERVICE', cause: 'DECLINED_TWICE' },
  ...{ level: 'SENIOR_MANAGEMENT', leadDepartment: 'CUSTOMER_SERVICE' },
});
const ruledAt = (time: string, late = false) =>
  e.ResponsibilityRuled.of({
    ...{ ...task, ...dispute, department: 'TECHNICAL', from: 'CUSTOMER_SERVICE', reason: 'a fault' },
    ...{ rulerId: 'boss', level: 'SENIOR_MANAGEMENT', ruledAt: at(time), late },
  });
const accepted = e.DepartmentTaskAccepted.of({
  ...{ ...task, department: 'TECHNICAL', acceptedById: 'bob', assignedAt: at('09:30') },
  ...{ acceptedAt: at('09:45'), late: false },
});
const completed = (late: boolean) =>
  e.DepartmentTaskCompleted.of({
    ...{ ...task, department: 'TECHNICAL', result: 'mended', completedById: 'bob', late },
    completedAt: at('17:00'),
  });
const cancelled = e.DepartmentTaskCancelled.of({
  ...{ ...task, department: 'CUSTOMER_SERVICE', reason: 'it was the plug', cancelledAt: at('11:40') },
});
const overdue = (wait: 'ACCEPTANCE' | 'RULING' | 'OUTPUT', time: string) =>
  e.DepartmentTaskOverdue.of({ ...task, department: 'TECHNICAL', wait, overdueAt: at(time) });
const pingPong = [
  assigned('TECHNICAL', '09:30'),
  declined('TECHNICAL', 'CUSTOMER_SERVICE', 1),
  assigned('CUSTOMER_SERVICE', '10:10', 'TECHNICAL'),
  declined('CUSTOMER_SERVICE', 'TECHNICAL', 2),
  disputed,
];

describe('the board of department tasks', () => {
  const board = (...events: Parameters<ReturnType<typeof rowsOf>['given']>) =>
    rowsOf(departmentTaskBoard)
      .given(...events)
      .row('t-1|fault');

  it('shows what a task waits for, and until when', () => {
    board(assigned('TECHNICAL', '09:30')).is({
      ...{ ticketId: 't-1', taskId: 'fault', customerId: 'c-05', department: 'TECHNICAL', ownerId: 'ann' },
      ...{ state: 'ASSIGNED', waitsFor: 'ACCEPTANCE', waitsUntil: at('14:30'), dueAt, handovers: 0 },
    });
    board(assigned('TECHNICAL', '09:30'), accepted).is({
      ...{ state: 'ACCEPTED', acceptedAt: at('09:45'), waitsFor: 'OUTPUT', waitsUntil: dueAt },
    });
    board(...pingPong).is({
      ...{ state: 'DISPUTED', department: 'CUSTOMER_SERVICE', declines: 2, handovers: 1 },
      ...{ waitsFor: 'RULING', waitsUntil: at('14:40') },
    });
    board(...pingPong, ruledAt('12:00')).is({
      ...{ state: 'ACCEPTED', department: 'TECHNICAL', ruled: true, waitsFor: 'OUTPUT', waitsUntil: dueAt },
    });
  });
  it('warns of what is overdue, as long as it is waited for', () => {
    board(assigned('TECHNICAL', '09:30'), overdue('ACCEPTANCE', '14:30')).is({
      ...{ overdue: true, overdueSince: at('14:30') },
    });
    board(assigned('TECHNICAL', '09:30'), overdue('ACCEPTANCE', '14:30'), accepted).is({
      ...{ overdue: false, overdueSince: null },
    });
    board(assigned('TECHNICAL', '09:30'), accepted, overdue('OUTPUT', '18:00')).is({ overdue: true });
  });
  it('does not forget over a dispute that the time of the work has passed', () => {
    const late = [...pingPong, overdue('OUTPUT', '18:00')];
    board(...late).is({ waitsFor: 'RULING', overdue: false, workLate: true });
    board(...late, ruledAt('19:00')).is({ overdue: true, overdueSince: dueAt });
    board(...late, assigned('TECHNICAL', '19:00')).is({ workLate: true, overdue: false });
  });
  it('keeps what is over: done, late or given up', () => {
    const over = { waitsFor: null, waitsUntil: null };
    board(assigned('TECHNICAL', '09:30'), accepted, completed(false)).is({
      ...{ ...over, state: 'COMPLETED', completedAt: at('17:00'), overdue: false },
    });
    board(assigned('TECHNICAL', '09:30'), accepted, completed(true)).is({ overdue: true });
    board(assigned('TECHNICAL', '09:30'), cancelled).is({ ...over, state: 'CANCELLED' });
  });
});

describe('the graph of handovers', () => {
  const graph = rowsOf(handoffGraph);

  it('shows ST-05 as one ping-pong between two departments', () => {
    graph
      .given(...pingPong, ruledAt('12:00'))
      .row('CUSTOMER_SERVICE|TECHNICAL')
      .is({
        ...{ one: 'CUSTOMER_SERVICE', other: 'TECHNICAL', oneToOther: 0, otherToOne: 1 },
        ...{ declines: 2, pingPongs: 1, rulings: 1, lastDisputedAt: at('10:40') },
      });
  });
  it('counts both ways apart, and nothing where a task only begins', () => {
    graph
      .given(
        assigned('TECHNICAL', '09:30', 'CUSTOMER_SERVICE'),
        assigned('CUSTOMER_SERVICE', '10:10', 'TECHNICAL'),
      )
      .row('CUSTOMER_SERVICE|TECHNICAL')
      .is({ oneToOther: 1, otherToOne: 1, pingPongs: 0 });
    graph.given(assigned('TECHNICAL', '09:30')).row('CUSTOMER_SERVICE|TECHNICAL').isGone();
  });
});

describe('the list of disputes', () => {
  const list = rowsOf(disputeList);

  it('shows ST-05 as closed in 1 h 20 min', () => {
    list
      .given(...pingPong)
      .row('t-1|fault')
      .is({
        ...{ parties, cause: 'DECLINED_TWICE', level: 'SENIOR_MANAGEMENT', state: 'OPEN', endedAt: null },
        ...{ leadDepartment: 'CUSTOMER_SERVICE', disputedAt: at('10:40'), rulingBy: at('14:40') },
      });
    list
      .given(...pingPong, ruledAt('12:00'))
      .row('t-1|fault')
      .is({
        ...{ state: 'RULED', ruledFor: 'TECHNICAL', rulerId: 'boss', endedAt: at('12:00'), overdue: false },
        openMs: 80 * 60_000,
      });
  });
  it('knows what was ruled too late, or not at all', () => {
    list
      .given(...pingPong, overdue('RULING', '14:40'))
      .row('t-1|fault')
      .is({ state: 'OPEN', overdue: true });
    list
      .given(...pingPong, ruledAt('15:00', true))
      .row('t-1|fault')
      .is({ state: 'RULED', overdue: true });
    list
      .given(...pingPong, cancelled)
      .row('t-1|fault')
      .is({ state: 'CANCELLED', endedAt: at('11:40'), openMs: 60 * 60_000 });
  });
  it('holds only what is disputed', () => {
    list.given(assigned('TECHNICAL', '09:30'), cancelled).row('t-1|fault').isGone();
    list.given(assigned('TECHNICAL', '09:30'), overdue('RULING', '14:40')).row('t-1|fault').isGone();
  });
});
