import * as e from '@rapport/domain/events';
import { SlaRuleChoice, type SlaMoment } from '@rapport/domain/values';
import { hydrate } from '@rapport/kernel';

/** The words of the specs about tickets and their clocks: what may happen to one of them, by the hour after it was raised. */
export const RAISED = '2024-03-11T02:00:00.000Z';
export const hour = (n: number): string => new Date(Date.parse(RAISED) + n * 3_600_000).toISOString();

export const choice = (rule: string, due: string) =>
  hydrate(SlaRuleChoice, {
    ...{ rule, startEvent: 'RAISED', start: RAISED, tier: 'STANDARD', due },
    within: { kind: 'CONTINUOUS', minutes: 1440 },
  });

/** One ticket, as its events name it. */
export const ticketStory = (ticketId = 't-1', customerId = 'c-1') => {
  const of = { ticketId, customerId, type: 'SERVICE', urgency: 'ROUTINE', raisedAt: RAISED } as const;
  const told = {
    channel: 'EMAIL',
    verbatim: 'x',
    collectorId: 's',
    isEnquiry: false,
    isComplex: false,
  } as const;
  return {
    of,
    registered: (more: Partial<e.TicketRegistered> = {}) =>
      e.TicketRegistered.of({ ...of, ...told, ...more }, RAISED),
    numbered: e.TicketNumbered.of({
      ...{ year: '2024', ticketId, customerId, sequence: 1, ticketNumber: '需-2024-001' },
    }),
    owned: (to: string) => e.TicketOwnerAssigned.of({ ...of, to, reassignment: false }),
    led: (to: string) => e.LeadDepartmentAssigned.of({ ...of, to, reassignment: false }),
    answered: (n: number) =>
      e.FirstResponseRecorded.of({ ...of, direction: 'we look', respondedAt: hour(n), round: 1 }, hour(n)),
    step: (n: number, stage: string, more: Partial<e.ExecutionStepRecorded> = {}) =>
      e.ExecutionStepRecorded.of(
        {
          ...{ ...of, step: 1, stage, executedAt: hour(n), executorId: 'ann', progress: 'among us' },
          ...{ final: false, lateEntry: false, internalProgress: 'nobody knows why', ...more },
        },
        hour(n),
      ),
    planned: (n: number) =>
      e.PlanPresented.of({ ...of, options: [{ summary: 'so' }], presentedAt: hour(n), round: 1 }, hour(n)),
    waits: e.TicketWaitingForCustomer.of({ ...of, question: 'which one?', waitingSince: hour(5) }, hour(5)),
    resumed: e.TicketResumed.of({ ...of, waitingSince: hour(5), resumedAt: hour(6) }, hour(6)),
    delivered: (n: number) =>
      e.SolutionDelivered.of({ ...of, solution: 'x', deliveredAt: hour(n), round: 1 }, hour(n)),
    again: e.SecondCommunicationStarted.of({ ...of, startedAt: hour(80), round: 2 }, hour(80)),
    closed: e.TicketClosed.of({ ...of, outcome: 'CONFIRMED', closedAt: hour(90), round: 1 }, hour(90)),
    withdrawn: e.TicketWithdrawn.of({ ...of, reason: 'x', withdrawnAt: hour(90) }, hour(90)),
    reopened: e.TicketReopened.of(
      {
        ...{ ...of, reason: 'again', reopenedAt: hour(95), withinRecurrence: true, closedAt: hour(90) },
        ...{ round: 2, isEnquiry: false, channel: 'EMAIL', ownerId: 'bob' },
      },
      hour(95),
    ),
    synced: (n: number, more: Partial<e.ProgressSynced> = {}) =>
      e.ProgressSynced.of(
        {
          ...{ ...of, text: 'no breakthrough', withoutNews: true, nextAt: hour(n + 24), channel: 'EMAIL' },
          ...{ syncedById: 'ann', ownerId: 'ann', syncedAt: hour(n), ...more },
        },
        hour(n),
      ),
    ...clockStory(ticketId, customerId),
  };
};

/** A clock of a ticket, as its events name it. */
const clockOf =
  (ticketId: string, customerId: string) =>
  (moment: SlaMoment, dueAt: string, round = 1) => ({
    ...{ ticketId, customerId, moment, round, urgency: 'ROUTINE' as const, isEnquiry: false },
    ...{ ownerId: 'ann', department: 'RND', startAt: RAISED, dueAt, heard: 1 },
  });
const times = (warnAt: string) => ({ warnAt, departmentHeadAt: hour(900), seniorManagementAt: hour(999) });

/** What happens to its clocks. */
const clockStory = (ticketId: string, customerId: string) => {
  const clock = clockOf(ticketId, customerId);
  return {
    started: (moment: SlaMoment, dueAt: string, round = 1, more: Partial<e.SlaClockStarted> = {}) =>
      e.SlaClockStarted.of(
        {
          ...{ ...clock(moment, dueAt, round), ...times(hour(19)), opener: 'RAISED', openedAt: RAISED },
          ...{ openedHeard: 1, winner: choice('SLA-ANY', dueAt), losers: [], policyId: 'default' },
          ...{ policyVersion: 1, calendarId: 'default', calendarVersion: 1, tier: 'STANDARD' },
          ...{ priorityCustomer: false, ...more },
        },
        RAISED,
      ),
    moved: (moment: SlaMoment, dueAt: string, more: Partial<e.SlaClockRescheduled> = {}) =>
      e.SlaClockRescheduled.of({
        ...{ ...clock(moment, dueAt), ...times(hour(40)), from: hour(24), to: dueAt, cause: 'NODES_AGREED' },
        ...more,
      }),
    breached: (moment: SlaMoment, dueAt: string, round = 1) =>
      e.SlaClockBreached.of(
        {
          ...{ ...clock(moment, dueAt, round), breachedAt: dueAt, level: 'SUPERVISOR' },
          ...{ priorityCustomer: false, reasonDueAt: hour(72) },
        },
        dueAt,
      ),
    met: (moment: SlaMoment, dueAt: string, reachedAt: string, round = 1) =>
      e.SlaClockMet.of(
        { ...clock(moment, dueAt, round), reachedBy: moment, reachedAt, elapsedMs: 1, remainingMs: 1 },
        reachedAt,
      ),
    metLate: (moment: SlaMoment, dueAt: string, reachedAt: string, round = 1) =>
      e.SlaClockMetLate.of(
        {
          ...{ ...clock(moment, dueAt, round), reachedBy: moment, reachedAt, breachedAt: dueAt },
          ...{ elapsedMs: 1, delayMs: 1 },
        },
        reachedAt,
      ),
    cancelled: (moment: SlaMoment, dueAt: string) =>
      e.SlaClockCancelled.of({ ...clock(moment, dueAt), cancelledAt: hour(9) }),
    paused: (moment: SlaMoment, dueAt: string) =>
      e.SlaClockPaused.of({
        ...{ ...clock(moment, dueAt), pausedAt: hour(5), reason: 'WAITING_FOR_CUSTOMER' },
        ...{ withTicket: true, remainingMs: 1 },
      }),
    goesOn: (moment: SlaMoment, dueAt: string) =>
      e.SlaClockResumed.of({
        ...{ ...clock(moment, dueAt), ...times(hour(40)), pausedAt: hour(5), resumedAt: hour(6) },
        ...{ from: hour(24), pausedMs: 1, pausedTotalMs: 1 },
      }),
    reason: (moment: SlaMoment, dueAt: string) =>
      e.BreachReasonRecorded.of(
        {
          ...{ ...clock(moment, dueAt), reason: 'STAFF_SHORTAGE', breachedAt: dueAt, statedAt: hour(50) },
          ...{ late: false, reasonDueAt: hour(72) },
        },
        hour(50),
      ),
  };
};
