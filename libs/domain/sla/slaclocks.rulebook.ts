import { isAfterSaleProblem } from '../ticket/ticket.values';
import { instantAtShare, type Pause } from './calendar.rules';
import type { Law } from './sla.rulebook';
import { SLA_CHAIN, type SlaMoment } from './sla.values';
import { COMMITMENT_RULE, type SlaFacts, type SlaOpening, type SlaRuleChoice } from './slaclocks.values';
import type { Clock, Times } from './slaclocks.state';
import { shareOfRuling, underCommitments } from './slapolicy.commitments.rules';
import { clip, rulingsOf, type Ruling, type Rulings, type Starts } from './slapolicy.rules';
import type { SlaCase } from './slapolicy.values';
import { WorkedOut } from './worked-out';

/** The ticket as rules see it. */
export const caseOf = (facts: SlaFacts, priorityCustomer: boolean): SlaCase => {
  const { type, urgency, priority: quadrant, complaintLevel, isEnquiry } = facts;
  return {
    ...{ urgency, isEnquiry, priorityCustomer },
    ...(type !== undefined && { type }),
    ...(quadrant !== undefined && { quadrant }),
    ...(complaintLevel !== undefined && { complaintLevel }),
    ...(isAfterSaleProblem(facts) && { afterSale: true }),
  };
};

/** What a round counts from, if it had been of this class from `since` on. */
const startsOf = ({ start, at }: SlaOpening, since: string, { greenChannelAt }: SlaFacts): Starts => {
  if (start === 'DEVIATION_DECLARED') return { DEVIATION_DECLARED: at };
  if (start === 'RISEN') return { RAISED: later(at, since) };
  const channel =
    greenChannelAt !== undefined && greenChannelAt >= at ? { GREEN_CHANNEL_OPENED: greenChannelAt } : {};
  return start === 'RAISED' ? { RAISED: later(at, since), ...channel } : { DISSATISFIED: at, ...channel };
};
const later = (one: string, other: string): string => (one > other ? one : other);
/** A complaint that rose gets another time to be resolved, a deviation another time for a plan (2.4, R-15). */
const MOMENTS: Readonly<Record<SlaOpening['start'], readonly SlaMoment[]>> = {
  ...{ RAISED: SLA_CHAIN, DISSATISFIED: SLA_CHAIN, DEVIATION_DECLARED: ['PLAN'], RISEN: ['RESOLVE'] },
};

/** What rules in a round for a ticket of this class, each moment by itself: the winner's own deadline, not clipped yet. */
export const ruledIn = (
  opening: SlaOpening,
  since: string,
  facts: SlaFacts,
  of: SlaCase,
  { policy, calendar }: Law,
): readonly Ruled[] => {
  const rulings = rulingsOf(of, startsOf(opening, since, facts), policy, calendar);
  return MOMENTS[opening.start].flatMap((moment) => {
    const found = rulings[moment];
    return found ? [{ moment, winner: ownOf(found), losers: found.losers.map(ownOf) }] : [];
  });
};
export interface Ruled {
  readonly moment: SlaMoment;
  readonly winner: SlaRuleChoice;
  readonly losers: readonly SlaRuleChoice[];
  /** The promise that alone gives it its time. */
  readonly commitmentId?: string;
}
const ownOf = (of: Omit<SlaRuleChoice, 'due'> & { readonly due: string; readonly ruled?: string }) => {
  const { rule, basis, startEvent, start, within, tier, due, ruled = due } = of;
  return { rule, startEvent, start, within, tier, due: ruled, ...(basis !== undefined && { basis }) };
};

/** What only a promise gives its time (SLA-2ND: the solution is due as it is newly promised; SLA-ASP: at the node given). */
export const promisedAlone = ({ start: opener, at: start }: SlaOpening, due: string): SlaRuleChoice => ({
  ...{ rule: COMMITMENT_RULE, startEvent: opener === 'RAISED' ? 'RAISED' : 'DISSATISFIED', start },
  ...{ tier: 'STANDARD', due },
  within: { kind: 'CONTINUOUS', minutes: Math.min(YEAR_MINUTES, minutesBetween(start, due)) },
});
const YEAR_MINUTES = 527_040;
const minutesBetween = (from: string, to: string): number =>
  Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 60_000));

type Awaited = Pick<Clock, 'moment' | 'winner'>;
/** The deadlines of a round as they stand: earlier moments clipped by later ones, and under what was promised (2.4). */
export const standingIn = (clocks: readonly Awaited[], opening: SlaOpening, facts: SlaFacts): Rulings => {
  const chain = SLA_CHAIN.flatMap((moment) => clocks.filter((clock) => clock.moment === moment).map(ruling));
  const rulings = Object.fromEntries(clip(chain).map((each) => [each.moment, each])) as Rulings;
  const promises = facts.promises.filter(({ heard }) => heard > opening.heard);
  return underCommitments(rulings, promises);
};
const ruling = ({ moment, winner }: Awaited): Ruling => ({
  ...{ ...winner, moment, ruled: winner.due, losers: [] },
  ...(winner.rule !== COMMITMENT_RULE && { counted: { start: winner.start, within: winner.within } }),
});

/** When something happens to a clock by itself: the warning, the deadline, and the steps of the ladder (2.4). */
export const timesOf = (found: Ruling, law: Law, pauses: readonly Pause[] = []): Times =>
  pauses.length > 0
    ? timesCounted(found, law, pauses)
    : workedOut.of(law.policy.ladder, law.calendar, askedIn(found), () => timesCounted(found, law, []));

const workedOut = new WorkedOut<Times>();
/** All that times depend on beside ladder and calendar, where the clock never stood still. */
const askedIn = ({ start, due, tier, counted }: Ruling): string => {
  if (!counted) return `${start}|${due}|${tier}`;
  const { kind, minutes, days } = counted.within;
  return `${start}|${due}|${tier}|${counted.start}|${kind}|${minutes}|${days}`;
};
const timesCounted = (found: Ruling, law: Law, pauses: readonly Pause[]): Times => {
  const times = timesAt(law, (percent) => shareOfRuling(percent / 100, found, law.calendar, pauses));
  const { counted } = found;
  return { ...times, ...(pauses.length === 0 && { dueAt: found.due }), ...(counted && { counted }) };
};
/** The same after one more pause. What a promise names moves on by its length, as far as it was still to come. */
export const timesAfter = ({ times, pauses, winner: { tier } }: Clock, law: Law, last: Pause): Times => {
  const { counted, ...at } = times;
  if (!counted) return movedOn(at, last);
  const all = [...pauses, last];
  const counting = { within: counted.within, calendar: law.calendar, tier };
  return {
    ...timesAt(law, (percent) => instantAtShare(percent / 100, counted.start, counting, all)),
    counted,
  };
};
const timesAt = ({ policy: { ladder } }: Law, at: (percent: number) => string): Times => ({
  dueAt: at(100),
  warnAt: at(ladder.warnAtPercent),
  departmentHeadAt: at(ladder.departmentHeadAtPercent),
  seniorManagementAt: at(ladder.seniorManagementAtPercent),
});
const movedOn = (times: Times, { from, to }: Pause): Times => {
  const ms = Date.parse(to) - Date.parse(from);
  const moved = (at: string) => (at <= from ? at : new Date(Date.parse(at) + ms).toISOString());
  return {
    ...{ dueAt: moved(times.dueAt), warnAt: moved(times.warnAt) },
    departmentHeadAt: moved(times.departmentHeadAt),
    seniorManagementAt: moved(times.seniorManagementAt),
  };
};
