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
import { flag, integer, json, maybe, projection, rollup, text } from '@rapport/kernel';

/** The row exists: what happened to other tickets is none of its business. */
const isComplaint = ({ customerId }: { readonly customerId: string }): boolean => customerId !== '';
const first = (known: string | null, told: string): string => (known !== null && known < told ? known : told);

/** Every complaint: what it was about, how grave, how long it took and how it ended. */
export const complaints = projection(events, {
  name: 'complaints',
  version: 1,
  about:
    'What do customers complain about, how gravely, and how long until they are answered and it is resolved?',
  columns: {
    customerId: text(),
    causes: json<readonly ComplaintCause[]>([]),
    level: maybe(text<ComplaintLevel>('ORDINARY')),
    /** The lines of the rule table that gave the level. */
    codes: json<readonly string[]>([]),
    ruleVersion: maybe(integer()),
    tier: maybe(text<ValueTier>('STANDARD')),
    priorityCustomer: flag(),
    recurrence: flag(),
    timesRaised: integer(),
    emotion: maybe(text<EmotionState>('CALM')),
    channel: maybe(text<Channel>('PHONE')),
    department: maybe(text()),
    raisedAt: text(),
    /** Null until it was taken up as a complaint. */
    lodgedAt: maybe(text()),
    gradedAt: maybe(text()),
    firstResponseAt: maybe(text()),
    planAt: maybe(text()),
    /** The solution it stands on; null again when that did not hold. */
    resolvedAt: maybe(text()),
    closedAt: maybe(text()),
    withdrawnAt: maybe(text()),
    rounds: integer(1),
    reopens: integer(),
    objections: integer(),
    /** The customer's last word, if there was one. */
    satisfied: maybe(flag()),
  },
  indexes: [['customerId'], ['level', 'raisedAt'], ['raisedAt']],
  history: true,
  key: 'ticketId',
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

/** Complaints by cause(s), level, tier, department and the month they were raised in (UTC). */
export const complaintFigures = rollup(complaints, {
  name: 'complaint-figures',
  version: 1,
  where: ({ lodgedAt }) => lodgedAt !== null,
  by: {
    causes: ({ causes }) => [...causes].sort().join(CAUSES_SEPARATOR),
    level: ({ level }) => level ?? 'UNGRADED',
    month: ({ raisedAt }) => raisedAt.slice(0, 7),
    tier: ({ tier }) => tier ?? 'UNKNOWN',
    department: ({ department }) => department ?? 'UNASSIGNED',
  },
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
});
