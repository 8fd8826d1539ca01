import * as events from '@rapport/domain/events';
import type {
  ComplaintLevel,
  EscalationLevel,
  EscalationTrigger,
  TicketType,
  Urgency,
} from '@rapport/domain/values';
import { flag, integer, maybe, projection, text } from '@rapport/kernel';

/** The tickets that management is called to: gone when it is settled. Why it was called stays in the event. */
export const escalationInbox = projection(events, {
  name: 'escalation-inbox',
  version: 1,
  about: 'Which tickets has management been called to, at which level, and who has accepted?',
  columns: {
    customerId: text(),
    type: maybe(text<TicketType>('SERVICE')),
    urgency: text<Urgency>('ROUTINE'),
    raisedAt: text(),
    priorityCustomer: flag(),
    complaintLevel: maybe(text<ComplaintLevel>('ORDINARY')),
    /** 1 for the first escalation of the ticket. */
    escalation: integer(1),
    level: text<EscalationLevel>('SUPERVISOR'),
    trigger: text<EscalationTrigger>('OWNER'),
    onDutyId: maybe(text()),
    escalatedAt: text(),
    /** Null: it is at the top, or somebody has accepted. */
    acceptBy: maybe(text()),
    acceptedById: maybe(text()),
    acceptedAt: maybe(text()),
  },
  indexes: [['level', 'escalatedAt'], ['onDutyId'], ['customerId']],
  history: true,
  key: 'ticketId',
}).on({
  TicketEscalated: (_, { customerId, type = null, urgency, raisedAt, priorityCustomer, ...call }) => {
    const { complaintLevel = null, escalation, level, trigger, onDutyId = null, escalatedAt } = call;
    return {
      ...{ customerId, type, urgency, raisedAt, priorityCustomer, complaintLevel, escalation, level },
      ...{ trigger, onDutyId, escalatedAt, acceptBy: call.acceptBy ?? null },
      ...{ acceptedById: null, acceptedAt: null },
    };
  },
  EscalationAccepted: (_, { acceptedById, acceptedAt }) => ({ acceptBy: null, acceptedById, acceptedAt }),
  EscalationResolved: () => null,
});
