import { forEach, having, msBetween, sameIn, told, type Asking, type Draft } from './slaclocks.draft';
import { SlaClockCancelled, SlaClockMet, SlaClockMetLate } from './slaclocks.events';
import { resumedAt } from './slaclocks.pauses';
import { isAwaited, isRunning, isSync, laterThan, type Clock } from './slaclocks.state';
import { timePassed } from './slaclocks.time';
import type { SlaFacts, SlaOpening, SlaReached } from './slaclocks.values';
import type { SlaMoment } from './sla.values';

/**
 * What was reached in a round, the moment itself or a later one that includes it (SYS-21.2). That a complaint rises may be
 * heard after what was reached later.
 */
export const reachedFor = (
  { reached }: SlaFacts,
  moment: SlaMoment,
  opening: SlaOpening,
): readonly SlaReached[] =>
  reached.filter(
    (it) =>
      laterThan(it.moment, moment) >= 0 &&
      (it.heard > opening.heard || (opening.start === 'RISEN' && it.at > opening.at)),
  );

/** Clocks stop when their moment is reached: in time, or late after the breach (SYS-21.2, SYS-21.3). */
export const stopped = (draft: Draft, asking: Asking): Draft =>
  forEach(draft, isAwaitedInChain, (drawn, clock) => {
    const [first] = reachedFor(asking.facts, clock.moment, clock.opening)
      .map((reached) => ({ reached, at: countsAt(reached, clock) }))
      .sort((one, other) => (one.at < other.at ? -1 : 1));
    return first ? ended(drawn, asking, clock, first) : drawn;
  });

const isAwaitedInChain = (clock: Clock): boolean => isAwaited(clock) && !isSync(clock);

/**
 * When it counts as reached. What was entered after the deadline does not satisfy it without evidence: it then counts from
 * its entry (SYS-16.4).
 */
export const countsAt = (reached: SlaReached, clock: Clock): string =>
  isAfterwards(reached, clock) && reached.evidenceId === undefined
    ? (reached.notedAt ?? reached.at)
    : reached.at;

/** Until it was told, time went on; what is proven to have been in time lies before that. */
const toldAt = (reached: SlaReached, clock: Clock, at: string): string => {
  const { notedAt = at } = reached;
  return clock.paused || isAfterwards(reached, clock) || notedAt < at ? at : notedAt;
};
/** It was in time, and the deadline passed before it was told. No deadline passes while the clock stands still. */
const isAfterwards = ({ at, notedAt = at }: SlaReached, { times: { dueAt }, paused }: Clock): boolean =>
  !paused && at <= dueAt && notedAt > dueAt;

interface End {
  readonly reached: SlaReached;
  readonly at: string;
}
/** The clock stops at that moment, in time or late, after what time did to it until then. */
export const ended = (draft: Draft, asking: Asking, of: Clock, { reached, at }: End): Draft => {
  const drawn = timePassed(resumedAt(draft, asking, of, at), asking, of, toldAt(reached, of, at));
  const clock = sameIn(drawn, of);
  const { moment: reachedBy, notedAt, evidenceId } = reached;
  const how = {
    ...{ reachedBy, reachedAt: at, elapsedMs: elapsedIn(clock, at) },
    ...(notedAt !== undefined && { notedAt }),
    ...(evidenceId !== undefined && { evidenceId }),
  };
  const { breachedAt, times } = clock;
  const event =
    breachedAt === undefined
      ? SlaClockMet.of({ ...told(asking.about, clock), ...how, remainingMs: msBetween(at, times.dueAt) }, at)
      : SlaClockMetLate.of(
          { ...told(asking.about, clock), ...how, breachedAt, delayMs: msBetween(breachedAt, at) },
          at,
        );
  return having(drawn, [event]);
};
/** Without its pauses, and nothing for what was reached before the clock began. */
const elapsedIn = ({ startAt, pauses }: Clock, at: string): number =>
  pauses.reduce(
    (ms, { from, to }) => (from < at ? ms - msBetween(from, to < at ? to : at) : ms),
    msBetween(startAt, at),
  );

/** The customer took the need back: nobody waits any more, but what was breached stays so (SYS-21.6). */
export const cancelled = (draft: Draft, asking: Asking): Draft => {
  const { withdrawnAt: cancelledAt } = asking.facts;
  if (cancelledAt === undefined) return draft;
  return forEach(draft, isAwaited, (before, of) => {
    const drawn = timePassed(before, asking, of, cancelledAt);
    const clock = sameIn(drawn, of);
    if (!isRunning(clock)) return drawn;
    return having(drawn, [SlaClockCancelled.of({ ...told(asking.about, clock), cancelledAt }, cancelledAt)]);
  });
};
