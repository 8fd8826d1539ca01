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
 * every rule of the milder case the stricter one needs a rule, for that moment or a later one, that is never due later: what
 * is only true as long as no holidays pile up, or a green channel opens soon enough, is not sure.
 */
export const strictnessBreach = (
  { rules }: Pick<SlaPolicy, 'rules'>,
  calendar: WorkingCalendar,
  from: string,
): StrictnessBreach | null => {
  const bounds = boundsOf(calendar, from);
  for (const [stricter, milder] of pairsOf(axesOf(rules))) {
    const rule = unmatched(weighed(stricter, rules), weighed(milder, rules), bounds);
    if (rule) return { moment: rule.moment, stricter: caseOf(stricter), milder: caseOf(milder), rule };
  }
  return null;
};

/** Two groups of cases that differ in one thing, each pair of rules and windows once. */
const pairsOf = (axes: readonly Axis[]): readonly (readonly [stricter: Group, milder: Group])[] => {
  const found = axes
    .filter(({ pairs }) => pairs.length > 0)
    .flatMap((axis) => {
      const rest = crossed(axes.filter((it) => it !== axis));
      return axis.pairs.flatMap(([strict, mild]) =>
        rest.map((of) => [both(of, axis.values[strict]), both(of, axis.values[mild])] as const),
      );
    });
  return [...new Map(found.map((pair) => [pair.map(keyOf).join(), pair])).values()];
};

type Part = { readonly [Name in keyof SlaCase]?: Exclude<SlaCase[Name], undefined> };
/** Cases for which the same rules hold (a bit for each), by the example of one. */
interface Group {
  readonly mask: bigint;
  readonly of: Part;
}
/** One thing by which rules tell tickets apart; `pairs`: which of its values must not wait longer than which. */
interface Axis {
  readonly values: readonly Group[];
  readonly pairs: readonly (readonly [strict: number, mild: number])[];
}

const KINDS: readonly Part[] = [
  ...(['MAJOR', 'SERIOUS', 'ORDINARY'] as const).map((complaintLevel) => ({
    ...{ type: 'COMPLAINT' as const, complaintLevel },
  })),
  ...(['FUNCTIONAL', 'SERVICE', 'COOPERATION'] as const).map((type) => ({ type })),
  {},
];
const FLAGS = ['isEnquiry', 'afterSale'] as const;

/** All that rules can tell apart: every ticket is one value of each. */
const axesOf = (rules: readonly SlaRule[]): readonly Axis[] => {
  const axis = (
    fields: readonly (keyof SlaMatch)[],
    values: readonly Part[],
    pairs: Axis['pairs'] = [],
  ): Axis => ({
    values: values.map((of) => ({ of, mask: maskOf(rules, fields, of) })),
    pairs,
  });
  const limits = (of: 'roundMin' | 'longerThanDays', past: number) => [
    ...[1, ...limitsOf(rules, of).map((limit) => limit + past)],
  ];
  return [
    axis(['type', 'complaintLevel'], KINDS, [
      [0, 1],
      [1, 2],
    ]),
    axis(
      ['urgency'],
      URGENCIES.map((urgency) => ({ urgency })),
      [
        [0, 1],
        [1, 2],
      ],
    ),
    axis(
      ['quadrant'],
      [...[1, 2, 3, 4].map((quadrant) => ({ quadrant })), {}],
      [
        [0, 1],
        [0, 2],
        [0, 3],
      ],
    ),
    axis(['priorityCustomer'], [{ priorityCustomer: true }, { priorityCustomer: false }], [[0, 1]]),
    ...FLAGS.map((flag) => axis([flag], [{ [flag]: false }, { [flag]: true }])),
    axis(
      ['roundMin'],
      limits('roundMin', 0).map((round) => ({ round })),
    ),
    axis(
      ['longerThanDays'],
      limits('longerThanDays', 1).map((expectedDays) => ({ expectedDays })),
    ),
  ];
};
const URGENCIES = ['URGENT', 'IMPORTANT', 'ROUTINE'] as const;

/** The rules that hold as far as these fields go. */
const maskOf = (rules: readonly SlaRule[], fields: readonly (keyof SlaMatch)[], of: Part): bigint =>
  rules.reduce((mask, { match }, n) => {
    const asked = Object.fromEntries(fields.map((field) => [field, match[field]]));
    return holds(asked, { ...PLAIN, ...of }) ? mask | (1n << BigInt(n)) : mask;
  }, 0n);
const PLAIN: SlaCase = { isEnquiry: false, priorityCustomer: false };
const caseOf = ({ of }: Group): SlaCase => ({ ...PLAIN, ...of });

/** Every combination of these axes, but one example of those with the same rules and the same windows. */
const crossed = (axes: readonly Axis[]): readonly Group[] =>
  axes.reduce<readonly Group[]>(
    (groups, { values }) => {
      const found = groups.flatMap((group) => values.map((value) => both(group, value)));
      return [...new Map(found.map((group) => [keyOf(group), group])).values()];
    },
    [{ mask: -1n, of: {} }],
  );
/** Alike for cases with the same rules and the same windows. */
const keyOf = (group: Group): string => `${group.mask} ${tierOf(caseOf(group))}`;
const both = (one: Group, other: Group = { mask: -1n, of: {} }): Group => ({
  ...{ mask: one.mask & other.mask, of: { ...one.of, ...other.of } },
});

interface Weighed {
  readonly rules: readonly SlaRule[];
  readonly tier: ServiceTier;
}
const weighed = (group: Group, rules: readonly SlaRule[]): Weighed => ({
  rules: rules.filter((_, n) => (group.mask >> BigInt(n)) & 1n),
  tier: tierOf(caseOf(group)),
});
const tierOf = ({ priorityCustomer }: SlaCase): ServiceTier => (priorityCustomer ? 'PRIORITY' : 'STANDARD');

/** The first rule of the milder case with which no rule of the stricter one is sure to keep up. */
const unmatched = (strict: Weighed, mild: Weighed, bounds: CalendarBounds): SlaRule | undefined =>
  mild.rules.find((slow) => {
    const other = { within: slow.within, tier: mild.tier };
    return !strict.rules.some(
      (quick) =>
        noLaterMoment(slow.moment, quick.moment) &&
        (quick.start === slow.start || quick.start === 'RAISED') &&
        neverLater({ within: quick.within, tier: strict.tier }, other, bounds),
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

/** The different limits that rules set. */
export const limitsOf = (
  rules: readonly SlaRule[],
  limit: 'roundMin' | 'longerThanDays',
): readonly number[] => [...new Set(rules.flatMap(({ match }) => match[limit] ?? []))];
