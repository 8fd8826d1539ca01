import { Count, Id, Instant, OneOf, Optional } from '@rapport/kernel';
import { TicketClosed } from '@rapport/domain/events';
import { contract, told } from '../contract';
import { TICKET_EVENTS } from '../topics';
import { NeedType, NeedUrgency, Outcome } from './words.v1';

export class TicketClosedV1 {
  @Id() ticketId!: string;
  @Id() customerId!: string;
  @Optional() @OneOf(NeedType) type?: NeedType;
  @OneOf(NeedUrgency) urgency!: NeedUrgency;
  @Instant() raisedAt!: string;
  @Instant() closedAt!: string;
  @OneOf(Outcome) outcome!: Outcome;
  @Count(1, 1e6) round!: number;
}

export const ticketClosed = contract(TicketClosedV1, {
  ...{ name: 'ticket-closed', version: 1, topic: TICKET_EVENTS, key: 'ticketId' },
  about: 'The ticket is done, with the customer’s word or without one.',
  notes: {
    outcome: 'Only CONFIRMED counts as satisfied.',
    round: 'Of how many solutions the last one held.',
  },
  from: [
    told(TicketClosed, ({ ticketId, customerId, type, urgency, raisedAt, closedAt, outcome, round }) => ({
      ...{ ticketId, customerId, type, urgency, raisedAt, closedAt, outcome, round },
    })),
  ],
});
