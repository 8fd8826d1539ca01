import * as events from '@rapport/domain/events';
import type { Channel, ComplaintLevel, TicketType, Urgency } from '@rapport/domain/values';
import { flag, integer, maybe, projection, rollup, text } from '@rapport/kernel';

export type QueueState = 'NEW' | 'WORKING' | 'WAITING' | 'SOLVED' | 'CONFIRMED';

/** A closed or withdrawn ticket has no row: what comes later for it, such as its number, must not bring it back. */
const isOpen = ({ raisedAt }: { readonly raisedAt: string }): boolean => raisedAt !== '';
const begun = (state: QueueState): QueueState => (state === 'NEW' ? 'WORKING' : state);

/** The tickets that are open: what there is to do. */
export const ticketQueue = projection(events, {
  name: 'ticket-queue',
  version: 1,
  about: 'Which tickets are open, in which state, and in whose hands? (A reopened one comes back.)',
  columns: {
    customerId: text(),
    number: maybe(text()),
    type: maybe(text<TicketType>('SERVICE')),
    isEnquiry: flag(),
    urgency: text<Urgency>('ROUTINE'),
    priority: maybe(integer()),
    state: text<QueueState>('NEW'),
    channel: text<Channel>('TICKET_SYSTEM'),
    ownerId: maybe(text()),
    department: maybe(text()),
    raisedAt: text(),
    acknowledgedAt: maybe(text()),
    respondedAt: maybe(text()),
    waitingSince: maybe(text()),
    solvedAt: maybe(text()),
    nextNode: maybe(text()),
    nextDue: maybe(text()),
    round: integer(1),
    complaintLevel: maybe(text<ComplaintLevel>('ORDINARY')),
  },
  indexes: [['customerId'], ['ownerId', 'raisedAt'], ['department', 'raisedAt'], ['raisedAt']],
  history: true,
  key: 'ticketId',
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
  TicketOwnerAssigned: (_, { to: ownerId }) => ({ ownerId }),
  LeadDepartmentAssigned: (_, { to: department }) => ({ department }),
  TicketAcknowledged: ({ state }, { acknowledgedAt }) => ({ state: begun(state), acknowledgedAt }),
  FirstResponseRecorded: ({ state }, { respondedAt }) => ({ state: begun(state), respondedAt }),
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

/** How many open tickets of each kind, for the backlog. */
export const ticketBacklog = rollup(ticketQueue, {
  name: 'ticket-backlog',
  version: 1,
  by: {
    type: ({ type }) => type ?? 'UNCLASSIFIED',
    urgency: ({ urgency }) => urgency,
    department: ({ department }) => department ?? 'UNASSIGNED',
    state: ({ state }) => state,
  },
  sums: { waiting: ({ waitingSince }) => Number(waitingSince !== null) },
});
