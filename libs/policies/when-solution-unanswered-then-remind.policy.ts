import { RemindOfConfirmation } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import { REMINDER_DAYS } from '@rapport/domain/values';
import { at, policy } from '@rapport/kernel';

/**
 * The customer's word on a solution is asked for again after 3 and after 7 days (SYS-19). A solution that was imported
 * is history: whether its customer was reminded is for the system it came from to say.
 */
export const whenSolutionUnansweredThenRemind = policy(events, {
  name: 'when-solution-unanswered-then-remind',
  about: 'Says 3 and 7 days after a solution that the customer has not yet told whether it is solved.',
  key: 'ticketId',
}).on({
  SolutionDelivered: (_, { ticketId, deliveredAt }, { meta }) =>
    meta.actorRole === 'MIGRATION' ? FORGET : remindAfter(0, ticketId, deliveredAt),
  ClosureReminderDue: (_, { ticketId, solvedAt, afterDays }) => remindAfter(afterDays, ticketId, solvedAt),
  CustomerConfirmedSatisfied: () => FORGET,
  CustomerReportedDissatisfied: () => FORGET,
  SecondCommunicationStarted: () => FORGET,
  TicketClosed: () => FORGET,
  TicketWithdrawn: () => FORGET,
  TicketReopened: () => FORGET,
});

const FORGET = { remember: null };
const DAY_MS = 86_400_000;

/** The next reminder after the one that came `days` after the solution; after the last one there is none. */
const remindAfter = (days: number, ticketId: string, solvedAt: string) => {
  const afterDays = REMINDER_DAYS.find((next) => next > days);
  if (afterDays === undefined) return FORGET;
  const dueAt = new Date(Date.parse(solvedAt) + afterDays * DAY_MS).toISOString();
  return { wake: at(dueAt, RemindOfConfirmation.of({ ticketId, solvedAt, afterDays })) };
};
