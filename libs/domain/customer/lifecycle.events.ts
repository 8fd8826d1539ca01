import { Count, Event, Flag, Id, Instant, OneOf, Optional, Text } from '@rapport/kernel';
import { ValueTier } from '../value/value.values';
import {
  ActivityKind,
  ChurnReason,
  DeclineReason,
  LifecycleCause,
  LifecycleStage,
  WakeUpKind,
} from './lifecycle.values';

abstract class OfLifecycle extends Event {
  @Id() customerId!: string;
}

/** The relationship entered another stage, by itself or by hand (SYS-06). */
export class LifecycleStageChanged extends OfLifecycle {
  @OneOf(LifecycleStage) from!: LifecycleStage;
  @OneOf(LifecycleStage) to!: LifecycleStage;
  @OneOf(LifecycleCause) cause!: LifecycleCause;
  @Optional() @Id() causeEventId?: string;
  /** By hand: nothing moves by itself for 30 days from then on (SYS-06.5). */
  @Flag() manual!: boolean;
  @Flag() wonBack!: boolean;
  @Optional() @Text(500) reason?: string;
}
/** Somebody found out why the customer declines (SYS-06.7). */
export class DeclineReasonRecorded extends OfLifecycle {
  @OneOf(DeclineReason) reason!: DeclineReason;
  @Optional() @Text(500) note?: string;
}
/** Nothing was heard for as long as the tier allows: one episode of silence began (SYS-40.1). */
export class CustomerTurnedSilent extends OfLifecycle {
  @Instant() lastActivityAt!: string;
  @Id() lastActivityEventId!: string;
  @OneOf(ValueTier) tier!: ValueTier;
  @Count(1, 3650) thresholdDays!: number;
  @Instant() silentSince!: string;
}
/** The customer acted again; the wake-up action that it answers is named, else it was spontaneous (SYS-40.3). */
export class CustomerReawakened extends OfLifecycle {
  @Instant() activityAt!: string;
  @Id() activityEventId!: string;
  @OneOf(ActivityKind) activity!: ActivityKind;
  @Instant() silentSince!: string;
  @Optional() @Id() wakeUpActionId?: string;
}
/** We began to wake a silent customer up (SYS-40.2). */
export class WakeUpStarted extends OfLifecycle {
  @OneOf(ValueTier) tier!: ValueTier;
  @Instant() silentSince!: string;
}
/** One attempt to wake the customer up; `attempt` counts within the silence (SYS-40.2, SYS-40.4). */
export class WakeUpActionTaken extends OfLifecycle {
  @Id() actionId!: string;
  @OneOf(WakeUpKind) kind!: WakeUpKind;
  @Count(1, 1000) attempt!: number;
  @Flag() automatic!: boolean;
  @Optional() @Instant() offerEndsAt?: string;
}
/** A complaint is open: this customer is not to be woken up with offers meanwhile (SYS-40) (internal). */
export class WakeUpsHeld extends OfLifecycle {
  @Id() ticketId!: string;
}
/** The complaint is settled: as far as it goes the customer may be woken up again (SYS-40) (internal). */
export class WakeUpsReleased extends OfLifecycle {
  @Id() ticketId!: string;
}
/** A person confirmed that the customer is lost, and why (SYS-43.1). */
export class CustomerChurned extends OfLifecycle {
  @OneOf(ChurnReason) reason!: ChurnReason;
  @Optional() @Text(120) competitor?: string;
  @OneOf(LifecycleStage) stageBefore!: LifecycleStage;
}
/** A lost customer bought again (SYS-43.3). */
export class CustomerWonBack extends OfLifecycle {
  @Id() purchaseId!: string;
}
