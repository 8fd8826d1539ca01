import { ResolveEscalation } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import { json, policy } from '@rapport/kernel';

/** Nobody is called to what is over; that they had been called stays in the history (SYS-22). */
export const whenTicketEndedThenResolveEscalation = policy(events, {
  name: 'when-ticket-ended-then-resolve-escalation',
  about: 'settles the escalation of a ticket that is closed or withdrawn',
  key: 'ticketId',
  version: 2,
  /** Those that are not settled, by their numbers. */
  columns: { running: json<readonly number[]>([]) },
}).on({
  TicketEscalated: ({ running }, { escalation }) => ({
    remember: { running: [...without(running, escalation), escalation] },
  }),
  EscalationResolved: ({ running }, { escalation }) => {
    const left = without(running, escalation);
    return { remember: left.length > 0 ? { running: left } : null };
  },
  TicketClosed: ({ running }, { ticketId }) => settled(running, ticketId, 'closed'),
  TicketWithdrawn: ({ running }, { ticketId }) => settled(running, ticketId, 'withdrawn'),
});

const without = (running: readonly number[], escalation: number): readonly number[] =>
  running.filter((one) => one !== escalation);
const settled = (running: readonly number[], ticketId: string, how: string) =>
  running.length > 0
    ? { send: [ResolveEscalation.of({ ticketId, note: `the ticket was ${how}` })] }
    : undefined;
