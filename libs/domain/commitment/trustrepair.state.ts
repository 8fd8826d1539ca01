import type { DataOf } from '@rapport/kernel';
import type { BreachReason } from '../sla/slaclocks.values';
import type * as events from './trustrepair.events';
import type { ImprovementKind } from './trustrepair.values';

/** What every event of a repair says of it. */
export type Facts = Omit<
  DataOf<typeof events.SupervisorCallMade>,
  'calledById' | 'interactionId' | 'calledAt'
>;
/** The plan as it stands. */
export type Plan = Pick<
  DataOf<typeof events.EmergencyPlanActivated>,
  'version' | 'planOwnerId' | 'dueAt' | 'steps' | 'summary' | 'compensation' | 'compensates'
>;
export interface OpenRepair {
  readonly stage: 'open';
  readonly of: Facts;
  readonly openedAt: string;
  readonly planBy: string;
  readonly plan?: Plan;
  /** It was noted that there was none when it was due. */
  readonly overdue: boolean;
  readonly cause?: BreachReason;
  readonly calls: readonly string[];
  readonly improvements: readonly { readonly improvementId: string; readonly kind: ImprovementKind }[];
  /** The level that was called, and for how many broken promises. */
  readonly brokenPromises: number;
}
export type TrustRepair =
  { readonly stage: 'none' } | OpenRepair | { readonly stage: 'closed'; readonly of: Facts };
