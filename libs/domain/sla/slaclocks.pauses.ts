import {
  forEach,
  having,
  msBetween,
  sameIn,
  told,
  type About,
  type Asking,
  type ClockEvent,
  type Draft,
} from './slaclocks.draft';
import { SlaClockPaused, SlaClockResumed } from './slaclocks.events';
import type { Law } from './sla.rulebook';
import { timesAfter } from './slaclocks.rulebook';
import { isPaused, isRunning, type Clock, type SlaClocks, type Times } from './slaclocks.state';
import { timePassed } from './slaclocks.time';
import { PAUSABLE_MOMENTS } from './slaclocks.values';

/**
 * Clocks of plan and solution stand still with the ticket while a question is out on record, and go on with it; what a
 * supervisor let stand still by itself goes on when the customer has answered (2.4, SYS-21.5).
 */
export const pausedWithTicket = (draft: Draft, asking: Asking): Draft => {
  const { waiting, resumedAt: until = asking.now } = asking.facts;
  if (waiting && waiting.questionId === undefined) return draft; // nothing lets a clock stand still
  if (waiting)
    return forEach(draft, isPausable, (before, of) => {
      const drawn = timePassed(before, asking, of, waiting.since);
      const clock = sameIn(drawn, of);
      return isPausable(clock)
        ? having(drawn, [pausedOf(asking.about, clock, { ...waiting, withTicket: true })])
        : drawn;
    });
  return forEach(draft, isOver(asking.facts.resumedAt), (drawn, clock) =>
    resumedAt(drawn, asking, clock, until),
  );
};
/** The pause ends with the wait of the ticket: its own, or one that began before the customer answered. */
const isOver =
  (answeredAt = '') =>
  ({ paused }: Clock): boolean =>
    paused !== undefined && (paused.withTicket || paused.at < answeredAt);
const isPausable = (clock: Clock): boolean =>
  isRunning(clock) && !isPaused(clock) && PAUSABLE_MOMENTS.includes(clock.moment);

interface Stand {
  readonly since: string;
  readonly questionId?: string;
  readonly withTicket: boolean;
}
/** What is left until the deadline is kept for later. */
export const pausedOf = (about: About, clock: Clock, { since, ...how }: Stand): ClockEvent => {
  const pausedAt = since > clock.startAt ? since : clock.startAt;
  const remainingMs = msBetween(pausedAt, clock.times.dueAt);
  const why = { ...how, reason: 'WAITING_FOR_CUSTOMER', remainingMs } as const;
  return SlaClockPaused.of({ ...told(about, clock), pausedAt, ...why }, pausedAt);
};

/** The clock goes on at that moment, if it stood still by then. */
export const resumedAt = (draft: Draft, asking: Asking, of: Clock, at: string): Draft => {
  const clock = sameIn(draft, of);
  if (!clock.paused || clock.paused.at > at) return draft;
  return having(draft, [resumedOf(asking.about, draft.state, clock, asking.lawOf(clock.opening.at), at)]);
};
export const resumedOf = (
  about: About,
  { clocks }: SlaClocks,
  clock: Clock,
  law: Law,
  at: string,
): ClockEvent => {
  const pausedAt = clock.paused?.at ?? at;
  const times = notAfterLater(clocks, clock, timesAfter(clock, law, { from: pausedAt, to: at }));
  const pausedMs = msBetween(pausedAt, at);
  const pausedTotalMs = clock.pauses.reduce((ms, { from, to }) => ms + msBetween(from, to), pausedMs);
  const stood = { pausedAt, resumedAt: at, from: clock.times.dueAt, pausedMs, pausedTotalMs };
  return SlaClockResumed.of({ ...told(about, clock), ...times, ...stood }, at);
};
/** A plan that was stopped by itself does not become due after the solution (2.4, invariant 1). */
const notAfterLater = (clocks: readonly Clock[], { moment, opening }: Clock, times: Times): Times => {
  const resolve = clocks.find(
    (other) =>
      moment === 'PLAN' &&
      other.moment === 'RESOLVE' &&
      other.opening.heard === opening.heard &&
      isRunning(other) &&
      !isPaused(other),
  );
  return resolve && resolve.times.dueAt < times.dueAt ? resolve.times : times;
};
