import { options } from '@rapport/kernel';
import type { ValueTier } from '../value/value.values';

export const LifecycleStage = options('ACQUISITION', 'GROWTH', 'MATURITY', 'DECLINE', 'CHURNED');
export type LifecycleStage = keyof typeof LifecycleStage;

/** The legal moves, all of them (SYS-06); any other is ILLEGAL_STAGE_MOVE. CHURNED is entered and left by facts alone. */
export const LEGAL_MOVES: Readonly<Record<LifecycleStage, readonly LifecycleStage[]>> = {
  ACQUISITION: ['GROWTH', 'DECLINE', 'CHURNED'],
  GROWTH: ['MATURITY', 'DECLINE', 'CHURNED'],
  MATURITY: ['GROWTH', 'DECLINE', 'CHURNED'],
  DECLINE: ['ACQUISITION', 'GROWTH', 'MATURITY', 'CHURNED'],
  CHURNED: ['GROWTH'],
};

/** What is worth doing for a customer in each stage (SYS-06.7). */
export const PLAYBOOKS: Readonly<Record<LifecycleStage, readonly string[]>> = {
  ACQUISITION: ['personalized promotion', 'first-contact care'],
  GROWTH: ['improvement driven by feedback'],
  MATURITY: ['membership', 'exclusive offers', 'advocacy'],
  DECLINE: ['analysis of the reason', 'directed offers'],
  CHURNED: ['win-back'],
};

/** What a policy may say to move a customer on. */
export const AdvanceCause = options(
  'FIRST_PURCHASE',
  'THIRD_PURCHASE_IN_365_DAYS',
  'RISK_HIGH',
  'RISK_NO_LONGER_HIGH',
  'USAGE_DECLINED',
  'USAGE_DECLINE_ENDED',
);
export type AdvanceCause = keyof typeof AdvanceCause;

export const LifecycleCause = {
  ...AdvanceCause,
  ...options('SILENCE', 'REAWAKENED', 'CHURN', 'WON_BACK', 'MANUAL_OVERRIDE'),
};
export type LifecycleCause = keyof typeof LifecycleCause;

/** After an override nothing moves by itself for so long (SYS-06.5). */
export const OVERRIDE_DAYS = 30;

/** Days without activity that make a customer silent (2.5). */
export const SILENCE_DAYS: Readonly<Record<ValueTier, number>> = { HIGH_VALUE: 30, GROWTH: 60, STANDARD: 90 };
/** So long after turning silent a customer is a churn candidate; a person confirms (SYS-43.1). */
export const CHURN_CANDIDATE_DAYS = 180;

/** What breaks a silence (SYS-40.1); what we send out does not. */
export const ActivityKind = options('REGISTRATION', 'PURCHASE', 'INBOUND_CONTACT', 'BEHAVIOUR');
export type ActivityKind = keyof typeof ActivityKind;

export const WakeUpKind = options(
  'DEDICATED_TRAINING',
  'PERSONAL_CALL',
  'LIMITED_TIME_OFFER',
  'QUARTERLY_SURVEY_WITH_BENEFIT',
);
export type WakeUpKind = keyof typeof WakeUpKind;

/** How a silent customer is woken depends on the tier (SYS-40.2). */
export const WAKE_UP_KINDS: Readonly<Record<ValueTier, readonly WakeUpKind[]>> = {
  HIGH_VALUE: ['DEDICATED_TRAINING', 'PERSONAL_CALL'],
  GROWTH: ['DEDICATED_TRAINING', 'PERSONAL_CALL'],
  STANDARD: ['LIMITED_TIME_OFFER', 'QUARTERLY_SURVEY_WITH_BENEFIT'],
};
/** After so many actions without an answer only a person may try again (SYS-40.4). */
export const UNANSWERED_MAX = 3;
/** An activity answers the last wake-up action if it comes within so many days (SYS-40.3). */
export const ATTRIBUTION_DAYS = 30;

export const ChurnReason = options('PRICE', 'SERVICE', 'PRODUCT', 'COMPETITOR', 'NEED_ENDED', 'RELATION');
export type ChurnReason = keyof typeof ChurnReason;
export const DeclineReason = { ...ChurnReason, ...options('UNKNOWN') };
export type DeclineReason = keyof typeof DeclineReason;

const DAY = 86_400_000;
/** The instant that lies a number of full days (of 24 hours) later. */
export const daysAfter = (instant: string, days: number): string =>
  new Date(Date.parse(instant) + days * DAY).toISOString();
/** When a customer of this tier turns silent unless something happens. */
export const silentFrom = (lastActivityAt: string, tier: ValueTier): string =>
  daysAfter(lastActivityAt, SILENCE_DAYS[tier]);
