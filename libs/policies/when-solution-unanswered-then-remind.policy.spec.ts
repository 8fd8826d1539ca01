import { RemindOfConfirmation } from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import { reactionTo } from '@rapport/kernel';
import { reactionsOf, recorded } from '@rapport/kernel/spec';
import { whenSolutionUnansweredThenRemind } from './when-solution-unanswered-then-remind.policy';

const { given } = reactionsOf(whenSolutionUnansweredThenRemind);
const raisedAt = '2024-02-28T09:00:00.000Z';
const solvedAt = '2024-03-01T09:00:00.000Z';
const of = { ticketId: 't-1', customerId: 'c-1', type: 'SERVICE', urgency: 'ROUTINE', raisedAt } as const;
const delivered = (deliveredAt = solvedAt, round = 1) =>
  e.SolutionDelivered.of({ ...of, solution: 'x', deliveredAt, round });
const due = (afterDays: number) => e.ClosureReminderDue.of({ ...of, solvedAt, afterDays, round: 1 });
const remind = (afterDays: number, about = solvedAt) =>
  RemindOfConfirmation.of({ ticketId: 't-1', solvedAt: about, afterDays });

it('a solution is asked about after three days, after seven, and then no more', () => {
  given(delivered()).waits('t-1', '2024-03-04T09:00:00.000Z', remind(3));
  given(delivered(), due(3)).waits('t-1', '2024-03-08T09:00:00.000Z', remind(7));
  given(delivered(), due(3), due(7)).waitsNoMore('t-1');
});
it('a later solution begins anew', () => {
  const later = '2024-03-05T09:00:00.000Z';
  given(delivered(), due(3), delivered(later, 2)).waits('t-1', '2024-03-08T09:00:00.000Z', remind(3, later));
});
it.each([
  ['its confirmation', e.CustomerConfirmedSatisfied.of({ ...of, confirmedAt: solvedAt, round: 1 })],
  [
    'dissatisfaction',
    e.CustomerReportedDissatisfied.of({ ...of, reason: 'x', reportedAt: solvedAt, round: 1 }),
  ],
  ['another round', e.SecondCommunicationStarted.of({ ...of, startedAt: solvedAt, round: 2 })],
  ['closing', e.TicketClosed.of({ ...of, outcome: 'UNCONFIRMED', closedAt: solvedAt, round: 1 })],
  ['withdrawal', e.TicketWithdrawn.of({ ...of, reason: 'x', withdrawnAt: solvedAt })],
  [
    'reopening',
    e.TicketReopened.of({
      ...{ ...of, reason: 'x', reopenedAt: solvedAt, withinRecurrence: true, round: 2 },
      ...{ isEnquiry: false, channel: 'PHONE' },
    }),
  ],
])('%s ends the wait', (_, event) => {
  given(delivered()).waits('t-1', '2024-03-04T09:00:00.000Z', remind(3));
  given(delivered(), event).waitsNoMore('t-1');
  given(delivered(), due(3), event).waitsNoMore('t-1');
});
it('an imported solution is history: nobody is reminded of it', () => {
  const event = recorded(delivered(), 0);
  const imported = { ...event, meta: { ...event.meta, actorRole: 'MIGRATION' } };
  expect(reactionTo(whenSolutionUnansweredThenRemind, null, 't-1', imported)).toEqual({
    row: null,
    send: [],
  });
});
