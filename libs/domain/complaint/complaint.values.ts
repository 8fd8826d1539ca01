import { Flag, Id, OneOf, Optional, options, SomeOf, Text } from '@rapport/kernel';

/** What a complaint is about. OTHER needs words. */
export const ComplaintCause = options(
  ...(['DISHONEST_QUOTE', 'LATE_DELIVERY', 'BROKEN_PROMISE', 'POOR_QUALITY', 'EXECUTION_ERROR'] as const),
  ...(['INSUFFICIENT_COMMUNICATION', 'OPERATION_COMPLEXITY', 'HIDDEN_FEE', 'PROMOTION_DISPUTE'] as const),
  ...(['RETURN_EXCHANGE', 'PRODUCT_FAULT', 'SYSTEM_OUTAGE', 'SLOW_RESPONSE', 'CULTURE_COMPLIANCE'] as const),
  ...(['STAFF_NON_BUSINESS', 'OTHER'] as const),
);
export type ComplaintCause = keyof typeof ComplaintCause;
/** Where a problem lies: with the product, the service or the talk about it. */
export const ProblemCategory = options('PRODUCT', 'SERVICE', 'COMMUNICATION');
export type ProblemCategory = keyof typeof ProblemCategory;
/** The category of every cause; OTHER is counted as service until somebody names its cause. */
export const categoryOf: Readonly<Record<ComplaintCause, ProblemCategory>> = {
  DISHONEST_QUOTE: 'COMMUNICATION',
  LATE_DELIVERY: 'SERVICE',
  BROKEN_PROMISE: 'SERVICE',
  POOR_QUALITY: 'PRODUCT',
  EXECUTION_ERROR: 'SERVICE',
  INSUFFICIENT_COMMUNICATION: 'COMMUNICATION',
  OPERATION_COMPLEXITY: 'PRODUCT',
  HIDDEN_FEE: 'COMMUNICATION',
  PROMOTION_DISPUTE: 'COMMUNICATION',
  RETURN_EXCHANGE: 'SERVICE',
  PRODUCT_FAULT: 'PRODUCT',
  SYSTEM_OUTAGE: 'PRODUCT',
  SLOW_RESPONSE: 'SERVICE',
  CULTURE_COMPLIANCE: 'COMMUNICATION',
  STAFF_NON_BUSINESS: 'SERVICE',
  OTHER: 'SERVICE',
};
/** How grave it is, and so who must act and how soon. */
export const ComplaintLevel = options('ORDINARY', 'SERIOUS', 'MAJOR');
export type ComplaintLevel = keyof typeof ComplaintLevel;
export const EmotionState = options('CALM', 'UPSET', 'ANGRY');
export type EmotionState = keyof typeof EmotionState;

/** What closes the loop of a complaint (SYS-33). */
export const LoopStage = options('CAUSE_SETTLED', 'SOLUTION_DELIVERED', 'CUSTOMER_SATISFIED');
export type LoopStage = keyof typeof LoopStage;

const GRAVITY: Readonly<Record<ComplaintLevel, number>> = { ORDINARY: 1, SERIOUS: 2, MAJOR: 3 };
/** Above zero when `one` is the graver of the two. */
export const graverThan = (one: ComplaintLevel, other: ComplaintLevel): number =>
  GRAVITY[one] - GRAVITY[other];

/** A second complaint on the same cause within so many days makes it serious (SYS-28). */
export const COMPLAINT_RECURRENCE_DAYS = 30;
/** The first response to any complaint is due after so many hours. */
export const COMPLAINT_RESPONSE_HOURS = 1;
/** An ordinary complaint that is not resolved after so many hours rises (R-19, SYS-28). */
export const ORDINARY_UNRESOLVED_HOURS = 24;

/** What somebody says of a complaint's weight: what is not named has not been found (SYS-28). */
export class ToldFindings {
  @Optional() @Flag() businessInterrupted?: boolean;
  @Optional() @Flag() dataLeak?: boolean;
  /** Law, a regulator or the media are threatened. */
  @Optional() @Flag() publicThreat?: boolean;
  @Optional() @Flag() safety?: boolean;
  /** The staff member it is about: may not grade it. */
  @Optional() @Id() personComplainedAbout?: string;
}
/** What is known of a complaint's weight: each finding is there, found or not. */
export class ComplaintFindings {
  @Flag() businessInterrupted!: boolean;
  @Flag() dataLeak!: boolean;
  /** Law, a regulator or the media are threatened. */
  @Flag() publicThreat!: boolean;
  @Flag() safety!: boolean;
  /** The staff member it is about: may not grade it. */
  @Optional() @Id() personComplainedAbout?: string;
}
/** A complaint as it is taken in, without the customer's own words, which are sealed beside it. */
export class ComplaintIntake extends ComplaintFindings {
  @SomeOf(ComplaintCause) causes!: readonly ComplaintCause[];
  @OneOf(EmotionState) emotion!: EmotionState;
}
/** The same with the customer's words, as a command brings it. */
export class SpokenComplaint extends ToldFindings {
  @SomeOf(ComplaintCause) causes!: readonly ComplaintCause[];
  @OneOf(EmotionState) emotion!: EmotionState;
  @Optional() @Text(4000) text?: string;
}
