import { options } from '@rapport/kernel';

/**
 * The words of the contracts of version 1, apart from ours: where ours grow, the mapping no longer compiles and somebody
 * has to decide whether the new word is told as an old one or needs a new version.
 */
export const Stage = options('ACQUISITION', 'GROWTH', 'MATURITY', 'DECLINE', 'CHURNED');
export type Stage = keyof typeof Stage;
export const StageCause = options(
  ...(['FIRST_PURCHASE', 'THIRD_PURCHASE_IN_365_DAYS', 'RISK_HIGH', 'RISK_NO_LONGER_HIGH'] as const),
  ...(['USAGE_DECLINED', 'USAGE_DECLINE_ENDED', 'SILENCE', 'REAWAKENED'] as const),
  ...(['CHURN', 'WON_BACK', 'MANUAL_OVERRIDE'] as const),
);
export type StageCause = keyof typeof StageCause;
export const Risk = options('LOW', 'MEDIUM', 'HIGH');
export type Risk = keyof typeof Risk;
export const RiskSignal = options(
  ...(['SILENCE', 'LONG_SILENCE', 'COMPETITOR_CONTACT', 'USAGE_DECLINE', 'SERIOUS_COMPLAINT'] as const),
  ...(['BROKEN_COMMITMENT', 'DISSATISFACTION', 'MANAGER_CHANGE', 'PRICE_OBJECTION'] as const),
  ...(['RENEWAL_UNCONTACTED', 'SLA_BREACHES', 'MANUAL_FLAG'] as const),
);
export type RiskSignal = keyof typeof RiskSignal;
export const LossReason = options('PRICE', 'SERVICE', 'PRODUCT', 'COMPETITOR', 'NEED_ENDED', 'RELATION');
export type LossReason = keyof typeof LossReason;
export const Grade = options('VIP', 'REGULAR', 'PROSPECT');
export type Grade = keyof typeof Grade;
export const Size = options('MICRO', 'SMALL', 'MEDIUM', 'LARGE');
export type Size = keyof typeof Size;
export const CameThrough = options(
  ...(['SALES_HANDOVER', 'ONLINE_QUESTIONNAIRE', 'OFFLINE_EVENT', 'REFERRAL', 'IMPORT', 'OTHER'] as const),
);
export type CameThrough = keyof typeof CameThrough;

export const NeedType = options('FUNCTIONAL', 'SERVICE', 'COMPLAINT', 'COOPERATION');
export type NeedType = keyof typeof NeedType;
export const NeedUrgency = options('URGENT', 'IMPORTANT', 'ROUTINE');
export type NeedUrgency = keyof typeof NeedUrgency;
export const Way = options(
  ...(['PHONE', 'EMAIL', 'ONLINE_CHAT', 'OFFLINE_VISIT', 'THIRD_PARTY_PLATFORM', 'WECOM'] as const),
  ...(['COMMUNITY', 'SMS', 'ONLINE_MEETING', 'QUESTIONNAIRE', 'OFFLINE_EVENT', 'SALES_HANDOVER'] as const),
  ...(['SOCIAL_MEDIA', 'TICKET_SYSTEM', 'INFORMAL'] as const),
);
export type Way = keyof typeof Way;
/** Who is called, lowest first. */
export const Ladder = options('SUPERVISOR', 'DEPARTMENT_HEAD', 'SENIOR_MANAGEMENT');
export type Ladder = keyof typeof Ladder;
export const CalledBecause = options('CUSTOMER', 'OWNER', 'NOT_ACCEPTED');
export type CalledBecause = keyof typeof CalledBecause;
export const Outcome = options('CONFIRMED', 'UNCONFIRMED');
export type Outcome = keyof typeof Outcome;

export const Cause = options(
  ...(['DISHONEST_QUOTE', 'LATE_DELIVERY', 'BROKEN_PROMISE', 'POOR_QUALITY', 'EXECUTION_ERROR'] as const),
  ...(['INSUFFICIENT_COMMUNICATION', 'OPERATION_COMPLEXITY', 'HIDDEN_FEE', 'PROMOTION_DISPUTE'] as const),
  ...(['RETURN_EXCHANGE', 'PRODUCT_FAULT', 'SYSTEM_OUTAGE', 'SLOW_RESPONSE', 'CULTURE_COMPLIANCE'] as const),
  ...(['STAFF_NON_BUSINESS', 'OTHER'] as const),
);
export type Cause = keyof typeof Cause;
export const Gravity = options('ORDINARY', 'SERIOUS', 'MAJOR');
export type Gravity = keyof typeof Gravity;
export const Mood = options('CALM', 'UPSET', 'ANGRY');
export type Mood = keyof typeof Mood;
/** How a complaint came by its level: it was weighed by the rules, or raised without being weighed again. */
export const GradedBy = options('WEIGHING', 'RAISE');
export type GradedBy = keyof typeof GradedBy;
export const PromiseKind = options('RESOLUTION_TIME', 'COMPENSATION', 'DELIVERY', 'FEEDBACK_TIME');
export type PromiseKind = keyof typeof PromiseKind;

/** What has become of a need, as its customer is told of it. */
export const NeedStatus = options('RECEIVED', 'ACCEPTED', 'EVALUATED', 'IN_TEST', 'DELIVERED');
export type NeedStatus = keyof typeof NeedStatus;
/** Ways on which something is sent without a person. */
export const SendingWay = options('EMAIL', 'SMS', 'WECOM', 'ONLINE_CHAT', 'TICKET_SYSTEM');
export type SendingWay = keyof typeof SendingWay;
export const MessageTemplate = options(
  ...(['TICKET_RECEIVED', 'TICKET_ACCEPTED', 'TICKET_EVALUATED'] as const),
  ...(['TICKET_IN_TEST', 'TICKET_DELIVERED'] as const),
);
export type MessageTemplate = keyof typeof MessageTemplate;
