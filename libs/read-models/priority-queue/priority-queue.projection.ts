import * as events from '@rapport/domain/events';
import {
  placeOf,
  type PlanKind,
  type Quadrant,
  type QuadrantHandling,
  type StandardAnswer,
  type TicketType,
  type Urgency,
} from '@rapport/domain/values';
import { flag, instant, integer, maybe, projection, rollup, text } from '@rapport/kernel';

/** Tickets that were ranked, most pressing first when sorted by `place`; one that is over is no longer `open`. */
export const priorityQueue = projection(events, {
  name: 'priority-queue',
  version: 1,
  about: 'In which order are tickets to be worked on, why, and has what needs a plan got one?',
  // prettier-ignore
  columns: {
    customerId: text().says('Whose ticket it is (SYS-14.1)'),
    open: flag().says('Still to be worked on: neither closed nor withdrawn (SYS-14.1)'),
    place: text().says('To sort by: green channels first, then level, score, waiting time and id (SYS-14.5, SYS-24.3)'),
    green: flag().says('Its green channel is open: it comes before all others (SYS-24.3)'),
    type: maybe(text<TicketType>('SERVICE')).says('FUNCTIONAL, SERVICE, COMPLAINT or COOPERATION; null: to be classified (R-41)'),
    urgency: text<Urgency>('ROUTINE').says('URGENT, IMPORTANT or ROUTINE (R-42)'),
    quadrant: text<Quadrant>('Q4').says('Q1 urgent and important, Q2 important, Q3 urgent, Q4 neither (SYS-14.1)'),
    level: integer(4).says('The number of the quadrant, 1 is the highest (R-40)', 'level 1–4'),
    urgent: flag().says('It cannot wait (SYS-14.1)'),
    important: flag().says('Much depends on it (SYS-14.1)'),
    handling: text<QuadrantHandling>('LATER_ITERATION').says('START_AT_ONCE, SPECIAL_PLAN, STANDARD_ANSWER or LATER_ITERATION (SYS-14.4)'),
    standardAnswer: maybe(text<StandardAnswer>('HOW_TO_USE')).says('What may be answered at once; null: not Q3 (SYS-14.4)'),
    score: integer().says('The four principles by their weights: ranks within a level (SYS-14.5)', 'points 0–10000'),
    impact: integer().says('How much of the business it touches (R-43)', 'points 0–100'),
    returnOnCost: integer().says('What comes back for what it costs (R-43)', 'points 0–100'),
    customerValue: integer().says('What the customer is worth: higher for high value and strategic partners (R-43, SYS-14.6)', 'points 0–100'),
    feasibility: integer().says('How surely it can be done (R-43)', 'points 0–100'),
    raisedAt: instant().says('When the customer raised it: of two with one score the older goes first (SYS-14.5)'),
    prioritisedAt: instant().says('When it was ranked first (SYS-14.1)'),
    emergency: flag().says('Ranked before anybody had analysed it, because it could not wait (SYS-14.2)'),
    overriddenAt: maybe(instant()).says('When its level was set by hand; null: it never was (SYS-14.7)'),
    approverId: maybe(text()).says('Who stood for that; null: nobody had to (SYS-14.7)'),
    planBy: maybe(instant()).says('Until when it has to have a place in a plan; null: it need not (R-14, SYS-14.3)'),
    planKind: maybe(text<PlanKind>('WEEKLY')).says('WEEKLY, MONTHLY, SPECIAL or ITERATION; null: not planned (SYS-14.3)'),
    planOverdue: flag().says('The time to plan it passed without a plan (R-14, SYS-14.3)'),
    ownerId: maybe(text()).says('Who answers to the customer; null: nobody yet (SYS-17.1)'),
    department: maybe(text()).says('Who faces the customer; null: not assigned (SYS-17.1)'),
  },
  indexes: [['open', 'place'], ['customerId'], ['open', 'planBy'], ['ownerId']],
  history: true,
  key: 'ticketId',
  per: 'ticket that was prioritised',
}).on({
  TicketPrioritised: ({ green }, data) => {
    const { prioritisedAt, emergency } = data;
    return { ...rankedBy(data, green), open: true, prioritisedAt, emergency };
  },
  TicketPriorityOverridden: ({ planKind: before, green }, data) => {
    const { overriddenAt, approverId, important } = data;
    // A place in the iteration backlog is none for what has become important.
    const planKind = important && before === 'ITERATION' ? null : before;
    return { ...rankedBy(data, green), overriddenAt, approverId, planKind, planOverdue: false };
  },
  GreenChannelOpened: (row) => (isRanked(row) ? { green: true, place: first(row.place) } : undefined),
  GreenChannelClosed: (row) => (isRanked(row) ? { green: false, place: inTurn(row.place) } : undefined),
  TicketScheduledInPlan: (_, { to: { kind: planKind } }) => ({ planKind }),
  PlanningOverdue: () => ({ planOverdue: true }),
  TicketClassified: (row, { to: type }) => (isRanked(row) ? { type } : undefined),
  TicketUrgencyChanged: (row, { urgency }) => (isRanked(row) ? { urgency } : undefined),
  TicketOwnerAssigned: (row, { to: ownerId }) => (isRanked(row) ? { ownerId } : undefined),
  LeadDepartmentAssigned: (row, { to: department }) => (isRanked(row) ? { department } : undefined),
  TicketClosed: (row) => (isRanked(row) ? { open: false } : undefined),
  TicketWithdrawn: (row) => (isRanked(row) ? { open: false } : undefined),
  TicketReopened: (row) => (isRanked(row) ? { open: true } : undefined),
});

/** Tickets that nobody has ranked have no row: what happens to them must not make one. */
const isRanked = ({ raisedAt }: { readonly raisedAt: string }): boolean => raisedAt !== '';

/** Levels begin with 1: what begins with 0 comes before all of them (SYS-24.3). */
const FIRST = '0|';
const inTurn = (place: string): string => (place.startsWith(FIRST) ? place.slice(FIRST.length) : place);
const first = (place: string): string => `${FIRST}${inTurn(place)}`;

const rankedBy = (
  data: Omit<Readonly<events.TicketPrioritised>, 'emergency' | 'prioritisedAt'>,
  green: boolean,
) => {
  const { customerId, type = null, urgency, quadrant, level, urgent, important, handling, score } = data;
  const { scores, raisedAt, standardAnswer = null, planBy = null, ownerId = null, department = null } = data;
  const { impact, returnOnCost, customerValue, feasibility } = scores;
  return {
    ...{ customerId, type, urgency, quadrant, level, urgent, important, handling, score, raisedAt },
    ...{ impact, returnOnCost, customerValue, feasibility, standardAnswer, planBy, ownerId, department },
    place: green ? first(placeOf(data)) : placeOf(data),
  };
};

export const quadrantFigures = rollup(priorityQueue, {
  name: 'quadrant-figures',
  version: 1,
  about: 'How many open tickets lie in each quadrant, and how many of them are planned?',
  source: 'SYS-14.1',
  where: ({ open }) => open,
  by: {
    quadrant: ({ quadrant }) => quadrant,
    department: ({ department }) => department ?? 'UNASSIGNED',
    type: ({ type }) => type ?? 'UNCLASSIFIED',
  },
  sums: {
    planned: ({ planKind }) => Number(planKind !== null),
    planOverdue: ({ planOverdue, planKind }) => Number(planOverdue && planKind === null),
    overridden: ({ overriddenAt }) => Number(overriddenAt !== null),
  },
  says: {
    quadrant: 'Q1 urgent and important, Q2 important, Q3 urgent, Q4 neither',
    department: 'Who faces the customer; UNASSIGNED: nobody yet',
    type: 'FUNCTIONAL, SERVICE, COMPLAINT or COOPERATION; UNCLASSIFIED: not known yet',
    rows: 'Open tickets that were prioritised',
    planned: 'Tickets with a place in a plan',
    planOverdue: 'Tickets without one although the time to plan them has passed (R-14)',
    overridden: 'Tickets whose level was set by hand (SYS-14.7)',
  },
});
