import * as events from '@rapport/domain/events';
import type { ClosureOutcome, TicketType, Urgency } from '@rapport/domain/values';
import { instant, integer, maybe, projection, text } from '@rapport/kernel';
import { begun, stateMoves, unsolved, type TicketState } from './ticket-state';

/** Every ticket there ever was, to be found by number, customer, state and hands. What was said in it is in `ticket`. */
export const ticketIndex = projection(events, {
  name: 'ticket-index',
  version: 2,
  about: 'Which tickets are there, open or over, by number, customer and state?',
  // prettier-ignore
  columns: {
    number: maybe(text()).says('Its number of the year, such as 需-2024-001; null: not numbered yet (R-59)'),
    customerId: text().says('Whose ticket it is (SYS-12.1)'),
    state: text<TicketState>('NEW').says('NEW, WORKING, WAITING, SOLVED, CONFIRMED, CLOSED, ARCHIVED or WITHDRAWN (SYS-12.1)'),
    type: maybe(text<TicketType>('SERVICE')).says('FUNCTIONAL, SERVICE, COMPLAINT or COOPERATION; null: to be classified (R-41)'),
    urgency: text<Urgency>('ROUTINE').says('URGENT, IMPORTANT or ROUTINE (R-42)'),
    priority: maybe(integer()).says('1 is the highest; null: not assigned (R-40)', 'level 1–4'),
    ownerId: maybe(text()).says('Who answers to the customer; null: nobody yet (SYS-17.1)'),
    department: maybe(text()).says('Who faces the customer; null: not assigned (SYS-17.1)'),
    raisedAt: instant().says('When the customer raised it (SYS-12.1)'),
    solvedAt: maybe(instant()).says('The solution it stands on; null: none yet, or it did not hold (SYS-19.1)'),
    round: integer(1).says('1 at first, one more with each new attempt to solve it (SYS-19.2)', 'ordinal'),
    closedAt: maybe(instant()).says('When it was closed last; null: it is open (SYS-19.1)'),
    outcome: maybe(text<ClosureOutcome>('CONFIRMED')).says('CONFIRMED by the customer, or UNCONFIRMED; null: it is open (SYS-19.3)'),
    splitFrom: maybe(text()).says('The ticket it was a part of; null: it was none (SYS-12.4)'),
    recurrenceOf: maybe(text()).says('The closed ticket whose problem came back; null: none (SYS-19.5)'),
  },
  indexes: [
    ['number'],
    ['customerId', 'raisedAt'],
    ['state', 'raisedAt'],
    ['ownerId', 'state'],
    ['raisedAt'],
  ],
  history: true,
  key: 'ticketId',
}).on({
  ...stateMoves,
  TicketRegistered: (_, { customerId, type = null, urgency, priority = null, raisedAt, ...from }) => ({
    ...{ customerId, type, urgency, priority, raisedAt },
    ...{ splitFrom: from.splitFrom ?? null, recurrenceOf: from.recurrenceOf ?? null },
  }),
  TicketNumbered: (_, { ticketNumber: number, customerId }) => ({ number, customerId }),
  TicketClassified: (_, { to: type }) => ({ type }),
  TicketUrgencyChanged: (_, { urgency, priority = null }) => ({ urgency, priority }),
  TicketPrioritised: (_, { level: priority }) => ({ priority }),
  TicketPriorityOverridden: (_, { level: priority }) => ({ priority }),
  TicketOwnerAssigned: (_, { to: ownerId }) => ({ ownerId }),
  LeadDepartmentAssigned: (_, { to: department }) => ({ department }),
  ExecutionStepRecorded: begun,
  SolutionDelivered: (_, { deliveredAt: solvedAt, round }) => ({ state: 'SOLVED', solvedAt, round }),
  SecondCommunicationStarted: (_, { round }) => ({ ...unsolved, round }),
  TicketClosed: (_, { closedAt, outcome }) => ({ state: 'CLOSED', closedAt, outcome }),
  TicketArchived: () => ({ state: 'ARCHIVED' }),
  TicketWithdrawn: () => ({ state: 'WITHDRAWN' }),
  TicketReopened: (_, { round }) => ({ ...unsolved, round, closedAt: null, outcome: null }),
});
