import { refuse, reject, stateOf, type Aggregate, type DataOf } from '@rapport/kernel';
import { tieringRules, type PublishedRules } from './tieringrules.decider';
import { BUILT_IN, monetaryFor, scoreBy, tierOf, type TieringRules } from './tieringrules.rules';
import { DEFAULT_SCOPE } from './tieringrules.values';
import * as commands from './value.commands';
import * as events from './value.events';
import { endOfMonth, isMonth, monthAfter, TIER_RANK, type ValueTier } from './value.values';

export interface Value {
  readonly tier: ValueTier;
  /** The months that were scored, in the order of scoring. */
  readonly months: readonly string[];
  /** What the last score alone gave. */
  readonly scoredTier: ValueTier;
}
interface RulesInForce {
  readonly rules: PublishedRules;
  readonly industryRules: PublishedRules;
}

const { RfmScored, ValueTierChanged } = events;
const DAY_MS = 86_400_000;

/** What a customer is worth, month by month (SYS-36). */
export const value: Aggregate<Value, typeof events, typeof commands, { ScoreRfm: RulesInForce }> = {
  name: 'value',
  id: 'customerId',
  events,
  commands,
  initial: { tier: 'STANDARD', months: [], scoredTier: 'STANDARD' },

  evolve: {
    RfmScored: (state, { month, tier, scoredTier }) => ({
      ...{ tier, scoredTier, months: [...state.months, month] },
    }),
    ValueTierChanged: (state) => state,
  },

  needs: {
    ScoreRfm: (_, { industry }) => ({
      rules: stateOf(tieringRules, DEFAULT_SCOPE),
      industryRules: stateOf(tieringRules, industry ?? DEFAULT_SCOPE),
    }),
  },

  decide: {
    ScoreRfm: (state, command, { now, known }) => {
      const { customerId, month } = command;
      assertScorable(command, now);
      if (state.months.includes(month)) return [];
      assertLater(state, month);
      const score = scoreOf(command, known);
      const tier = tierAfter(state, month, score.scoredTier);
      const downgradePending = TIER_RANK[score.scoredTier] < TIER_RANK[tier];
      const { ruleScope, ruleVersion } = score;
      const change = { customerId, from: state.tier, to: tier, month, ruleScope, ruleVersion };
      return [
        RfmScored.of({ ...score, tier, downgradePending }),
        ...(tier === state.tier ? [] : [ValueTierChanged.of(change)]),
      ];
    },
  },
};

const assertScorable = (
  { month, lastPurchaseAt, spent }: DataOf<typeof commands.ScoreRfm>,
  now: string,
): void => {
  if (!isMonth(month)) reject('MONTH_UNKNOWN', 'month', 'month must be a month such as 2024-03');
  if (endOfMonth(month) > now) reject('FUTURE_MONTH', 'month', `${month} is not over yet`);
  if (lastPurchaseAt >= endOfMonth(month))
    reject('PURCHASE_AFTER_MONTH', 'lastPurchaseAt', `the last purchase lies after ${month}`);
  if (spent.minor < 0) reject('SPENT_NEGATIVE', 'spent', 'no customer can spend less than nothing');
};

/** Months are scored in their order: what was scored stands, also when a purchase of an older month comes to light. */
const assertLater = ({ months }: Value, month: string): void => {
  const last = months.at(-1);
  if (last !== undefined && month < last)
    refuse('MONTH_PASSED', `${last} was scored already: older months are not scored any more`, { last });
};

const scoreOf = (command: DataOf<typeof commands.ScoreRfm>, known: RulesInForce) => {
  const { customerId, month, lastPurchaseAt, purchases: frequency, spent: monetary } = command;
  const { scope, rules } = inForce(command.industry, known);
  const recencyDays = daysBegun(lastPurchaseAt, endOfMonth(month));
  const { bands, basis } = monetaryFor(rules, monetary.currency);
  const r = scoreBy(rules.recency, recencyDays);
  const f = scoreBy(rules.frequency, frequency);
  const m = scoreBy(bands, monetary.minor);
  return {
    ...{ customerId, month, lastPurchaseAt, recencyDays, frequency, monetary, r, f, m, sum: r + f + m },
    ...{ scoredTier: tierOf(rules, { r, f, m }), ruleScope: scope, ruleVersion: rules.version, basis },
  };
};

/** The rules of the industry when it has its own, else the published default, else the built-in ones (SYS-36.3). */
const inForce = (industry: string | undefined, { rules, industryRules }: RulesInForce) => {
  const own: TieringRules | null = industry === undefined ? null : industryRules.published;
  return industry !== undefined && own
    ? { scope: industry, rules: own }
    : { scope: DEFAULT_SCOPE, rules: rules.published ?? BUILT_IN };
};

/** A day counts as soon as it has begun: exactly 30 days are 30, a moment more is 31. */
const daysBegun = (from: string, to: string): number =>
  Math.ceil((Date.parse(to) - Date.parse(from)) / DAY_MS);

/**
 * The tier in force after a score. Up at once; down only as far as two scores of consecutive months agree (2.5).
 */
const tierAfter = (
  { tier, months, scoredTier: before }: Value,
  month: string,
  scored: ValueTier,
): ValueTier => {
  const consecutive = months.at(-1) === monthAfter(month, -1);
  const floor = consecutive ? lower(tier, before) : tier;
  return higher(scored, floor);
};
const higher = (one: ValueTier, other: ValueTier): ValueTier =>
  TIER_RANK[one] >= TIER_RANK[other] ? one : other;
const lower = (one: ValueTier, other: ValueTier): ValueTier =>
  TIER_RANK[one] <= TIER_RANK[other] ? one : other;
