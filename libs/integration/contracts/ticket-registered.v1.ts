import { Count, Flag, Id, Instant, OneOf, Optional } from '@rapport/kernel';
import { TicketRegistered } from '@rapport/domain/events';
import { contract, told } from '../contract';
import { TICKET_EVENTS } from '../topics';
import { NeedType, NeedUrgency, Way } from './words.v1';

export class TicketRegisteredV1 {
  @Id() ticketId!: string;
  @Id() customerId!: string;
  @Optional() @OneOf(NeedType) type?: NeedType;
  @OneOf(NeedUrgency) urgency!: NeedUrgency;
  @Optional() @Count(1, 4) priority?: number;
  @Flag() isEnquiry!: boolean;
  @Flag() isComplex!: boolean;
  @OneOf(Way) channel!: Way;
  @Instant() raisedAt!: string;
  @Optional() @Id() splitFrom?: string;
  @Optional() @Id() recurrenceOf?: string;
}

export const ticketRegistered = contract(TicketRegisteredV1, {
  ...{ name: 'ticket-registered', version: 1, topic: TICKET_EVENTS, key: 'ticketId' },
  about:
    'The customer raised a need; every clock of the ticket counts from `raisedAt`. The words stay with us.',
  notes: {
    type: 'Absent: still to be classified.',
    priority: '1 is the highest.',
    splitFrom: 'The ticket that was split into this one and others.',
    recurrenceOf: 'The closed ticket whose problem has come back.',
  },
  from: [
    told(TicketRegistered, (ticket) => ({
      ...{ ticketId: ticket.ticketId, customerId: ticket.customerId, type: ticket.type },
      ...{ urgency: ticket.urgency, priority: ticket.priority, channel: ticket.channel },
      ...{ isEnquiry: ticket.isEnquiry, isComplex: ticket.isComplex, raisedAt: ticket.raisedAt },
      ...{ splitFrom: ticket.splitFrom, recurrenceOf: ticket.recurrenceOf },
    })),
  ],
});
