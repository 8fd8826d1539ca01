import { Id, OneOf, options } from '@rapport/kernel';
import { Department } from './ticket.values';

/** Why a ticket goes through the green channel: by its quadrant or level, or because somebody stood for it (SYS-24). */
export const GreenChannelCause = options('QUADRANT_1', 'MAJOR_COMPLAINT', 'BY_HAND');
export type GreenChannelCause = keyof typeof GreenChannelCause;
/** How a channel ended: what was broken works again, or there is no ticket any more that it could be for. */
export const GreenChannelEnd = options('RESTORED', 'TICKET_CLOSED', 'TICKET_WITHDRAWN');
export type GreenChannelEnd = keyof typeof GreenChannelEnd;
/** What a task force is for: an open channel, closer care for a priority customer (SYS-24.2), or a plan that is revised (SYS-18.1). */
export const ForcePurpose = options('GREEN_CHANNEL', 'UPGRADED_CARE', 'DEVIATION');
export type ForcePurpose = keyof typeof ForcePurpose;
/** As what somebody leads a task force. */
export const ForceLeaderRole = options('OWNER', 'SUPERVISOR', 'DEPARTMENT_HEAD', 'SENIOR_MANAGEMENT');
export type ForceLeaderRole = keyof typeof ForceLeaderRole;
/** Who may lead one that is formed for closer care, without a channel (SYS-24.2). */
export const CARE_LEADERS: readonly string[] = ['DEPARTMENT_HEAD', 'SENIOR_MANAGEMENT'];

/** A plan lies before the customer so soon after the channel was opened. */
export const GREEN_PLAN_WITHIN_HOURS = 2;
/** Most people in one task force. */
export const FORCE_MAX = 50;

/** Somebody in a task force, and for which department. */
export class ForceMember {
  @Id() staffId!: string;
  @OneOf(Department) department!: Department;
}
