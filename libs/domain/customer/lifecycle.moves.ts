import { refuse } from '@rapport/kernel';
import type { ChangeLifecycleStage } from './lifecycle.commands';
import { LifecycleStageChanged } from './lifecycle.events';
import type { Lifecycle } from './lifecycle.state';
import { LEGAL_MOVES, type AdvanceCause, type LifecycleCause, type LifecycleStage } from './lifecycle.values';

interface Because {
  readonly customerId: string;
  readonly cause: LifecycleCause;
  readonly causeEventId: string;
}

/** Where something that happened leads from here; null: nowhere (SYS-06.1 to 06.4). */
export const advanced = (state: Lifecycle, cause: AdvanceCause): LifecycleStage | null => {
  const rules: Readonly<Record<AdvanceCause, () => LifecycleStage | null>> = {
    FIRST_PURCHASE: () => (standing(state) === 'ACQUISITION' ? 'GROWTH' : null),
    THIRD_PURCHASE_IN_365_DAYS: () => (state.stage === 'GROWTH' ? 'MATURITY' : null),
    RISK_HIGH: () => (state.stage === 'CHURNED' ? null : 'DECLINE'),
    RISK_NO_LONGER_HIGH: () => returnedFrom(state, 'RISK_HIGH'),
    USAGE_DECLINED: () => (state.stage === 'CHURNED' ? null : 'DECLINE'),
    USAGE_DECLINE_ENDED: () => returnedFrom(state, 'USAGE_DECLINED'),
  };
  return rules[cause]();
};

/** The stage to go back to when what led into decline is over, unless the customer is silent besides. */
const returnedFrom = (state: Lifecycle, cause: LifecycleCause): LifecycleStage | null =>
  state.decline?.cause === cause && !state.silence ? returned(state) : null;

/** The stage that a customer in decline goes back to. */
export const returned = ({ decline }: Lifecycle): LifecycleStage | null => decline?.from ?? null;
const standing = (state: Lifecycle): LifecycleStage => returned(state) ?? state.stage;

/** A move by itself: only a legal one, only to another stage, and none while an override holds (SYS-06.5). */
export const autoMove = (
  { stage: from, overriddenUntil }: Lifecycle,
  because: Because,
  to: LifecycleStage | null,
  now: string,
  at?: string,
) => {
  if (to === null || to === from || !LEGAL_MOVES[from].includes(to)) return [];
  if (overriddenUntil !== null && now < overriddenUntil) return [];
  return [LifecycleStageChanged.of({ ...because, from, to, manual: false, wonBack: false }, at)];
};

/** A move by hand. CHURNED has commands of its own, because a loss needs a reason and a return needs a purchase. */
export const overridden = (
  { stage: from }: Lifecycle,
  { customerId, to, reason }: Readonly<ChangeLifecycleStage>,
) => {
  if (from === to) return [];
  if (from === 'CHURNED' || to === 'CHURNED' || !LEGAL_MOVES[from].includes(to))
    refuse('ILLEGAL_STAGE_MOVE', `nobody moves from ${from} to ${to} by hand`, { from, to });
  const how = { cause: 'MANUAL_OVERRIDE', manual: true, wonBack: false, reason } as const;
  return [LifecycleStageChanged.of({ customerId, from, to, ...how })];
};
