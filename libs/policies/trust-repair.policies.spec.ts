import {
  AssessChurnRisk,
  EscalateTicket,
  NoteEmergencyPlanOverdue,
  OpenTrustRepair,
  RaiseTrustRepair,
  StateRepairCause,
} from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import { hydrate } from '@rapport/kernel';
import { SlaRuleChoice, type SlaMoment } from '@rapport/domain/values';
import { givenEventId, reactionsOf } from '@rapport/kernel/spec';
import { churnWatch } from './churn-watch.policy';
import { emergencyPlanWatch } from './emergency-plan-watch.policy';
import { whenCommitmentBrokenThenRepairTrust } from './when-commitment-broken-then-repair-trust.policy';
import { whenPublishedPromiseBreachedThenRepairTrust } from './when-published-promise-breached-then-repair-trust.policy';

const customerId = 'c-1';
const day = (n: number) => new Date(Date.UTC(2024, 2, n, 10)).toISOString();

describe('a broken commitment (SYS-27.1)', () => {
  const { given } = reactionsOf(whenCommitmentBrokenThenRepairTrust);
  const broken = (commitmentId: string, brokenAt: string, more: Partial<e.CommitmentBroken> = {}) =>
    e.CommitmentBroken.of(
      {
        ...{ commitmentId, customerId, makerId: 'ann', madeAt: day(1), dueAt: brokenAt, brokenAt },
        kind: 'DELIVERY' as const,
        ...more,
      },
      brokenAt,
    );
  const opens = (n: number, commitmentId: string, brokenAt: string, more: Partial<OpenTrustRepair> = {}) =>
    OpenTrustRepair.of({
      ...{ repairId: givenEventId(n), customerId, breach: 'BROKEN_COMMITMENT', commitmentId },
      ...{ makerId: 'ann', brokenAt, ...more },
    });

  it('opens a trust repair, whether or not it was made for a ticket', () => {
    given(broken('k-1', day(8))).then(opens(0, 'k-1', day(8)));
    const of = { ticketId: 't-1', department: 'RND' };
    given(broken('k-1', day(8), of)).then(opens(0, 'k-1', day(8), of));
  });

  it('that is the second within 30 days calls the head of the department (SYS-27.3)', () => {
    const raise = RaiseTrustRepair.of({
      repairId: givenEventId(1),
      level: 'DEPARTMENT_HEAD',
      brokenPromises: 2,
    });
    given(broken('k-1', day(1)), broken('k-2', day(31))).then(opens(1, 'k-2', day(31)), raise);
    const reason = '2 promises to this customer were broken within 30 days';
    const escalate = EscalateTicket.of({
      ...{ ticketId: 't-2', level: 'DEPARTMENT_HEAD', askedBy: 'CUSTOMER', reason },
    });
    given(broken('k-1', day(1)), broken('k-2', day(31), { ticketId: 't-2' })).then(
      ...[opens(1, 'k-2', day(31), { ticketId: 't-2' }), raise, escalate],
    );
    given(broken('k-1', day(31)), broken('k-2', day(1))).then(opens(1, 'k-2', day(1)), raise);
  });

  it('that comes later than that is a first one again', () => {
    given(broken('k-1', day(1)), broken('k-2', day(32))).then(opens(1, 'k-2', day(32)));
  });
});

describe('a promise that was published to everybody (SYS-27.1, R-18)', () => {
  const { given } = reactionsOf(whenPublishedPromiseBreachedThenRepairTrust);
  const RAISED = '2024-03-11T02:00:00.000Z';
  const DUE = '2024-03-12T02:00:00.000Z';
  const STRICTER = '2024-03-11T03:00:00.000Z';
  const choice = (rule: string, due: string) =>
    hydrate(SlaRuleChoice, {
      ...{ rule, startEvent: 'RAISED', start: RAISED, tier: 'STANDARD', due },
      within: { kind: 'CONTINUOUS', minutes: 1440 },
    });
  const clock = (moment: SlaMoment = 'FIRST_RESPONSE', dueAt = DUE) => ({
    ...{ ticketId: 't-4', customerId, moment, round: 1, isEnquiry: false, ownerId: 's2', startAt: RAISED },
    ...{ dueAt, heard: 1, urgency: 'ROUTINE' as const },
  });
  const times = { warnAt: DUE, departmentHeadAt: DUE, seniorManagementAt: DUE };
  const started = (winner: SlaRuleChoice, losers: readonly SlaRuleChoice[] = [], moment?: SlaMoment) =>
    e.SlaClockStarted.of({
      ...{ ...clock(moment, winner.due), ...times, opener: 'RAISED', openedAt: RAISED, openedHeard: 1 },
      ...{ winner, losers, policyId: 'default', policyVersion: 1, calendarId: 'default', calendarVersion: 1 },
      ...{ tier: 'STANDARD', priorityCustomer: false },
    });
  const breached = (breachedAt = DUE, moment?: SlaMoment) =>
    e.SlaClockBreached.of(
      {
        ...{ ...clock(moment, breachedAt), breachedAt, level: 'SUPERVISOR' },
        ...{ priorityCustomer: false, reasonDueAt: '2024-03-14T10:00:00.000Z' },
      },
      breachedAt,
    );
  const metLate = (reachedAt: string) =>
    e.SlaClockMetLate.of({
      ...{
        ...clock(),
        reachedBy: 'FIRST_RESPONSE',
        reachedAt,
        breachedAt: STRICTER,
        elapsedMs: 1,
        delayMs: 1,
      },
    });
  const reason = (statedAt: string) =>
    e.BreachReasonRecorded.of({
      ...{ ...clock(), reason: 'STAFF_SHORTAGE', breachedAt: DUE, statedAt, late: false },
      reasonDueAt: '2024-03-14T10:00:00.000Z',
    });
  const opens = (n: number, more: Partial<OpenTrustRepair> = {}) =>
    OpenTrustRepair.of({
      ...{ repairId: givenEventId(n), customerId, ticketId: 't-4', breach: 'PUBLISHED_PROMISE' },
      ...{ rule: 'SLA-ANY', moment: 'FIRST_RESPONSE', round: 1, brokenAt: DUE, makerId: 's2', ...more },
    });
  const KEY = 't-4|FIRST_RESPONSE|1';
  const any = choice('SLA-ANY', DUE);

  it('opens a trust repair when it was not kept: the 24-hour response, or one declared since', () => {
    given(started(any), breached()).then(opens(1));
    const declared = choice('PROMISE:same-day', DUE);
    given(started(declared), breached()).then(opens(1, { rule: 'PROMISE:same-day' }));
  });

  it('is not broken by a stricter rule of the house; its own time decides', () => {
    const strict = [started(choice('SLA-CMP1', STRICTER), [any]), breached(STRICTER)] as const;
    given(...strict).then();
    given(...strict).waits(KEY, '2024-03-12T02:00:00.001Z', opens(1));
    given(...strict, metLate('2024-03-11T04:00:00.000Z')).waitsNoMore(KEY);
    given(...strict, metLate('2024-03-12T04:00:00.000Z')).waits(KEY, '2024-03-12T02:00:00.001Z', opens(1));
  });

  it('is none, where a rule of the house alone held', () => {
    given(started(choice('SLA-IMP', DUE)), breached()).then();
    given(started(choice('SLA-ANY', DUE), [], 'PROGRESS_SYNC'), breached(DUE, 'PROGRESS_SYNC')).then();
  });

  it('has the reason of its breach as cause of the repair (SYS-27.2)', () => {
    const repairId = givenEventId(1);
    given(started(any), breached(), reason('2024-03-13T02:00:00.000Z')).then(
      StateRepairCause.of({ repairId, cause: 'STAFF_SHORTAGE' }),
    );
    const known = [
      started(choice('SLA-CMP1', STRICTER), [any]),
      breached(STRICTER),
      reason(STRICTER),
    ] as const;
    given(...known).waits(KEY, '2024-03-12T02:00:00.001Z', opens(1, { cause: 'STAFF_SHORTAGE' }));
    given(started(choice('SLA-IMP', DUE)), breached(), reason(DUE)).then();
  });

  it('that is kept or no longer asked for needs no repair', () => {
    const met = e.SlaClockMet.of({
      ...{ ...clock(), reachedBy: 'FIRST_RESPONSE', reachedAt: STRICTER, elapsedMs: 1, remainingMs: 1 },
    });
    const cancelled = e.SlaClockCancelled.of({ ...clock(), cancelledAt: STRICTER });
    for (const end of [met, cancelled]) given(started(any), end).waitsNoMore(KEY);
  });

  it('follows a clock that another rule rules now', () => {
    const later = choice('SLA-ANY', '2024-03-13T02:00:00.000Z');
    const moved = e.SlaClockRescheduled.of({
      ...{ ...clock(), ...times, from: DUE, to: DUE, cause: 'RECLASSIFIED', winner: later, losers: [] },
    });
    given(started(any), moved, breached()).waits(
      ...([KEY, '2024-03-13T02:00:00.001Z', opens(2, { brokenAt: '2024-03-13T02:00:00.000Z' })] as const),
    );
  });
});

const repair = {
  ...{ repairId: 'r-1', customerId, breach: 'PUBLISHED_PROMISE', brokenAt: day(12), priorityCustomer: false },
} satisfies Partial<e.TrustRepairOpened>;
const opened = (breach: e.TrustRepairOpened['breach']) =>
  e.TrustRepairOpened.of(
    { ...repair, breach, openedAt: day(12), planBy: '2024-03-12T14:00:00.000Z', supervisorCalls: false },
    day(12),
  );

describe('an emergency plan', () => {
  const { given } = reactionsOf(emergencyPlanWatch);
  const planBy = '2024-03-12T14:00:00.000Z';
  it('is waited for until just after it was due', () => {
    const note = NoteEmergencyPlanOverdue.of({ repairId: 'r-1', planBy });
    given(opened('PUBLISHED_PROMISE')).waits('r-1', '2024-03-12T14:00:00.001Z', note);
  });
  it('that is there is waited for no more', () => {
    const activated = e.EmergencyPlanActivated.of({
      ...{ ...repair, version: 1, planOwnerId: 's3', dueAt: day(13), steps: [], compensates: false },
      ...{ planBy, activatedAt: day(12), late: false },
    });
    const closed = e.TrustRepairClosed.of({
      ...{ ...repair, customerWordId: 'call-9', openedAt: day(12), acceptedAt: day(13) },
    });
    for (const end of [activated, closed]) given(opened('PUBLISHED_PROMISE'), end).waitsNoMore('r-1');
  });
});

describe('the risk that a customer leaves', () => {
  const { given } = reactionsOf(churnWatch);
  it('rises by 15 for 30 days when a published promise was broken (ST-04)', () => {
    const signal = { code: 'BROKEN_COMMITMENT', sourceEventId: givenEventId(0), since: day(12) } as const;
    const expiresAt = '2024-04-11T10:00:00.000Z';
    given(opened('PUBLISHED_PROMISE')).then(
      AssessChurnRisk.of({ customerId, signals: [{ ...signal, expiresAt }] }),
    );
  });
  it('is not counted twice for a commitment, which was counted when it was broken', () => {
    given(opened('BROKEN_COMMITMENT')).then();
  });
});
