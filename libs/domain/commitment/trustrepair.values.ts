import { Id, Instant, OneOf, Optional, options } from '@rapport/kernel';
import type { SlaMoment } from '../sla/sla.values';

/** What was broken: a promise to one customer, or one that everybody had been given (SYS-27.1). */
export const TrustBreach = options('BROKEN_COMMITMENT', 'PUBLISHED_PROMISE');
export type TrustBreach = keyof typeof TrustBreach;
/** What an emergency plan does; STAFFING: a stand-in, or more people (SYS-27.2). */
export const EmergencyStepKind = options(
  ...(['STAFFING', 'SUPERVISOR_CALL', 'STAND_IN_SERVICE', 'PROCESS', 'OTHER'] as const),
);
export type EmergencyStepKind = keyof typeof EmergencyStepKind;
/** What an improvement changes (SYS-61.2). */
export const ImprovementKind = options(
  ...(['PROCESS', 'PRODUCT', 'SOP', 'SCRIPT', 'SUPPLIER', 'CONTRACT', 'CAPACITY', 'TRAINING'] as const),
);
export type ImprovementKind = keyof typeof ImprovementKind;

/** The emergency plan is there so soon after the promise was broken (SYS-27.1) [D]. */
export const EMERGENCY_PLAN_WITHIN_HOURS = 4;
/** So many broken promises within so many days call the head of the department (SYS-27.3). */
export const BROKEN_TO_ESCALATE = 2;
export const BROKEN_WITHIN_DAYS = 30;

/** One thing that is done at once. */
export class EmergencyStep {
  @OneOf(EmergencyStepKind) kind!: EmergencyStepKind;
  /** Who does it; of STAFFING: who helps out. */
  @Optional() @Id() staffId?: string;
  @Optional() @Instant() dueAt?: string;
}

/** A rule that everybody was promised: the 24-hour response, and what was published since (R-18, SYS-20.4). */
export const isPublishedPromise = (rule: string, moment: SlaMoment): boolean =>
  rule.startsWith('PROMISE:') || (rule === 'SLA-ANY' && moment === 'FIRST_RESPONSE');
