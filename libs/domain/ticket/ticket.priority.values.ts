import { Count, Day, OneOf, Optional, options, Text } from '@rapport/kernel';
import type { ValueTier } from '../value/value.values';
import type { TicketType, Urgency } from './ticket.values';

/** Q1 urgent and important, Q2 important, Q3 urgent, Q4 neither (1.5, SYS-14.1). */
export const Quadrant = options('Q1', 'Q2', 'Q3', 'Q4');
export type Quadrant = keyof typeof Quadrant;

interface Weight {
  readonly urgent: boolean;
  readonly important: boolean;
}
/** Urgent and important decide the quadrant and nothing else does: neither grade nor value moves it (SYS-14.6, C-25). */
export const quadrantOf = ({ urgent, important }: Weight): Quadrant => {
  if (important) return urgent ? 'Q1' : 'Q2';
  return urgent ? 'Q3' : 'Q4';
};
/** The priority level is the number of the quadrant (SYS-14.1, O-26). */
export const levelOf = (quadrant: Quadrant): number => Number(quadrant.slice(1));
/** The quadrant of a level from 1 to 4. */
export const quadrantAt = (level: number): Quadrant =>
  (Object.keys(Quadrant) as Quadrant[]).find((quadrant) => levelOf(quadrant) === level) ?? 'Q4';
/** The two flags that lead to a quadrant. */
export const flagsOf = (quadrant: Quadrant): Weight => ({
  urgent: quadrant === 'Q1' || quadrant === 'Q3',
  important: quadrant === 'Q1' || quadrant === 'Q2',
});

/** What becomes of a ticket by its quadrant (1.5). */
export const QuadrantHandling = options(
  'START_AT_ONCE',
  'SPECIAL_PLAN',
  'STANDARD_ANSWER',
  'LATER_ITERATION',
);
export type QuadrantHandling = keyof typeof QuadrantHandling;
export const HANDLING: Readonly<Record<Quadrant, QuadrantHandling>> = {
  ...{ Q1: 'START_AT_ONCE', Q2: 'SPECIAL_PLAN', Q3: 'STANDARD_ANSWER', Q4: 'LATER_ITERATION' },
};
/** The standard answer that is proposed for what is urgent and not important (SYS-14.4). */
export const StandardAnswer = options('HOW_TO_USE', 'SERVICE_FLOW', 'APOLOGY_AND_NEXT_STEP', 'NEXT_CONTACT');
export type StandardAnswer = keyof typeof StandardAnswer;
export const STANDARD_ANSWER: Readonly<Record<TicketType, StandardAnswer>> = {
  ...{ FUNCTIONAL: 'HOW_TO_USE', SERVICE: 'SERVICE_FLOW' },
  ...{ COMPLAINT: 'APOLOGY_AND_NEXT_STEP', COOPERATION: 'NEXT_CONTACT' },
};

/** Where a ticket is planned: in a week, in a month, in a special plan of its own, or in a later iteration. */
export const PlanKind = options('WEEKLY', 'MONTHLY', 'SPECIAL', 'ITERATION');
export type PlanKind = keyof typeof PlanKind;
/** A place in a plan. */
export class PlanPlace {
  @OneOf(PlanKind) kind!: PlanKind;
  /** The week, 2024-W10, or the month, 2024-03. */
  @Optional() @Text(8) period?: string;
  /** What a special plan is called. */
  @Optional() @Text(200) name?: string;
  /** When a ticket in the iteration backlog is looked at again. */
  @Optional() @Day() reviewOn?: string;
}

/** The four principles, each from 0 to 100 (2.5, R-43). */
export class PrincipleScores {
  /** How much of the business it touches. */
  @Count(0, 100) impact!: number;
  /** What comes back for what it costs. */
  @Count(0, 100) returnOnCost!: number;
  @Count(0, 100) customerValue!: number;
  @Count(0, 100) feasibility!: number;
}

/** A ticket in the iteration backlog is looked at again after so many days, if nobody says when [D]. */
export const ITERATION_REVIEW_DAYS = 30;
/** What is important and not urgent is planned within so many working days (SYS-14.3, R-14). */
export const PLANNED_WITHIN_WORKING_DAYS = 1;

/** What a ticket is known by before it is ranked, for the flags that are proposed (SYS-14.1). */
export interface Weighable {
  readonly urgency: Urgency;
  readonly complaintLevel?: 'ORDINARY' | 'SERIOUS' | 'MAJOR';
  readonly coreBusinessImpact?: boolean;
  readonly tier?: ValueTier;
  readonly strategicPartner?: boolean;
}
interface FlagRule {
  readonly code: string;
  readonly flag: keyof Weight;
  readonly sentence: string;
  readonly when: (of: Weighable) => boolean;
}
/** What speaks for a flag. The worth of a customer can make a wish important, never urgent (SYS-14.6). */
export const FLAG_RULES: readonly FlagRule[] = [
  {
    ...{ code: 'URGENCY_URGENT', flag: 'urgent', sentence: 'taken in as URGENT (O-25)' },
    when: ({ urgency }) => urgency === 'URGENT',
  },
  {
    ...{ code: 'COMPLAINT_MAJOR', flag: 'urgent', sentence: 'a MAJOR complaint cannot wait (R-12)' },
    when: ({ complaintLevel }) => complaintLevel === 'MAJOR',
  },
  {
    ...{ code: 'URGENCY_IMPORTANT', flag: 'important', sentence: 'taken in as IMPORTANT (O-25)' },
    when: ({ urgency }) => urgency === 'IMPORTANT',
  },
  {
    ...{ code: 'CORE_BUSINESS', flag: 'important', sentence: 'the core business of the customer is touched' },
    when: ({ coreBusinessImpact }) => coreBusinessImpact === true,
  },
  {
    ...{ code: 'COMPLAINT_GRAVE', flag: 'important', sentence: 'a SERIOUS or MAJOR complaint' },
    when: ({ complaintLevel }) => complaintLevel === 'SERIOUS' || complaintLevel === 'MAJOR',
  },
  {
    ...{
      code: 'CUSTOMER_VALUE',
      flag: 'important',
      sentence: 'a customer of high value or strategic partner',
    },
    when: ({ tier, strategicPartner }) => tier === 'HIGH_VALUE' || strategicPartner === true,
  },
];
/** The flags that are proposed, with the codes that speak for them. */
export const proposedFlags = (of: Weighable): Weight & { readonly codes: readonly string[] } => {
  const found = FLAG_RULES.filter(({ when }) => when(of));
  const has = (flag: keyof Weight) => found.some((rule) => rule.flag === flag);
  return {
    ...{ urgent: has('urgent'), important: has('important') },
    codes: found.map(({ code }) => code),
  };
};
