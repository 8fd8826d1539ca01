import * as events from '@rapport/domain/events';
import type { SourceVerdict, TicketType, Urgency } from '@rapport/domain/values';
import { integer, maybe, projection, rollup, text } from '@rapport/kernel';

/** The earlier, and the later, of a time that may be missing and one that is known. */
const first = (known: string | null, told: string): string => (known !== null && known < told ? known : told);
const last = (known: string | null, told: string): string => (known !== null && known > told ? known : told);
const msBetween = (from: string, to: string): number => Date.parse(to) - Date.parse(from);

/** What moved a ticket on from being new, whatever it was. */
const worked = ({ firstWorkAt }: { readonly firstWorkAt: string | null }, at: string) => ({
  firstWorkAt: first(firstWorkAt, at),
});

/** How long each ticket took on its way, counted from `raisedAt`. */
export const ticketTimeliness = projection(events, {
  name: 'ticket-timeliness',
  version: 2,
  about:
    'How long did every ticket wait for its first work, first response, solution and closure, and how often did it change hands?',
  columns: {
    customerId: text(),
    type: maybe(text<TicketType>('SERVICE')),
    urgency: text<Urgency>('ROUTINE'),
    /** As it was last: the final priority of a closed ticket. */
    priority: maybe(integer()),
    department: maybe(text()),
    raisedAt: text(),
    firstWorkAt: maybe(text()),
    firstResponseAt: maybe(text()),
    firstSolvedAt: maybe(text()),
    lastSolvedAt: maybe(text()),
    /** Null again when it was reopened. */
    closedAt: maybe(text()),
    withdrawnAt: maybe(text()),
    waitingMs: integer(),
    /** Deliveries of a solution: more than one, and it was solved again. */
    solutions: integer(),
    rounds: integer(1),
    reopens: integer(),
    ownerReassignments: integer(),
    departmentReassignments: integer(),
    sourceVerdict: maybe(text<SourceVerdict>('MET')),
  },
  indexes: [['raisedAt'], ['customerId']],
  history: true,
  key: 'ticketId',
}).on({
  TicketRegistered: (_, { customerId, type = null, urgency, priority = null, raisedAt }) => ({
    ...{ customerId, type, urgency, priority, raisedAt },
  }),
  TicketClassified: (_, { to: type }) => ({ type }),
  TicketUrgencyChanged: (_, { urgency, priority = null }) => ({ urgency, priority }),
  TicketOwnerAssigned: ({ ownerReassignments }, { reassignment }) => ({
    ownerReassignments: ownerReassignments + Number(reassignment),
  }),
  LeadDepartmentAssigned: ({ departmentReassignments }, { to: department, reassignment }) => ({
    department,
    departmentReassignments: departmentReassignments + Number(reassignment),
  }),
  TicketAcknowledged: (row, { acknowledgedAt }) => worked(row, acknowledgedAt),
  FirstResponseRecorded: (row, { respondedAt: firstResponseAt }) => ({
    ...worked(row, firstResponseAt),
    firstResponseAt,
  }),
  ExecutionStepRecorded: (row, { executedAt }) => worked(row, executedAt),
  PlanPresented: (row, { presentedAt }) => worked(row, presentedAt),
  TicketWaitingForCustomer: (row, { waitingSince }) => worked(row, waitingSince),
  TicketResumed: ({ waitingMs }, { waitingSince, resumedAt }) => ({
    waitingMs: waitingMs + msBetween(waitingSince, resumedAt),
  }),
  SolutionDelivered: (row, { deliveredAt, round: rounds }) => ({
    ...worked(row, deliveredAt),
    ...{
      firstSolvedAt: first(row.firstSolvedAt, deliveredAt),
      lastSolvedAt: last(row.lastSolvedAt, deliveredAt),
      solutions: row.solutions + 1,
      rounds,
    },
  }),
  SecondCommunicationStarted: (_, { round: rounds }) => ({ rounds }),
  TicketClosed: (row, { closedAt, sourceVerdict }) => ({
    ...worked(row, closedAt),
    ...{ closedAt, sourceVerdict: sourceVerdict ?? row.sourceVerdict },
  }),
  TicketReopened: ({ reopens }, { round: rounds }) => ({ reopens: reopens + 1, rounds, closedAt: null }),
  TicketWithdrawn: (_, { withdrawnAt }) => ({ withdrawnAt }),
});

type From = { readonly raisedAt: string };
const since = ({ raisedAt }: From, at: string | null): number | null =>
  at === null ? null : msBetween(raisedAt, at);

/** Tickets by the month they were raised in (UTC), their final priority and their last department. */
export const timelinessFigures = rollup(ticketTimeliness, {
  name: 'timeliness-figures',
  version: 2,
  by: {
    month: ({ raisedAt }) => raisedAt.slice(0, 7),
    priority: ({ priority }) => (priority === null ? 'NONE' : String(priority)),
    department: ({ department }) => department ?? 'UNASSIGNED',
  },
  sums: {
    closed: ({ closedAt }) => Number(closedAt !== null),
    withdrawn: ({ withdrawnAt }) => Number(withdrawnAt !== null),
    verdictMet: ({ sourceVerdict }) => Number(sourceVerdict === 'MET'),
    verdictMissed: ({ sourceVerdict }) => Number(sourceVerdict === 'MISSED'),
    reopenedTickets: ({ reopens }) => Number(reopens > 0),
    reopens: ({ reopens }) => reopens,
    departmentReassignedTickets: ({ departmentReassignments }) => Number(departmentReassignments > 0),
    departmentReassignments: ({ departmentReassignments }) => departmentReassignments,
    ownerReassignedTickets: ({ ownerReassignments }) => Number(ownerReassignments > 0),
    ownerReassignments: ({ ownerReassignments }) => ownerReassignments,
    severalRounds: ({ rounds }) => Number(rounds > 1),
    solvedAgain: ({ solutions }) => Number(solutions > 1),
  },
  durations: {
    firstWork: (row) => since(row, row.firstWorkAt),
    firstResponse: (row) => since(row, row.firstResponseAt),
    firstResolution: (row) => since(row, row.firstSolvedAt),
    lastResolution: (row) => since(row, row.lastSolvedAt),
    closure: (row) => since(row, row.closedAt),
    waiting: ({ waitingMs }) => (waitingMs === 0 ? null : waitingMs),
  },
});
