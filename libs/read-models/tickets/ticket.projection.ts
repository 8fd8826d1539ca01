import * as events from '@rapport/domain/events';
import type {
  Attachment,
  Channel,
  ClosureOutcome,
  CustomerGrade,
  ServicePhase,
  TicketType,
  Urgency,
} from '@rapport/domain/values';
import { flag, instant, integer, json, maybe, projection, text } from '@rapport/kernel';
import { begun, stateMoves, unsolved, type TicketState } from './ticket-state';

/** The file of a ticket: template 1 as it stands now, and where the ticket is. It holds people's words, so it keeps no history. */
export const ticketFile = projection(events, {
  name: 'ticket',
  version: 3,
  about: 'What did the customer ask for, in which words, and where does the ticket stand?',
  // prettier-ignore
  columns: {
    number: maybe(text()).says('Its number of the year, such as 需-2024-001; null: not numbered yet (R-59)'),
    customerId: text().says('Whose ticket it is (SYS-12.1)'),
    contactId: maybe(text()).says('The person who raised it; null: nobody was named (SYS-12.1)'),
    industry: maybe(text()).says('The trade of the customer at intake; null: not known then (SYS-12.3)'),
    grade: maybe(text<CustomerGrade>('REGULAR')).says('VIP, REGULAR or PROSPECT at intake; null: not known then (SYS-12.3)'),
    type: maybe(text<TicketType>('SERVICE')).says('FUNCTIONAL, SERVICE, COMPLAINT or COOPERATION; null: to be classified (R-41)'),
    verbatim: text().says('What was asked, in the words of the customer: personal (SYS-12.3)'),
    distilled: maybe(text()).says('The same in short and objective: personal; null: not distilled (SYS-12.5)'),
    subjectiveWords: json<readonly string[]>([]).says('Words in it that feel or guess, kept by whoever took it in (SYS-12.5)'),
    channel: text<Channel>('TICKET_SYSTEM').says('The way it came, such as PHONE or EMAIL (SYS-12.1)'),
    raisedAt: instant().says('When the customer raised it: its clocks run from here (SYS-12.1)'),
    raisedOn: maybe(text()).says('The day, where no time was known; null: raisedAt is the time (SYS-12.3)', 'day'),
    urgency: text<Urgency>('ROUTINE').says('URGENT, IMPORTANT or ROUTINE (R-42)'),
    priority: maybe(integer()).says('1 is the highest; null: not assigned (R-40)', 'level 1–4'),
    orderNumbers: json<readonly string[]>([]).says('The orders that the customer named (SYS-12.7)'),
    ordersVerified: maybe(flag()).says('The orders were looked up; null: none was named (SYS-12.7)'),
    collectorId: text().says('Who took it in (SYS-12.1)'),
    expectedGoal: maybe(text()).says('What is to be reached: personal; null: not told (SYS-12.3)'),
    background: maybe(text()).says('What it came from: personal; null: not told (SYS-12.3)'),
    cooperationHistory: maybe(text()).says('What was before between us: personal; null: not told (SYS-12.3)'),
    salutation: maybe(text()).says('How to address the contact: personal; null: not told (SYS-12.3)'),
    relatedInteractions: json<readonly string[]>([]).says('Earlier talks that it is about (SYS-12.3)'),
    attachments: json<readonly Attachment[]>([]).says('Documents and pictures that were filed with it (SYS-12.3)'),
    servicePhase: maybe(text<ServicePhase>('IN_SALE')).says('PRE_SALE, IN_SALE or AFTER_SALE; null: not told (R-11)'),
    isEnquiry: flag().says('A plain question: its first response is the answer (R-02)'),
    isComplex: flag().says('It takes more than a talk (SYS-12.3)'),
    splitFrom: maybe(text()).says('The ticket it was a part of; null: it was none (SYS-12.4)'),
    splitInto: json<readonly string[]>([]).says('The tickets that its parts became (SYS-12.4)'),
    recurrenceOf: maybe(text()).says('The closed ticket whose problem came back; null: none (SYS-19.5)'),
    ownerId: maybe(text()).says('Who answers to the customer; null: nobody yet (SYS-17.1)'),
    department: maybe(text()).says('Who faces the customer; null: not assigned (SYS-17.1)'),
    state: text<TicketState>('NEW').says('NEW, WORKING, WAITING, SOLVED, CONFIRMED, CLOSED, ARCHIVED or WITHDRAWN (SYS-12.1)'),
    solvedAt: maybe(instant()).says('The solution it stands on; null: none yet, or it did not hold (SYS-19.1)'),
    round: integer(1).says('1 at first, one more with each new attempt to solve it (SYS-19.2)', 'ordinal'),
    outcome: maybe(text<ClosureOutcome>('CONFIRMED')).says('CONFIRMED by the customer, or UNCONFIRMED; null: it is open (SYS-19.3)'),
  },
  indexes: [['number'], ['customerId', 'raisedAt']],
  key: 'ticketId',
}).on({
  ...stateMoves,
  TicketRegistered: (_, told) => ({
    ...{ customerId: told.customerId, channel: told.channel, collectorId: told.collectorId },
    ...{ raisedAt: told.raisedAt, urgency: told.urgency, priority: told.priority ?? null },
    ...{ raisedOn: told.raisedOn ?? null, servicePhase: told.servicePhase ?? null },
    ...{ type: told.type ?? null, isEnquiry: told.isEnquiry, isComplex: told.isComplex },
    ...{ splitFrom: told.splitFrom ?? null, recurrenceOf: told.recurrenceOf ?? null },
    ...wordsOf(told),
    ...customerOf(told),
  }),
  TicketNumbered: (_, { ticketNumber: number, customerId }) => ({ number, customerId }),
  TicketDetailsAmended: (row, { contactId = row.contactId, orderNumbers = row.orderNumbers, ...told }) => ({
    ...{ contactId, orderNumbers, ordersVerified: told.ordersVerified ?? row.ordersVerified },
    ...(told.distilled !== undefined && {
      ...{ distilled: told.distilled, subjectiveWords: told.subjectiveWords ?? [] },
    }),
    ...{ expectedGoal: told.expectedGoal ?? row.expectedGoal, background: told.background ?? row.background },
    cooperationHistory: told.cooperationHistory ?? row.cooperationHistory,
    salutation: told.salutation ?? row.salutation,
    relatedInteractions: told.relatedInteractions ?? row.relatedInteractions,
  }),
  TicketAttachmentAdded: ({ attachments }, { attachment }) => ({ attachments: [...attachments, attachment] }),
  TicketClassified: (row, { to: type, isEnquiry, servicePhase = row.servicePhase }) => ({
    ...{ type, isEnquiry, servicePhase },
  }),
  TicketSplit: ({ splitInto }, { newTicketIds }) => ({ splitInto: [...splitInto, ...newTicketIds] }),
  TicketUrgencyChanged: (_, { urgency, priority = null }) => ({ urgency, priority }),
  TicketPrioritised: (_, { level: priority }) => ({ priority }),
  TicketPriorityOverridden: (_, { level: priority }) => ({ priority }),
  TicketOwnerAssigned: (_, { to: ownerId }) => ({ ownerId }),
  LeadDepartmentAssigned: (_, { to: department }) => ({ department }),
  ExecutionStepRecorded: begun,
  SolutionDelivered: (_, { deliveredAt: solvedAt, round }) => ({ state: 'SOLVED', solvedAt, round }),
  SecondCommunicationStarted: (_, { round }) => ({ ...unsolved, round }),
  TicketClosed: (_, { outcome }) => ({ state: 'CLOSED', outcome }),
  TicketArchived: () => ({ state: 'ARCHIVED' }),
  TicketWithdrawn: () => ({ state: 'WITHDRAWN' }),
  TicketReopened: (_, { round }) => ({ ...unsolved, round, outcome: null }),
});

type Registered = Readonly<events.TicketRegistered>;
/** What was said, and what was filed with it. */
const wordsOf = ({
  verbatim,
  distilled,
  subjectiveWords,
  orderNumbers,
  ordersVerified,
  ...told
}: Registered) => ({
  ...{ verbatim, distilled: distilled ?? null, subjectiveWords: subjectiveWords ?? [] },
  ...{ orderNumbers: orderNumbers ?? [], ordersVerified: ordersVerified ?? null },
  ...{ expectedGoal: told.expectedGoal ?? null, background: told.background ?? null },
  ...{ attachments: told.attachments ?? [], relatedInteractions: told.relatedInteractions ?? [] },
});
/** Who the customer was at intake, and how to speak with whom there. */
const customerOf = ({ contactId, industry, grade, cooperationHistory, salutation }: Registered) => ({
  ...{ contactId: contactId ?? null, industry: industry ?? null, grade: grade ?? null },
  ...{ cooperationHistory: cooperationHistory ?? null, salutation: salutation ?? null },
});
