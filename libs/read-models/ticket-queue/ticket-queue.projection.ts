import * as events from '@rapport/domain/events';
import type { Channel, ComplaintLevel, TicketType, Urgency } from '@rapport/domain/values';
import { flag, instant, integer, maybe, projection, rollup, text } from '@rapport/kernel';

export type QueueState = 'NEW' | 'WORKING' | 'WAITING' | 'SOLVED' | 'CONFIRMED';

/** A closed or withdrawn ticket has no row: what comes later for it, such as its number, must not bring it back. */
const isOpen = ({ raisedAt }: { readonly raisedAt: string }): boolean => raisedAt !== '';
const begun = (state: QueueState): QueueState => (state === 'NEW' ? 'WORKING' : state);

/** The tickets that are open: what there is to do. */
export const ticketQueue = projection(events, {
  name: 'ticket-queue',
  version: 3,
  about: 'Which tickets are open, in which state, and in whose hands? (A reopened one comes back.)',
  // prettier-ignore
  columns: {
    customerId: text().says('Whose ticket it is (SYS-12.1)'),
    number: maybe(text()).says('Its number of the year, such as 需-2024-001; null: not numbered yet (R-59)'),
    type: maybe(text<TicketType>('SERVICE')).says('FUNCTIONAL, SERVICE, COMPLAINT or COOPERATION; null: to be classified (R-41)'),
    isEnquiry: flag().says('A plain question: its first response is the answer (R-02)'),
    urgency: text<Urgency>('ROUTINE').says('URGENT, IMPORTANT or ROUTINE (R-42)'),
    priority: maybe(integer()).says('1 is the highest; null: not assigned (R-40)', 'level 1–4'),
    green: flag().says('Its green channel is open: it comes before all others (SYS-24.3)'),
    state: text<QueueState>('NEW').says('NEW, WORKING, WAITING (for the customer), SOLVED or CONFIRMED (SYS-62.1)'),
    channel: text<Channel>('TICKET_SYSTEM').says('The way it came, such as PHONE or EMAIL (SYS-12.1)'),
    ownerId: maybe(text()).says('Who answers to the customer; null: nobody yet (SYS-17.1)'),
    department: maybe(text()).says('Who faces the customer; null: not assigned (SYS-17.1)'),
    raisedAt: instant().says('When the customer raised it: its clocks run from here (SYS-12.1)'),
    acknowledgedAt: maybe(instant()).says('When a person told the customer that it has arrived; null: not yet (R-01)'),
    respondedAt: maybe(instant()).says('The first active contact with a direction; null: none yet (R-07, R-08, R-18)'),
    waitingSince: maybe(instant()).says('Since when only the customer can go on; null: it is our turn (SYS-21.5)'),
    solvedAt: maybe(instant()).says('The solution it stands on; null: none yet, or it did not hold (SYS-19.1)'),
    nextNode: maybe(text()).says('What is to come next by the last step; null: not said (SYS-16.1)'),
    nextDue: maybe(instant()).says('Until when that is to come; null: not said (SYS-16.1)'),
    round: integer(1).says('1 at first, one more with each new attempt to solve it (SYS-19.2)', 'ordinal'),
    complaintLevel: maybe(text<ComplaintLevel>('ORDINARY')).says('ORDINARY, SERIOUS or MAJOR; null: no complaint, or not graded yet (R-44)'),
  },
  indexes: [['customerId'], ['ownerId', 'raisedAt'], ['department', 'raisedAt'], ['raisedAt'], ['green']],
  history: true,
  rowsGo: true,
  key: 'ticketId',
  per: 'open ticket',
}).on({
  TicketRegistered: (
    _,
    { customerId, type = null, isEnquiry, urgency, priority = null, channel, raisedAt },
  ) => ({
    ...{ customerId, type, isEnquiry, urgency, priority, channel, raisedAt },
  }),
  TicketNumbered: (row, { ticketNumber: number }) => (isOpen(row) ? { number } : undefined),
  TicketClassified: (_, { to: type, isEnquiry }) => ({ type, isEnquiry }),
  TicketUrgencyChanged: (_, { urgency, priority = null }) => ({ urgency, priority }),
  TicketPrioritised: (_, { level: priority }) => ({ priority }),
  TicketPriorityOverridden: (_, { level: priority }) => ({ priority }),
  GreenChannelOpened: () => ({ green: true }),
  GreenChannelClosed: () => ({ green: false }),
  TicketOwnerAssigned: (_, { to: ownerId }) => ({ ownerId }),
  LeadDepartmentAssigned: (_, { to: department }) => ({ department }),
  TicketAcknowledged: ({ state }, { acknowledgedAt, automatic }) =>
    automatic ? undefined : { state: begun(state), acknowledgedAt },
  FirstResponseRecorded: ({ state, respondedAt: first }, { respondedAt }) => ({
    ...{ state: begun(state), respondedAt: first ?? respondedAt },
  }),
  ExecutionStepRecorded: ({ state }, { nextNode = null, nextDue = null }) => ({
    ...{ state: begun(state), nextNode, nextDue },
  }),
  PlanPresented: ({ state }) => ({ state: begun(state) }),
  TicketWaitingForCustomer: (_, { waitingSince }) => ({ state: 'WAITING', waitingSince }),
  TicketResumed: ({ solvedAt }) => ({ state: solvedAt ? 'SOLVED' : 'WORKING', waitingSince: null }),
  SolutionDelivered: (_, { deliveredAt: solvedAt, round }) => ({ state: 'SOLVED', solvedAt, round }),
  CustomerConfirmedSatisfied: () => ({ state: 'CONFIRMED' }),
  CustomerReportedDissatisfied: () => ({ state: 'WORKING', solvedAt: null }),
  SecondCommunicationStarted: (_, { round }) => ({ state: 'WORKING', solvedAt: null, round }),
  ComplaintGraded: (row, { level: complaintLevel }) => (isOpen(row) ? { complaintLevel } : undefined),
  ComplaintLevelRaised: (row, { to: complaintLevel }) => (isOpen(row) ? { complaintLevel } : undefined),
  /** One that was reopened learns it again from the clocks of its new round: the complaint itself has nothing new to say. */
  SlaClockStarted: (row, { complaintLevel }) =>
    isOpen(row) && row.complaintLevel === null && complaintLevel !== undefined
      ? { complaintLevel }
      : undefined,
  TicketClosed: () => null,
  TicketWithdrawn: () => null,
  TicketReopened: ({ number }, told) => ({
    ...{
      customerId: told.customerId,
      type: told.type ?? null,
      isEnquiry: told.isEnquiry,
      urgency: told.urgency,
    },
    ...{ priority: told.priority ?? null, channel: told.channel, raisedAt: told.raisedAt, round: told.round },
    ...{
      number: told.ticketNumber ?? number,
      ownerId: told.ownerId ?? null,
      department: told.department ?? null,
    },
    ...{ acknowledgedAt: told.acknowledgedAt ?? null, respondedAt: told.respondedAt ?? null },
    ...{ state: 'WORKING', waitingSince: null, solvedAt: null },
  }),
});

export const ticketBacklog = rollup(ticketQueue, {
  name: 'ticket-backlog',
  version: 2,
  about: 'How many tickets of each kind are open, and where do they lie?',
  source: 'SYS-62.1',
  by: {
    type: ({ type }) => type ?? 'UNCLASSIFIED',
    urgency: ({ urgency }) => urgency,
    department: ({ department }) => department ?? 'UNASSIGNED',
    state: ({ state }) => state,
  },
  sums: { waiting: ({ waitingSince }) => Number(waitingSince !== null) },
  says: {
    type: 'FUNCTIONAL, SERVICE, COMPLAINT or COOPERATION; UNCLASSIFIED: not known yet',
    urgency: 'URGENT, IMPORTANT or ROUTINE',
    department: 'Who faces the customer; UNASSIGNED: nobody yet',
    state: 'NEW, WORKING, WAITING, SOLVED or CONFIRMED',
    rows: 'Open tickets',
    waiting: 'Tickets with which only the customer can go on (SYS-21.5)',
  },
});
