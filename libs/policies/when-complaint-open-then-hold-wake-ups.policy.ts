import { HoldWakeUps, ReleaseWakeUps } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import { policy } from '@rapport/kernel';

interface Ticket {
  readonly ticketId: string;
  readonly customerId: string;
  readonly type?: string;
}

/** Nobody is woken up with an offer while a complaint is open (SYS-40). It follows the ticket, whose events have one order. */
export const whenComplaintOpenThenHoldWakeUps = policy(events, {
  name: 'when-complaint-open-then-hold-wake-ups',
  about: 'Holds the wake-ups of a customer from the opening of a complaint until it is closed.',
  key: 'ticketId',
}).on({
  TicketRegistered: (_, ticket) => holdFor(ticket),
  TicketReopened: (_, ticket) => holdFor(ticket),
  TicketClassified: (_, { from, to, ...ticket }) => {
    if (from === 'COMPLAINT' && to !== 'COMPLAINT') return releaseFor({ ...ticket, type: from });
    return holdFor({ ...ticket, type: to });
  },
  TicketClosed: (_, ticket) => releaseFor(ticket),
  TicketWithdrawn: (_, ticket) => releaseFor(ticket),
});

const holdFor = ({ ticketId, customerId, type }: Ticket) =>
  type === 'COMPLAINT' ? { send: [HoldWakeUps.of({ customerId, ticketId })] } : undefined;
const releaseFor = ({ ticketId, customerId, type }: Ticket) =>
  type === 'COMPLAINT' ? { send: [ReleaseWakeUps.of({ customerId, ticketId })] } : undefined;
