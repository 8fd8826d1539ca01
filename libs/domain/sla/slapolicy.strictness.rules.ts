import { boundsOf, neverLater, type CalendarBounds } from './calendarbounds.rules';
import { SLA_CHAIN, type ServiceTier, type SlaMoment } from './sla.values';
import { holds } from './slapolicy.rules';
import type { SlaCase, SlaMatch, SlaPolicy, SlaRule } from './slapolicy.values';
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
 * every rule of the milder case the stricter one needs one for that moment, and one for it or a later one that is never due later: what
 * is only true as long as no holidays pile up, or a green channel opens soon enough, is not sure.
 */
export const strictnessBreach = (
  { rules }: Pick<SlaPolicy, 'rules'>,
  calendar: WorkingCalendar,
  from: string,
): StrictnessBreach | null => {
  const bounds = boundsOf(calendar, from);
  for (const [stricter, milder] of pairsOf(axesOf(rules))) {
    const rule = unmatched(stricter, milder, rules, bounds);
    if (rule) return { moment: rule.moment, stricter: caseOf(stricter), milder: caseOf(milder), rule };
  }
  return null;
};

/** Two groups of cases that differ in one thing, each pair of rules and windows once, where the milder one has a rule of its own. */
const pairsOf = (axes: readonly Axis[]): readonly (readonly [stricter: Group, milder: Group])[] => {
  const found = axes.flatMap((axis) => {
    const telling = axis.pairs.filter(([strict, mild]) => (mild.mask & ~strict.mask) !== 0n);
    const rest = telling.length > 0 ? crossed(axes.filter((it) => it !== axis)) : [];
    return telling.flatMap(([strict, mild]) => rest.map((of) => [both(of, strict), both(of, mild)] as const));
  });
  return [...new Map(found.map((pair) => [pair.map(keyOf).join(), pair])).values()];
};

type Part = { readonly [Name in keyof SlaCase]?: Exclude<SlaCase[Name], undefined> };
/** Cases for which the same rules hold (a bit for each), by the example of one. */
interface Group {
  readonly mask: bigint;
  readonly of: readonly Part[];
  readonly tier: ServiceTier;
}
/** One thing by which rules tell tickets apart; `pairs`: which of its values must not wait longer than which. */
interface Axis {
  readonly values: readonly Group[];
  readonly pairs: readonly (readonly [strict: Group, mild: Group])[];
}

const KINDS: readonly Part[] = [
  ...(['MAJOR', 'SERIOUS', 'ORDINARY'] as const).map((complaintLevel) => ({
    ...{ type: 'COMPLAINT' as const, complaintLevel },
  })),
  ...(['FUNCTIONAL', 'SERVICE', 'COOPERATION'] as const).map((type) => ({ type })),
  {},
];

/** All that rules can tell apart: every ticket is one value of each. */
const axesOf = (rules: readonly SlaRule[]): readonly Axis[] => {
  const axis = (fields: readonly (keyof SlaMatch)[], cases: readonly Part[], pairs = NO_ORDER): Axis => {
    const values = cases.map((of): Group => ({
      of: [of],
      mask: maskOf(rules, fields, of),
      tier: tierOf(of),
    }));
    const at = (n: number) => values[n] ?? EVERYTHING;
    return { values, pairs: pairs.map(([strict, mild]) => [at(strict), at(mild)] as const) };
  };
  const rounds = [1, ...limitsOf(rules, 'roundMin')];
  const days = [1, ...limitsOf(rules, 'longerThanDays').map((limit) => limit + 1)];
  return [
    axis(['type', 'complaintLevel'], KINDS, EACH_BEFORE_THE_NEXT),
    axis(['urgency'], URGENCIES, EACH_BEFORE_THE_NEXT),
    axis(['quadrant'], QUADRANTS, FIRST_BEFORE_ALL),
    axis(['priorityCustomer'], [{ priorityCustomer: true }, {}], FIRST_BEFORE_THE_NEXT),
    axis(['isEnquiry'], [{}, { isEnquiry: true }]),
    axis(['afterSale'], [{}, { afterSale: true }]),
    axis(
      ['roundMin'],
      rounds.map((round) => ({ round })),
    ),
    axis(
      ['longerThanDays'],
      days.map((expectedDays) => ({ expectedDays })),
    ),
  ];
};
type Order = readonly (readonly [strict: number, mild: number])[];
const NO_ORDER: Order = [];
const FIRST_BEFORE_THE_NEXT: Order = [[0, 1]];
const EACH_BEFORE_THE_NEXT: Order = [
  [0, 1],
  [1, 2],
];
const FIRST_BEFORE_ALL: Order = [
  [0, 1],
  [0, 2],
  [0, 3],
];
const QUADRANTS: readonly Part[] = [...[1, 2, 3, 4].map((quadrant) => ({ quadrant })), {}];
const URGENCIES: readonly Part[] = (['URGENT', 'IMPORTANT', 'ROUTINE'] as const).map((urgency) => ({
  urgency,
}));

/** The rules that hold as far as these fields go. */
const maskOf = (rules: readonly SlaRule[], fields: readonly (keyof SlaMatch)[], of: Part): bigint =>
  rules.reduce((mask, { match }, n) => {
    const asked = Object.fromEntries(fields.map((field) => [field, match[field]]));
    return holds(asked, { ...PLAIN, ...of }) ? mask | (1n << BigInt(n)) : mask;
  }, 0n);
const PLAIN: SlaCase = { isEnquiry: false, priorityCustomer: false };
const caseOf = ({ of }: Group): SlaCase => of.reduce<SlaCase>((all, part) => ({ ...all, ...part }), PLAIN);

/** Every combination of these axes, but one example of those with the same rules and the same windows. */
const crossed = (axes: readonly Axis[]): readonly Group[] =>
  axes.reduce<readonly Group[]>(
    (groups, { values }) => {
      const found = groups.flatMap((group) => values.map((value) => both(group, value)));
      return [...new Map(found.map((group) => [keyOf(group), group])).values()];
    },
    [EVERYTHING],
  );
/** Alike for cases with the same rules and the same windows. */
const keyOf = ({ mask, tier }: Group): string => `${mask.toString(36)} ${tier}`;
const both = (one: Group, other: Group): Group => ({
  mask: one.mask & other.mask,
  of: [...one.of, ...other.of],
  tier: one.tier === 'PRIORITY' ? one.tier : other.tier,
});
const EVERYTHING: Group = { mask: -1n, of: [], tier: 'STANDARD' };
const tierOf = ({ priorityCustomer }: Part): ServiceTier => (priorityCustomer ? 'PRIORITY' : 'STANDARD');

const held = (rules: readonly SlaRule[], mask: bigint): readonly SlaRule[] =>
  rules.filter((_, n) => (mask >> BigInt(n)) & 1n);

/**
 * The first rule of the milder case with which no rule of the stricter one is sure to keep up. A rule that holds for both
 * does, also where the stricter one is a priority customer: these windows contain the others.
 */
const unmatched = (
  stricter: Group,
  milder: Group,
  rules: readonly SlaRule[],
  bounds: CalendarBounds,
): SlaRule | undefined => {
  const slower = held(rules, milder.mask & ~stricter.mask);
  if (slower.length === 0) return undefined;
  const quicker = held(rules, stricter.mask);
  const { tier } = stricter;
  return slower.find((slow) => {
    const begun = quicker.filter(({ start }) => start === slow.start || start === 'RAISED');
    const other = { within: slow.within, tier: milder.tier };
    const keepsUp = (quick: SlaRule) =>
      noLaterMoment(slow.moment, quick.moment) && neverLater({ within: quick.within, tier }, other, bounds);
    return !begun.some(({ moment }) => moment === slow.moment) || !begun.some(keepsUp);
  });
};
/** A later moment of the chain clips an earlier one, so its deadline counts for both. */
const noLaterMoment = (moment: SlaMoment, other: SlaMoment): boolean => {
  const [at, otherAt] = [moment, other].map((it) => (SLA_CHAIN as readonly SlaMoment[]).indexOf(it)) as [
    number,
    number,
  ];
  return moment === other || (at >= 0 && otherAt > at);
};

/** The different limits that rules set. */
export const limitsOf = (
  rules: readonly SlaRule[],
  limit: 'roundMin' | 'longerThanDays',
): readonly number[] => [...new Set(rules.flatMap(({ match }) => match[limit] ?? []))];
