import { boundsOf, neverLater, type CalendarBounds } from './calendarbounds.rules';
import { SLA_CHAIN, type ServiceTier, type SlaMoment } from './sla.values';
import { holds } from './slapolicy.rules';
import type { SlaCase, SlaPolicy, SlaRule } from './slapolicy.values';
import type { WorkingCalendar } from './workingcalendar.values';

/** Two tickets that differ in one thing, of which the one that must not wait longer may have to. */
export interface StrictnessBreach {
  readonly moment: SlaMoment;
  readonly stricter: SlaCase;
  readonly milder: SlaCase;
  /** The rule of the milder case that no rule of the stricter one is sure to keep up with. */
  readonly rule: SlaRule;
}

/** Most different limits that rules of one policy may set for rounds, and for days. */
export const LIMITS_MAX = 5;

/**
 * The first pair of cases that breaks the invariants (2) and (3) of 2.4 for equal starts; null: none can, on no date. For
 * every rule of the milder case the stricter one needs a rule, for that moment or a later one, that is never due later: what
 * is only true as long as no holidays pile up, or a green channel opens soon enough, is not sure.
 */
export const strictnessBreach = (
  { rules }: Pick<SlaPolicy, 'rules'>,
  calendar: WorkingCalendar,
  from: string,
): StrictnessBreach | null => {
  const weighed = weighing(rules, boundsOf(calendar, from));
  for (const stricter of casesFor(rules))
    for (const milder of milderThan(stricter)) {
      const rule = weighed(stricter, milder);
      if (rule) return { moment: rule.moment, stricter, milder, rule };
    }
  return null;
};

type Weigh = (stricter: SlaCase, milder: SlaCase) => SlaRule | undefined;
/** Many cases have the same rules: each pair of such is weighed once. */
const weighing = (rules: readonly SlaRule[], bounds: CalendarBounds): Weigh => {
  const seen = new Map<string, SlaRule | undefined>();
  const found = new Map<SlaCase, readonly number[]>();
  const holding = (of: SlaCase) => {
    const some = found.get(of) ?? [...rules.keys()].filter((n) => holds(rules[n]?.match ?? {}, of));
    found.set(of, some);
    return some;
  };
  return (stricter, milder) => {
    const [one, other] = [holding(stricter), holding(milder)];
    const key = `${tierOf(stricter)} ${one.join()} ${tierOf(milder)} ${other.join()}`;
    const pick = (some: readonly number[]) => some.flatMap((n) => rules[n] ?? []);
    if (!seen.has(key))
      seen.set(key, unmatched(pick(one), tierOf(stricter), pick(other), tierOf(milder), bounds));
    return seen.get(key);
  };
};
const tierOf = ({ priorityCustomer }: SlaCase): ServiceTier => (priorityCustomer ? 'PRIORITY' : 'STANDARD');

const unmatched = (
  strict: readonly SlaRule[],
  strictTier: ServiceTier,
  mild: readonly SlaRule[],
  mildTier: ServiceTier,
  bounds: CalendarBounds,
): SlaRule | undefined =>
  mild.find((slow) => {
    const other = { within: slow.within, tier: mildTier };
    return !strict.some(
      (quick) =>
        noLaterMoment(slow.moment, quick.moment) &&
        (quick.start === slow.start || quick.start === 'RAISED') &&
        neverLater({ within: quick.within, tier: strictTier }, other, bounds),
    );
  });
/** A later moment of the chain clips an earlier one, so its deadline counts for both. */
const noLaterMoment = (moment: SlaMoment, other: SlaMoment): boolean => {
  const [at, otherAt] = [moment, other].map((it) => (SLA_CHAIN as readonly SlaMoment[]).indexOf(it)) as [
    number,
    number,
  ];
  return moment === other || (at >= 0 && otherAt > at);
};

const URGENCIES = ['URGENT', 'IMPORTANT', 'ROUTINE'] as const;
const LEVELS = ['MAJOR', 'SERIOUS', 'ORDINARY'] as const;
const QUADRANTS = [undefined, 1, 2, 3, 4] as const;
const BOTH = [false, true] as const;

/** The same ticket with one thing lighter, for each thing that has an order (2.4, invariants 2 and 3). */
const milderThan = (of: SlaCase): readonly SlaCase[] => {
  const urgency = URGENCIES[URGENCIES.indexOf(of.urgency ?? 'ROUTINE') + 1];
  const complaintLevel = of.complaintLevel && LEVELS[LEVELS.indexOf(of.complaintLevel) + 1];
  return [
    ...(urgency ? [{ ...of, urgency }] : []),
    ...(complaintLevel ? [{ ...of, complaintLevel }] : []),
    ...(of.quadrant === 1 ? [2, 3, 4].map((quadrant) => ({ ...of, quadrant })) : []),
    ...(of.priorityCustomer ? [{ ...of, priorityCustomer: false }] : []),
  ];
};

type Part = { readonly [Name in keyof SlaCase]?: Exclude<SlaCase[Name], undefined> };
/** Every kind of ticket that rules can tell apart. */
export const casesFor = (rules: readonly SlaRule[]): readonly SlaCase[] => {
  const kinds = [
    ...(['FUNCTIONAL', 'SERVICE', 'COOPERATION', undefined] as const).map((type) => (type ? { type } : {})),
    ...LEVELS.map((complaintLevel) => ({ type: 'COMPLAINT' as const, complaintLevel })),
  ];
  const axes: readonly (readonly Part[])[] = [
    kinds,
    URGENCIES.map((urgency) => ({ urgency })),
    QUADRANTS.map((quadrant) => (quadrant === undefined ? {} : { quadrant })),
    ...(['isEnquiry', 'afterSale'] as const).map((flag) => BOTH.map((is) => ({ [flag]: is }))),
    [1, ...limitsOf(rules, 'roundMin')].map((round) => ({ round })),
    [1, ...limitsOf(rules, 'longerThanDays').map((days) => days + 1)].map((expectedDays) => ({
      expectedDays,
    })),
    BOTH.map((priorityCustomer) => ({ priorityCustomer })),
  ];
  const plain: SlaCase = { isEnquiry: false, priorityCustomer: false };
  return axes.reduce<readonly SlaCase[]>(
    (cases, axis) => cases.flatMap((of) => axis.map((more) => ({ ...of, ...more }))),
    [plain],
  );
};
/** The different limits that rules set. */
export const limitsOf = (
  rules: readonly SlaRule[],
  limit: 'roundMin' | 'longerThanDays',
): readonly number[] => [...new Set(rules.flatMap(({ match }) => match[limit] ?? []))];
