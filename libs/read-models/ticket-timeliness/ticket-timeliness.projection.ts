import * as events from '@rapport/domain/events';
import type { SourceVerdict, TicketType, Urgency } from '@rapport/domain/values';
import { howMany, instant, integer, maybe, projection, rollup, text } from '@rapport/kernel';

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
  version: 4,
  about:
    'How long did every ticket wait for its first work, first response, solution and closure, and how often did it change hands?',
  // prettier-ignore
  columns: {
    customerId: text().says('Whose ticket it is (SYS-12.1)'),
    type: maybe(text<TicketType>('SERVICE')).says('FUNCTIONAL, SERVICE, COMPLAINT or COOPERATION; null: never classified (R-41)'),
    urgency: text<Urgency>('ROUTINE').says('URGENT, IMPORTANT or ROUTINE, as it was last (R-42)'),
    priority: maybe(integer()).says('As it was last, 1 is the highest; null: never assigned (R-40)', 'level 1–4'),
    department: maybe(text()).says('Who faced the customer last; null: nobody was assigned (SYS-17.1)'),
    raisedAt: instant().says('When the customer raised it: everything is counted from here (SYS-12.1)'),
    firstWorkAt: maybe(instant()).says('When anything was first done about it; null: nothing yet (SYS-64.1)'),
    firstResponseAt: maybe(instant()).says('The first active contact with a direction; null: none yet (R-07, R-08, R-18)'),
    firstSolvedAt: maybe(instant()).says('The first solution; null: none yet (SYS-64.1)'),
    lastSolvedAt: maybe(instant()).says('The latest solution; null: none yet (SYS-64.1)'),
    closedAt: maybe(instant()).says('When it was done; null: it is not, or it came back (SYS-19.1)'),
    withdrawnAt: maybe(instant()).says('When the customer took it back; null: the customer did not (SYS-12)'),
    waitingMs: integer().says('How long only the customer could go on, all waits that are over together (SYS-21.5)', 'ms'),
    solutions: howMany().says('Solutions that were delivered: more than one, and it was solved again (SYS-64.3)'),
    rounds: howMany(1).says('Attempts to solve it, this one included (SYS-19.2)'),
    reopens: howMany().says('How often it came back after it was solved or closed (SYS-19.5)'),
    ownerReassignments: howMany().says('How often another person took it over (SYS-64.3)'),
    departmentReassignments: howMany().says('How often another department took it over (SYS-64.3)'),
    sourceVerdict: maybe(text<SourceVerdict>('MET')).says('MET or MISSED: what the system it was imported from said of its own deadline (SYS-64.1)'),
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
  TicketPrioritised: (_, { level: priority }) => ({ priority }),
  TicketPriorityOverridden: (_, { level: priority }) => ({ priority }),
  TicketOwnerAssigned: ({ ownerReassignments }, { reassignment }) => ({
    ownerReassignments: ownerReassignments + Number(reassignment),
  }),
  LeadDepartmentAssigned: ({ departmentReassignments }, { to: department, reassignment }) => ({
    department,
    departmentReassignments: departmentReassignments + Number(reassignment),
  }),
  TicketAcknowledged: (row, { acknowledgedAt, automatic }) =>
    automatic ? undefined : worked(row, acknowledgedAt),
  FirstResponseRecorded: (row, { respondedAt }) => ({
    ...worked(row, respondedAt),
    firstResponseAt: row.firstResponseAt ?? respondedAt,
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

export const timelinessFigures = rollup(ticketTimeliness, {
  name: 'timeliness-figures',
  version: 4,
  about:
    'How long did tickets take, and how often did they change hands, by month, class, priority and department?',
  source: 'SYS-64.1',
  by: {
    month: ({ raisedAt }) => raisedAt.slice(0, 7),
    class: ({ urgency }) => urgency,
    priority: ({ priority }) => (priority === null ? 'NONE' : String(priority)),
    department: ({ department }) => department ?? 'UNASSIGNED',
  },
  cuts: [['priority', 'month']],
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
  says: {
    class: 'URGENT, IMPORTANT or ROUTINE, as it was last (R-42)',
    month: ['The month they were raised in (UTC)', 'month'],
    priority: 'As it was last: 1 (the highest) to 4; NONE: never assigned (R-40)',
    department: 'Who faced the customer last; UNASSIGNED: nobody',
    rows: 'Tickets that were raised',
    closed: 'Tickets that are done',
    withdrawn: 'Tickets that the customer took back',
    verdictMet: 'Imported tickets that were in time by the word of their system',
    verdictMissed: 'Imported tickets that were late by the word of their system',
    reopenedTickets: 'Tickets that came back at least once (SYS-19.5)',
    reopens: 'Times that tickets came back, added up (SYS-19.5)',
    departmentReassignedTickets: 'Tickets that changed department at least once (SYS-64.3)',
    departmentReassignments: 'Changes of department, added up (SYS-64.3)',
    ownerReassignedTickets: 'Tickets that changed owner at least once (SYS-64.3)',
    ownerReassignments: 'Changes of owner, added up (SYS-64.3)',
    severalRounds: 'Tickets that took more than one attempt (SYS-19.2)',
    solvedAgain: 'Tickets that got more than one solution (SYS-19.2)',
    firstWork: ['From being raised to the first thing done', 'ms'],
    firstResponse: ['From being raised to the first response', 'ms'],
    firstResolution: ['From being raised to the first solution', 'ms'],
    lastResolution: ['From being raised to the latest solution', 'ms'],
    closure: ['From being raised to being done', 'ms'],
    waiting: ['How long only the customer could go on, where that happened', 'ms'],
  },
});
