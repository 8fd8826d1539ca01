import { NumberTicket } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import { policy } from '@rapport/kernel';

/** Only a ticket that exists gets a number, so no number is lost to one that was refused. */
export const whenTicketRegisteredThenNumber = policy(events, {
  name: 'when-ticket-registered-then-number',
  about: 'gives every registered ticket the next number of the year it was raised in (UTC)',
  key: 'ticketId',
}).on({
  TicketRegistered: (_, { ticketId, customerId, raisedAt }) => ({
    send: [NumberTicket.of({ year: raisedAt.slice(0, 4), ticketId, customerId })],
  }),
});
