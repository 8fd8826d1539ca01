import type { SlaMoment } from '@rapport/domain/values';
import { listed, type Lists } from './lists';

/**
 * One round of what is waited for. Moments are ms since 1970, because a ticket may wait for thirty rounds in each of its
 * versions. Of what is due at the same instant, what was told first comes first: what was told later has a `place` behind it.
 */
export type Round = readonly [round: number, dueAt: number, warnAt: number | null, place?: number];
/** What was entered as the next step. It has one round: there is one next step at a time. */
const NEXT_NODE = 'NEXT_NODE';
type What = SlaMoment | typeof NEXT_NODE;
/** By what is waited for, the earlier rounds first. */
export type Waited = Lists<What, Round>;

const NONE: readonly Round[] = [];
const whatIn = (waited: Waited) => Object.keys(waited) as readonly What[];

/** All that is waited for, the first of it, and when somebody is warned: what a board needs to choose a colour at any time. */
export const waiting = (waited: Waited) => {
  let [waitsFor, due, before, warn]: [string | null, number, number, number] = [null, Infinity, 0, Infinity];
  for (const what of whatIn(waited))
    for (const [round, dueAt, warnAt, place = 0] of waited[what] ?? NONE) {
      if (dueAt < due || (dueAt === due && place < before))
        [waitsFor, due, before] = [nameOf(what, round), dueAt, place];
      if (warnAt !== null && warnAt < warn) warn = warnAt;
    }
  return { waited, waitsFor, dueAt: instantAt(due), warnAt: instantAt(warn) };
};
const nameOf = (what: What, round: number): string => (what === NEXT_NODE ? what : `${what} ${round}`);
const instantAt = (ms: number): string | null => (ms === Infinity ? null : new Date(ms).toISOString());

/** Behind all others that are due at that instant. */
const placeAmong = (others: Waited, dueAt: number): number => {
  let last = -1;
  for (const what of whatIn(others))
    for (const [, due, , place = 0] of others[what] ?? NONE) if (due === dueAt && place > last) last = place;
  return last + 1;
};
/** Where this round is among the others, or belongs. */
const indexOf = (rounds: readonly Round[], round: number): number => {
  const at = rounds.findIndex(([each]) => each >= round);
  return at < 0 ? rounds.length : at;
};
const withRound = (waited: Waited, what: What, round: number, dueAt: string, warnAt?: string) => {
  const others = without(waited, what, round);
  const due = Date.parse(dueAt);
  const warn = warnAt === undefined ? null : Date.parse(warnAt);
  const place = placeAmong(others, due);
  const one: Round = place === 0 ? [round, due, warn] : [round, due, warn, place];
  const rounds = others[what] ?? NONE;
  return waiting(listed(others, what, rounds.toSpliced(indexOf(rounds, round), 0, one)));
};
/** The same object, where it was not waited for. */
const without = (waited: Waited, what: What, round: number): Waited => {
  const rounds = waited[what] ?? NONE;
  const at = indexOf(rounds, round);
  return rounds[at]?.[0] === round ? listed(waited, what, rounds.toSpliced(at, 1)) : waited;
};
/** Nothing, where it was not waited for: the row stays as it is. */
const withoutRound = (waited: Waited, what: What, round: number) => {
  const others = without(waited, what, round);
  return others === waited ? undefined : waiting(others);
};

/** The next step is waited for, or until another time. */
export const withNextNode = (waited: Waited, dueAt: string) => withRound(waited, NEXT_NODE, 1, dueAt);
export const withoutNextNode = (waited: Waited) => withoutRound(waited, NEXT_NODE, 1);

interface OfClock {
  readonly moment: SlaMoment;
  readonly round: number;
}
interface Timed extends OfClock {
  readonly dueAt: string;
  readonly warnAt: string;
}
/** It is waited for, or until another time. */
export const withClock = (waited: Waited, { moment, round, dueAt, warnAt }: Timed) =>
  withRound(waited, moment, round, dueAt, warnAt);
/** It stands still, was reached, or is waited for no more. */
export const withoutClock = (waited: Waited, { moment, round }: OfClock) =>
  withoutRound(waited, moment, round);
