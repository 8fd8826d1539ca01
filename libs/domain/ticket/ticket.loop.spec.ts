import { hydrate } from '@rapport/kernel';
import { scenario } from '@rapport/kernel/spec';
import * as base from './ticket.commands';
import { ticket } from './ticket.decider';
import * as ticketEvents from './ticket.events';
import * as c from './ticket.tasks.commands';
import * as e from './ticket.tasks.events';
import {
  NOW,
  FRIDAY_14,
  DUE,
  of,
  registered,
  work,
  assigned,
  accepted,
  completed,
  due,
  complete,
  withCalendar,
} from './ticket.tasks.story';
import { ToldDuty, type DepartmentDuty } from './ticket.tasks.values';

const as = (role: string, id = 'uma', now = NOW) =>
  withCalendar(scenario(ticket, { now, actor: { id, role } }).given);
const given = withCalendar(scenario(ticket, { now: NOW }).given);

describe('a ticket is not over', () => {
  const solved = ticketEvents.SolutionDelivered.of({ ...of, solution: 'x', deliveredAt: NOW, round: 1 });
  const confirmed = ticketEvents.CustomerConfirmedSatisfied.of({ ...of, confirmedAt: NOW, round: 1 });
  const close = base.CloseTicket.of({ ticketId: 't-1' });

  it('as long as a department has a task', () => {
    given(registered, assigned('TECHNICAL'), solved, confirmed).when(close).thenRefused('OPEN_TASK');
    as('SUPERVISOR', 'uma', '2024-03-20T02:00:00.000Z')(registered, assigned('TECHNICAL'), solved)
      .when(base.CloseUnconfirmed.of({ ticketId: 't-1' }))
      .thenRefused('OPEN_TASK');
  });
  it('as long as the customer has not been told what was done', () => {
    const done = [assigned('TECHNICAL'), accepted('TECHNICAL'), completed(), due(1)];
    given(registered, solved, confirmed, ...done)
      .when(close)
      .thenRefused('CUSTOMER_NOT_TOLD');
    const told = ticketEvents.PlanPresented.of({ ...of, options: [], presentedAt: NOW, round: 1 });
    expect(
      given(registered, solved, confirmed, ...done, told)
        .when(close)
        .decided(),
    ).toHaveLength(1);
    expect(
      given(registered, ...done, solved, confirmed)
        .when(close)
        .decided(),
    ).toHaveLength(1);
  });
  it('and when it ends all the same, no task is lost', () => {
    const cancelled = (reason: string) =>
      e.DepartmentTaskCancelled.of({
        ...{ ...of, ...work, department: 'TECHNICAL', reason, cancelledAt: NOW },
      });
    given(registered, assigned('TECHNICAL'))
      .when(base.WithdrawTicket.of({ ticketId: 't-1', reason: 'x' }))
      .then(
        cancelled('the customer took the need back'),
        ticketEvents.TicketWithdrawn.of({ ...of, reason: 'x', withdrawnAt: NOW }),
      );
    as('MIGRATION')(registered, assigned('TECHNICAL'))
      .when(base.CloseUnconfirmed.of({ ticketId: 't-1' }))
      .then(
        cancelled('the ticket was closed'),
        ticketEvents.TicketClosed.of({ ...of, outcome: 'UNCONFIRMED', closedAt: NOW, round: 1 }),
      );
    as('SYSTEM')(registered, assigned('TECHNICAL'), solved, confirmed)
      .when(close)
      .then(
        cancelled('the ticket was closed'),
        ticketEvents.TicketClosed.of({ ...of, outcome: 'CONFIRMED', closedAt: NOW, round: 1 }),
      );
  });
});

describe('several departments', () => {
  const duty = (department: 'TECHNICAL' | 'PRODUCT', more: object = {}) =>
    hydrate(ToldDuty, { department, duty: 'look', output: 'a finding', dueAt: DUE, ...more });
  const agreed = (department: 'TECHNICAL' | 'PRODUCT'): DepartmentDuty => ({
    ...{ department, duty: 'look', output: 'a finding', dueAt: DUE },
  });
  const hold = (...duties: ToldDuty[]) => c.HoldCoordinationMeeting.of({ ticketId: 't-1', duties });
  const held = e.CoordinationMeetingHeld.of({
    ...{ ...of, leaderId: 'ann', heldAt: NOW },
    duties: [agreed('TECHNICAL'), agreed('PRODUCT')],
  });
  const step = base.RecordExecutionStep.of({
    ...{ ticketId: 't-1', stage: 'TECHNICAL_EVALUATION', executedAt: NOW, executorId: 'ann' },
    ...{ progress: 'looked at', final: true },
  });
  const other = (department: 'TECHNICAL' | 'RND') => assigned(department, { taskId: 'other' });

  it('meet before anything is carried out', () => {
    const two = [registered, assigned('TECHNICAL'), accepted('TECHNICAL'), other('RND')];
    given(...two)
      .when(step)
      .thenRefused('MEETING_REQUIRED');
    given(...two)
      .when(complete)
      .thenRefused('MEETING_REQUIRED');
    as('MIGRATION')(...two)
      .when(step)
      .decided();
    const one = [registered, assigned('TECHNICAL'), accepted('TECHNICAL'), other('TECHNICAL')];
    expect(
      given(...one)
        .when(step)
        .decided(),
    ).toHaveLength(1);
  });
  it('each with a duty, an output and a due time', () => {
    given(registered)
      .when(hold(duty('TECHNICAL'), duty('PRODUCT')))
      .then(held);
    given(registered)
      .when(hold(duty('TECHNICAL')))
      .thenRefused('DEPARTMENTS_TOO_FEW');
    given(registered)
      .when(hold(duty('TECHNICAL'), duty('PRODUCT', { dueAt: undefined })))
      .thenRefused('DUE_REQUIRED');
    const silent = hold(duty('TECHNICAL', { output: '' }), duty('PRODUCT'));
    expect(() => given(registered).when(silent).decided()).toThrow('output must not be empty');
  });
  it('go on when the meeting has named all of them', () => {
    const product = e.DepartmentTaskAssigned.of({
      ...{ ...of, ...work, taskId: 'b', department: 'PRODUCT', origin: 'ASSIGNED', green: false },
      ...{ assignedAt: NOW, acceptBy: FRIDAY_14 },
    });
    expect(given(registered, assigned('TECHNICAL'), product, held).when(step).decided()).toHaveLength(1);
    given(registered, assigned('TECHNICAL'), product, held, other('RND'))
      .when(step)
      .thenRefused('MEETING_REQUIRED');
  });
  it('get their duties as tasks, where the meeting names them so', () => {
    const [meeting, ...tasks] = given(registered)
      .when(hold(duty('TECHNICAL', { taskId: 'look' }), duty('PRODUCT')))
      .decided();
    expect(meeting?.messageClass).toBe(e.CoordinationMeetingHeld);
    expect(tasks).toHaveLength(1);
    expect(tasks[0]?.data).toMatchObject({ taskId: 'look', department: 'TECHNICAL', origin: 'MEETING' });
    given(registered)
      .when(hold(duty('TECHNICAL', { taskId: 'look' }), duty('PRODUCT', { taskId: 'look' })))
      .thenRefused('TASK_REPEATED');
    given(registered, assigned('TECHNICAL'))
      .when(hold(duty('TECHNICAL', { taskId: 'print' }), duty('PRODUCT')))
      .thenRefused('TASK_EXISTS');
  });
});
