import * as c from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import { SpokenComplaint } from '@rapport/domain/values';
import { hydrate, type Actor } from '@rapport/kernel';
import { Stage } from '../support/stage';

/** By the clock in Shanghai. */
const on = (day: string, time: string) => new Date(`2024-03-${day}T${time}:00+08:00`).toISOString();
const at = (time: string) => on('13', time);
const ANN: Actor = { id: 'ann', role: 'SERVICE_SPECIALIST' };
const HEAD: Actor = { id: 'cs-head', role: 'DEPARTMENT_HEAD' };
const BOSS: Actor = { id: 'boss', role: 'SENIOR_MANAGEMENT' };
const ticketId = 't-05';
const task = { ticketId, taskId: 'fault' };
/** The last deadline of a moment, and how it was met. */
const dueOf = (stage: Stage, wanted: string) =>
  stage.all(e.SlaClockStarted).findLast(({ moment }) => moment === wanted)?.dueAt;
const metOf = (stage: Stage, wanted: string) =>
  stage.all(e.SlaClockMet).filter(({ moment }) => moment === wanted);
const decline = (department: 'TECHNICAL' | 'CUSTOMER_SERVICE', reason: string) =>
  c.DeclineDepartmentTask.of({
    ...{ ...task, department, reason },
    proposed: department === 'TECHNICAL' ? 'CUSTOMER_SERVICE' : 'TECHNICAL',
  });
const rule = (rulerDepartment?: 'CUSTOMER_SERVICE') =>
  c.RuleResponsibility.of({
    ...{ ...task, department: 'TECHNICAL', reason: 'the device is broken' },
    ...(rulerDepartment !== undefined && { rulerDepartment }),
  });

/** ST-05, cross-department blame-shifting (推诿): customer C-05, a product fault complaint. */
describe('ST-05', () => {
  const stage = new Stage();

  it('1. Given LodgeComplaint Wed 2024-03-13 09:00, then LeadDepartmentAssigned CUSTOMER_SERVICE', async () => {
    await stage.at(at('08:00'));
    const customer = { customerId: 'c-05', name: 'C-05', industry: 'Retail', source: 'REFERRAL' } as const;
    await stage.wants(ANN, c.RegisterCustomer.of({ ...customer, zone: 'Asia/Shanghai', grade: 'REGULAR' }));
    await stage.at(at('09:00'));
    const complaint = hydrate(SpokenComplaint, { causes: ['PRODUCT_FAULT'], emotion: 'UPSET' });
    const happened = await stage.wants(
      ANN,
      c.RegisterTicket.of({
        ...{ ticketId, customerId: 'c-05', type: 'COMPLAINT', urgency: 'IMPORTANT', channel: 'PHONE' },
        ...{ verbatim: 'it does not work', collectorId: 'ann', raisedAt: at('09:00'), complaint },
      }),
    );
    expect(happened).toEqual(expect.arrayContaining(['TicketRegistered', 'ComplaintLodged']));
    expect(stage.all(e.LeadDepartmentAssigned)).toMatchObject([{ to: 'CUSTOMER_SERVICE', byType: true }]);
    expect(dueOf(stage, 'FIRST_RESPONSE')).toBe(at('10:00'));
    expect(dueOf(stage, 'RESOLVE')).toBe(on('14', '09:00'));
    await stage.wants(ANN, c.AssignTicketOwner.of({ ticketId, ownerId: 'ann' }));
  });

  it('2. When the task is declined by TECHNICAL and by CUSTOMER_SERVICE, then ResponsibilityDisputed at 10:40', async () => {
    await stage.at(at('09:30'));
    const fault = { ...task, department: 'TECHNICAL', duty: 'find the fault', dueAt: at('18:00') } as const;
    expect(await stage.wants(ANN, c.AssignDepartmentTask.of(fault))).toEqual(['DepartmentTaskAssigned']);
    expect(stage.all(e.DepartmentTaskAssigned)).toMatchObject([{ acceptBy: at('13:30') }]);
    await stage.at(at('09:50'));
    const answer = { respondedAt: at('09:50'), direction: 'we look for the fault', interactionId: 'call-1' };
    expect(await stage.wants(ANN, c.RecordFirstResponse.of({ ticketId, ...answer }))).toEqual([
      'FirstResponseRecorded',
    ]);
    await stage.at(at('10:10'));
    expect(await stage.wants({ id: 'tek', role: 'SUPERVISOR' }, decline('TECHNICAL', 'usage error'))).toEqual(
      ['DepartmentTaskDeclined', 'DepartmentTaskAssigned'],
    );
    await stage.at(at('10:40'));
    expect(await stage.wants(ANN, decline('CUSTOMER_SERVICE', 'product fault'))).toEqual([
      'DepartmentTaskDeclined',
      'ResponsibilityDisputed',
    ]);
    expect(stage.all(e.ResponsibilityDisputed)).toMatchObject([
      { disputedAt: at('10:40'), rulingBy: at('14:40'), level: 'SENIOR_MANAGEMENT' },
    ]);
  });

  it('3. When the head of CUSTOMER_SERVICE rules, then CONFLICT_OF_INTEREST; SENIOR_MANAGEMENT rules TECHNICAL at 12:00', async () => {
    await stage.at(at('11:00'));
    expect(await stage.wants(HEAD, rule('CUSTOMER_SERVICE'))).toBe('CONFLICT_OF_INTEREST');
    await stage.at(at('12:00'));
    expect(await stage.wants(BOSS, rule())).toEqual(['ResponsibilityRuled']);
    expect(await stage.wants(BOSS, decline('TECHNICAL', 'no'))).toBe('TASK_RULED');
  });

  it('4. While disputed, the customer still got a first response at 09:50 and is told every 24 h; RESOLVE keeps running', async () => {
    expect(dueOf(stage, 'PROGRESS_SYNC')).toBe(on('14', '09:50'));
    expect(metOf(stage, 'FIRST_RESPONSE')).toMatchObject([{ reachedAt: at('09:50') }]);
    expect(dueOf(stage, 'RESOLVE')).toBe(on('14', '09:00'));
    expect(stage.all(e.DepartmentTaskOverdue)).toEqual([]);
  });

  it('5. When CompleteDepartmentTask 17:00 and the solution is delivered 17:30, then RESOLVE met', async () => {
    await stage.at(at('17:00'));
    const done = c.CompleteDepartmentTask.of({ ...task, department: 'TECHNICAL', result: 'mended' });
    expect(await stage.wants({ id: 'tek', role: 'SUPERVISOR' }, done)).toEqual([
      'DepartmentTaskCompleted',
      'CustomerTellingDue',
    ]);
    await stage.at(at('17:30'));
    const solved = c.DeliverSolution.of({ ticketId, solution: 'mended', deliveredAt: at('17:30') });
    expect(await stage.wants(ANN, solved)).toEqual(['SolutionDelivered']);
    expect(await stage.row('current-node', ticketId)).toMatchObject({ toTellSince: null });
    expect(metOf(stage, 'RESOLVE')).toMatchObject([{ reachedAt: at('17:30') }]);
    expect(stage.all(e.SlaClockBreached)).toEqual([]);
  });

  it('6. When HoldCoordinationMeeting fixes duties and outputs, then CoordinationMeetingHeld', async () => {
    await stage.at(on('14', '09:00'));
    const duty = (department: 'TECHNICAL' | 'CUSTOMER_SERVICE') =>
      ({
        department,
        duty: 'say whose faults are whose',
        output: 'a list',
        dueAt: on('20', '18:00'),
      }) as const;
    const held = c.HoldCoordinationMeeting.of({
      ticketId,
      duties: [duty('TECHNICAL'), duty('CUSTOMER_SERVICE')],
    });
    expect(await stage.wants(ANN, held)).toEqual(['CoordinationMeetingHeld']);
  });

  it.todo(
    '6. … ImprovementActionOpened kind PROCESS from source dispute (waits for SYS-61, improvement actions)',
  );

  it('7. Then HandoffGraph shows TECHNICAL↔CUSTOMER_SERVICE 1 ping-pong, DisputeList 1 closed in 1 h 20 min', async () => {
    expect(await stage.row('handoff-graph', 'CUSTOMER_SERVICE|TECHNICAL')).toMatchObject({
      ...{ pingPongs: 1, rulings: 1, declines: 2, oneToOther: 0, otherToOne: 1 },
    });
    expect(await stage.row('dispute-list', 't-05|fault')).toMatchObject({
      ...{ state: 'RULED', openMs: 80 * 60_000, ruledFor: 'TECHNICAL' },
    });
    expect(await stage.row('department-task-board', 't-05|fault')).toMatchObject({
      ...{ state: 'COMPLETED', department: 'TECHNICAL', overdue: false },
    });
  });
});

describe('ST-05, nobody answers or rules in time', () => {
  it('the board says so by itself, once and dated at the deadline', async () => {
    const stage = await new Stage().at(at('08:00'));
    await stage.wants(
      ANN,
      c.RegisterCustomer.of({ customerId: 'c-05', name: 'C-05', industry: 'Retail', source: 'REFERRAL' }),
    );
    await stage.wants(
      ANN,
      c.RegisterTicket.of({
        ...{ ticketId, customerId: 'c-05', type: 'SERVICE', urgency: 'ROUTINE', channel: 'PHONE' },
        ...{ verbatim: 'it does not work', collectorId: 'ann', raisedAt: at('08:00') },
      }),
    );
    await stage.at(at('17:00'));
    const fault = {
      ...task,
      department: 'TECHNICAL',
      duty: 'find the fault',
      dueAt: on('14', '18:00'),
    } as const;
    await stage.wants(ANN, c.AssignDepartmentTask.of(fault));
    await stage.at(on('15', '09:00'));
    expect(stage.all(e.DepartmentTaskOverdue)).toMatchObject([
      { wait: 'ACCEPTANCE', overdueAt: on('14', '12:00') },
      { wait: 'OUTPUT', overdueAt: on('14', '18:00') },
    ]);
    await stage.wants(ANN, decline('TECHNICAL', 'usage error'));
    await stage.wants(ANN, decline('CUSTOMER_SERVICE', 'product fault'));
    await stage.at(on('18', '09:00'));
    const waits = stage.all(e.DepartmentTaskOverdue).map(({ wait, overdueAt }) => [wait, overdueAt]);
    expect(waits.slice(2)).toEqual([['RULING', on('15', '13:00')]]);
    expect(await stage.row('department-task-board', 't-05|fault')).toMatchObject({ overdue: true });
  });
});
