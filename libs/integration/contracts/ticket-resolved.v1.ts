import { Count, Id, Instant, OneOf, Optional } from '@rapport/kernel';
import { SolutionDelivered } from '@rapport/domain/events';
import { contract, told } from '../contract';
import { TICKET_EVENTS } from '../topics';
import { NeedType, NeedUrgency } from './words.v1';

export class TicketResolvedV1 {
  @Id() ticketId!: string;
  @Id() customerId!: string;
  @Optional() @OneOf(NeedType) type?: NeedType;
  @OneOf(NeedUrgency) urgency!: NeedUrgency;
  @Instant() raisedAt!: string;
  @Instant() resolvedAt!: string;
  @Count(1, 1e6) round!: number;
}

export const ticketResolved = contract(TicketResolvedV1, {
  ...{ name: 'ticket-resolved', version: 1, topic: TICKET_EVENTS, key: 'ticketId' },
  about:
    'The solution was delivered to the customer, which is where the handbook stops the clock of resolution (R-19, R-23). ' +
    'Whether the customer agrees is told by ticket-closed; one who does not is given another solution, in a later round.',
  notes: { round: '1 for the first solution, 2 for the one after a second communication, and so on.' },
  from: [
    told(SolutionDelivered, ({ ticketId, customerId, type, urgency, raisedAt, deliveredAt, round }) => ({
      ...{ ticketId, customerId, type, urgency, raisedAt, round, resolvedAt: deliveredAt },
    })),
  ],
});
