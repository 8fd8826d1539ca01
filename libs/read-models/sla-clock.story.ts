import * as e from '@rapport/domain/events';
import type { BreachReason, SlaMoment } from '@rapport/domain/values';

/** A time of March 2024 at a desk in Shanghai: `at(1, 17)` is Friday the 1st at 17:00. */
export const at = (day: number, hour: number, minute = 0): string =>
  new Date(Date.UTC(2024, 2, day, hour - 8, minute)).toISOString();
const HOUR_MS = 3_600_000;

interface Work {
  readonly ownerId?: string;
  readonly department?: string;
}
const raisedAt = at(1, 17);
const times = { warnAt: at(2, 12, 12), departmentHeadAt: at(3, 5), seniorManagementAt: at(3, 17) };
const rule = (name: string, basis: string) => ({
  ...({
    rule: name,
    basis,
    startEvent: 'RAISED',
    start: raisedAt,
    tier: 'STANDARD',
    due: at(2, 17),
  } as const),
  within: { kind: 'CONTINUOUS', minutes: 1_440 } as const,
});
const law = { policyId: 'default', policyVersion: 1, calendarId: 'default', calendarVersion: 1 };

/** One clock of an important ticket that was raised on Friday the 1st at 17:00, and what may become of it. */
export const clockStory = (
  ticketId: string,
  moment: SlaMoment = 'FIRST_RESPONSE',
  { ownerId = 'ann', department = 'PRODUCT' }: Work = {},
  round = 1,
) => {
  const of = {
    ...{
      ticketId,
      customerId: 'c-1',
      moment,
      round,
      type: 'FUNCTIONAL' as const,
      urgency: 'IMPORTANT' as const,
    },
    ...{ isEnquiry: false, ownerId, department, startAt: raisedAt, dueAt: at(2, 17), heard: 1 },
  } as const;
  return { of, ...running(of), ...ended(of) };
};
interface Of {
  readonly ticketId: string;
  readonly customerId: string;
  readonly moment: SlaMoment;
  readonly round: number;
  readonly type: 'FUNCTIONAL';
  readonly urgency: 'IMPORTANT';
  readonly isEnquiry: boolean;
  readonly ownerId: string;
  readonly department: string;
  readonly startAt: string;
  readonly dueAt: string;
  readonly heard: number;
}
const running = (of: Of) => ({
  started: e.SlaClockStarted.of(
    {
      ...{
        ...of,
        ...times,
        ...law,
        opener: 'RAISED',
        openedAt: raisedAt,
        openedHeard: 1,
        tier: 'STANDARD',
      },
      ...{ winner: rule('SLA-IMP', 'R-08'), losers: [rule('SLA-ANY', 'R-18')], priorityCustomer: false },
      counted: { start: raisedAt, within: { kind: 'CONTINUOUS', minutes: 1_440 } },
    },
    raisedAt,
  ),
  moved: (dueAt: string, when: string) =>
    e.SlaClockRescheduled.of(
      {
        ...{ ...of, ...times, dueAt, from: at(2, 17), to: dueAt, cause: 'RECLASSIFIED', losers: [] },
        winner: { ...rule('SLA-URG', 'R-07'), start: when, due: dueAt },
        counted: { start: when, within: { kind: 'CONTINUOUS', minutes: 120 } },
      },
      when,
    ),
  paused: e.SlaClockPaused.of(
    {
      ...{ ...of, pausedAt: at(2, 9), reason: 'WAITING_FOR_CUSTOMER', questionId: 'mail-1' },
      ...{ withTicket: true, remainingMs: 8 * HOUR_MS },
    },
    at(2, 9),
  ),
  resumed: e.SlaClockResumed.of(
    {
      ...{ ...of, ...times, dueAt: at(3, 17), pausedAt: at(2, 9), resumedAt: at(3, 9), from: at(2, 17) },
      ...{ pausedMs: 24 * HOUR_MS, pausedTotalMs: 24 * HOUR_MS },
      counted: { start: raisedAt, within: { kind: 'CONTINUOUS', minutes: 1_440 } },
    },
    at(3, 9),
  ),
  warned: e.SlaClockWarned.of({ ...of, percent: 80, warnedAt: at(2, 12, 12) }, at(2, 12, 12)),
});
const breached = { breachedAt: at(2, 17), reasonDueAt: at(5, 18) };
const ended = (of: Of) => ({
  met: e.SlaClockMet.of(
    { ...of, ...reachedIn(of), reachedAt: at(2, 14, 30), remainingMs: 2.5 * HOUR_MS },
    at(2, 14, 30),
  ),
  breached: e.SlaClockBreached.of(
    { ...of, ...breached, level: 'SUPERVISOR', priorityCustomer: false },
    at(2, 17),
  ),
  overdue: e.SlaClockLeftOverdue.of(
    { ...of, percent: 150, level: 'DEPARTMENT_HEAD', breachedAt: at(2, 17), overdueAt: at(3, 5) },
    at(3, 5),
  ),
  metLate: (hours: number) =>
    e.SlaClockMetLate.of(
      {
        ...{ ...of, ...reachedIn(of), breachedAt: at(2, 17), reachedAt: at(2, 17 + hours) },
        delayMs: hours * HOUR_MS,
      },
      at(2, 17 + hours),
    ),
  cancelled: e.SlaClockCancelled.of({ ...of, cancelledAt: at(2, 10) }, at(2, 10)),
  explained: (reason: BreachReason, late = false) =>
    e.BreachReasonRecorded.of({ ...of, ...breached, reason, statedAt: at(4, 9), late }, at(4, 9)),
});
const reachedIn = ({ moment: reachedBy }: Of) => ({ reachedBy, elapsedMs: 21.5 * HOUR_MS });
