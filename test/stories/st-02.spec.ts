import * as c from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import {
  AcceptancePhase,
  DeviatingItem,
  MatrixEntry,
  Milestone,
  PlanOption,
  ForceMember,
  type Department,
} from '@rapport/domain/values';
import { hydrate, type Actor } from '@rapport/kernel';
import { Stage } from '../support/stage';

/** By the clock in Shanghai. */
const on = (day: string, time: string) => new Date(`2024-${day}T${time}:00+08:00`).toISOString();
const PM1: Actor = { id: 'pm1', role: 'ACCOUNT_MANAGER' };
const ticketId = 't-02';
const FUNCTIONS = Array.from({ length: 20 }, (_, n) => `f-${n + 1}`);
const API = 'f-1';
const CORE = 8;

const bar = (milestoneId: string, startsAt: string, endsAt: string) =>
  hydrate(Milestone, { milestoneId, task: `deliver ${milestoneId}`, startsAt, endsAt });
const member = (department: Department) => hydrate(ForceMember, { staffId: department, department });
const declare = c.DeclareRequirementDeviation.of({
  ticketId,
  items: FUNCTIONS.map((itemId) => hydrate(DeviatingItem, { itemId, description: `function ${itemId}` })),
  taskForce: (['TECHNICAL', 'PRODUCT', 'SALES'] as const).map(member),
  agreed: [bar('core', on('03-13', '09:00'), on('04-01', '18:00'))],
});
const matrix = (some: readonly string[]) =>
  c.RecordRequirementMatrix.of({
    ticketId,
    entries: some.map((itemId, n) => {
      const isCore = n < CORE;
      const itemClass = isCore ? 'CORE' : 'ADDITIONAL';
      return hydrate(MatrixEntry, { itemId, itemClass, urgent: isCore, important: isCore });
    }),
  });
const assess = (itemId: string) =>
  c.AssessFeasibility.of({
    ...{ ticketId, itemId, compatibility: 'COMPATIBLE', personDays: 6 },
    cost: { minor: 3_000_000, currency: 'CNY' },
  });
const phase = (name: string, itemClass: 'CORE' | 'ADDITIONAL', dueAt: string) =>
  hydrate(AcceptancePhase, { name, itemClass, dueAt, criteria: [`${name} works at the customer’s`] });
const issue = c.IssueRevisedPlan.of({
  ticketId,
  milestones: [
    bar('core', on('03-14', '09:00'), on('04-15', '18:00')),
    bar('extension', on('04-16', '09:00'), on('05-06', '18:00')),
  ],
  phases: [
    phase('core', 'CORE', on('04-15', '18:00')),
    phase('extension', 'ADDITIONAL', on('05-06', '18:00')),
  ],
});
const answer = (accepted: boolean) =>
  c.AnswerRevisedPlan.of({
    ...{ ticketId, plan: 1, accepted, channel: 'EMAIL', writtenId: 'mail-14' },
    ...(!accepted && { reason: 'the extension comes too late' }),
  });
const acceptPhase = (n: number) => c.AcceptPhase.of({ ticketId, phase: n, evidenceId: `protocol-${n}` });

/** Customer C-02 "Jinhe Logistics" with a plan v1, on the morning on which the deviation is declared. */
const withPlan = async (): Promise<Stage> => {
  const stage = await new Stage().at(on('03-11', '09:00'));
  const customer = { customerId: 'c-02', name: 'Jinhe Logistics', industry: 'Logistics' };
  await stage.wants(PM1, c.RegisterCustomer.of({ ...customer, source: 'SALES_HANDOVER' }));
  await stage.wants(
    PM1,
    c.RegisterTicket.of({
      ...{ ticketId, customerId: 'c-02', type: 'FUNCTIONAL', urgency: 'IMPORTANT', channel: 'EMAIL' },
      ...{ verbatim: 'a system for our depots', collectorId: 'pm1', raisedAt: on('03-11', '09:00') },
    }),
  );
  const options = [hydrate(PlanOption, { summary: 'plan v1' })];
  const answer = { direction: 'we plan it', interactionId: 'call-1', respondedAt: on('03-11', '09:00') };
  await stage.wants(PM1, c.RecordFirstResponse.of({ ticketId, ...answer }));
  await stage.wants(PM1, c.PresentPlan.of({ ticketId, options, presentedAt: on('03-11', '09:00') }));
  return stage.at(on('03-12', '10:00'));
};

/** ST-02, requirement deviation (需求偏差). */
describe('ST-02', () => {
  let stage: Stage;
  beforeAll(async () => (stage = await withPlan()));

  it('1. When PM1 declares the deviation with 20 functions, then RequirementDeviationDeclared, TaskForceFormed, PLAN clock due 2024-03-14 10:00', async () => {
    expect(await stage.wants(PM1, declare)).toEqual(['RequirementDeviationDeclared', 'TaskForceFormed']);
    const departments = ['PRODUCT', 'SALES', 'TECHNICAL'];
    expect(stage.all(e.TaskForceFormed)).toMatchObject([{ departments, purpose: 'DEVIATION' }]);
    expect(stage.all(e.SlaClockStarted).at(-1)).toMatchObject({
      ...{ moment: 'PLAN', opener: 'DEVIATION_DECLARED', dueAt: on('03-14', '10:00') },
    });
    const [declared] = stage.all(e.RequirementDeviationDeclared);
    expect(declared).toMatchObject({ planDueAt: on('03-14', '10:00') });
    expect(declared?.items).toHaveLength(20);
    expect(declared?.taskForce.map(({ department }) => department)).toEqual([
      'TECHNICAL',
      'PRODUCT',
      'SALES',
    ]);
  });

  it('2. When the matrix covers 19 of 20, then ITEM_MISSING; with 8 CORE + 12 ADDITIONAL it is recorded', async () => {
    expect(await stage.wants(PM1, matrix(FUNCTIONS.slice(0, 19)))).toBe('ITEM_MISSING');
    expect(await stage.wants(PM1, matrix(FUNCTIONS))).toEqual(['RequirementMatrixRecorded']);
    expect(stage.all(e.RequirementMatrixRecorded)).toMatchObject([{ coreItems: 8, additionalItems: 12 }]);
  });

  it('3. When IssueRevisedPlan before feasibility of CORE "new API endpoint", then refused; then it is assessed', async () => {
    for (const itemId of FUNCTIONS.slice(1, CORE)) await stage.wants(PM1, assess(itemId));
    expect(await stage.wants(PM1, issue)).toBe('FEASIBILITY_REQUIRED');
    expect(await stage.wants(PM1, assess(API))).toEqual(['FeasibilityAssessed']);
    expect(await stage.row('requirement-matrix', `${ticketId}|1|${API}`)).toMatchObject({
      ...{ itemClass: 'CORE', compatibility: 'COMPATIBLE', personDays: 6, costMinor: 3_000_000 },
    });
  });

  it('4. When IssueRevisedPlan on 2024-03-13 18:00, then RevisedPlanIssued, SlaClockMet (32 h); PlanComparison shows old and new bars and shifts', async () => {
    await stage.at(on('03-13', '18:00'));
    expect(await stage.wants(PM1, issue)).toEqual(['RevisedPlanIssued']);
    expect(stage.all(e.SlaClockMet).at(-1)).toMatchObject({
      ...{ moment: 'PLAN', reachedAt: on('03-13', '18:00'), elapsedMs: 32 * 3_600_000 },
    });
    expect(await stage.row('plan-comparison', `${ticketId}|1|1|core`)).toMatchObject({
      ...{ change: 'MOVED', shiftDays: 14, oldEndsAt: on('04-01', '18:00'), newEndsAt: on('04-15', '18:00') },
    });
    expect(await stage.row('plan-comparison', `${ticketId}|1|1|extension`)).toMatchObject({
      change: 'ADDED',
    });
  });

  it('5. When the customer accepts in writing, then RevisedPlanAccepted, AcceptancePhasesDefined, two CommitmentMade', async () => {
    await stage.at(on('03-14', '09:00'));
    const happened = await stage.wants(PM1, answer(true));
    expect(happened).toEqual([
      ...['RevisedPlanAccepted', 'AcceptancePhasesDefined'],
      ...['CommitmentMade', 'CommitmentConfirmedInWriting', 'CommitmentMade', 'CommitmentConfirmedInWriting'],
      ...['CommitmentTied', 'CommitmentTied'],
    ]);
    expect(stage.all(e.CommitmentMade)).toMatchObject([
      { text: 'core', kind: 'DELIVERY', dueAt: on('04-15', '18:00'), makerId: 'pm1' },
      { text: 'extension', kind: 'RESOLUTION_TIME', dueAt: on('05-06', '18:00') },
    ]);
    expect(stage.all(e.CommitmentConfirmedInWriting)).toMatchObject([{ writtenId: 'mail-14' }, {}]);
    expect(stage.all(e.SlaClockRescheduled).at(-1)).toMatchObject({
      ...{ moment: 'RESOLVE', to: on('05-06', '18:00'), cause: 'COMMITMENT' },
    });
  });

  it('6. When AcceptPhase 2 before phase 1, then refused; phase 1 accepted 2024-04-12 → CommitmentFulfilled', async () => {
    await stage.at(on('04-12', '15:00'));
    expect(await stage.wants(PM1, acceptPhase(2))).toBe('PHASE_OUT_OF_ORDER');
    expect(await stage.wants(PM1, acceptPhase(1))).toEqual(['PhaseAccepted', 'CommitmentFulfilled']);
    expect(stage.all(e.CommitmentFulfilled)).toMatchObject([{ late: false, evidenceId: 'protocol-1' }]);
  });

  it('8. Then AcceptanceProgress 1/2 and TimelinessReport counts one revised plan in time', async () => {
    expect(await stage.row('acceptance-progress', ticketId)).toMatchObject({
      ...{ accepted: 1, phases: 2, nextPhase: 'extension', nextDue: on('05-06', '18:00'), done: false },
    });
    const [deviation] = stage
      .all(e.SlaClockMet)
      .filter(({ moment, round }) => moment === 'PLAN' && round > 1);
    expect(deviation).toMatchObject({ reachedAt: on('03-13', '18:00'), dueAt: on('03-14', '10:00') });
    const { byMoment } = await stage.report('timeliness-report', { from: '2024-03', moment: 'PLAN' });
    // the plan v1 that was agreed, and the revised one
    expect(byMoment).toMatchObject([{ moment: 'PLAN', started: 2, met: 2, metLate: 0, compliance: 1 }]);
  });

  it('and a phase that is not accepted in time breaks its promise; the ticket is not closed over an open one', async () => {
    const solved = { ticketId, solution: 'both phases', deliveredAt: on('04-12', '15:00') };
    expect(await stage.wants(PM1, c.DeliverSolution.of(solved))).toEqual(['SolutionDelivered']);
    await stage.wants(PM1, c.ConfirmSatisfied.of({ ticketId, evidence: 'mail-20' }));
    expect(await stage.wants(PM1, c.CloseTicket.of({ ticketId }))).toBe('OPEN_COMMITMENT');
    await stage.at(on('05-07', '09:00'));
    expect(stage.all(e.CommitmentBroken)).toMatchObject([{ brokenAt: on('05-06', '18:00') }]);
    expect(await stage.wants(PM1, acceptPhase(2))).toEqual(['PhaseAccepted', 'CommitmentFulfilled']);
    expect(stage.all(e.CommitmentFulfilled)[1]).toMatchObject({ late: true });
    expect(await stage.wants(PM1, c.CloseTicket.of({ ticketId }))).toEqual(['TicketClosed']);
  });
});

describe('ST-02, 7. variants', () => {
  const planned = async (at: string): Promise<Stage> => {
    const stage = await withPlan();
    await stage.wants(PM1, declare);
    await stage.wants(PM1, matrix(FUNCTIONS));
    for (const itemId of FUNCTIONS.slice(0, CORE)) await stage.wants(PM1, assess(itemId));
    await stage.at(at);
    await stage.wants(PM1, issue);
    return stage;
  };

  it('issued 2024-03-14 10:30 → SlaClockBreached at 10:00, TicketEscalated level 1, SlaClockMetLate 30 min', async () => {
    const stage = await planned(on('03-14', '10:30'));
    const plans = <T extends { readonly moment?: string }>(some: readonly T[]) =>
      some.filter(({ moment }) => moment === 'PLAN');
    expect(plans(stage.all(e.SlaClockBreached))).toMatchObject([{ breachedAt: on('03-14', '10:00') }]);
    expect(plans(stage.all(e.TicketEscalated))[0]).toMatchObject({
      ...{ level: 'SUPERVISOR', escalatedAt: on('03-14', '10:00') },
    });
    expect(plans(stage.all(e.SlaClockMetLate))).toMatchObject([{ delayMs: 30 * 60_000 }]);
  });
  it('the customer rejects → RevisedPlanRejected, SecondCommunicationStarted, and nothing is promised', async () => {
    const stage = await planned(on('03-13', '18:00'));
    expect(await stage.wants(PM1, answer(false))).toEqual([
      'RevisedPlanRejected',
      'SecondCommunicationStarted',
    ]);
    expect(stage.all(e.CommitmentMade)).toEqual([]);
    expect(await stage.row('plan-comparison', `${ticketId}|1|1|core`)).toMatchObject({ state: 'REJECTED' });
  });
});
