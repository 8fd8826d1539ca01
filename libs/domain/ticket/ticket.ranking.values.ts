import type { RationalityVerdict } from './ticket.analysis.values';
import type { PrincipleScores } from './ticket.priority.values';
import type { ValueTier } from '../value/value.values';

/** The weights of the four principles, in per cent (2.5). */
export const PRINCIPLE_WEIGHTS: Readonly<Record<keyof PrincipleScores, number>> = {
  ...{ impact: 35, returnOnCost: 25, customerValue: 25, feasibility: 15 },
};
/** What a customer is worth for the ranking, by value tier [D]. */
export const TIER_VALUE: Readonly<Record<ValueTier, number>> = { HIGH_VALUE: 100, GROWTH: 60, STANDARD: 30 };
/** What a strategic partner is worth, whatever the tier (SYS-14.6). */
export const PARTNER_VALUE = 100;
/** What is taken where nobody has weighed a principle: neither for nor against [D]. */
export const UNWEIGHED = 50;
/** What touches the core business and has not been weighed otherwise [D]. */
export const CORE_IMPACT = 100;
const FEASIBLE: Readonly<Record<RationalityVerdict, number>> = { YES: 100, PARTIAL: 50, NO: 0 };

/** What is known of a ticket when its principles are weighed. */
export interface Principles {
  readonly impact?: number;
  readonly returnOnCost?: number;
  readonly feasibility?: number;
  readonly coreBusinessImpact?: boolean;
  readonly verdict?: RationalityVerdict;
  readonly tier: ValueTier;
  readonly strategicPartner: boolean;
}
/** The four scores: as they were weighed, or by default. */
export const scoresOf = (of: Principles): PrincipleScores => ({
  impact: of.impact ?? (of.coreBusinessImpact === true ? CORE_IMPACT : UNWEIGHED),
  returnOnCost: of.returnOnCost ?? UNWEIGHED,
  customerValue: of.strategicPartner ? PARTNER_VALUE : TIER_VALUE[of.tier],
  feasibility: of.feasibility ?? (of.verdict === undefined ? UNWEIGHED : FEASIBLE[of.verdict]),
});
/** All four together in hundredths of a point, 0 to 10 000: whole numbers, so that equal is equal (2.5). */
export const scoreOf = (scores: PrincipleScores): number =>
  (Object.keys(PRINCIPLE_WEIGHTS) as (keyof PrincipleScores)[]).reduce(
    (sum, principle) => sum + PRINCIPLE_WEIGHTS[principle] * scores[principle],
    0,
  );

/** A ticket as it is ranked. */
export interface Ranked {
  readonly ticketId: string;
  readonly level: number;
  readonly score: number;
  readonly raisedAt: string;
}
const SCORE_MAX = 10_000;
const SCORE_DIGITS = 5;
/**
 * The place in the order as a text to sort by: level, within it the higher score, then who waited longer, then the id, so
 * that the same tickets have the same order wherever they are sorted (SYS-14.5).
 */
export const placeOf = ({ ticketId, level, score, raisedAt }: Ranked): string =>
  [level, String(SCORE_MAX - score).padStart(SCORE_DIGITS, '0'), raisedAt, ticketId].join('|');
/** The order in which tickets are worked on, most pressing first. */
export const ranked = <T extends Ranked>(tickets: readonly T[]): readonly T[] =>
  [...tickets].sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
