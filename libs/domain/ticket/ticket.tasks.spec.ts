import { scenario } from '@rapport/kernel/spec';
import { publishedSince } from '../sla/sla.story';
import { ticket } from './ticket.decider';
import * as ticketEvents from './ticket.events';
import { GreenChannelOpened } from './ticket.greenchannel.events';
import * as c from './ticket.tasks.commands';
import * as e from './ticket.tasks.events';
import { TASKS_MAX } from './ticket.tasks.values';
import {
  NOW,
  FRIDAY_14,
  DUE,
  of,
  registered,
  id,
  work,
  assigned,
  accepted,
  declined,
  toService,
  disputed,
  ruled,
  completed,
  due,
  assign,
  complete,
  withCalendar,
} from './ticket.tasks.story';

const at = (now: string) => withCalendar(scenario(ticket, { now }).given);
const given = withCalendar(scenario(ticket, { now: NOW }).given);

describe('a task goes to a department', () => {
  it('which has four working hours to answer, over the weekend too', () => {
    given(registered).when(assign('TECHNICAL')).then(assigned('TECHNICAL'));
    const late = '2024-03-01T08:30:00.000Z';
    const [event] = at(late)(registered).when(assign('TECHNICAL')).decided();
    expect(event?.data).toMatchObject({ assignedAt: late, acceptBy: '2024-03-04T03:30:00.000Z' });
  });
  it('by the calendar of the policy in force: a holiday is no working day', () => {
    const friday = '2024-03-01T08:30:00.000Z';
    const holidays = [{ day: '2024-03-04', name: 'a holiday' }];
    for (const policy of [{}, { calendarId: 'plant' }]) {
      const rulebook = publishedSince('2024-01-01T00:00:00.000Z', { policy, calendar: { holidays } });
      const [event] = at(friday)(registered).when(assign('TECHNICAL'), { rulebook }).decided();
      expect(event?.data).toMatchObject({ acceptBy: '2024-03-05T03:30:00.000Z' });
    }
  });
  it('within 15 minutes as long as a green channel is open, by night too', () => {
    const opened = GreenChannelOpened.of({
      ...{ ...of, cause: 'QUADRANT_1', openedAt: NOW, planBy: FRIDAY_14 },
    });
    const [event] = given(registered, opened).when(assign('TECHNICAL')).decided();
    expect(event?.data).toMatchObject({ acceptBy: '2024-03-01T02:15:00.000Z', green: true });
  });
  it('with a due time, in the future', () => {
    given(registered)
      .when(assign('TECHNICAL', { dueAt: undefined }))
      .thenRefused('DUE_REQUIRED');
    given(registered)
      .when(assign('TECHNICAL', { dueAt: NOW }))
      .thenRefused('DUE_IN_PAST');
  });
  it('once; the same again is nothing new, another work under its name is refused', () => {
    given(registered, assigned('TECHNICAL')).when(assign('TECHNICAL')).thenNothing();
    given(registered, assigned('TECHNICAL'))
      .when(assign('TECHNICAL', { duty: 'paint it' }))
      .thenRefused('TASK_EXISTS');
    given(registered, assigned('TECHNICAL'))
      .when(assign('TECHNICAL', { output: 'a new printer' }))
      .thenRefused('TASK_EXISTS');
    given(registered, assigned('TECHNICAL'))
      .when(assign('TECHNICAL', { output: undefined }))
      .thenNothing();
  });
  it('and is handed over to another one as long as nobody ruled', () => {
    given(registered, assigned('TECHNICAL'), accepted('TECHNICAL'))
      .when(assign('RND'))
      .then(assigned('RND', { from: 'TECHNICAL' }));
    given(registered, assigned('TECHNICAL'), declined('TECHNICAL', 'CUSTOMER_SERVICE'), toService, disputed())
      .when(assign('RND'))
      .thenRefused('TASK_DISPUTED');
    given(registered, assigned('TECHNICAL'), declined('TECHNICAL', 'CUSTOMER_SERVICE'), disputed(), ruled)
      .when(assign('RND'))
      .thenRefused('TASK_RULED');
    given(registered, assigned('TECHNICAL'), accepted('TECHNICAL'), completed(), due(1))
      .when(assign('RND'))
      .thenRefused('TASK_OVER');
  });
  it('and no further one when a ticket has two hundred', () => {
    const some = (n: number) =>
      Array.from({ length: n }, (_, k) => assigned('TECHNICAL', { taskId: `task-${k}` }));
    const last = given(registered, ...some(TASKS_MAX - 1)).when(assign('TECHNICAL'));
    expect(last.decided()).toHaveLength(1);
    given(registered, ...some(TASKS_MAX))
      .when(assign('TECHNICAL'))
      .thenRefused('TASKS_TOO_MANY');
  });
  it('only of an open ticket', () => {
    const closed = ticketEvents.TicketClosed.of({ ...of, outcome: 'CONFIRMED', closedAt: NOW, round: 1 });
    given(registered, closed).when(assign('TECHNICAL')).thenRefused('TICKET_CLOSED');
    given().when(assign('TECHNICAL')).thenRefused('TICKET_UNKNOWN');
  });
});

describe('a task is done', () => {
  it('by whom took it on, once; the last one asks the owner to tell the customer', () => {
    given(registered, assigned('TECHNICAL'), accepted('TECHNICAL')).when(complete).then(completed(), due(1));
    given(registered, assigned('TECHNICAL'), accepted('TECHNICAL'), completed(), due(1))
      .when(complete)
      .thenNothing();
    given(registered, assigned('TECHNICAL')).when(complete).thenRefused('TASK_NOT_ACCEPTED');
    given(registered, assigned('TECHNICAL'), accepted('TECHNICAL'), assigned('TECHNICAL', { taskId: 'b' }))
      .when(complete)
      .then(completed());
  });
  it('late after its due time, at it in time', () => {
    const lateness = (now: string) =>
      at(now)(registered, assigned('TECHNICAL'), accepted('TECHNICAL')).when(complete).decided()[0]?.data;
    expect(lateness(DUE)).toMatchObject({ late: false });
    expect(lateness('2024-03-05T10:00:00.001Z')).toMatchObject({ late: true });
  });
  it('or given up, with a reason', () => {
    const cancel = c.CancelDepartmentTask.of({ ...id, reason: 'it was the plug' });
    const cancelled = e.DepartmentTaskCancelled.of({
      ...{ ...of, ...work, department: 'TECHNICAL', reason: 'it was the plug', cancelledAt: NOW },
    });
    given(registered, assigned('TECHNICAL')).when(cancel).then(cancelled);
    given(registered, assigned('TECHNICAL'), cancelled).when(cancel).thenNothing();
    given(registered, assigned('TECHNICAL'), accepted('TECHNICAL'), completed(), due(1))
      .when(cancel)
      .thenRefused('TASK_OVER');
    given(registered, assigned('TECHNICAL', { taskId: 'b' }), completed('b'), assigned('TECHNICAL'))
      .when(cancel)
      .then(cancelled, due(1));
  });
});

describe('what was done is told to the customer once', () => {
  const cancel = c.CancelDepartmentTask.of({ ...id, reason: 'it was the plug' });
  const first = [assigned('TECHNICAL', { taskId: 'b' }), accepted('TECHNICAL', 'b'), completed('b'), due(1)];
  const told = ticketEvents.PlanPresented.of({ ...of, options: [], presentedAt: NOW, round: 1 });
  const mine = [assigned('TECHNICAL'), accepted('TECHNICAL')];

  it('so a further task that is given up leaves nothing to tell', () => {
    const left = given(registered, ...first, told, assigned('TECHNICAL')).when(cancel);
    expect(left.decided().map(({ messageClass }) => messageClass)).toEqual([e.DepartmentTaskCancelled]);
  });
  it('and a further task that is done is the only one to tell', () => {
    given(registered, ...first, told, ...mine)
      .when(complete)
      .then(completed(), due(1));
    given(registered, ...first, ...mine)
      .when(complete)
      .then(completed(), due(2));
  });
});

describe('a deadline of a task passes', () => {
  const note = (wait: 'ACCEPTANCE' | 'RULING' | 'OUTPUT', dueAt: string) =>
    c.NoteTaskOverdue.of({ ...id, wait, dueAt });
  const overdue = (wait: 'ACCEPTANCE' | 'RULING' | 'OUTPUT', overdueAt: string) =>
    e.DepartmentTaskOverdue.of({ ...of, ...work, department: 'TECHNICAL', wait, overdueAt });
  const after = at('2024-03-06T00:00:00.000Z');

  it('once, dated at the deadline, and not at the deadline itself', () => {
    after(registered, assigned('TECHNICAL'))
      .when(note('ACCEPTANCE', FRIDAY_14))
      .then(overdue('ACCEPTANCE', FRIDAY_14));
    const [event] = after(registered, assigned('TECHNICAL')).when(note('OUTPUT', DUE)).decided();
    expect(event?.at).toBe(DUE);
    after(registered, assigned('TECHNICAL'), overdue('ACCEPTANCE', FRIDAY_14))
      .when(note('ACCEPTANCE', FRIDAY_14))
      .thenNothing();
    at(FRIDAY_14)(registered, assigned('TECHNICAL'))
      .when(note('ACCEPTANCE', FRIDAY_14))
      .thenRefused('TASK_NOT_OVERDUE');
  });
  it('only as long as it is waited for', () => {
    after(registered, assigned('TECHNICAL'), accepted('TECHNICAL'))
      .when(note('ACCEPTANCE', FRIDAY_14))
      .thenNothing();
    after(registered, assigned('TECHNICAL'), accepted('TECHNICAL'), completed())
      .when(note('OUTPUT', DUE))
      .thenNothing();
    after(registered, assigned('TECHNICAL')).when(note('RULING', FRIDAY_14)).thenNothing();
    const open = after(registered, assigned('TECHNICAL'), disputed());
    expect(open.when(note('RULING', FRIDAY_14)).decided()).toHaveLength(1);
    after(registered).when(note('OUTPUT', DUE)).thenNothing();
  });
});
