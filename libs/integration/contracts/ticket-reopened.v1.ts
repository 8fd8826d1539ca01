import { Count, Flag, Id, Instant, OneOf, Optional } from '@rapport/kernel';
import { TicketReopened } from '@rapport/domain/events';
import { contract, told } from '../contract';
import { TICKET_EVENTS } from '../topics';
import { NeedType, NeedUrgency } from './words.v1';

export class TicketReopenedV1 {
  @Id() ticketId!: string;
  @Id() customerId!: string;
  @Optional() @OneOf(NeedType) type?: NeedType;
  @OneOf(NeedUrgency) urgency!: NeedUrgency;
  @Instant() raisedAt!: string;
  @Instant() reopenedAt!: string;
  @Optional() @Instant() closedAt?: string;
  @Flag() withinRecurrence!: boolean;
  @Count(2, 1e6) round!: number;
}

export const ticketReopened = contract(TicketReopenedV1, {
  ...{ name: 'ticket-reopened', version: 1, topic: TICKET_EVENTS, key: 'ticketId' },
  about: 'It was not over after all: the ticket is as it was, in a new round.',
  notes: {
    closedAt: 'Absent: it had been resolved, not closed.',
    withinRecurrence: 'It came back within 30 days and counts as recurrence.',
  },
  from: [
    told(TicketReopened, (ticket) => ({
      ...{ ticketId: ticket.ticketId, customerId: ticket.customerId, type: ticket.type },
      ...{ urgency: ticket.urgency, raisedAt: ticket.raisedAt, closedAt: ticket.closedAt },
      ...{ reopenedAt: ticket.reopenedAt, withinRecurrence: ticket.withinRecurrence, round: ticket.round },
    })),
  ],
});
