import * as events from '@rapport/domain/events';
import type { EscalationLevel, EscalationTrigger } from '@rapport/domain/values';
import { integer, maybe, projection, text } from '@rapport/kernel';

interface Step {
  readonly ticketId: string;
  readonly escalation: number;
  readonly level: EscalationLevel;
}
/** `t-1|1|SUPERVISOR` */
const ofStep = ({ ticketId, escalation, level }: Step): readonly string[] => [
  `${ticketId}|${escalation}|${level}`,
];

/** Every level that was ever called to a ticket: who took it on, and when it was settled. */
export const escalationHistory = projection(events, {
  name: 'escalation-history',
  version: 1,
  about: 'Which levels have been called to a ticket, why, who accepted and when was it settled?',
  columns: {
    ticketId: text(),
    customerId: text(),
    escalation: integer(1),
    level: text<EscalationLevel>('SUPERVISOR'),
    from: maybe(text<EscalationLevel>('SUPERVISOR')),
    trigger: text<EscalationTrigger>('OWNER'),
    onDutyId: maybe(text()),
    escalatedAt: text(),
    acceptedById: maybe(text()),
    acceptedAt: maybe(text()),
    /** Null also for a level that passed it on. */
    resolvedAt: maybe(text()),
  },
  indexes: [
    ['ticketId', 'escalatedAt'],
    ['customerId', 'escalatedAt'],
    ['level', 'escalatedAt'],
  ],
  key: 'ticketId',
  keys: { TicketEscalated: ofStep, EscalationAccepted: ofStep, EscalationResolved: ofStep },
}).on({
  TicketEscalated: (_, { ticketId, customerId, escalation, level, from = null, trigger, ...call }) => ({
    ...{ ticketId, customerId, escalation, level, from, trigger },
    ...{ onDutyId: call.onDutyId ?? null, escalatedAt: call.escalatedAt },
  }),
  EscalationAccepted: (_, { acceptedById, acceptedAt }) => ({ acceptedById, acceptedAt }),
  EscalationResolved: (_, { resolvedAt }) => ({ resolvedAt }),
});
