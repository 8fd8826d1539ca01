import { hydrate } from '@rapport/kernel';
import { scenario } from '@rapport/kernel/spec';
import { ruleOf } from '../sla/slapolicy.inforce.rules';
import * as c from './trustrepair.commands';
import { trustRepair } from './trustrepair.decider';
import * as e from './trustrepair.events';
import { EmergencyStep, isPublishedPromise, type EmergencyStepKind } from './trustrepair.values';

const BROKEN = '2024-03-12T02:00:00.000Z';
const hour = (n: number) => new Date(Date.parse(BROKEN) + n * 3_600_000).toISOString();
const as = (role: string, now = hour(1), id = 's2') =>
  scenario(trustRepair, { now, actor: { id, role } }).given;
const given = as('SERVICE_SPECIALIST');

const value = { tier: 'STANDARD', months: [], scoredTier: 'STANDARD' };
const ofGrade = (GRADE: string) => ({
  customer: { stage: 'known', profile: { GRADE }, contacts: {} },
  value,
});
const [regular, vip] = [ofGrade('REGULAR'), ofGrade('VIP')];

const cause = { breach: 'BROKEN_COMMITMENT', commitmentId: 'k-1', makerId: 's2', brokenAt: BROKEN } as const;
const asked = c.OpenTrustRepair.of({ repairId: 'r-1', customerId: 'c-1', ...cause });
const facts = { repairId: 'r-1', customerId: 'c-1', ...cause, priorityCustomer: false } as const;
const opened = (more: Partial<e.TrustRepairOpened> = {}) =>
  e.TrustRepairOpened.of(
    { ...facts, openedAt: BROKEN, planBy: hour(4), supervisorCalls: false, ...more },
    BROKEN,
  );
const vipOpened = opened({ priorityCustomer: true, supervisorCalls: true });
const steps = (...kinds: EmergencyStepKind[]) =>
  kinds.map((kind) => hydrate(EmergencyStep, { kind, staffId: 's3' }));
const plan = (more: Partial<c.ActivateEmergencyPlan> = {}) =>
  c.ActivateEmergencyPlan.of({
    ...{ repairId: 'r-1', planOwnerId: 's3', dueAt: hour(8), steps: steps('STAFFING', 'SUPERVISOR_CALL') },
    ...{ compensation: '100 points', ...more },
  });
const activated = (more: Partial<e.EmergencyPlanActivated> = {}) =>
  e.EmergencyPlanActivated.of({
    ...{ ...facts, version: 1, planOwnerId: 's3', dueAt: hour(8), compensation: '100 points' },
    ...{ steps: steps('STAFFING', 'SUPERVISOR_CALL'), compensates: true, planBy: hour(4) },
    ...{ activatedAt: hour(1), late: false, ...more },
  });
const shortage = e.RepairCauseStated.of({ ...facts, cause: 'STAFF_SHORTAGE', statedAt: hour(1) });
const capacity = e.RepairImprovementNamed.of({
  ...{ ...facts, improvementId: 'i-1', kind: 'CAPACITY', namedAt: hour(1) },
});
const close = (more: Partial<c.CloseTrustRepair> = {}) =>
  c.CloseTrustRepair.of({ repairId: 'r-1', customerWordId: 'call-9', ...more });
const closed = (more: Partial<e.TrustRepairClosed> = {}) =>
  e.TrustRepairClosed.of({
    ...{ ...facts, customerWordId: 'call-9', openedAt: BROKEN, acceptedAt: hour(1), ...more },
  });

describe('after a broken promise (SYS-27)', () => {
  it('a repair begins at once, with an emergency plan due in four hours', () => {
    as('POLICY', hour(1))().when(asked, regular).then(opened());
    given()
      .when(asked, regular)
      .then(opened({ openedAt: hour(1), planBy: hour(5) }));
    given(opened()).when(asked, regular).thenNothing();
    const ahead = c.OpenTrustRepair.of({ ...asked, brokenAt: hour(2) });
    given().when(ahead, regular).thenRefused('DATED_IN_FUTURE');
    given()
      .when(asked, { ...regular, customer: { stage: 'unknown' } })
      .thenRefused('CUSTOMER_UNKNOWN');
  });

  it('the supervisor calls a priority customer, and knows the cause if it is known', () => {
    as('POLICY')().when(asked, vip).then(vipOpened);
    const known = c.OpenTrustRepair.of({ ...asked, cause: 'STAFF_SHORTAGE' });
    as('POLICY')().when(known, regular).then(opened(), shortage);
  });

  it('but not where the customer had taken the need back before the time of the promise had passed', () => {
    const rule = { breach: 'PUBLISHED_PROMISE', rule: 'SLA-ANY', ticketId: 't-1', brokenAt: BROKEN } as const;
    const missed = c.OpenTrustRepair.of({ repairId: 'r-1', customerId: 'c-1', ...rule });
    const decided = (withdrawnAt: string) =>
      as('POLICY')()
        .when(missed, { ...regular, ticket: { stage: 'withdrawn', of: {}, withdrawnAt } })
        .decided().length;
    expect(decided(hour(-1))).toBe(0);
    expect(decided(BROKEN)).toBe(0);
    expect(decided(hour(1))).toBe(1);
  });

  it('promises to everybody are known by their rule', () => {
    expect(isPublishedPromise('SLA-ANY', 'FIRST_RESPONSE')).toBe(true);
    expect(isPublishedPromise('SLA-ANY', 'PROGRESS_SYNC')).toBe(false);
    expect(isPublishedPromise('SLA-IMP', 'FIRST_RESPONSE')).toBe(false);
    const within = { kind: 'CONTINUOUS', minutes: 60 } as const;
    const promise = { promiseId: 'p-1', text: 'within the hour', moment: 'ACKNOWLEDGE', within } as const;
    const { id, moment } = ruleOf({ ...promise, effectiveFrom: BROKEN });
    expect(isPublishedPromise(id, moment)).toBe(true);
  });
});

describe('an emergency plan', () => {
  it('says who, until when, and what the customer gets for it', () => {
    given(opened()).when(plan(), regular).then(activated());
    given(opened(), activated()).when(plan()).thenNothing();
  });

  it('has an owner, a time, a step, and a decision about compensation', () => {
    const { planOwnerId: _, ...nobody } = plan();
    given(opened()).when(c.ActivateEmergencyPlan.of(nobody)).thenRefused('PLAN_OWNER_MISSING');
    const { dueAt: __, ...never } = plan();
    given(opened()).when(c.ActivateEmergencyPlan.of(never)).thenRefused('PLAN_DUE_MISSING');
    given(opened())
      .when(plan({ dueAt: hour(1) }))
      .thenRefused('PLAN_DUE_IN_PAST');
    given(opened())
      .when(plan({ steps: [] }))
      .thenRefused('PLAN_WITHOUT_STEP');
    const { compensation: ___, ...undecided } = plan();
    given(opened()).when(c.ActivateEmergencyPlan.of(undecided)).thenRefused('COMPENSATION_UNDECIDED');
    given(opened())
      .when(plan({ withoutCompensation: true }))
      .thenRefused('COMPENSATION_UNDECIDED');
    const none = c.ActivateEmergencyPlan.of({ ...undecided, withoutCompensation: true });
    const [event] = given(opened()).when(none).decided();
    expect(event?.data).toMatchObject({ compensates: false });
  });

  it('for a priority customer holds the call of the supervisor', () => {
    given(vipOpened)
      .when(plan({ steps: steps('PROCESS') }))
      .thenRefused('SUPERVISOR_CALL_REQUIRED');
    expect(given(vipOpened).when(plan()).decided()).toHaveLength(1);
  });

  it('sends people where there were too few (SYS-27.2)', () => {
    const alone = plan({ steps: steps('PROCESS') });
    given(opened(), shortage).when(alone).thenRefused('STAFFING_STEP_REQUIRED');
    expect(given(opened()).when(alone).decided()).toHaveLength(1);
  });

  it('may be changed, and is then the next version', () => {
    const [second] = given(opened(), activated())
      .when(plan({ dueAt: hour(9) }))
      .decided();
    expect(second?.data).toMatchObject({ version: 2, dueAt: hour(9) });
  });

  it('that is not there in time is noted once, at its time; the last moment is in time', () => {
    const note = c.NoteEmergencyPlanOverdue.of({ repairId: 'r-1', planBy: hour(4) });
    const overdue = e.EmergencyPlanOverdue.of({ ...facts, planBy: hour(4) }, hour(4));
    const after = as('POLICY', '2024-03-12T06:00:00.001Z');
    expect(after(opened()).when(note).decided()).toEqual([overdue]);
    as('POLICY', hour(4))(opened()).when(note).thenRefused('PLAN_NOT_OVERDUE');
    after(opened(), overdue).when(note).thenNothing();
    after(opened(), activated()).when(note).thenNothing();
    expect(as('SERVICE_SPECIALIST', hour(4))(opened()).when(plan()).decided()).toHaveLength(1);
    const [noticed, late] = as('SERVICE_SPECIALIST', hour(5))(opened()).when(plan()).decided();
    expect(noticed).toEqual(overdue);
    expect(late?.data).toMatchObject({ late: true });
    expect(as('SERVICE_SPECIALIST', hour(5))(opened(), overdue).when(plan()).decided()).toHaveLength(1);
  });
});

describe('what belongs to a repair', () => {
  it('is its cause, stated once; another cause needs words', () => {
    const state = (more: Partial<c.StateRepairCause> = {}) =>
      c.StateRepairCause.of({ repairId: 'r-1', cause: 'STAFF_SHORTAGE', ...more });
    given(opened()).when(state()).then(shortage);
    given(opened(), shortage).when(state()).thenNothing();
    given(opened())
      .when(state({ cause: 'OTHER' }))
      .thenRefused('REASON_TEXT_MISSING');
    const [changed] = given(opened(), shortage)
      .when(state({ cause: 'SUPPLIER_DELAY' }))
      .decided();
    expect(changed?.data).toMatchObject({ from: 'STAFF_SHORTAGE', cause: 'SUPPLIER_DELAY' });
    given(opened(), activated(), closed()).when(state()).thenNothing();
  });

  it('is the call of a supervisor or somebody above', () => {
    const call = c.RecordSupervisorCall.of({ repairId: 'r-1', interactionId: 'call-1' });
    given(vipOpened).when(call).thenRefused('ROLE_NOT_ALLOWED');
    const [made] = as('SUPERVISOR', hour(1), 'uma')(vipOpened).when(call).decided();
    expect(made?.data).toMatchObject({ calledById: 'uma', calledAt: hour(1), interactionId: 'call-1' });
    as('SUPERVISOR')(vipOpened, made!).when(call).thenNothing();
    const early = c.RecordSupervisorCall.of({ repairId: 'r-1', calledAt: hour(-1) });
    as('SUPERVISOR')(vipOpened).when(early).thenRefused('BEFORE_BROKEN');
    const ahead = c.RecordSupervisorCall.of({ repairId: 'r-1', calledAt: hour(2) });
    as('SUPERVISOR')(vipOpened).when(ahead).thenRefused('DATED_IN_FUTURE');
  });

  it('is what is improved, each named once', () => {
    const name = c.NameRepairImprovement.of({ repairId: 'r-1', improvementId: 'i-1', kind: 'CAPACITY' });
    given(opened()).when(name).then(capacity);
    given(opened(), capacity).when(name).thenNothing();
  });

  it('is a higher level, when it was not the first broken promise (SYS-27.3)', () => {
    const raise = c.RaiseTrustRepair.of({ repairId: 'r-1', level: 'DEPARTMENT_HEAD', brokenPromises: 2 });
    const raised = e.TrustRepairRaised.of({
      ...{ ...facts, level: 'DEPARTMENT_HEAD', brokenPromises: 2, raisedAt: hour(1) },
    });
    given(opened()).when(raise).then(raised);
    given(opened(), raised).when(raise).thenNothing();
  });
});

describe('a repair is over', () => {
  it('when the customer says that it is made good, and not before (SYS-27.4)', () => {
    given(opened(), activated()).when(close()).then(closed());
    given(opened(), activated(), closed()).when(close()).thenNothing();
    given(opened(), activated())
      .when(c.CloseTrustRepair.of({ repairId: 'r-1' }))
      .thenRefused('CUSTOMER_WORD_MISSING');
    given(opened()).when(close()).thenRefused('PLAN_REQUIRED');
    given().when(close()).thenRefused('REPAIR_UNKNOWN');
    given(opened(), activated(), closed()).when(plan()).thenRefused('REPAIR_CLOSED');
  });

  it('not for a priority customer whom nobody has called', () => {
    const history = [vipOpened, activated({ priorityCustomer: true })] as const;
    given(...history)
      .when(close())
      .thenRefused('SUPERVISOR_CALL_MISSING');
    const called = e.SupervisorCallMade.of({
      ...{ ...facts, priorityCustomer: true, calledById: 'uma', calledAt: hour(1) },
    });
    expect(
      given(...history, called)
        .when(close())
        .decided(),
    ).toHaveLength(1);
  });

  it('not for want of people, as long as nobody helps out and nothing is improved (SYS-27.2)', () => {
    const planned = activated({ steps: steps('PROCESS') });
    given(opened(), planned, shortage, capacity).when(close()).thenRefused('STAFFING_STEP_REQUIRED');
    given(opened(), activated(), shortage).when(close()).thenRefused('CAPACITY_ACTION_REQUIRED');
    const other = e.RepairImprovementNamed.of({ ...capacity.data, kind: 'TRAINING' });
    given(opened(), activated(), shortage, other).when(close()).thenRefused('CAPACITY_ACTION_REQUIRED');
    given(opened(), activated(), shortage, capacity)
      .when(close())
      .then(closed({ cause: 'STAFF_SHORTAGE' }));
  });
});
