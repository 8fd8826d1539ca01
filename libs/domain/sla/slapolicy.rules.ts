import { dueOf } from './calendar.rules';
import { SLA_CHAIN, SlaStart, type SlaMoment, type ServiceTier, type SlaDuration } from './sla.values';
import type { SlaCase, SlaMatch, SlaPolicy, SlaRule } from './slapolicy.values';
import type { WorkingCalendar } from './workingcalendar.values';
import { WorkedOut } from './worked-out';
import { DAY_MS } from './zone.rules';

/** The moments from which clocks count. A rule whose start has not come, or is not told, does not rule yet. */
export type Starts = { readonly [Start in SlaStart]?: string };

/** A rule that holds for a ticket and the deadline it gives. */
export interface Candidate {
  readonly rule: string;
  /** What it rests on: `R-18`. */
  readonly basis?: string;
  readonly startEvent: SlaStart;
  readonly start: string;
  readonly within: SlaDuration;
  /** Whose windows its service hours are counted in. */
  readonly tier: ServiceTier;
  readonly due: string;
}
/** What is due for one moment, by which rule, and what the others would have given. */
export interface Ruling extends Candidate {
  readonly moment: SlaMoment;
  /** What must be kept: the winner's deadline, or an earlier one of a later moment or of a commitment. */
  readonly due: string;
  /** The winner's own deadline. */
  readonly ruled: string;
  /** Those that also hold, the strictest first. */
  readonly losers: readonly Candidate[];
  /** It would be due after this later moment and takes over its deadline (2.4, invariant 1). */
  readonly clippedBy?: SlaMoment;
  /** The promise to the customer that it has its deadline from. */
  readonly commitmentId?: string;
  /**
   * What leads to `due`, for shares of the duration and for pauses: the winner's own start and duration, or those of the
   * moment that clips it. Absent under a commitment, which names an absolute time.
   */
  readonly counted?: Pick<Candidate, 'start' | 'within'>;
}
export type Rulings = { readonly [Moment in SlaMoment]?: Ruling };

/**
 * For each moment the strictest of all rules that hold for a ticket; of two that give the same deadline the more specific
 * one (2.4). A moment for which no rule holds, or none has begun, is absent.
 */
export const rulingsOf = (
  of: SlaCase,
  starts: Starts,
  { rules }: Pick<SlaPolicy, 'rules'>,
  calendar: WorkingCalendar,
): Rulings => workedOut.of(rules, calendar, askedIn(of, starts), () => ruled(of, starts, rules, calendar));

const workedOut = new WorkedOut<Rulings>();
/** All that rulings depend on beside rules and calendar: a field that is new to a case or a start has to be named here. */
const askedIn = (of: SlaCase, starts: Starts): string => {
  let asked = '';
  for (const field of CASE_FIELDS) asked += `${of[field]}|`;
  for (const start of STARTS) asked += `${starts[start]}|`;
  return asked;
};
const CASE_FIELDS = Object.keys({
  ...{ type: 0, urgency: 0, quadrant: 0, complaintLevel: 0, isEnquiry: 0, priorityCustomer: 0 },
  ...{ afterSale: 0, round: 0, expectedDays: 0 },
} satisfies Record<keyof SlaCase, 0>) as readonly (keyof SlaCase)[];
const STARTS = Object.keys(SlaStart) as readonly SlaStart[];

const ruled = (
  of: SlaCase,
  starts: Starts,
  rules: readonly SlaRule[],
  calendar: WorkingCalendar,
): Rulings => {
  const tier = of.priorityCustomer ? 'PRIORITY' : 'STANDARD';
  const strictest = (moment: SlaMoment, ofCase: SlaCase): Ruling | undefined => {
    const holding = rules.filter((rule) => rule.moment === moment && holds(rule.match, ofCase));
    const [winner, ...losers] = byStrictness(holding, starts, calendar, tier);
    return (
      winner && {
        ...winner,
        moment,
        ruled: winner.due,
        losers,
        counted: { start: winner.start, within: winner.within },
      }
    );
  };
  const chain = clip(SLA_CHAIN.map((moment) => strictest(moment, of)).filter((it) => it !== undefined));
  const { expectedDays = daysUntil(chain.at(-1)) } = of;
  const informed = { ...of, ...(expectedDays !== undefined && { expectedDays }) };
  const others = (['PROGRESS_SYNC', 'FOLLOW_UP'] as const)
    .map((moment) => strictest(moment, informed))
    .filter((it) => it !== undefined);
  return named([...chain, ...others]);
};
const named = (rulings: readonly Ruling[]): Rulings =>
  Object.fromEntries(rulings.map((ruling) => [ruling.moment, ruling]));

/** True when everything that a rule asks for is so. */
export const holds = (match: SlaMatch, of: SlaCase): boolean =>
  PLAIN_FIELDS.every((field) => match[field] === undefined || match[field] === of[field]) &&
  (match.complaintLevel === undefined || match.complaintLevel === levelOf(of)) &&
  (match.afterSale === undefined || match.afterSale === (of.afterSale ?? false)) &&
  reaches(match, of);
const reaches = ({ roundMin = 1, longerThanDays = -1 }: SlaMatch, { round = 1, expectedDays = 0 }: SlaCase) =>
  round >= roundMin && expectedDays > longerThanDays;
const PLAIN_FIELDS = ['type', 'urgency', 'quadrant', 'isEnquiry', 'priorityCustomer'] as const;
const levelOf = ({ type, complaintLevel = 'ORDINARY' }: SlaCase) =>
  type === 'COMPLAINT' ? complaintLevel : undefined;
const conditionsOf = ({ match }: SlaRule): number =>
  Object.values(match).filter((wanted) => wanted !== undefined).length;

/** The earliest deadline first; of equal ones the rule that asks for more, then the one that stands further down. */
const byStrictness = (
  holding: readonly SlaRule[],
  starts: Starts,
  calendar: WorkingCalendar,
  tier: ServiceTier,
): readonly Candidate[] =>
  holding
    .flatMap((rule, n) => {
      const start = starts[rule.start];
      if (start === undefined) return [];
      const { id, basis, start: startEvent, within } = rule;
      const due = dueOf(start, { within, calendar, tier }, []);
      const of: Candidate = {
        rule: id,
        startEvent,
        start,
        within,
        tier,
        due,
        ...(basis !== undefined && { basis }),
      };
      return [{ of, conditions: conditionsOf(rule), n }];
    })
    .sort(
      (one, other) =>
        Date.parse(one.of.due) - Date.parse(other.of.due) ||
        other.conditions - one.conditions ||
        other.n - one.n,
    )
    .map(({ of }) => of);

/** An earlier moment that would be due after a later one takes over the deadline of that one (2.4, invariant 1). */
export const clip = (chain: readonly Ruling[]): readonly Ruling[] =>
  chain.reduceRight<readonly Ruling[]>((later, ruling) => {
    const [next] = later;
    if (!next || ruling.due <= next.due) return [ruling, ...later];
    const { due, counted, moment, clippedBy = moment } = next;
    return [{ ...ruling, due, clippedBy, ...(counted && { counted }) }, ...later];
  }, []);

const daysUntil = (last: Ruling | undefined): number | undefined =>
  last?.moment === 'RESOLVE' ? (Date.parse(last.due) - Date.parse(last.start)) / DAY_MS : undefined;
