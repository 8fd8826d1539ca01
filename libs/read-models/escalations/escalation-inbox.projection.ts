import * as events from '@rapport/domain/events';
import type {
  ComplaintLevel,
  EscalationLevel,
  EscalationTrigger,
  SlaMoment,
  TicketType,
  Urgency,
} from '@rapport/domain/values';
import { flag, instant, integer, maybe, projection, text } from '@rapport/kernel';

/** `t-1|2` */
const each = ({ ticketId, escalation }: { readonly ticketId: string; readonly escalation: number }) => [
  `${ticketId}|${escalation}`,
];

/** What management is called to: gone when it is settled. Why it was called stays in the event. */
export const escalationInbox = projection(events, {
  name: 'escalation-inbox',
  version: 2,
  about: 'Which tickets has management been called to, at which level, and who has accepted?',
  // prettier-ignore
  columns: {
    ticketId: text().says('The ticket that management is called to (SYS-22.2)'),
    customerId: text().says('Whose ticket it is (SYS-22.2)'),
    type: maybe(text<TicketType>('SERVICE')).says('FUNCTIONAL, SERVICE, COMPLAINT or COOPERATION; null: not classified then (R-41)'),
    urgency: text<Urgency>('ROUTINE').says('URGENT, IMPORTANT or ROUTINE (R-42)'),
    raisedAt: instant().says('When the customer raised the ticket (SYS-12.1)'),
    priorityCustomer: flag().says('VIP, key account, strategic partner or of high value: the ladder begins higher (C-11, SYS-22.4)'),
    complaintLevel: maybe(text<ComplaintLevel>('ORDINARY')).says('ORDINARY, SERIOUS or MAJOR; null: no complaint, or not graded then (R-44)'),
    escalation: integer(1).says('1 for the first escalation of the ticket, 2 for the next one: a ticket may have several at a time (SYS-22.5)', 'ordinal'),
    moment: maybe(text<SlaMoment>('RESOLVE')).says('The moment whose deadline was missed; null: somebody asked for it (SYS-22.2)'),
    clockRound: maybe(integer()).says('Of that moment the first clock, the second, and so on; null: somebody asked for it (SYS-22.2)', 'ordinal'),
    level: text<EscalationLevel>('SUPERVISOR').says('Who is called: SUPERVISOR, DEPARTMENT_HEAD or SENIOR_MANAGEMENT (SYS-22.2)'),
    trigger: text<EscalationTrigger>('OWNER').says('What it came from: the word of CUSTOMER or OWNER, NOT_ACCEPTED below, or SLA_BREACH (R-21, SYS-22.3, SYS-22.6)'),
    onDutyId: maybe(text()).says('The person on duty, where whoever asked named one; null: the role is called, until staff are registered (SYS-22.2, SYS-58)'),
    escalatedAt: instant().says('When this level was called (R-21)'),
    acceptBy: maybe(instant()).says('Until when it waits before it moves up; null: it is at the top, or accepted (SYS-22.3)'),
    acceptedById: maybe(text()).says('Who took it on; null: nobody yet (SYS-22.3)'),
    acceptedAt: maybe(instant()).says('When it was taken on; null: not yet (SYS-22.3)'),
  },
  indexes: [['level', 'escalatedAt'], ['onDutyId'], ['customerId'], ['ticketId']],
  history: true,
  rowsGo: true,
  key: 'ticketId',
  per: 'escalation of a ticket that is not settled',
  keys: { TicketEscalated: each, EscalationAccepted: each, EscalationResolved: each },
}).on({
  TicketEscalated: (
    _,
    { ticketId, customerId, type = null, urgency, raisedAt, priorityCustomer, ...call },
  ) => {
    const { complaintLevel = null, escalation, level, trigger, onDutyId = null, escalatedAt } = call;
    return {
      ...{
        ticketId,
        customerId,
        type,
        urgency,
        raisedAt,
        priorityCustomer,
        complaintLevel,
        escalation,
        level,
      },
      ...{ moment: call.moment ?? null, clockRound: call.clockRound ?? null },
      ...{ trigger, onDutyId, escalatedAt, acceptBy: call.acceptBy ?? null },
      ...{ acceptedById: null, acceptedAt: null },
    };
  },
  EscalationAccepted: (_, { acceptedById, acceptedAt }) => ({ acceptBy: null, acceptedById, acceptedAt }),
  EscalationResolved: () => null,
});
