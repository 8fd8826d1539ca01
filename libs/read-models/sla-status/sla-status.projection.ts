import * as events from '@rapport/domain/events';
import type {
  BreachReason,
  ClockOpener,
  ComplaintLevel,
  EscalationLevel,
  RescheduleCause,
  ServiceTier,
  SlaClockState,
  SlaCounted,
  SlaMoment,
  SlaRuleChoice,
  TicketType,
  Urgency,
} from '@rapport/domain/values';
import {
  flag,
  howMany,
  instant,
  integer,
  json,
  maybe,
  projection,
  text,
  type RecordedEvent,
  type RowOf,
} from '@rapport/kernel';
import { eachClock, workIn } from './sla-clock.rules';

/** One change of a deadline, and the event that caused it. */
export interface Move {
  readonly at: string;
  readonly from: string;
  readonly to: string;
  readonly cause: RescheduleCause | 'PAUSE';
  /** The rule that holds since then, where it is another one. */
  readonly rule?: string;
  /** What the change followed from: an event, or the command of a person. */
  readonly causeId: string;
}
export interface Stand {
  readonly from: string;
  readonly to: string;
}
const keys = Object.fromEntries(
  Object.keys(events)
    .filter((type) => type.startsWith('SlaClock') || type === 'BreachReasonRecorded')
    .map((type) => [type, eachClock]),
);

/** Every clock that ever ran: what it is about, by which rule, how often it moved, and how it ended. */
export const slaStatus = projection(events, {
  name: 'sla-status',
  version: 3,
  about:
    'How do the clocks of a ticket stand: what is due until when, by which rule, and was it reached in time?',
  // prettier-ignore
  columns: {
    ticketId: text().says('The ticket whose clock it is (SYS-21.1)'),
    customerId: text().says('Whose ticket it is (SYS-21.1)'),
    moment: text<SlaMoment>('FIRST_RESPONSE').says('What is waited for: ACKNOWLEDGE, FIRST_RESPONSE, PLAN, RESOLVE or PROGRESS_SYNC (SYS-21.1)'),
    round: integer(1).says('1 for the first clock of its moment, 2 for the next one, and so on (SYS-19.2)', 'ordinal'),
    state: text<SlaClockState>('OPEN').says('OPEN, PAUSED, MET, BREACHED (late and still awaited), MET_LATE or CANCELLED (SYS-21.3)'),
    type: maybe(text<TicketType>('SERVICE')).says('FUNCTIONAL, SERVICE, COMPLAINT or COOPERATION; null: not classified then (R-41)'),
    urgency: text<Urgency>('ROUTINE').says('URGENT, IMPORTANT or ROUTINE, when something last became of it (R-42)'),
    complaintLevel: maybe(text<ComplaintLevel>('ORDINARY')).says('ORDINARY, SERIOUS or MAJOR; null: no complaint, or not graded then (R-44)'),
    isEnquiry: flag().says('A plain question: its first response is the answer (R-02)'),
    priorityCustomer: flag().says('VIP, key account, strategic partner or of high value, when it started or was breached (C-11)'),
    ownerId: maybe(text()).says('Whose work it was when something last became of it; null: nobody was assigned (SYS-17.1)'),
    department: maybe(text()).says('Who faced the customer then; null: nobody was assigned (SYS-17.1)'),
    opener: text<ClockOpener>('RAISED').says('What set it going: RAISED, DISSATISFIED, DEVIATION_DECLARED, or RISEN, a complaint whose time had passed (SYS-21.1)'),
    openedAt: instant().says('When what set it going happened (SYS-21.1)'),
    startAt: instant().says('From when it counts: that moment, or that of an upgrade (SYS-21.1)'),
    dueAt: instant().says('To be reached at this moment at the latest; at it is in time (SYS-21.2)'),
    firstDueAt: instant().says('The deadline with which it started (SYS-21.1)'),
    rule: text().says('The rule that won: the strictest of all that hold (C-04)'),
    winner: json<SlaRuleChoice | null>(null).says('The same with what it rests on, its start, its duration and the deadline it gives by itself (SYS-21.1)'),
    losers: json<readonly SlaRuleChoice[]>([]).says('The rules that also hold and would have given more time, strictest first (SYS-21.1)'),
    counted: json<SlaCounted | null>(null).says('What leads to the deadline, from when and how long; null: a promise names it (SYS-21.1)'),
    clippedBy: maybe(text<SlaMoment>('RESOLVE')).says('The later moment whose deadline it has, since its own would come after it; null: none (SYS-21.1)'),
    commitmentId: maybe(text()).says('The promise that it has its deadline from, or RESOLUTION_NODE of a first response; null: none (SYS-25.4)'),
    policyId: text().says('The family of policies it is ruled by (SYS-20.1)'),
    policyVersion: integer(1).says('The version it started with, and keeps (SYS-20.2)', 'version'),
    calendarId: text().says('The working calendar it is counted by (SYS-20.3)'),
    calendarVersion: integer(1).says('The version it started with, and keeps (SYS-20.3)', 'version'),
    tier: text<ServiceTier>('STANDARD').says('Whose service windows it counts: STANDARD or PRIORITY (R-30)'),
    warnAt: instant().says('When its owner is to be warned (SYS-22.1)'),
    warnedAt: maybe(instant()).says('When its owner was warned; null: not yet (SYS-22.1)'),
    breachedAt: maybe(instant()).says('The deadline that passed; null: none did. Nothing takes it back (R-22, SYS-21.3)'),
    calledLevel: maybe(text<EscalationLevel>('SUPERVISOR')).says('The highest level that its breach calls; null: not breached (SYS-22.2)'),
    overduePercent: maybe(integer()).says('The last step of the ladder: so much of its time has passed; null: not breached (SYS-22.2)', '%'),
    endedAt: maybe(instant()).says('When it was reached or cancelled; null: it is awaited (SYS-21.2)'),
    reachedBy: maybe(text<SlaMoment>('RESOLVE')).says('What was reached: the moment itself, or a later one that includes it; null: nothing (SYS-21.2)'),
    notedAt: maybe(instant()).says('When that was entered, if later than it happened; null: at once, or not reached (SYS-16.4)'),
    evidenceId: maybe(text()).says('The mail or call that proves when it was; null: none (SYS-16.4)'),
    elapsedMs: maybe(integer()).says('From its start until it was reached, without its pauses; null: not reached (SYS-21.2)', 'ms'),
    slackMs: maybe(integer()).says('What was left when it was reached; below zero: the delay; null: not reached (SYS-21.3)', 'ms'),
    pausedSince: maybe(instant()).says('Since when it stands still; null: it runs or has ended (SYS-21.5)'),
    questionId: maybe(text()).says('The mail or call with the last question for which it stood still; null: none (SYS-21.5)'),
    pausedMs: integer().says('How long it stood still, all pauses that are over together (SYS-21.5)', 'ms'),
    pauses: json<readonly Stand[]>([]).says('The pauses that are over, from and to (SYS-21.5)'),
    reschedules: howMany().says('How often its deadline moved by another class or a promise (SYS-12.6)'),
    moves: json<readonly Move[]>([]).says('Every move of its deadline: when, from where to where, why and by which event (SYS-12.6)'),
    reason: maybe(text<BreachReason>('OTHER')).says('Why it was missed, such as STAFF_SHORTAGE; null: not said, or not missed. Words of a person stay in the event (SYS-21.7)'),
    reasonDueAt: maybe(instant()).says('Until when the reason has to be recorded; null: not breached (SYS-21.7)'),
    reasonAt: maybe(instant()).says('When it was recorded; null: it was not (SYS-21.7)'),
  },
  indexes: [
    ['ticketId', 'dueAt'],
    ['customerId', 'dueAt'],
    ['state', 'dueAt'],
    ['ownerId', 'dueAt'],
  ],
  history: true,
  key: 'ticketId',
  per: 'clock of a ticket: moment and round',
  keys,
}).on({
  SlaClockStarted: (_, clock) => {
    const { ticketId, customerId, moment, round, isEnquiry, priorityCustomer, opener, openedAt } = clock;
    const { startAt, winner, losers, policyId, policyVersion, calendarId, calendarVersion, tier } = clock;
    return {
      ...{ ticketId, customerId, moment, round, isEnquiry, priorityCustomer, opener, openedAt, startAt },
      ...{ winner, losers, rule: winner.rule, firstDueAt: clock.dueAt },
      ...{ policyId, policyVersion, calendarId, calendarVersion, tier },
      ...workIn(clock),
      ...timesIn(clock),
    };
  },
  SlaClockRescheduled: (
    { moves, reschedules, ...row },
    { winner, losers, from, to, cause, ...clock },
    event,
  ) => ({
    ...workIn(clock),
    ...timesIn(clock),
    ...(winner && { winner, losers: losers ?? [], rule: winner.rule }),
    reschedules: reschedules + Number(from !== to),
    moves: [...moves, moveOf(event, { from, to, cause, rule: winner?.rule ?? row.rule })],
  }),
  SlaClockPaused: (_, { pausedAt: pausedSince, questionId = null, ...clock }) => ({
    ...{ ...workIn(clock), state: 'PAUSED', pausedSince, questionId },
  }),
  SlaClockResumed: (
    { pauses, moves },
    { pausedAt, resumedAt, pausedTotalMs: pausedMs, from, ...clock },
    event,
  ) => ({
    ...{ ...workIn(clock), ...timesIn(clock), state: 'OPEN', pausedSince: null, pausedMs },
    pauses: [...pauses, { from: pausedAt, to: resumedAt }],
    moves:
      from === clock.dueAt ? moves : [...moves, moveOf(event, { from, to: clock.dueAt, cause: 'PAUSE' })],
  }),
  SlaClockWarned: (_, { warnedAt, ...clock }) => ({ ...workIn(clock), warnedAt }),
  SlaClockBreached: (_, { breachedAt, level: calledLevel, reasonDueAt, priorityCustomer, ...clock }) => ({
    ...{ ...workIn(clock), state: 'BREACHED', breachedAt, calledLevel, reasonDueAt, priorityCustomer },
    overduePercent: 100,
  }),
  SlaClockLeftOverdue: (_, { level: calledLevel, percent: overduePercent, ...clock }) => ({
    ...{ ...workIn(clock), calledLevel, overduePercent },
  }),
  SlaClockMet: (_, { remainingMs: slackMs, ...clock }) => ({
    ...{ ...workIn(clock), ...reachedIn(clock), state: 'MET', slackMs },
  }),
  SlaClockMetLate: (_, { delayMs, ...clock }) => ({
    ...{ ...workIn(clock), ...reachedIn(clock), state: 'MET_LATE', slackMs: -delayMs },
  }),
  SlaClockCancelled: (_, { cancelledAt: endedAt, ...clock }) => ({
    ...{ ...workIn(clock), state: 'CANCELLED', endedAt, pausedSince: null },
  }),
  BreachReasonRecorded: (_, { reason, statedAt: reasonAt }) => ({ reason, reasonAt }),
});

/** One clock as it stands. */
export type ClockRow = RowOf<(typeof slaStatus)['table']['columns']>;

interface Timed {
  readonly dueAt: string;
  readonly warnAt: string;
  readonly counted?: SlaCounted;
  readonly clippedBy?: SlaMoment;
  readonly commitmentId?: string;
}
const timesIn = ({ dueAt, warnAt, counted, clippedBy, commitmentId }: Timed) => ({
  ...{ dueAt, warnAt, counted: counted ?? null },
  ...{ clippedBy: clippedBy ?? null, commitmentId: commitmentId ?? null },
});
interface Reached {
  readonly reachedAt: string;
  readonly reachedBy: SlaMoment;
  readonly notedAt?: string;
  readonly evidenceId?: string;
  readonly elapsedMs: number;
}
const reachedIn = ({ reachedAt: endedAt, reachedBy, notedAt, evidenceId, elapsedMs }: Reached) => ({
  ...{ endedAt, reachedBy, elapsedMs, pausedSince: null },
  ...{ notedAt: notedAt ?? null, evidenceId: evidenceId ?? null },
});
const moveOf = ({ occurredAt: at, meta }: RecordedEvent, move: Omit<Move, 'at' | 'causeId'>): Move => ({
  ...{ at, ...move },
  causeId: meta.$causationId,
});
