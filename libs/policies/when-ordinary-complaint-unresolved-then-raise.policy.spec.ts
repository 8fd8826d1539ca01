import { RaiseComplaintLevel } from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import type { ComplaintLevel } from '@rapport/domain/values';
import { reactionsOf } from '@rapport/kernel/spec';
import { whenOrdinaryComplaintUnresolvedThenRaise } from './when-ordinary-complaint-unresolved-then-raise.policy';

const { given } = reactionsOf(whenOrdinaryComplaintUnresolvedThenRaise);
const raisedAt = '2024-03-01T09:00:00.000Z';
const dueAt = '2024-03-02T09:00:00.000Z';
const late = '2024-03-02T09:00:00.001Z';
const ids = { ticketId: 't-1', customerId: 'c-1', raisedAt };
const causes = ['LATE_DELIVERY'] as const;
const findings = { businessInterrupted: false, dataLeak: false, publicThreat: false, safety: false };
const weighed = {
  findings,
  codes: [],
  reasons: [],
  ruleVersion: 1,
  recurrence: false,
  priorityCustomer: false,
} as const;
const graded = (level: ComplaintLevel, approved: { approverId?: string } = {}) =>
  e.ComplaintGraded.of({ ...ids, causes, level, ...weighed, tier: 'STANDARD', ...approved });
const ticket = { ...ids, type: 'COMPLAINT', urgency: 'ROUTINE' } as const;
const delivered = (deliveredAt: string, type: 'COMPLAINT' | 'SERVICE' = 'COMPLAINT') =>
  e.SolutionDelivered.of({ ...ticket, type, solution: 'a refund', deliveredAt, round: 1 });
const raise = RaiseComplaintLevel.of({
  ticketId: 't-1',
  to: 'SERIOUS',
  because: 'unresolved 24 hours after it was raised',
});

it('an ordinary complaint is raised 24 hours after it was raised', () => {
  given(graded('ORDINARY')).waits('t-1', dueAt, raise);
});
it('a graver one is not, nor one that somebody answered for as ordinary', () => {
  given(graded('SERIOUS')).waitsNoMore('t-1');
  given(graded('ORDINARY'), graded('MAJOR')).waitsNoMore('t-1');
  given(graded('ORDINARY', { approverId: 'uma' })).waitsNoMore('t-1');
});
it('what settles it in time takes the timer away, the last moment included', () => {
  given(graded('ORDINARY'), delivered(dueAt)).waitsNoMore('t-1');
  const closed = e.TicketClosed.of({ ...ticket, outcome: 'UNCONFIRMED', closedAt: dueAt, round: 1 });
  given(graded('ORDINARY'), closed).waitsNoMore('t-1');
  given(graded('ORDINARY'), e.TicketWithdrawn.of({ ...ticket, reason: 'x', withdrawnAt: dueAt })).waitsNoMore(
    't-1',
  );
  const raised = e.ComplaintLevelRaised.of({
    ...ids,
    causes,
    from: 'ORDINARY',
    to: 'SERIOUS',
    because: 'a call',
  });
  given(graded('ORDINARY'), raised).waitsNoMore('t-1');
});
it('what settles it too late does not, however fast the log is read', () => {
  given(graded('ORDINARY'), delivered(late)).waits('t-1', dueAt, raise);
  given(delivered(late), graded('ORDINARY')).waits('t-1', dueAt, raise);
});
it('a grade that comes after the solution starts no timer', () => {
  given(delivered(dueAt), graded('ORDINARY')).waitsNoMore('t-1');
});
it('a solution that did not satisfy within the 24 hours has resolved nothing', () => {
  const early = '2024-03-01T11:00:00.000Z';
  const second = (startedAt: string) => e.SecondCommunicationStarted.of({ ...ticket, startedAt, round: 2 });
  const back = { reason: 'again', reopenedAt: dueAt, withinRecurrence: true, isEnquiry: false } as const;
  const reopened = e.TicketReopened.of({ ...ticket, ...back, channel: 'PHONE', round: 2 });
  given(graded('ORDINARY'), delivered(early), second(dueAt)).waits('t-1', dueAt, raise);
  given(graded('ORDINARY'), delivered(early), reopened).waits('t-1', dueAt, raise);
  given(delivered(early), second(dueAt), graded('ORDINARY')).waits('t-1', dueAt, raise);
  given(graded('ORDINARY'), delivered(early), second(dueAt), delivered(dueAt)).waitsNoMore('t-1');
  given(graded('ORDINARY'), delivered(early), second(late)).waitsNoMore('t-1');
  given(graded('SERIOUS'), delivered(early), second(dueAt)).waitsNoMore('t-1');
  given(graded('ORDINARY', { approverId: 'uma' }), delivered(early), second(dueAt)).waitsNoMore('t-1');
});
it('other tickets leave no memory', () => {
  given(delivered(dueAt, 'SERVICE'), graded('ORDINARY')).waits('t-1', dueAt, raise);
});
