import * as e from '@rapport/domain/events';
import type { ComplaintCause, ComplaintLevel, TicketType, Urgency } from '@rapport/domain/values';

/** What may happen to one ticket, in hours after it was raised: the events that the specs of the readers begin with. */
export const ticketStory = (
  ticketId: string,
  raisedAt: string,
  type: TicketType = 'SERVICE',
  urgency: Urgency = 'ROUTINE',
) => {
  const at = (hours: number) => new Date(Date.parse(raisedAt) + hours * 3_600_000).toISOString();
  const of = { ticketId, customerId: 'c-1', type, urgency, raisedAt };
  const channel = 'TICKET_SYSTEM' as const;
  const work = { step: 1, stage: 'Active', executorId: 'a', progress: 'x', final: true, lateEntry: false };
  const said = { isEnquiry: false, isComplex: false, channel, verbatim: 'x', collectorId: 's' };
  const withinRecurrence = true;
  return {
    registered: e.TicketRegistered.of({ ...of, ...said }, raisedAt),
    weighed: (hours: number, priority: number) =>
      e.TicketUrgencyChanged.of({ ...of, priority, from: urgency, to: urgency, reason: 'x' }, at(hours)),
    led: (hours: number, to: string, reassignment: boolean) =>
      e.LeadDepartmentAssigned.of({ ...of, to, reassignment }, at(hours)),
    active: (hours: number) =>
      e.ExecutionStepRecorded.of({ ...of, ...work, executedAt: at(hours) }, at(hours)),
    answered: (hours: number) =>
      e.FirstResponseRecorded.of({ ...of, direction: 'x', respondedAt: at(hours) }, at(hours)),
    resolved: (hours: number, round = 1) =>
      e.SolutionDelivered.of({ ...of, solution: 'x', deliveredAt: at(hours), round }, at(hours)),
    closed: (hours: number, sourceVerdict: 'MET' | 'MISSED') =>
      e.TicketClosed.of(
        { ...of, outcome: 'UNCONFIRMED', closedAt: at(hours), round: 1, sourceVerdict },
        at(hours),
      ),
    reopened: (hours: number) =>
      e.TicketReopened.of(
        { ...of, reason: 'x', reopenedAt: at(hours), withinRecurrence, round: 2, isEnquiry: false, channel },
        at(hours),
      ),
    complaint: (
      causes: ComplaintCause[],
      level: ComplaintLevel,
      tier: 'STANDARD' | 'HIGH_VALUE' = 'STANDARD',
    ) => {
      const findings = { businessInterrupted: false, dataLeak: false, publicThreat: false, safety: false };
      const ids = { ticketId, customerId: 'c-1', causes, raisedAt, findings };
      const why = { codes: [], reasons: [], ruleVersion: 1, recurrence: false, priorityCustomer: false };
      return [
        e.ComplaintLodged.of({ ...ids, emotion: 'CALM', channel }, raisedAt),
        e.ComplaintGraded.of({ ...ids, ...why, level, tier }, raisedAt),
      ];
    },
  };
};
