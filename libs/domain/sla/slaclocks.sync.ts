import { hoursAfter } from '../commitment/commitment.values';
import { syncDueOf, type SyncDue } from './progresssync.rules';
import { movedOf, startedOf, type Choice } from './slaclocks.deadlines';
import { forEach, having, type Asking, type Draft } from './slaclocks.draft';
import { countsAt, ended, reachedFor } from './slaclocks.reached';
import { timesOf } from './slaclocks.rulebook';
import { isAwaited, isRunning, isSync, lastClock, type Clock, type SlaClocks } from './slaclocks.state';
import { timePassed, untoldSince } from './slaclocks.time';
import { AGREED_NODE_RULE, type SlaFacts, type SlaReached } from './slaclocks.values';
import type { Ruling } from './slapolicy.rules';

/** A word within so many hours before an agreed time is the one that was agreed; an earlier one comes beside it [D]. */
const NODE_MET_WITHIN_HOURS = 24;
/** After so many syncs in a row that were missed no further one is waited for until somebody speaks to the customer. */
export const MISSED_SYNCS_MAX = 30;

/** The duty to tell the customer how it stands, in one round of a ticket. */
interface Duty {
  /** The first response: from then on (2.1). */
  readonly since: string;
  /** The last word to the customer after that: a sync, a plan, or the solution. */
  readonly word?: SlaReached;
  /** There is nothing more to tell. */
  readonly over: boolean;
}

/** Clocks of syncs: one after the other, each from the last word to the customer, or from the time that was missed (SYS-23.5). */
export const synced = (draft: Draft, asking: Asking): Draft => {
  const duty = dutyIn(asking.facts);
  if (!duty || asking.facts.withdrawnAt !== undefined) return draft;
  const begun = clocksIn(draft.state, asking).length === 0 ? beginning(draft, asking, duty) : draft;
  const heard = duty.word ? hearing(begun, asking, duty.word, duty.over) : begun;
  if (duty.over) return heard;
  const passed = isOnItsWay(asking) ? heard : missed(heard, asking, asking.now);
  return lastAwaited(passed, asking) ? moved(passed, asking) : beginning(passed, asking, duty);
};

const dutyIn = (facts: SlaFacts): Duty | undefined => {
  const { opening, reached } = facts;
  const told = reachedFor(facts, 'FIRST_RESPONSE', opening);
  const since = told.map(({ at }) => at).sort()[0];
  if (since === undefined) return undefined;
  const words = reached.filter(
    ({ moment, at, heard }) =>
      heard > opening.heard && (moment === 'RESOLVE' || (at > since && WORDS.has(moment))),
  );
  const word = [...words].sort((one, other) => one.heard - other.heard).at(-1);
  return { since, over: told.some(({ moment }) => moment === 'RESOLVE'), ...(word && { word }) };
};
/** A plan and a solution tell how it stands, too. */
const WORDS: ReadonlySet<string> = new Set(['PROGRESS_SYNC', 'PLAN', 'RESOLVE']);

const clocksIn = ({ clocks }: SlaClocks, { facts: { opening } }: Asking): readonly Clock[] =>
  clocks.filter((clock) => isSync(clock) && clock.opening.heard === opening.heard);
const runningIn = (draft: Draft, asking: Asking): Clock | undefined =>
  clocksIn(draft.state, asking).find(isRunning);
const missedIn = (draft: Draft, asking: Asking): readonly Clock[] =>
  clocksIn(draft.state, asking).filter((clock) => isAwaited(clock) && !isRunning(clock));
const lastAwaited = (draft: Draft, asking: Asking): Clock | undefined =>
  clocksIn(draft.state, asking).findLast(isAwaited);

/**
 * From the first response on; or, where nothing had asked for it then, from the change that asks for it now: an agreed time, or
 * another class. What would have been due before anybody asked counts from now.
 */
const beginning = (draft: Draft, asking: Asking, duty: Duty): Draft => {
  if (duty.over || !isAskedFor(draft, asking, duty)) return draft;
  const { classedAt } = asking.facts;
  const { since, word } = duty;
  const isFirst = clocksIn(draft.state, asking).length === 0;
  const from = isFirst && classedAt <= since ? since : later(word?.at ?? since, classedAt);
  const due = dueFor(draft, asking, from, from)?.winner.due;
  return startingFrom(draft, asking, due !== undefined && due < asking.now ? asking.now : from);
};
/** There was none yet, or something changed since the last word that may ask for one. */
const isAskedFor = (draft: Draft, asking: Asking, { since, word }: Duty): boolean => {
  const { classedAt, nodes } = asking.facts;
  const changedAt = later(classedAt, nodes?.agreedAt ?? classedAt);
  return clocksIn(draft.state, asking).length === 0 || changedAt > (word?.at ?? since);
};

/** The next clock, if anything asks for one. */
const startingFrom = (draft: Draft, asking: Asking, from: string, nodesAfter = from): Draft => {
  const due = dueFor(draft, asking, from, nodesAfter);
  if (!due) return draft;
  const { opening } = asking.facts;
  const law = asking.lawOf(opening.at);
  const ruled = { moment: 'PROGRESS_SYNC' as const, ...due };
  return having(draft, [startedOf(draft.state, asking, opening, { ruled, ruling: rulingOf(due), law })]);
};
const dueFor = (draft: Draft, asking: Asking, from: string, nodesAfter: string): SyncDue | undefined => {
  const { facts, of } = asking;
  const { policy, calendar } = asking.lawOf(facts.opening.at);
  const round = facts.opening.start === 'DISSATISFIED' ? 2 : 1;
  const expectedDays = expectedIn(draft.state, facts);
  const nodes = facts.nodes?.agreed ?? [];
  return syncDueOf({ of: { ...of, round, expectedDays }, from, nodes, nodesAfter }, policy, calendar);
};
/** How long it is going to take: until it must be resolved. The reply to a plain question is its answer (C-03). */
const expectedIn = (state: SlaClocks, { opening, isEnquiry }: SlaFacts): number => {
  const resolve = lastClock(state, 'RESOLVE');
  if (isEnquiry || resolve?.opening.heard !== opening.heard) return 0;
  return (Date.parse(resolve.times.dueAt) - Date.parse(opening.at)) / DAY_MS;
};
const DAY_MS = 86_400_000;
const rulingOf = ({ winner }: SyncDue): Ruling => ({
  ...{ ...winner, moment: 'PROGRESS_SYNC', ruled: winner.due, losers: [] },
  ...(winner.rule !== AGREED_NODE_RULE && { counted: { start: winner.start, within: winner.within } }),
});

/**
 * The customer was told: what had been missed by then is late, and the next one stays where it is, counted from the time that
 * was missed; if nothing had been missed, the clock is met and the next one counts from this word (SYS-23.5).
 */
const hearing = (draft: Draft, asking: Asking, word: SlaReached, over: boolean): Draft => {
  const first = clocksIn(draft.state, asking).find(isAwaited);
  if (!first) return draft;
  const at = countsAt(word, first);
  if (clocksIn(draft.state, asking).some(({ endedAt = '' }) => endedAt >= at)) return draft;
  const before = missed(draft, asking, at);
  const late = missedIn(before, asking).filter(({ startAt }) => over || startAt < at);
  const toldTo = (drawn: Draft, clock: Clock): Draft =>
    ended(drawn, asking, clock, { reached: word, at: later(at, countsAt(word, clock)) });
  const told = late.reduce(toldTo, before);
  const running = runningIn(told, asking);
  if (over) return running ? toldTo(told, running) : told;
  if (!running) return startingFrom(told, asking, at);
  if (late.length > 0 || running.startAt >= at) return told;
  const met = ended(told, asking, running, { reached: word, at });
  return startingFrom(met, asking, at, passedNode(running, at));
};
/** The agreed time that this word was for: only later ones are still to come. */
const passedNode = ({ winner, times: { dueAt } }: Clock, at: string): string =>
  winner.rule === AGREED_NODE_RULE && at >= hoursAfter(dueAt, -NODE_MET_WITHIN_HOURS) ? dueAt : at;

/** What time did until then: each sync that nobody made is a breach, and the next one counts from its time. */
const missed = (draft: Draft, asking: Asking, until: string): Draft => {
  let drawn = forEach(draft, isOpenSync(asking), (each, clock) => timePassed(each, asking, clock, until));
  while (!runningIn(drawn, asking) && missedIn(drawn, asking).length < MISSED_SYNCS_MAX) {
    const last = lastAwaited(drawn, asking);
    const next = last && startingFrom(drawn, asking, last.times.dueAt);
    const begun = next && runningIn(next, asking);
    if (!next || !begun) return drawn;
    drawn = timePassed(next, asking, begun, until);
  }
  return drawn;
};
const isOpenSync =
  ({ facts: { opening } }: Asking) =>
  (clock: Clock): boolean =>
    isSync(clock) && isAwaited(clock) && clock.opening.heard === opening.heard;

/** A time was agreed or dropped, or the ticket is pressing now: the clock that runs is due otherwise (C-07, 2.4). */
const moved = (draft: Draft, asking: Asking): Draft => {
  const running = runningIn(draft, asking);
  if (!running) return draft;
  const choice = choiceFor(draft, asking, running);
  if (!choice || choice.winner.due === running.times.dueAt || choice.winner.due <= asking.now) return draft;
  const { winner } = choice;
  const ruling = rulingOf({ winner, losers: [] });
  const times = timesOf(ruling, asking.lawOf(running.opening.at));
  return having(draft, [movedOf(asking, running, { choice, ruling, times })]);
};
const choiceFor = (draft: Draft, asking: Asking, running: Clock): Choice | undefined => {
  const { startAt, winner } = running;
  const { nodes, classedAt } = asking.facts;
  const now = dueFor(draft, asking, startAt, nodesAfterIn(draft, asking, running));
  if (now?.winner.rule === AGREED_NODE_RULE) return { ...now, cause: 'NODES_AGREED' };
  if (winner.rule === AGREED_NODE_RULE) {
    const cadence = dueFor(draft, asking, later(startAt, nodes?.agreedAt ?? startAt), LAST);
    return cadence && { ...cadence, cause: 'NODES_AGREED' };
  }
  const stricter = dueFor(draft, asking, later(startAt, classedAt), LAST);
  return stricter && stricter.winner.due < running.times.dueAt
    ? { ...stricter, cause: 'RECLASSIFIED' }
    : undefined;
};
/** Later than any time that is written in this form. */
const LAST = 'Z';
/** The agreed time that the word before was for is not agreed a second time. */
const nodesAfterIn = (draft: Draft, asking: Asking, { startAt }: Clock): string => {
  const before = clocksIn(draft.state, asking).find(({ endedAt }) => endedAt === startAt);
  return before ? passedNode(before, startAt) : startAt;
};

/** The ticket itself, read afresh, knows of a word to the customer that has not been told here yet. */
const isOnItsWay = (asking: Asking): boolean => {
  const { ticket, facts } = asking;
  if (ticket.stage === 'closed' || ticket.stage === 'withdrawn') return true;
  return untoldSince(facts.opening.at, asking).some(([moment]) => WORDS.has(moment));
};
const later = (one: string, other: string): string => (one > other ? one : other);
