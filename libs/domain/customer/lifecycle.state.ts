import type { DataOf } from '@rapport/kernel';
import type { ValueTier } from '../value/value.values';
import type * as events from './lifecycle.events';
import {
  daysAfter,
  OVERRIDE_DAYS,
  type DeclineReason,
  type LifecycleCause,
  type LifecycleStage,
} from './lifecycle.values';

export interface Lifecycle {
  readonly stage: LifecycleStage;
  /** The stage before DECLINE, and what led there; null outside DECLINE. */
  readonly decline: { readonly from: LifecycleStage; readonly cause: LifecycleCause } | null;
  readonly declineReason: DeclineReason | null;
  /** Until then nothing moves by itself. */
  readonly overriddenUntil: string | null;
  /** The last activity that is known here: silences report theirs, and so does what ends them. */
  readonly lastActivityAt: string | null;
  readonly silence: Silence | null;
  /** Open complaints: no wake-ups meanwhile. */
  readonly heldBy: readonly string[];
  readonly churnedAt: string | null;
  readonly wonBackBy: string | null;
}
export interface Silence {
  readonly since: string;
  readonly lastActivityAt: string;
  readonly tier: ValueTier;
  readonly wakeUp: boolean;
  readonly actions: readonly { readonly actionId: string; readonly at: string }[];
}

export const START_OF_LIFECYCLE: Lifecycle = {
  stage: 'ACQUISITION',
  decline: null,
  declineReason: null,
  overriddenUntil: null,
  lastActivityAt: null,
  silence: null,
  heldBy: [],
  churnedAt: null,
  wonBackBy: null,
};

type Events = typeof events;
type Moves = {
  readonly [K in keyof Events]: (state: Lifecycle, data: DataOf<Events[K]>, at: string) => Lifecycle;
};

/** How events move the relationship. */
export const moved: Moves = {
  LifecycleStageChanged: (state, { from, to, cause, manual }, at) => ({
    ...state,
    stage: to,
    decline: to === 'DECLINE' ? { from, cause } : null,
    declineReason: null,
    overriddenUntil: manual ? daysAfter(at, OVERRIDE_DAYS) : state.overriddenUntil,
  }),
  DeclineReasonRecorded: (state, { reason }) => ({ ...state, declineReason: reason }),
  CustomerTurnedSilent: (state, { silentSince: since, lastActivityAt, tier }) => ({
    ...state,
    lastActivityAt,
    silence: { since, lastActivityAt, tier, wakeUp: false, actions: [] },
  }),
  CustomerReawakened: (state, { activityAt }) => ({ ...state, lastActivityAt: activityAt, silence: null }),
  WakeUpStarted: (state) => withSilence(state, { wakeUp: true }),
  WakeUpActionTaken: (state, { actionId }, at) =>
    withSilence(state, { actions: [...(state.silence?.actions ?? []), { actionId, at }] }),
  WakeUpsHeld: (state, { ticketId }) => ({ ...state, heldBy: [...state.heldBy, ticketId] }),
  WakeUpsReleased: (state, { ticketId }) => ({
    ...state,
    heldBy: state.heldBy.filter((held) => held !== ticketId),
  }),
  CustomerChurned: (state, _, at) => ({ ...state, silence: null, churnedAt: at }),
  CustomerWonBack: (state, { purchaseId }, at) => ({
    ...state,
    churnedAt: null,
    wonBackBy: purchaseId,
    lastActivityAt: at,
  }),
};

const withSilence = (state: Lifecycle, change: Partial<Silence>): Lifecycle =>
  state.silence ? { ...state, silence: { ...state.silence, ...change } } : state;
