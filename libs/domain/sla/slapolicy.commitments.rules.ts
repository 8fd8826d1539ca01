import { instantAtShare, type Pause } from './calendar.rules';
import { SLA_CHAIN, type SlaMoment } from './sla.values';
import { clip, type Ruling, type Rulings } from './slapolicy.rules';
import type { WorkingCalendar } from './workingcalendar.values';

/** What was promised to the customer of one ticket for one moment. */
export interface CommittedTime {
  readonly commitmentId: string;
  readonly moment: SlaMoment;
  /** Of a range its end. */
  readonly dueAt: string;
  /** The promise is in writing; what was only said moves no clock (2.4). */
  readonly inWriting: boolean;
  /** The customer has agreed to this time in writing. */
  readonly agreedInWriting: boolean;
}

/** What a later time may be agreed for; nobody waits longer for a first word because of a promise (2.4). */
const MAY_BE_LOOSENED: ReadonlySet<SlaMoment> = new Set(['PLAN', 'RESOLVE']);

/**
 * The rulings under what was promised, in the order of the promises: one in writing tightens, a later one loosens PLAN or
 * RESOLVE where the customer agreed in writing. What is agreed for one moment loosens no other, and each may be clipped again.
 */
export const underCommitments = (rulings: Rulings, commitments: readonly CommittedTime[]): Rulings => {
  const moved = commitments.reduce<Rulings>((before, commitment) => {
    const ruling = before[commitment.moment];
    return ruling && moves(ruling, commitment)
      ? { ...before, [commitment.moment]: promised(ruling, commitment) }
      : before;
  }, rulings);
  const chain = clip(SLA_CHAIN.flatMap((moment) => moved[moment] ?? []));
  return { ...moved, ...Object.fromEntries(chain.map((ruling) => [ruling.moment, ruling])) };
};
const moves = ({ moment, due }: Ruling, { dueAt, inWriting, agreedInWriting }: CommittedTime): boolean =>
  dueAt < due ? inWriting || agreedInWriting : dueAt > due && agreedInWriting && MAY_BE_LOOSENED.has(moment);
const promised = (
  { clippedBy: _, counted: __, ...ruling }: Ruling,
  { commitmentId, dueAt }: CommittedTime,
): Ruling => ({
  ...ruling,
  ...{ due: dueAt, commitmentId },
});

/**
 * The instant at which a share of the time up to a ruling's deadline has passed: 0.8 to warn, 1 for the deadline itself, 1.5
 * and 2 to call higher (2.4). An absolute time that was promised is shared by the clock.
 */
export const shareOfRuling = (
  share: number,
  { start, due, counted, tier }: Ruling,
  calendar: WorkingCalendar,
  pauses: readonly Pause[] = [],
): string => {
  const minutes = (Date.parse(due) - Date.parse(start)) / MINUTE_MS;
  const { within, start: from } = counted ?? { within: { kind: 'CONTINUOUS', minutes } as const, start };
  return instantAtShare(share, from, { within, calendar, tier }, pauses);
};
const MINUTE_MS = 60_000;
