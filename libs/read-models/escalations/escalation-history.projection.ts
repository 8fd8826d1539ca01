import * as events from '@rapport/domain/events';
import type { EscalationLevel, EscalationTrigger, SlaMoment } from '@rapport/domain/values';
import { instant, integer, maybe, projection, text } from '@rapport/kernel';

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
  version: 2,
  about: 'Which levels have been called to a ticket, why, who accepted and when was it settled?',
  // prettier-ignore
  columns: {
    ticketId: text().says('The ticket that management was called to (SYS-22.2)'),
    customerId: text().says('Whose ticket it is (SYS-22.2)'),
    escalation: integer(1).says('1 for the first escalation of the ticket, 2 for the next one: a ticket may have several at a time (SYS-22.5)', 'ordinal'),
    moment: maybe(text<SlaMoment>('RESOLVE')).says('The moment whose deadline was missed; null: somebody asked for it (SYS-22.2)'),
    clockRound: maybe(integer()).says('Of that moment the first clock, the second, and so on; null: somebody asked for it (SYS-22.2)', 'ordinal'),
    level: text<EscalationLevel>('SUPERVISOR').says('Who was called: SUPERVISOR, DEPARTMENT_HEAD or SENIOR_MANAGEMENT (SYS-22.2)'),
    from: maybe(text<EscalationLevel>('SUPERVISOR')).says('Who had been called before; null: nobody (SYS-22.3)'),
    trigger: text<EscalationTrigger>('OWNER').says('What it came from: the word of CUSTOMER or OWNER, NOT_ACCEPTED below, or SLA_BREACH (R-21, SYS-22.3, SYS-22.6)'),
    onDutyId: maybe(text()).says('The person on duty, where whoever asked named one; null: the role is called, until staff are registered (SYS-22.2, SYS-58)'),
    escalatedAt: instant().says('When this level was called (R-21)'),
    acceptedById: maybe(text()).says('Who took it on; null: nobody at this level (SYS-22.3)'),
    acceptedAt: maybe(instant()).says('When it was taken on; null: it was not (SYS-22.3)'),
    resolvedAt: maybe(instant()).says('When it was settled; null: not yet, or this level passed it on (SYS-22.5)'),
  },
  indexes: [
    ['ticketId', 'escalatedAt'],
    ['customerId', 'escalatedAt'],
    ['level', 'escalatedAt'],
  ],
  key: 'ticketId',
  per: 'level that was called to a ticket',
  keys: { TicketEscalated: ofStep, EscalationAccepted: ofStep, EscalationResolved: ofStep },
}).on({
  TicketEscalated: (_, { ticketId, customerId, escalation, level, from = null, trigger, ...call }) => ({
    ...{ ticketId, customerId, escalation, level, from, trigger },
    ...{ moment: call.moment ?? null, clockRound: call.clockRound ?? null },
    ...{ onDutyId: call.onDutyId ?? null, escalatedAt: call.escalatedAt },
  }),
  EscalationAccepted: (_, { acceptedById, acceptedAt }) => ({ acceptedById, acceptedAt }),
  EscalationResolved: (_, { resolvedAt }) => ({ resolvedAt }),
});
