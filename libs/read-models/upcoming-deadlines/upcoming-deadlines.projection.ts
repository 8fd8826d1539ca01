import * as events from '@rapport/domain/events';
import type { SlaMoment, TicketType, Urgency } from '@rapport/domain/values';
import { instant, json, maybe, projection, text } from '@rapport/kernel';

/** A clock that still can be kept. */
export interface Upcoming {
  readonly moment: SlaMoment;
  readonly round: number;
  readonly dueAt: string;
  readonly warned: boolean;
  /** It stands still since then. */
  readonly pausedSince?: string;
}
interface Row {
  readonly clocks: readonly Upcoming[];
}
interface Named {
  readonly moment: SlaMoment;
  readonly round: number;
}

/** What is due next, ticket by ticket. What was missed stands in the list of breaches. */
export const upcomingDeadlines = projection(events, {
  name: 'upcoming-deadlines',
  version: 1,
  about: 'What is due next for each open ticket, until when, and whose work is it?',
  // prettier-ignore
  columns: {
    customerId: text().says('Whose ticket it is (SYS-12.1)'),
    type: maybe(text<TicketType>('SERVICE')).says('FUNCTIONAL, SERVICE, COMPLAINT or COOPERATION; null: to be classified (R-41)'),
    urgency: text<Urgency>('ROUTINE').says('URGENT, IMPORTANT or ROUTINE (R-42)'),
    raisedAt: instant().says('When the customer raised it (SYS-12.1)'),
    ownerId: maybe(text()).says('Who answers to the customer; null: nobody yet (SYS-17.1)'),
    department: maybe(text()).says('Who faces the customer; null: not assigned (SYS-17.1)'),
    dueAt: maybe(instant()).says('The earliest deadline that is still to come and does not stand still; null: none (SYS-21.1)'),
    moment: maybe(text<SlaMoment>('FIRST_RESPONSE')).says('What is due then: ACKNOWLEDGE, FIRST_RESPONSE, PLAN, PROGRESS_SYNC or RESOLVE; null: nothing (SYS-21.1)'),
    clocks: json<readonly Upcoming[]>([]).says('Every clock that can still be kept: moment, round, deadline, warned, standing still since (SYS-21.1)'),
  },
  indexes: [['dueAt'], ['ownerId', 'dueAt'], ['department', 'dueAt'], ['customerId']],
  history: true,
  rowsGo: true,
  key: 'ticketId',
  per: 'open ticket',
}).on({
  TicketRegistered: (_, { customerId, type = null, urgency, raisedAt }) => ({
    ...{ customerId, type, urgency, raisedAt },
  }),
  TicketClassified: (_, { to: type }) => ({ type }),
  TicketUrgencyChanged: (_, { urgency }) => ({ urgency }),
  TicketOwnerAssigned: (_, { to: ownerId }) => ({ ownerId }),
  LeadDepartmentAssigned: (_, { to: department }) => ({ department }),
  TicketReopened: (_, { customerId, type = null, urgency, raisedAt, ownerId = null, department = null }) => ({
    ...{ customerId, type, urgency, raisedAt, ownerId, department },
  }),
  TicketClosed: () => null,
  TicketWithdrawn: () => null,

  SlaClockStarted: (row, { moment, round, dueAt }) =>
    having(row, ({ clocks }) => [...clocks, { moment, round, dueAt, warned: false }]),
  SlaClockRescheduled: (row, clock) => changing(row, clock, { dueAt: clock.dueAt }),
  SlaClockPaused: (row, clock) => changing(row, clock, { pausedSince: clock.pausedAt }),
  SlaClockResumed: (row, clock) =>
    having(row, ({ clocks }) =>
      clocks.map(({ pausedSince, ...each }) =>
        isOf(each, clock)
          ? { ...each, dueAt: clock.dueAt }
          : { ...each, ...(pausedSince && { pausedSince }) },
      ),
    ),
  SlaClockWarned: (row, clock) => changing(row, clock, { warned: true }),
  SlaClockMet: (row, clock) => without(row, clock),
  SlaClockBreached: (row, clock) => without(row, clock),
  SlaClockCancelled: (row, clock) => without(row, clock),
});

interface Standing extends Row {
  readonly raisedAt: string;
}
/** A ticket that is closed or withdrawn has no row: what becomes of its clocks after that must not bring it back. */
const having = (row: Standing, change: (row: Row) => readonly Upcoming[]) => {
  if (row.raisedAt === '') return undefined;
  const clocks = change(row);
  const [next] = clocks
    .filter(({ pausedSince }) => pausedSince === undefined)
    .sort((one, other) => (one.dueAt < other.dueAt ? -1 : 1));
  return { clocks, dueAt: next?.dueAt ?? null, moment: next?.moment ?? null };
};
const isOf = (one: Named, other: Named): boolean => one.moment === other.moment && one.round === other.round;
const changing = (row: Standing, clock: Named, change: Partial<Upcoming>) =>
  having(row, ({ clocks }) => clocks.map((each) => (isOf(each, clock) ? { ...each, ...change } : each)));
const without = (row: Standing, clock: Named) =>
  having(row, ({ clocks }) => clocks.filter((each) => !isOf(each, clock)));
