import * as events from '@rapport/domain/events';
import {
  COMPLAINT_RESPONSE_HOURS,
  ORDINARY_UNRESOLVED_HOURS,
  type Channel,
  type ComplaintCause,
  type ComplaintLevel,
  type EmotionState,
  type ValueTier,
} from '@rapport/domain/values';
import { flag, howMany, instant, integer, json, maybe, projection, rollup, text } from '@rapport/kernel';

/** The row exists: what happened to other tickets is none of its business. */
const isComplaint = ({ customerId }: { readonly customerId: string }): boolean => customerId !== '';
const first = (known: string | null, told: string): string => (known !== null && known < told ? known : told);

/** Every complaint: what it was about, how grave, how long it took and how it ended. */
export const complaints = projection(events, {
  name: 'complaints',
  version: 3,
  about:
    'What do customers complain about, how gravely, and how long until they are answered and it is resolved?',
  // prettier-ignore
  columns: {
    customerId: text().says('Who complained (SYS-28.1)'),
    causes: json<readonly ComplaintCause[]>([]).says('What it is about: one or several codes, such as LATE_DELIVERY (SYS-28.1)'),
    level: maybe(text<ComplaintLevel>('ORDINARY')).says('ORDINARY, SERIOUS or MAJOR; null: not graded yet (R-44, SYS-28.2)'),
    codes: json<readonly string[]>([]).says('The lines of the rule table that gave the level, gravest first (SYS-28.2)'),
    ruleVersion: maybe(integer()).says('The rule table it was graded by; null: not graded yet (SYS-28.2)', 'version'),
    tier: maybe(text<ValueTier>('STANDARD')).says('What the customer was worth when it was graded: HIGH_VALUE, GROWTH or STANDARD (SYS-28.2)'),
    priorityCustomer: flag().says('VIP, key account, strategic partner or of high value when it was graded (C-11)'),
    recurrence: flag().says('The second on the same cause within 30 days (SYS-28.2)'),
    timesRaised: howMany().says('How often its level rose by itself or by hand (SYS-28.4)'),
    emotion: maybe(text<EmotionState>('CALM')).says('How the customer felt: CALM, UPSET or ANGRY; null: not taken up yet (SYS-28.1)'),
    channel: maybe(text<Channel>('PHONE')).says('The way it came, such as PHONE or EMAIL (SYS-12.1)'),
    department: maybe(text()).says('Who faces the customer; null: not assigned (SYS-17.1)'),
    raisedAt: instant().says('When the customer spoke: its clocks run from here (R-03, SYS-28.1)'),
    lodgedAt: maybe(instant()).says('When it was taken up as a complaint; null: not yet (SYS-28.1)'),
    gradedAt: maybe(instant()).says('When it was weighed last; null: not yet (SYS-28.2)'),
    firstResponseAt: maybe(instant()).says('The first active answer: due an hour after it was raised; null: none yet (R-03)'),
    planAt: maybe(instant()).says('When ways to a solution were first laid before the customer; null: not yet (SYS-16.3)'),
    resolvedAt: maybe(instant()).says('The solution it stands on; null: none yet, or it did not hold (R-19)'),
    closedAt: maybe(instant()).says('When the ticket was done; null: it is not, or it came back (SYS-19.1)'),
    withdrawnAt: maybe(instant()).says('When the customer took it back; null: the customer did not (SYS-12)'),
    rounds: howMany(1).says('Attempts to solve it, this one included (SYS-19.2)'),
    reopens: howMany().says('How often it came back after it was solved or closed (SYS-19.5)'),
    objections: howMany().says('Doubts that were answered on the way (SYS-28.7)'),
    satisfied: maybe(flag()).says('Whether the last word of the customer was that it is solved; null: there was none (SYS-19.1)'),
  },
  indexes: [['customerId'], ['level', 'raisedAt'], ['raisedAt']],
  history: true,
  key: 'ticketId',
  per: 'ticket that is a complaint',
}).on({
  TicketRegistered: (_, { type, customerId, raisedAt, channel }) =>
    type === 'COMPLAINT' ? { customerId, raisedAt, channel } : undefined,
  TicketClassified: (row, { to, customerId, raisedAt, channel, ...done }) => {
    if (to !== 'COMPLAINT') return isComplaint(row) ? null : undefined;
    const { respondedAt = null, deliveredAt = null, department = null } = done;
    const before = {
      firstResponseAt: row.firstResponseAt ?? respondedAt,
      resolvedAt: row.resolvedAt ?? deliveredAt,
    };
    return { customerId, raisedAt, channel, department: row.department ?? department, ...before };
  },
  ComplaintLodged: (_, { customerId, causes, emotion, channel, raisedAt }, { occurredAt: lodgedAt }) => ({
    ...{ customerId, causes, emotion, channel, raisedAt, lodgedAt },
  }),
  ComplaintGraded: (_, graded, { occurredAt: gradedAt }) => ({
    ...{
      customerId: graded.customerId,
      causes: graded.causes,
      raisedAt: graded.raisedAt,
      level: graded.level,
    },
    ...{ codes: graded.codes, ruleVersion: graded.ruleVersion, tier: graded.tier, gradedAt },
    ...{ priorityCustomer: graded.priorityCustomer, recurrence: graded.recurrence },
  }),
  ComplaintLevelRaised: ({ timesRaised }, { to: level }) => ({ level, timesRaised: timesRaised + 1 }),
  ObjectionRecorded: (row) => (isComplaint(row) ? { objections: row.objections + 1 } : undefined),
  LeadDepartmentAssigned: (row, { to: department }) => (isComplaint(row) ? { department } : undefined),
  FirstResponseRecorded: (row, { respondedAt }) =>
    isComplaint(row) ? { firstResponseAt: first(row.firstResponseAt, respondedAt) } : undefined,
  PlanPresented: (row, { presentedAt }) =>
    isComplaint(row) ? { planAt: first(row.planAt, presentedAt) } : undefined,
  SolutionDelivered: (row, { deliveredAt: resolvedAt, round: rounds }) =>
    isComplaint(row) ? { resolvedAt, rounds } : undefined,
  CustomerConfirmedSatisfied: (row) => (isComplaint(row) ? { satisfied: true } : undefined),
  CustomerReportedDissatisfied: (row) =>
    isComplaint(row) ? { satisfied: false, resolvedAt: null } : undefined,
  SecondCommunicationStarted: (row, { round: rounds }) =>
    isComplaint(row) ? { rounds, resolvedAt: null } : undefined,
  TicketClosed: (row, { closedAt }) => (isComplaint(row) ? { closedAt } : undefined),
  TicketReopened: (row, { round: rounds }) =>
    isComplaint(row) ? { rounds, reopens: row.reopens + 1, resolvedAt: null, closedAt: null } : undefined,
  TicketWithdrawn: (row, { withdrawnAt }) => (isComplaint(row) ? { withdrawnAt } : undefined),
});

type From = { readonly raisedAt: string };
const msBetween = ({ raisedAt }: From, at: string): number => Date.parse(at) - Date.parse(raisedAt);
const since = (row: From, at: string | null): number | null => (at === null ? null : msBetween(row, at));
const within = (row: From, at: string | null, hours: number): number =>
  Number(at !== null && msBetween(row, at) <= hours * 3_600_000);

/** The separator of several causes in one group: a question splits them, so that the complaint counts in each. */
export const CAUSES_SEPARATOR = '+';

export const complaintFigures = rollup(complaints, {
  name: 'complaint-figures',
  version: 3,
  about:
    'How many complaints were there, answered and resolved how, by cause, level, tier, department and month?',
  source: 'SYS-64.2',
  where: ({ lodgedAt }) => lodgedAt !== null,
  by: {
    causes: ({ causes }) => [...causes].sort().join(CAUSES_SEPARATOR),
    level: ({ level }) => level ?? 'UNGRADED',
    month: ({ raisedAt }) => raisedAt.slice(0, 7),
    tier: ({ tier }) => tier ?? 'UNKNOWN',
    department: ({ department }) => department ?? 'UNASSIGNED',
  },
  cuts: [['tier', 'month'], ['department'], ['department', 'month'], ['causes', 'level', 'month']],
  sums: {
    resolved: ({ resolvedAt }) => Number(resolvedAt !== null),
    closed: ({ closedAt }) => Number(closedAt !== null),
    withdrawn: ({ withdrawnAt }) => Number(withdrawnAt !== null),
    answeredInTime: (row) => within(row, row.firstResponseAt, COMPLAINT_RESPONSE_HOURS),
    resolvedInTime: (row) => within(row, row.resolvedAt, ORDINARY_UNRESOLVED_HOURS),
    raised: ({ timesRaised }) => Number(timesRaised > 0),
    recurrences: ({ recurrence }) => Number(recurrence),
    reopened: ({ reopens }) => Number(reopens > 0),
    severalRounds: ({ rounds }) => Number(rounds > 1),
    satisfied: ({ satisfied }) => Number(satisfied === true),
    dissatisfied: ({ satisfied }) => Number(satisfied === false),
  },
  durations: {
    firstResponse: (row) => since(row, row.firstResponseAt),
    plan: (row) => since(row, row.planAt),
    resolution: (row) => since(row, row.resolvedAt),
  },
  says: {
    causes: 'The codes of the causes, in alphabetical order, joined by +',
    level: 'ORDINARY, SERIOUS or MAJOR; UNGRADED: not graded yet',
    month: ['The month they were raised in (UTC)', 'month'],
    tier: 'What the customer was worth at grading; UNKNOWN: not graded yet',
    department: 'Who faces the customer; UNASSIGNED: nobody yet',
    rows: 'Complaints that were taken up',
    resolved: 'Complaints that stand on a solution',
    closed: 'Complaints that are done',
    withdrawn: 'Complaints that the customer took back',
    answeredInTime: 'Complaints that were first answered within an hour (R-03)',
    resolvedInTime: 'Complaints that were solved within 24 hours (R-19)',
    raised: 'Complaints whose level rose at least once',
    recurrences: 'Complaints that were the second on the same cause within 30 days',
    reopened: 'Complaints that came back at least once',
    severalRounds: 'Complaints that took more than one attempt',
    satisfied: 'Complaints whose customer said at last that it is solved',
    dissatisfied: 'Complaints whose customer said at last that it is not',
    firstResponse: ['From being raised to the first answer', 'ms'],
    plan: ['From being raised to the first plan', 'ms'],
    resolution: ['From being raised to the solution it stands on', 'ms'],
  },
});
