import { MemoryRowStore } from '@rapport/adapters/memory';
import * as e from '@rapport/domain/events';
import { EmergencyStep } from '@rapport/domain/values';
import { hydrate, type NewEvent } from '@rapport/kernel';
import { modelsOf, rowsOf } from '@rapport/kernel/spec';
import { choice, hour, RAISED, ticketStory } from '../clocks.story';
import { promiseGap, promiseGapFigures } from './promise-gap.projection';
import { promiseGapReport } from './promise-gap.question';
import { trustRepairBoard } from './trust-repair-board.projection';

const t = ticketStory();
const repair = {
  ...{ repairId: 'r-1', customerId: 'c-1', ticketId: 't-1', breach: 'PUBLISHED_PROMISE', rule: 'SLA-ANY' },
  ...{ moment: 'FIRST_RESPONSE', round: 1, brokenAt: hour(24), priorityCustomer: true, makerId: 'ann' },
} satisfies Partial<e.TrustRepairOpened>;
const opened = (more: Partial<e.TrustRepairOpened> = {}) =>
  e.TrustRepairOpened.of(
    { ...repair, openedAt: hour(24), planBy: hour(28), supervisorCalls: true, ...more },
    hour(24),
  );
const steps = [hydrate(EmergencyStep, { kind: 'STAFFING', staffId: 's3' })];
const activated = e.EmergencyPlanActivated.of({
  ...{ ...repair, version: 1, planOwnerId: 's3', dueAt: hour(30), steps, compensates: true },
  ...{ planBy: hour(28), activatedAt: hour(25), late: false },
});
const shortage = e.RepairCauseStated.of({ ...repair, cause: 'STAFF_SHORTAGE', statedAt: hour(26) });
const improved = (kind: 'CAPACITY' | 'TRAINING') =>
  e.RepairImprovementNamed.of({ ...repair, improvementId: 'i-1', kind, namedAt: hour(27) });
const accepted = e.TrustRepairClosed.of(
  { ...repair, customerWordId: 'call-9', openedAt: hour(24), acceptedAt: hour(40) },
  hour(40),
);

describe('the board of trust repairs (SYS-27)', () => {
  const { given } = rowsOf(trustRepairBoard);

  it('shows whose trust is to be repaired, and until when a plan is due', () => {
    given(opened())
      .row('r-1')
      .is({
        state: 'OPEN',
        breach: 'PUBLISHED_PROMISE',
        rule: 'SLA-ANY',
        planBy: hour(28),
        planOverdue: false,
      });
    const overdue = e.EmergencyPlanOverdue.of({ ...repair, planBy: hour(28) });
    given(opened(), overdue).row('r-1').is({ planOverdue: true, planVersion: 0 });
    given(opened(), activated)
      .row('r-1')
      .is({ state: 'PLANNED', planOwnerId: 's3', planDueAt: hour(30), steps, compensates: true });
  });

  it('shows what is still owed: the call of a supervisor, an improvement of capacity', () => {
    given(opened()).row('r-1').is({ supervisorCalls: true });
    const called = e.SupervisorCallMade.of({ ...repair, calledById: 'uma', calledAt: hour(25) });
    given(opened(), called)
      .row('r-1')
      .is({ supervisorCalls: false, calledAt: hour(25) });
    given(opened(), shortage).row('r-1').is({ cause: 'STAFF_SHORTAGE', capacityOwed: true });
    given(opened(), shortage, improved('TRAINING')).row('r-1').is({ capacityOwed: true });
    given(opened(), shortage, improved('CAPACITY')).row('r-1').is({ capacityOwed: false });
    given(opened(), improved('CAPACITY'), shortage).row('r-1').is({ capacityOwed: false });
  });

  it('shows that it was not the first time, and when the customer has accepted', () => {
    const raised = e.TrustRepairRaised.of({
      ...{ ...repair, level: 'DEPARTMENT_HEAD', brokenPromises: 2, raisedAt: hour(24) },
    });
    given(opened(), raised).row('r-1').is({ level: 'DEPARTMENT_HEAD', brokenPromises: 2 });
    given(opened(), activated, accepted)
      .row('r-1')
      .is({ state: 'CLOSED', acceptedAt: hour(40) });
  });
});

const DUE = hour(24);
const FR = 'FIRST_RESPONSE';
const promised = {
  ...{
    commitmentId: 'k-1',
    customerId: 'c-1',
    makerId: 'ann',
    department: 'RND',
    madeAt: RAISED,
    dueAt: DUE,
  },
  kind: 'DELIVERY' as const,
};
const made = e.CommitmentMade.of({ ...promised, text: 'it comes', channel: 'PHONE' }, RAISED);
const broken = e.CommitmentBroken.of({ ...promised, brokenAt: DUE }, DUE);
const fulfilled = (n: number) =>
  e.CommitmentFulfilled.of({ ...promised, evidenceId: 'm-1', fulfilledAt: hour(n), late: n > 24 }, hour(n));

describe('what was promised against what was done (SYS-27)', () => {
  const { given } = rowsOf(promiseGap);
  const CLOCK = 'PUBLISHED|t-1|FIRST_RESPONSE|1';
  const COMMITMENT = 'COMMITMENT|k-1';
  const started = t.started(FR, DUE);

  it('of one customer: kept, broken or done late', () => {
    given(made)
      .row(COMMITMENT)
      .is({ kind: 'COMMITMENT', state: 'OPEN', dueAt: DUE, commitmentKind: 'DELIVERY' });
    given(made, fulfilled(20))
      .row(COMMITMENT)
      .is({ state: 'KEPT', gapMs: -4 * 3_600_000 });
    given(made, broken).row(COMMITMENT).is({ state: 'BROKEN', doneAt: null });
    given(made, broken, fulfilled(30))
      .row(COMMITMENT)
      .is({ state: 'LATE', gapMs: 6 * 3_600_000 });
    const withdrawn = e.CommitmentWithdrawn.of({ ...promised, reason: 'x', withdrawnAt: hour(9) });
    given(made, withdrawn).row(COMMITMENT).is({ state: 'WITHDRAWN' });
    const agreed = { from: DUE, to: hour(50), agreementId: 'm-2', rescheduledAt: hour(9) };
    given(made, e.CommitmentRescheduled.of({ ...promised, ...agreed }))
      .row(COMMITMENT)
      .is({ dueAt: hour(50) });
  });

  it('of everybody, by the clock of that promise', () => {
    given(started)
      .row(CLOCK)
      .is({ kind: 'PUBLISHED', state: 'OPEN', rule: 'SLA-ANY', dueAt: DUE, makerId: 'ann' });
    given(started, t.met(FR, DUE, hour(20)))
      .row(CLOCK)
      .is({ state: 'KEPT', doneAt: hour(20) });
    given(started, opened()).row(CLOCK).is({ state: 'BROKEN', repairId: 'r-1' });
    given(started, opened(), t.metLate(FR, DUE, hour(28.5)))
      .row(CLOCK)
      .is({ state: 'LATE', gapMs: 4.5 * 3_600_000, repairId: 'r-1' });
    given(started, t.cancelled(FR, DUE)).row(CLOCK).is({ state: 'WITHDRAWN' });
    given(started, opened(), t.reason(FR, DUE), accepted)
      .row(CLOCK)
      .is({ reason: 'STAFF_SHORTAGE', repairedAt: hour(40) });
  });

  it('a stricter rule that was missed breaks it not: its own time decides', () => {
    const stricter = t.started(FR, hour(1), 1, {
      ...{ winner: choice('SLA-CMP1', hour(1)), losers: [choice('SLA-ANY', DUE)] },
    });
    given(stricter).row(CLOCK).is({ rule: 'SLA-ANY', dueAt: DUE });
    given(stricter, t.metLate(FR, hour(1), hour(9)))
      .row(CLOCK)
      .is({ state: 'KEPT' });
    const later = t.moved(FR, hour(30), { winner: choice('SLA-ANY', hour(30)), losers: [] });
    given(stricter, later)
      .row(CLOCK)
      .is({ dueAt: hour(30) });
  });

  it('is not about clocks of the house alone, nor about repairs of nothing known', () => {
    const own = t.started('PLAN', DUE, 1, { winner: choice('SLA-ROU', DUE) });
    given(
      own,
      t.met('PLAN', DUE, hour(2)),
      t.reason('PLAN', DUE),
      t.cancelled('PLAN', DUE),
      t.moved('PLAN', DUE),
    )
      .row('PUBLISHED|t-1|PLAN|1')
      .isGone();
    given(opened(), shortage, accepted, broken, fulfilled(30)).row(CLOCK).isGone();
    const { ticketId: _, moment: __, round: ___, rule: ____, ...byHand } = repair;
    const unnamed = e.TrustRepairOpened.of({
      ...{ ...byHand, openedAt: hour(24), planBy: hour(28), supervisorCalls: true },
    });
    given(unnamed).row(CLOCK).isGone();
    const ofCommitment = { ...byHand, breach: 'BROKEN_COMMITMENT', commitmentId: 'k-1' } as const;
    const stated = e.RepairCauseStated.of({ ...ofCommitment, cause: 'SUPPLIER_DELAY', statedAt: hour(30) });
    given(made, broken, stated).row(COMMITMENT).is({ reason: 'SUPPLIER_DELAY' });
  });
});

describe('the report of that gap', () => {
  const { told } = modelsOf(() => new MemoryRowStore(), [promiseGap, promiseGapFigures]);
  const report = async (events: readonly NewEvent[], params: object = {}) =>
    (await told(...events)).ask<Record<string, unknown>>(promiseGapReport, hour(99), params);
  const story = [
    ...[t.started(FR, DUE), opened(), t.metLate(FR, DUE, hour(28.5)), t.reason(FR, DUE)],
    ...[made, fulfilled(20)],
  ];

  it('counts breaches with their reasons, as at the end of ST-04', async () => {
    const found = await report(story);
    expect(found['total']).toMatchObject({ promises: 2, kept: 1, broken: 1, doneLate: 1, keepRate: 0.5 });
    expect(found['byReason']).toMatchObject([{ reason: 'STAFF_SHORTAGE', broken: 1, kept: 0 }]);
    expect(found['byKind']).toMatchObject([
      ...[
        { kind: 'COMMITMENT', kept: 1 },
        { kind: 'PUBLISHED', broken: 1, late: { n: 1 } },
      ],
    ]);
    expect(found['byDepartment']).toMatchObject([{ department: 'RND', promises: 2 }]);
    expect(found['byMonth']).toMatchObject([{ month: '2024-03', promises: 2 }]);
  });

  it('of one kind, department or period, and no figure where there is nothing', async () => {
    expect(await report(story, { kind: 'COMMITMENT' })).toMatchObject({ total: { promises: 1 } });
    expect(await report(story, { department: 'SALES' })).toMatchObject({
      total: { promises: 0, keepRate: null },
    });
    expect(await report(story, { from: '2024-04' })).toMatchObject({ total: { promises: 0 } });
    await expect(report(story, { from: '2024-04', to: '2024-03' })).rejects.toThrow('ends before it begins');
  });
});
