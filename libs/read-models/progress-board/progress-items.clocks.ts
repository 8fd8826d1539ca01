import type { SlaMoment } from '@rapport/domain/values';

/** One thing that is waited for: when the owner is warned, and until when it is to come. */
export interface Waited {
  /** `FIRST_RESPONSE 1`, or NEXT_NODE: what was entered as the next step. */
  readonly what: string;
  readonly warnAt: string | null;
  readonly dueAt: string;
}
interface OfClock {
  readonly moment: SlaMoment;
  readonly round: number;
}
const nameOf = ({ moment, round }: OfClock): string => `${moment} ${round}`;
export const NEXT_NODE = 'NEXT_NODE';

const inOrder = (waited: readonly Waited[]): readonly Waited[] =>
  [...waited].sort((one, other) => (one.dueAt < other.dueAt ? -1 : 1));
/** All that is waited for, the first of it, and when somebody is warned: what a board needs to choose a colour at any time. */
export const waiting = (waited: readonly Waited[]) => {
  const [first] = waited;
  const warnings = waited.flatMap(({ warnAt }) => (warnAt === null ? [] : [warnAt]));
  return {
    ...{ waited, waitsFor: first?.what ?? null, dueAt: first?.dueAt ?? null },
    warnAt: warnings.sort()[0] ?? null,
  };
};
/** It is waited for, or until another time. */
export const withWaited = (waited: readonly Waited[], one: Waited) =>
  waiting(inOrder([...waited.filter(({ what }) => what !== one.what), one]));
export const withoutWaited = (waited: readonly Waited[], what: string) =>
  waiting(waited.filter((each) => each.what !== what));

interface Timed extends OfClock {
  readonly dueAt: string;
  readonly warnAt: string;
}
export const withClock = (waited: readonly Waited[], { dueAt, warnAt, ...clock }: Timed) =>
  withWaited(waited, { what: nameOf(clock), warnAt, dueAt });
/** It stands still, was reached, or is waited for no more. */
export const withoutClock = (waited: readonly Waited[], clock: OfClock) =>
  withoutWaited(waited, nameOf(clock));
