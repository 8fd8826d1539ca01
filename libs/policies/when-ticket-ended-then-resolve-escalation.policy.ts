import { ResolveEscalation } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import { flag, policy } from '@rapport/kernel';

/** Nobody is called to what is over; that they had been called stays in the history (SYS-22). */
export const whenTicketEndedThenResolveEscalation = policy(events, {
  name: 'when-ticket-ended-then-resolve-escalation',
  about: 'settles the escalation of a ticket that is closed or withdrawn',
  key: 'ticketId',
  columns: { escalated: flag() },
}).on({
  TicketEscalated: () => ({ remember: { escalated: true } }),
  EscalationResolved: () => ({ remember: null }),
  TicketClosed: ({ escalated }, { ticketId }) => settled(escalated, ticketId, 'closed'),
  TicketWithdrawn: ({ escalated }, { ticketId }) => settled(escalated, ticketId, 'withdrawn'),
});

const settled = (escalated: boolean, ticketId: string, how: string) =>
  escalated ? { send: [ResolveEscalation.of({ ticketId, note: `the ticket was ${how}` })] } : undefined;
