import * as events from '@rapport/domain/events';
import type {
  ComplaintLevel,
  CustomerGrade,
  EscalationLevel,
  Quadrant,
  TicketType,
  Urgency,
} from '@rapport/domain/values';
import { quadrantAt } from '@rapport/domain/values';
import { flag, howMany, instant, json, maybe, projection, text } from '@rapport/kernel';
import { withCall, withoutCall, type Calls } from './progress-items.calls';
import {
  waiting,
  withClock,
  withNextNode,
  withoutClock,
  withoutNextNode,
  type Waited,
} from './progress-items.clocks';

export type ItemState = 'NEW' | 'WORKING' | 'WAITING' | 'SOLVED' | 'CONFIRMED';

/** A ticket that is over has no row: what comes later for it must not bring it back. */
const isOpen = ({ raisedAt }: { readonly raisedAt: string }): boolean => raisedAt !== '';
const begun = (state: ItemState): ItemState => (state === 'NEW' ? 'WORKING' : state);

/** What is to be done and until when; a board makes colours of it at the time at which it is asked, so that no row is stale. */
export const progressItems = projection(events, {
  name: 'progress-items',
  version: 3,
  about:
    'Which open tickets lie where, with whom, what is waited for next, until when, and how pressing are they?',
  // prettier-ignore
  columns: {
    customerId: text().says('Whose ticket it is (SYS-62.2)'),
    number: maybe(text()).says('Its number of the year, such as 需-2024-001; null: not numbered yet (R-59)'),
    grade: maybe(text<CustomerGrade>('REGULAR')).says('What the customer was at intake: VIP, REGULAR or PROSPECT; null: not known (SYS-62.2)'),
    priorityCustomer: flag().says('VIP, key account, strategic partner or of high value, when a clock last began (C-11)'),
    type: maybe(text<TicketType>('SERVICE')).says('FUNCTIONAL, SERVICE, COMPLAINT or COOPERATION; null: to be classified (R-41)'),
    urgency: text<Urgency>('ROUTINE').says('URGENT, IMPORTANT or ROUTINE (R-42)'),
    quadrant: maybe(text<Quadrant>('Q4')).says('Q1 urgent and important … Q4 neither; null: not ranked (SYS-62.2)'),
    complaintLevel: maybe(text<ComplaintLevel>('ORDINARY')).says('ORDINARY, SERIOUS or MAJOR; null: no complaint, or not graded yet (R-44)'),
    green: flag().says('Its green channel is open: it comes before all others (SYS-24.3)'),
    state: text<ItemState>('NEW').says('NEW, WORKING, WAITING (for the customer), SOLVED or CONFIRMED (SYS-62.1)'),
    ownerId: maybe(text()).says('Who answers to the customer; null: nobody yet (SYS-62.1)'),
    department: maybe(text()).says('Who faces the customer; null: not assigned (SYS-62.1)'),
    force: json<readonly string[]>([]).says('Who works on it in a task force (SYS-24.1, SYS-62.4)'),
    raisedAt: instant().says('When the customer raised it (SYS-12.1)'),
    solved: flag().says('A solution was delivered, and has not failed (SYS-19.1)'),
    nextNode: maybe(text()).says('What comes next by the last step; null: not said (SYS-16.1)'),
    waited: json<Waited>({}).says('By what is waited for: [round, due, warned or null, place among what is due at once if not the first], in ms since 1970 (SYS-62.1)'),
    waitsFor: maybe(text()).says('The first of it, such as FIRST_RESPONSE 1 or NEXT_NODE; null: nothing has a time (SYS-62.1)'),
    dueAt: maybe(instant()).says('Until when that is to come; null: nothing has a time (SYS-62.1)'),
    warnAt: maybe(instant()).says('When its owner is warned first; null: nobody is (SYS-22.1)'),
    breaches: howMany().says('Deadlines that were missed since it was opened, or reopened last (R-22)'),
    calls: json<Calls>({}).says('The numbers of the escalations that are not settled, by the level that is called (SYS-22.2)'),
    escalatedTo: maybe(text<EscalationLevel>('SUPERVISOR')).says('The highest level that is called to it; null: nobody is (SYS-22.2)'),
  },
  indexes: [['department', 'dueAt'], ['ownerId', 'dueAt'], ['customerId'], ['dueAt'], ['quadrant']],
  history: true,
  rowsGo: true,
  key: 'ticketId',
  per: 'open ticket',
}).on({
  TicketRegistered: (_, { customerId, grade = null, type = null, urgency, priority, raisedAt }) => ({
    ...{ customerId, grade, type, urgency, raisedAt },
    quadrant: priority === undefined ? null : quadrantAt(priority),
  }),
  TicketNumbered: (row, { ticketNumber: number }) => (isOpen(row) ? { number } : undefined),
  TicketClassified: (_, { to: type }) => ({ type }),
  TicketUrgencyChanged: ({ quadrant }, { urgency, priority }) => ({
    ...{ urgency, quadrant: priority === undefined ? quadrant : quadrantAt(priority) },
  }),
  TicketPrioritised: (_, { quadrant }) => ({ quadrant }),
  TicketPriorityOverridden: (_, { quadrant }) => ({ quadrant }),
  TicketOwnerAssigned: (_, { to: ownerId }) => ({ ownerId }),
  LeadDepartmentAssigned: (_, { to: department }) => ({ department }),
  ComplaintGraded: (row, { level: complaintLevel }) => (isOpen(row) ? { complaintLevel } : undefined),
  ComplaintLevelRaised: (row, { to: complaintLevel }) => (isOpen(row) ? { complaintLevel } : undefined),
  GreenChannelOpened: () => ({ green: true }),
  GreenChannelClosed: () => ({ green: false, force: [] }),
  TaskForceFormed: (_, { leaderId, members }) => ({ force: peopleOf(leaderId, members) }),
  TaskForceChanged: (_, { leaderId, members }) => ({ force: peopleOf(leaderId, members) }),
  TicketEscalated: (row, { escalation, level }) =>
    isOpen(row) ? withCall(row.calls, escalation, level) : undefined,
  EscalationResolved: (row, { escalation }) => (isOpen(row) ? withoutCall(row.calls, escalation) : undefined),

  TicketAcknowledged: ({ state }, { automatic }) => (automatic ? undefined : { state: begun(state) }),
  FirstResponseRecorded: ({ state }) => ({ state: begun(state) }),
  ExecutionStepRecorded: ({ state, waited }, { nextNode = null, nextDue }) => ({
    ...{ state: begun(state), nextNode },
    ...(nextDue === undefined ? withoutNextNode(waited) : withNextNode(waited, nextDue)),
  }),
  PlanPresented: ({ state }) => ({ state: begun(state) }),
  TicketWaitingForCustomer: () => ({ state: 'WAITING' }),
  TicketResumed: ({ solved }) => ({ state: solved ? 'SOLVED' : 'WORKING' }),
  SolutionDelivered: ({ waited }) => ({ state: 'SOLVED', solved: true, ...withoutNextNode(waited) }),
  CustomerConfirmedSatisfied: () => ({ state: 'CONFIRMED' }),
  CustomerReportedDissatisfied: () => ({ state: 'WORKING', solved: false }),
  SecondCommunicationStarted: () => ({ state: 'WORKING', solved: false }),

  SlaClockStarted: (row, { priorityCustomer, complaintLevel = row.complaintLevel, ...clock }) =>
    isOpen(row) ? { priorityCustomer, complaintLevel, ...withClock(row.waited, clock) } : undefined,
  SlaClockRescheduled: (row, clock) => (isOpen(row) ? withClock(row.waited, clock) : undefined),
  SlaClockResumed: (row, clock) => (isOpen(row) ? withClock(row.waited, clock) : undefined),
  SlaClockPaused: (row, clock) => (isOpen(row) ? withoutClock(row.waited, clock) : undefined),
  SlaClockBreached: (row) => (isOpen(row) ? { breaches: row.breaches + 1 } : undefined),
  SlaClockMet: (row, clock) => (isOpen(row) ? withoutClock(row.waited, clock) : undefined),
  SlaClockMetLate: (row, clock) => (isOpen(row) ? withoutClock(row.waited, clock) : undefined),
  SlaClockCancelled: (row, clock) => (isOpen(row) ? withoutClock(row.waited, clock) : undefined),

  TicketClosed: () => null,
  TicketWithdrawn: () => null,
  TicketReopened: ({ number }, told) => ({
    ...{
      customerId: told.customerId,
      type: told.type ?? null,
      urgency: told.urgency,
      raisedAt: told.raisedAt,
    },
    ...{
      number: told.ticketNumber ?? number,
      grade: told.grade ?? null,
      state: 'WORKING',
      solved: false,
      ...waiting({}),
    },
    ...{ ownerId: told.ownerId ?? null, department: told.department ?? null },
    quadrant: told.priority === undefined ? null : quadrantAt(told.priority),
  }),
});

const peopleOf = (leaderId: string, members: readonly { readonly staffId: string }[]): readonly string[] => [
  ...new Set([leaderId, ...members.map(({ staffId }) => staffId)]),
];
