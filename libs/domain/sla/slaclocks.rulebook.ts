import type { Lookup } from '@rapport/kernel';
import { instantAtShare, type Pause } from './calendar.rules';
import { SLA_CHAIN, type SlaMoment } from './sla.values';
import { COMMITMENT_RULE, type SlaFacts, type SlaOpening, type SlaRuleChoice } from './slaclocks.values';
import type { Clock, Times } from './slaclocks.state';
import { shareOfRuling, underCommitments } from './slapolicy.commitments.rules';
import { inForce, type SlaPolicies } from './slapolicy.inforce.rules';
import { clip, rulingsOf, type Ruling, type Rulings, type Starts } from './slapolicy.rules';
import { slaPolicies } from './slapolicy.state';
import { DEFAULT_POLICY, type SlaCase, type SlaPolicy } from './slapolicy.values';
import { calendarInForce } from './workingcalendar.inforce.rules';
import { workingCalendars, type WorkingCalendars } from './workingcalendar.state';
import { DEFAULT_CALENDAR, type WorkingCalendar } from './workingcalendar.values';

/** All that was ever published: what held when a clock began can be asked at any later time. */
export interface Rulebook {
  readonly policies: SlaPolicies;
  readonly calendars: ReadonlyMap<string, WorkingCalendars>;
}
/** What a round of clocks is ruled by, from its beginning to its end (2.4, invariant 4). */
export interface Law {
  readonly policy: SlaPolicy;
  readonly calendar: WorkingCalendar;
}
/** Policies, and every calendar that one of them counts by. */
export const rulebook: Lookup<Rulebook> = async (streams) => {
  const policies = await streams.stateOf(slaPolicies, DEFAULT_POLICY);
  const ids = new Set([DEFAULT_CALENDAR, ...policies.versions.map(({ calendarId }) => calendarId)]);
  const found = [...ids].map(async (id) => [id, await streams.stateOf(workingCalendars, id)] as const);
  return { policies, calendars: new Map(await Promise.all(found)) };
};
export const lawAt = ({ policies, calendars }: Rulebook, at: string): Law => {
  const policy = inForce(policies, at);
  return { policy, calendar: calendarInForce(calendars.get(policy.calendarId)?.versions ?? [], at) };
};

/** The ticket as rules see it. */
export const caseOf = (facts: SlaFacts, priorityCustomer: boolean): SlaCase => {
  const { type, urgency, priority: quadrant, complaintLevel, isEnquiry } = facts;
  return {
    ...{ urgency, isEnquiry, priorityCustomer },
    ...(type !== undefined && { type }),
    ...(quadrant !== undefined && { quadrant }),
    ...(complaintLevel !== undefined && { complaintLevel }),
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

/** What only a promise gives its time (SLA-2ND: the solution is due as it is newly promised). */
export const promisedAlone = ({ at: start }: SlaOpening, due: string): SlaRuleChoice => ({
  ...{ rule: COMMITMENT_RULE, startEvent: 'DISSATISFIED', start, tier: 'STANDARD', due },
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
export const timesOf = (found: Ruling, law: Law, pauses: readonly Pause[] = []): Times => {
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
