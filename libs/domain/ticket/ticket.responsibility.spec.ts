import { scenario } from '@rapport/kernel/spec';
import { ticket } from './ticket.decider';
import * as c from './ticket.tasks.commands';
import {
  FRIDAY_14,
  registered,
  led,
  id,
  assigned,
  accepted,
  declined,
  toService,
  disputed,
  ruled,
  completed,
  due,
  assign,
  accept,
  decline,
  complete,
  NOW,
  withCalendar,
} from './ticket.tasks.story';

const as = (role: string, id = 'uma', now = NOW) =>
  withCalendar(scenario(ticket, { now, actor: { id, role } }).given);
const at = (now: string) => withCalendar(scenario(ticket, { now }).given);
const given = withCalendar(scenario(ticket, { now: NOW }).given);

describe('the department answers', () => {
  it('yes, once; after its time it is late', () => {
    given(registered, assigned('TECHNICAL')).when(accept('TECHNICAL')).then(accepted('TECHNICAL'));
    given(registered, assigned('TECHNICAL'), accepted('TECHNICAL')).when(accept('TECHNICAL')).thenNothing();
    const lateness = (now: string) =>
      at(now)(registered, assigned('TECHNICAL')).when(accept('TECHNICAL')).decided()[0]?.data;
    expect(lateness(FRIDAY_14)).toMatchObject({ late: false });
    expect(lateness('2024-03-01T06:00:00.001Z')).toMatchObject({ late: true });
  });
  it('for itself only', () => {
    given(registered, assigned('TECHNICAL')).when(accept('CUSTOMER_SERVICE')).thenRefused('TASK_OF_ANOTHER');
    given(registered).when(accept('TECHNICAL')).thenRefused('TASK_UNKNOWN');
    given(registered, assigned('TECHNICAL')).when(decline('RND')).thenRefused('TASK_OF_ANOTHER');
  });
  it('no, with a reason and another department, to which the task goes', () => {
    given(registered, assigned('TECHNICAL'))
      .when(decline('TECHNICAL'))
      .then(declined('TECHNICAL', 'CUSTOMER_SERVICE'), toService);
    given(registered, assigned('TECHNICAL'), declined('TECHNICAL', 'CUSTOMER_SERVICE'), toService)
      .when(decline('TECHNICAL'))
      .thenNothing();
    given(registered, assigned('TECHNICAL'))
      .when(decline('TECHNICAL', 'TECHNICAL'))
      .thenRefused('PROPOSED_ITSELF');
    const silent = c.DeclineDepartmentTask.of({ ...decline('TECHNICAL'), reason: ' ' });
    expect(() => given(registered).when(silent).decided()).toThrow('reason must not be empty');
  });
  it('not no after yes', () => {
    given(registered, assigned('TECHNICAL'), accepted('TECHNICAL'))
      .when(decline('TECHNICAL'))
      .thenRefused('TASK_ACCEPTED');
  });
});

describe('ping-pong', () => {
  const passed = [registered, assigned('TECHNICAL'), declined('TECHNICAL', 'CUSTOMER_SERVICE'), toService];
  const rule = (rulerDepartment?: string) =>
    c.RuleResponsibility.of({
      ...{ ...id, department: 'TECHNICAL', reason: 'a fault' },
      ...(rulerDepartment !== undefined && { rulerDepartment }),
    } as c.RuleResponsibility);

  it('is found at the second decline; a ruling is due within four hours', () => {
    const [second, dispute] = given(...passed)
      .when(decline('CUSTOMER_SERVICE', 'TECHNICAL'))
      .decided();
    expect(second?.data).toMatchObject({ department: 'CUSTOMER_SERVICE', declines: 2 });
    expect(dispute).toEqual(disputed());
  });
  it('is found when a task is handed back to whom had declined it', () => {
    const [dispute, ...rest] = given(...passed, accepted('CUSTOMER_SERVICE'))
      .when(assign('TECHNICAL'))
      .decided();
    expect(dispute?.data).toMatchObject({ cause: 'HANDED_BACK', parties: ['TECHNICAL'] });
    expect(dispute?.data).toMatchObject({ between: ['CUSTOMER_SERVICE', 'TECHNICAL'] });
    expect(rest).toEqual([]);
  });
  it('is ruled by the head of the lead department; where that is a party, by senior management', () => {
    const between = disputed('DEPARTMENT_HEAD');
    const head = as('DEPARTMENT_HEAD');
    const others = [registered, led('RND'), assigned('TECHNICAL'), between];
    expect(
      head(...others)
        .when(rule('RND'))
        .decided()[0]?.data,
    ).toMatchObject({ level: 'DEPARTMENT_HEAD' });
    head(...others)
      .when(rule('SALES'))
      .thenRefused('ROLE_NOT_ALLOWED');
    head(...others)
      .when(rule('TECHNICAL'))
      .thenRefused('CONFLICT_OF_INTEREST');
    head(...others)
      .when(rule())
      .thenRefused('RULER_DEPARTMENT_MISSING');
    const own = [registered, led('CUSTOMER_SERVICE'), assigned('TECHNICAL'), disputed()];
    head(...own)
      .when(rule('CUSTOMER_SERVICE'))
      .thenRefused('CONFLICT_OF_INTEREST');
    head(...own)
      .when(rule('RND'))
      .thenRefused('ROLE_NOT_ALLOWED');
    as('SUPERVISOR')(...own)
      .when(rule())
      .thenRefused('ROLE_NOT_ALLOWED');
    as('SENIOR_MANAGEMENT')(...own)
      .when(rule())
      .then(ruled);
  });
  it('ends with the ruling: the department has the task, and cannot decline it again', () => {
    const own = [...passed, disputed(), ruled];
    given(...own)
      .when(decline('TECHNICAL'))
      .thenRefused('TASK_RULED');
    given(...own)
      .when(accept('TECHNICAL'))
      .thenNothing();
    as('SENIOR_MANAGEMENT')(...own)
      .when(rule())
      .thenNothing();
    as('SENIOR_MANAGEMENT')(registered, assigned('TECHNICAL')).when(rule()).thenRefused('TASK_NOT_DISPUTED');
    given(...own)
      .when(complete)
      .then(completed(), due(1));
  });
  it('holds the task: nobody takes it, does it or passes it on meanwhile', () => {
    const own = [...passed, disputed()];
    given(...own)
      .when(accept('CUSTOMER_SERVICE'))
      .thenRefused('TASK_DISPUTED');
    given(...own)
      .when(decline('TECHNICAL'))
      .thenNothing();
    given(...own)
      .when(c.CompleteDepartmentTask.of({ ...id, department: 'CUSTOMER_SERVICE', result: 'x' }))
      .thenRefused('TASK_DISPUTED');
  });
});
