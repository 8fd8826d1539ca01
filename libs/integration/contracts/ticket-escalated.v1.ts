import { Count, Flag, Id, Instant, OneOf, Optional } from '@rapport/kernel';
import { TicketEscalated } from '@rapport/domain/events';
import type { EscalationTrigger } from '@rapport/domain/values';
import { contract, told } from '../contract';
import { TICKET_EVENTS } from '../topics';
import { CalledBecause, Ladder, NeedType, NeedUrgency } from './words.v1';

export class TicketEscalatedV1 {
  @Id() ticketId!: string;
  @Id() customerId!: string;
  @Optional() @OneOf(NeedType) type?: NeedType;
  @OneOf(NeedUrgency) urgency!: NeedUrgency;
  @Instant() raisedAt!: string;
  @Count(1, 1e6) escalation!: number;
  @Optional() @OneOf(Ladder) from?: Ladder;
  @OneOf(Ladder) level!: Ladder;
  @OneOf(CalledBecause) trigger!: CalledBecause;
  @Flag() priorityCustomer!: boolean;
  @Instant() escalatedAt!: string;
  @Optional() @Instant() acceptBy?: string;
}

/** A deadline that was missed is a newer word: as with a call that nobody accepted, time has passed and nobody asked. */
const toldAs = (trigger: EscalationTrigger): CalledBecause =>
  trigger === 'SLA_BREACH' ? 'NOT_ACCEPTED' : trigger;

export const ticketEscalated = contract(TicketEscalatedV1, {
  ...{ name: 'ticket-escalated', version: 1, topic: TICKET_EVENTS, key: 'ticketId' },
  about: 'Management was called to a ticket, at this level; each level once for each escalation.',
  notes: {
    escalation: '1 for the first escalation of the ticket, 2 for the one after that was resolved, and so on.',
    from: 'Absent: nobody had been called before.',
    acceptBy: 'Not accepted by then, it moves up. Absent: this is the top.',
  },
  from: [
    told(TicketEscalated, (call) => ({
      ...{ ticketId: call.ticketId, customerId: call.customerId, type: call.type, urgency: call.urgency },
      ...{ raisedAt: call.raisedAt, escalation: call.escalation, from: call.from, level: call.level },
      ...{ trigger: toldAs(call.trigger), priorityCustomer: call.priorityCustomer },
      ...{ escalatedAt: call.escalatedAt, acceptBy: call.acceptBy },
    })),
  ],
});
