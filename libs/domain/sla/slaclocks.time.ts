import type { Ticket } from '../ticket/ticket.decider';
import { dueOf } from './calendar.rules';
import { higherThan, type EscalationLevel } from './escalation.values';
import { forEach, having, sameIn, told, type Asking, type ClockEvent, type Draft } from './slaclocks.draft';
import { SlaClockBreached, SlaClockLeftOverdue, SlaClockWarned } from './slaclocks.events';
import type { Law } from './sla.rulebook';
import { isAwaited, isPaused, isRunning, isSync, laterThan, type Clock } from './slaclocks.state';
import { BREACH_REASON_WORKING_DAYS, PAUSABLE_MOMENTS, type SlaFacts } from './slaclocks.values';
import type { SlaMoment } from './sla.values';

/** What time alone has done by now. What the ticket knows already is on its way here and decides for itself. */
export const timeUntilNow = (draft: Draft, asking: Asking): Draft =>
  forEach(draft, isAwaitedInChain, (drawn, clock) => {
    const until = [asking.now, ...knownSince(asking, clock)].reduce((one, other) =>
      other < one ? other : one,
    );
    return timePassed(drawn, asking, clock, until);
  });

const isAwaitedInChain = (clock: Clock): boolean => isAwaited(clock) && !isSync(clock);

/**
 * What time did to one clock until a moment: the warning, the breach just after the deadline, the steps of the ladder; each
 * dated at its own time, whether or not anybody was there (SYS-21.3, SYS-22).
 */
export const timePassed = (draft: Draft, asking: Asking, of: Clock, until: string): Draft => {
  for (let drawn = draft; ;) {
    const clock = sameIn(drawn, of);
    const next = isAwaited(clock) && !isPaused(clock) ? nextStep(clock, asking, until) : undefined;
    if (!next) return drawn;
    drawn = having(drawn, [next]);
  }
};
const nextStep = (clock: Clock, asking: Asking, until: string): ClockEvent | undefined => {
  const { times, warned, opening } = clock;
  const law = asking.lawOf(opening.at);
  if (!isRunning(clock)) return laddered(clock, asking, law, until);
  if (!warned && times.warnAt <= until && times.warnAt <= times.dueAt) return warnedOf(clock, asking, law);
  return times.dueAt < until ? breachedOf(clock, asking, law) : undefined;
};

const warnedOf = (clock: Clock, { about }: Asking, { policy: { ladder } }: Law): ClockEvent => {
  const { warnAt: warnedAt } = clock.times;
  return SlaClockWarned.of({ ...told(about, clock), percent: ladder.warnAtPercent, warnedAt }, warnedAt);
};
const breachedOf = (clock: Clock, { about, of }: Asking, { calendar }: Law): ClockEvent => {
  const { dueAt: breachedAt } = clock.times;
  const within = { kind: 'WORKING_DAY', days: BREACH_REASON_WORKING_DAYS } as const;
  const reasonDueAt = dueOf(breachedAt, { within, calendar, tier: 'STANDARD' });
  const { priorityCustomer } = of;
  const call = { level: entryLevel(of), priorityCustomer, reasonDueAt };
  return SlaClockBreached.of({ ...told(about, clock), breachedAt, ...call }, breachedAt);
};

/** 2.4: the head of the department is called at 150 %, senior management at 200 %. */
const laddered = (
  clock: Clock,
  { about, of }: Asking,
  { policy: { ladder } }: Law,
  until: string,
): ClockEvent | undefined => {
  const { departmentHeadAt, seniorManagementAt, dueAt } = clock.times;
  const steps = [
    { at: departmentHeadAt, level: 'DEPARTMENT_HEAD', percent: ladder.departmentHeadAtPercent },
    { at: seniorManagementAt, level: 'SENIOR_MANAGEMENT', percent: ladder.seniorManagementAtPercent },
  ] as const;
  const step = steps[clock.steps];
  if (!step || step.at > until) return undefined;
  const overdue = { percent: step.percent, overdueAt: step.at, breachedAt: clock.breachedAt ?? dueAt };
  const level = higherOf(entryLevel(of), step.level);
  return SlaClockLeftOverdue.of({ ...told(about, clock), ...overdue, level }, step.at);
};
/** Where the ladder begins: a major complaint goes to the top at once, priority customers and quadrant 1 skip a step (SYS-22.4). */
const entryLevel = ({ complaintLevel, priorityCustomer, quadrant }: Asking['of']): EscalationLevel => {
  if (complaintLevel === 'MAJOR') return 'SENIOR_MANAGEMENT';
  return priorityCustomer || quadrant === 1 ? 'DEPARTMENT_HEAD' : 'SUPERVISOR';
};
const higherOf = (one: EscalationLevel, other: EscalationLevel): EscalationLevel =>
  higherThan(one, other) > 0 ? one : other;

/**
 * Since when the ticket itself, read afresh, knows of what stops this clock and has not been told here yet: until it is told
 * nobody says that it was missed. Empty: nobody can tell since when.
 */
const knownSince = (asking: Asking, { moment, opening }: Clock): readonly string[] => {
  const { ticket, facts } = asking;
  if (ticket.stage === 'unregistered') return [];
  if (ticket.stage === 'withdrawn') return [''];
  const waits =
    ticket.stage === 'waiting' &&
    PAUSABLE_MOMENTS.includes(moment) &&
    facts.waiting?.since !== ticket.waitingSince;
  const reached = untoldSince(opening.at, asking).flatMap(([of, at]) =>
    laterThan(of, moment) >= 0 ? [at] : [],
  );
  return [
    ...reached,
    ...(waits ? [ticket.waitingSince] : []),
    ...(ticket.stage === 'closed' ? [ticket.closedAt] : []),
  ];
};
/** What was entered into the ticket itself from then on and has not been told here yet: which moment, and when it was entered. */
export const untoldSince = (
  since: string,
  { ticket, facts }: Pick<Asking, 'ticket' | 'facts'>,
): readonly (readonly [SlaMoment, string])[] =>
  ticket.stage === 'unregistered'
    ? []
    : enteredIn(ticket).flatMap(([of, at]) =>
        at !== undefined && at >= since && !isTold(facts, of, at) ? [[of, at] as const] : [],
      );
const isTold = ({ reached }: SlaFacts, of: SlaMoment, enteredAt: string): boolean =>
  reached.some(({ moment, at, notedAt = at }) => moment === of && notedAt >= enteredAt);
const enteredIn = ({
  of: { isEnquiry, progress, enteredAt = {} },
}: Exclude<Ticket, { stage: 'unregistered' }>): readonly (readonly [SlaMoment, string | undefined])[] => [
  ['ACKNOWLEDGE', enteredAt.acknowledged],
  // The reply to a plain question is its answer (C-03).
  [isEnquiry ? 'PLAN' : 'FIRST_RESPONSE', enteredAt.responded],
  ['PLAN', enteredAt.planned],
  ['RESOLVE', enteredAt.solved],
  ['PROGRESS_SYNC', progress?.enteredAt],
];
