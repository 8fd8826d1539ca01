import * as events from '@rapport/domain/events';
import type {
  BreachReason,
  ComplaintLevel,
  EscalationLevel,
  SlaMoment,
  TicketType,
  Urgency,
} from '@rapport/domain/values';
import { flag, instant, integer, maybe, projection, text } from '@rapport/kernel';
import { eachClock, workIn } from '../sla-status/sla-clock.rules';

/** Every deadline that was missed, and why. A row stays: nothing takes a breach back. */
export const breachList = projection(events, {
  name: 'breach-list',
  version: 1,
  about: 'Which deadlines were missed, whose work was it, why, and was it reached after all?',
  // prettier-ignore
  columns: {
    ticketId: text().says('The ticket whose deadline it was (SYS-21.3)'),
    customerId: text().says('Whose ticket it is (SYS-21.3)'),
    moment: text<SlaMoment>('FIRST_RESPONSE').says('What was not reached in time, such as FIRST_RESPONSE or RESOLVE (SYS-21.3)'),
    round: integer(1).says('1 for the first clock of its moment, 2 for the next one, and so on (SYS-19.2)', 'ordinal'),
    type: maybe(text<TicketType>('SERVICE')).says('FUNCTIONAL, SERVICE, COMPLAINT or COOPERATION; null: not classified then (R-41)'),
    urgency: text<Urgency>('ROUTINE').says('URGENT, IMPORTANT or ROUTINE at the deadline (R-42)'),
    complaintLevel: maybe(text<ComplaintLevel>('ORDINARY')).says('ORDINARY, SERIOUS or MAJOR; null: no complaint, or not graded then (R-44)'),
    priorityCustomer: flag().says('VIP, key account, strategic partner or of high value (C-11)'),
    ownerId: maybe(text()).says('Whose work it was at the deadline; null: nobody was assigned (SYS-64.1)'),
    department: maybe(text()).says('Who faced the customer at the deadline; null: nobody was assigned (SYS-64.1)'),
    breachedAt: instant().says('The deadline that passed (R-22, SYS-21.3)'),
    level: text<EscalationLevel>('SUPERVISOR').says('The highest level that it calls: SUPERVISOR, DEPARTMENT_HEAD or SENIOR_MANAGEMENT (R-21)'),
    reachedAt: maybe(instant()).says('When it was reached after all; null: it is still awaited (SYS-21.3)'),
    delayMs: maybe(integer()).says('How late that was; 0: late evidence shows that it was in time; null: still awaited (SYS-21.3)', 'ms'),
    reason: maybe(text<BreachReason>('OTHER')).says('Why, such as STAFF_SHORTAGE; null: nobody has said. Words of a person stay in the event (SYS-21.7)'),
    reasonDueAt: instant().says('Until when the reason has to be recorded: within two working days (SYS-21.7)'),
    reasonAt: maybe(instant()).says('When it was recorded; null: it was not (SYS-21.7)'),
    reasonLate: flag().says('It was recorded after its two working days (SYS-21.7)'),
  },
  indexes: [
    ['breachedAt'],
    ['reason', 'reasonDueAt'],
    ['ownerId', 'breachedAt'],
    ['department', 'breachedAt'],
    ['ticketId'],
    ['customerId', 'breachedAt'],
  ],
  history: true,
  key: 'ticketId',
  per: 'deadline that was missed',
  keys: {
    SlaClockBreached: eachClock,
    SlaClockLeftOverdue: eachClock,
    SlaClockMetLate: eachClock,
    BreachReasonRecorded: eachClock,
  },
}).on({
  SlaClockBreached: (
    _,
    { ticketId, customerId, moment, round, breachedAt, level, reasonDueAt, ...clock },
  ) => ({
    ...{ ticketId, customerId, moment, round, breachedAt, level, reasonDueAt },
    ...{ ...workIn(clock), priorityCustomer: clock.priorityCustomer },
  }),
  SlaClockLeftOverdue: (_, { level }) => ({ level }),
  SlaClockMetLate: (_, { reachedAt, delayMs }) => ({ reachedAt, delayMs }),
  BreachReasonRecorded: (_, { reason, statedAt: reasonAt, late: reasonLate }) => ({
    reason,
    reasonAt,
    reasonLate,
  }),
});
