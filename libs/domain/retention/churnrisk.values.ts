import { Count, Id, Instant, OneOf, Optional, options, Text } from '@rapport/kernel';

/** How likely a customer is to leave (handbook 2.5): HIGH from 60 points, MEDIUM from 30, LOW below. */
export const RiskLevel = options('LOW', 'MEDIUM', 'HIGH');
export type RiskLevel = keyof typeof RiskLevel;

/** What can point to a customer leaving (handbook 2.5, SYS-41), and the flag that a person sets. */
export const ChurnSignalCode = options(
  'SILENCE',
  'LONG_SILENCE',
  'COMPETITOR_CONTACT',
  'USAGE_DECLINE',
  'SERIOUS_COMPLAINT',
  'BROKEN_COMMITMENT',
  'DISSATISFACTION',
  'MANAGER_CHANGE',
  'PRICE_OBJECTION',
  'RENEWAL_UNCONTACTED',
  'SLA_BREACHES',
  'MANUAL_FLAG',
);
export type ChurnSignalCode = keyof typeof ChurnSignalCode;

/** Who may clear a flag while a competitor contact is active (SYS-41). */
export const CHURN_APPROVERS: readonly string[] = [
  'SUPERVISOR',
  'DEPARTMENT_HEAD',
  'CRM_MANAGER',
  'SENIOR_MANAGEMENT',
];

/** A signal as it is sent: it counts from `since` until just before `expiresAt`; without an end it lasts. */
export class SentSignal {
  @OneOf(ChurnSignalCode) code!: ChurnSignalCode;
  @Id() sourceEventId!: string;
  @Instant() since!: string;
  @Optional() @Instant() expiresAt?: string;
}

/** A signal as it was weighed: the weights of an assessment add up to its score before the cap. */
export class ChurnSignal {
  @OneOf(ChurnSignalCode) code!: ChurnSignalCode;
  @Count(0, 100) weight!: number;
  /** The sentence that explains it to a person. */
  @Text(200) because!: string;
  @Id() sourceEventId!: string;
  @Instant() since!: string;
  @Optional() @Instant() expiresAt?: string;
}
