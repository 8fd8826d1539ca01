import { forEach, having, told, type Asking, type ClockEvent, type Draft } from './slaclocks.draft';
import { SlaClockRescheduled, SlaClockStarted } from './slaclocks.events';
import { reachedFor } from './slaclocks.reached';
import type { Law } from './sla.rulebook';
import { promisedAlone, ruledIn, standingIn, timesOf, type Ruled } from './slaclocks.rulebook';
import { isRunning, type Clock, type SlaClocks, type Times } from './slaclocks.state';
import type { RescheduleCause, SlaFacts, SlaOpening, SlaRuleChoice } from './slaclocks.values';
import type { SlaMoment } from './sla.values';
import type { Ruling } from './slapolicy.rules';

/** Clocks that ought to run and do not: of a round that began, or of a class that the ticket got meanwhile (SYS-21.1). */
export const started = (draft: Draft, asking: Asking): Draft => {
  const { opening, deviation, rise, withdrawnAt } = asking.facts;
  if (withdrawnAt !== undefined) return draft;
  return [opening, deviation, rise]
    .filter((each) => each !== undefined)
    .reduce((drawn, each) => startedIn(drawn, asking, each), draft);
};
const startedIn = (draft: Draft, asking: Asking, opening: SlaOpening): Draft => {
  if (opening.start === 'RISEN' && !isRisenLate(draft.state, opening)) return draft;
  const { facts, of, lawOf } = asking;
  const law = lawOf(opening.at);
  const there = draft.state.clocks.filter((clock) => clock.opening.heard === opening.heard);
  const ruled = ruledIn(opening, facts.classedAt, facts, of, law);
  const wanted = [...ruled, ...newlyPromised(asking, opening, ruled)];
  const missing = wanted.filter(
    ({ moment }) => !there.some((clock) => clock.moment === moment) && !isReached(facts, moment, opening),
  );
  const ahead = there.filter((clock) => isRunning(clock) && clock.times.dueAt > asking.now);
  const standing = standingIn([...ahead, ...missing], opening, facts);
  const events = missing.flatMap((ruled) => {
    const ruling = standing[ruled.moment];
    return ruling ? [startedOf(draft.state, asking, opening, { ruled, ruling, law })] : [];
  });
  return having(draft, events);
};
/** By then: what was reached after that stops the clock that starts. */
const isReached = (facts: SlaFacts, moment: SlaMoment, opening: SlaOpening): boolean => {
  const since = facts.classedAt > opening.at ? facts.classedAt : opening.at;
  return reachedFor(facts, moment, opening).some(({ at, notedAt = at }) => notedAt <= since);
};
/** An ordinary complaint became graver because its time had passed: the clock that was breached stays, another one starts (2.4). */
const isRisenLate = ({ clocks }: SlaClocks, { at, heard }: SlaOpening): boolean => {
  const before = clocks.findLast((clock) => clock.moment === 'RESOLVE' && clock.opening.heard !== heard);
  return before !== undefined && before.times.dueAt <= at && (before.endedAt ?? at) >= at;
};
/** Where no rule says when it is solved, as in a later round, a promise in writing does, and so does the node given (SLA-2ND, SLA-ASP). */
const newlyPromised = ({ facts }: Asking, opening: SlaOpening, ruled: readonly Ruled[]): readonly Ruled[] => {
  if (opening.heard !== facts.opening.heard || ruled.some(({ moment }) => moment === 'RESOLVE')) return [];
  const promise = facts.promises.find(
    ({ moment, heard, inWriting }) => moment === 'RESOLVE' && heard > opening.heard && inWriting,
  );
  return promise
    ? [
        {
          moment: 'RESOLVE',
          winner: promisedAlone(opening, promise.dueAt),
          losers: [],
          commitmentId: promise.commitmentId,
        },
      ]
    : [];
};

/** A clock that begins: what rules it, by itself and as it stands. */
export interface Beginning {
  readonly ruled: Ruled;
  readonly ruling: Ruling;
  readonly law: Law;
}
export const startedOf = (
  { clocks }: SlaClocks,
  { about, of: { priorityCustomer } }: Asking,
  { start: opener, at: openedAt, heard: openedHeard }: SlaOpening,
  { ruled: { moment, winner, losers, ...ruled }, ruling, law }: Beginning,
): ClockEvent => {
  const round = clocks.filter((clock) => clock.moment === moment).length + 1;
  const { policyId, version: policyVersion } = law.policy;
  const { calendarId, version: calendarVersion } = law.calendar;
  return SlaClockStarted.of({
    ...{ ...about, moment, round, startAt: winner.start, opener, openedAt, openedHeard },
    ...{ winner, losers, policyId, policyVersion, calendarId, calendarVersion },
    ...{ tier: winner.tier, priorityCustomer, ...timesOf(ruling, law), ...ruled, ...shown(ruling) },
  });
};
const shown = ({ clippedBy, commitmentId }: Ruling) => ({
  ...(clippedBy !== undefined && { clippedBy }),
  ...(commitmentId !== undefined && { commitmentId }),
});

/** Deadlines that ought to lie elsewhere: another class, a promise, or a later moment that clips (2.4). */
export const rescheduled = (draft: Draft, asking: Asking): Draft => {
  const rounds = new Map(
    draft.state.clocks.filter(isRunning).map(({ opening }) => [opening.heard, opening] as const),
  );
  return [...rounds.values()].reduce((drawn, opening) => rescheduledIn(drawn, asking, opening), draft);
};
const rescheduledIn = (draft: Draft, asking: Asking, opening: SlaOpening): Draft => {
  const law = asking.lawOf(opening.at);
  const isOfRound = (clock: Clock) => clock.opening.heard === opening.heard;
  const choices = choicesFor(asking, opening, law);
  const chosen = draft.state.clocks.filter(isOfRound).map((clock) => ({ ...clock, ...choices(clock) }));
  const standing = standingIn(chosen, opening, asking.facts);
  return forEach(
    draft,
    (clock) => isOfRound(clock) && isRunning(clock),
    (drawn, clock) => {
      const choice = choices(clock);
      const ruling = standing[clock.moment];
      if (!ruling) return drawn;
      const times = timesOf(ruling, law, clock.pauses);
      return isMoved(clock, choice, times, asking.now)
        ? having(drawn, [movedOf(asking, clock, { choice, ruling, times })])
        : drawn;
    },
  );
};

/** Which rule holds now, and why another one does. */
export interface Choice {
  readonly winner: SlaRuleChoice;
  readonly losers?: readonly SlaRuleChoice[];
  readonly cause?: RescheduleCause;
}
/**
 * Which rule holds for a clock now. An upgrade gives the earlier of the old deadline and the new duration counted from it; a
 * downgrade leaves the earlier one, unless somebody who may approve it made it (2.4).
 */
const choicesFor = (asking: Asking, opening: SlaOpening, law: Law): ((clock: Clock) => Choice) => {
  const { facts, of } = asking;
  const upgraded = ruledIn(opening, facts.classedAt, facts, of, law);
  const anew = facts.classApproved ? ruledIn(opening, opening.at, facts, of, law) : [];
  return (clock) => {
    const looser = anew.find(({ moment }) => moment === clock.moment);
    const stricter = upgraded.find(({ moment }) => moment === clock.moment);
    if (!isRunning(clock)) return { winner: clock.winner };
    if (looser && looser.winner.due > clock.winner.due) return { ...looser, cause: 'DOWNGRADE_APPROVED' };
    if (stricter && stricter.winner.due < clock.winner.due) return { ...stricter, cause: 'RECLASSIFIED' };
    return { winner: clock.winner };
  };
};
/** No deadline is moved to a time that has passed, or at which its clock had not begun: nobody could keep it. */
const isMoved = (
  { startAt, times: { dueAt } }: Clock,
  { cause }: Choice,
  times: Times,
  now: string,
): boolean =>
  times.dueAt < dueAt
    ? times.dueAt > now && times.dueAt > startAt
    : times.dueAt > dueAt || cause !== undefined;

/** A deadline that moves: by which rule, to where. */
export interface Move {
  readonly choice: Choice;
  readonly ruling: Ruling;
  readonly times: Times;
}
export const movedOf = ({ about }: Asking, clock: Clock, { choice, ruling, times }: Move): ClockEvent => {
  const { cause = causeIn(ruling), winner, losers = [] } = choice;
  const rule = choice.cause === undefined ? {} : { winner, losers };
  const moved = { from: clock.times.dueAt, to: times.dueAt, cause, ...rule };
  return SlaClockRescheduled.of({ ...told(about, clock), ...times, ...shown(ruling), ...moved });
};
const causeIn = ({ commitmentId, clippedBy }: Ruling): RescheduleCause => {
  if (commitmentId !== undefined) return 'COMMITMENT';
  return clippedBy === undefined ? 'COMMITMENT_WITHDRAWN' : 'CLIPPED';
};
