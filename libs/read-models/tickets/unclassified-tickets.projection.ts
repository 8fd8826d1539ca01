import * as events from '@rapport/domain/events';
import type { Channel, Urgency } from '@rapport/domain/values';
import { instant, maybe, projection, text } from '@rapport/kernel';

/** What still has to be classified: gone with its type, or with the need itself. */
export const unclassifiedTickets = projection(events, {
  name: 'unclassified-tickets',
  version: 1,
  about: 'Which open tickets have no type yet, and so no department and no clocks of their class?',
  // prettier-ignore
  columns: {
    customerId: text().says('Whose ticket it is (SYS-12.1)'),
    urgency: text<Urgency>('ROUTINE').says('URGENT, IMPORTANT or ROUTINE (R-42)'),
    channel: text<Channel>('TICKET_SYSTEM').says('The way it came, such as PHONE or EMAIL (SYS-12.1)'),
    collectorId: maybe(text()).says('Who took it in without a type; null: it came back (SYS-12.1)'),
    raisedAt: instant().says('When the customer raised it: it waits since then (SYS-12.1)'),
  },
  indexes: [['raisedAt'], ['collectorId', 'raisedAt'], ['customerId']],
  history: true,
  key: 'ticketId',
  per: 'ticket without a type',
}).on({
  TicketRegistered: (_, { type, customerId, urgency, channel, collectorId, raisedAt }) =>
    type === undefined ? { customerId, urgency, channel, collectorId, raisedAt } : undefined,
  TicketUrgencyChanged: ({ raisedAt }, { urgency, type }) =>
    type === undefined && raisedAt !== '' ? { urgency } : undefined,
  TicketClassified: () => null,
  TicketClosed: () => null,
  TicketWithdrawn: () => null,
  TicketReopened: (_, { type, customerId, urgency, channel, raisedAt }) =>
    type === undefined ? { customerId, urgency, channel, raisedAt } : undefined,
});
