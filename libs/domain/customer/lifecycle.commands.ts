import { Command, Flag, Id, Instant, OneOf, Optional, Text } from '@rapport/kernel';
import { ValueTier } from '../value/value.values';
import {
  ActivityKind,
  AdvanceCause,
  ChurnReason,
  DeclineReason,
  LifecycleStage,
  WakeUpKind,
} from './lifecycle.values';

abstract class ForLifecycle extends Command {
  @Id() customerId!: string;
}
abstract class WakeUpAction extends ForLifecycle {
  @Id() actionId!: string;
  @OneOf(WakeUpKind) kind!: WakeUpKind;
  /** An offer says until when it holds. */
  @Optional() @Instant() offerEndsAt?: string;
  /** Sent by a machine; refused after three without an answer (SYS-40.4). */
  @Optional() @Flag() automatic?: boolean;
}

/** Put a customer into another stage by hand; for CRM managers, with a reason (SYS-06.5). */
export class ChangeLifecycleStage extends ForLifecycle {
  @OneOf(LifecycleStage) to!: LifecycleStage;
  @Text(500) reason!: string;
}
/** Say why a customer declines (SYS-06.7). */
export class RecordDeclineReason extends ForLifecycle {
  @OneOf(DeclineReason) reason!: DeclineReason;
  @Optional() @Text(500) note?: string;
}
/** Begin an episode of silence if the tier's threshold is reached (SYS-40.1) (internal). */
export class DetectSilence extends ForLifecycle {
  @Instant() lastActivityAt!: string;
  @Id() lastActivityEventId!: string;
  @OneOf(ValueTier) tier!: ValueTier;
}
/** End an episode of silence: the customer acted again (SYS-40.3) (internal). */
export class NoteActivity extends ForLifecycle {
  @Instant() activityAt!: string;
  @Id() activityEventId!: string;
  @OneOf(ActivityKind) activity!: ActivityKind;
}
/** Move a customer on because of something that happened elsewhere (SYS-06.1 to 06.4) (internal). */
export class AdvanceLifecycle extends ForLifecycle {
  @OneOf(AdvanceCause) cause!: AdvanceCause;
  @Id() causeEventId!: string;
}
/** Begin to wake a silent customer up, with a first action that suits the tier (SYS-40.2). */
export class StartWakeUp extends WakeUpAction {}
/** Record one more attempt to wake a silent customer up (SYS-40.2). */
export class RecordWakeUpAction extends WakeUpAction {}
/** Stop waking a customer up while a complaint is open (SYS-40) (internal). */
export class HoldWakeUps extends ForLifecycle {
  @Id() ticketId!: string;
}
/** Let a customer be woken up again after a complaint (SYS-40) (internal). */
export class ReleaseWakeUps extends ForLifecycle {
  @Id() ticketId!: string;
}
/** Confirm that a customer is lost, and say why (SYS-43.1). */
export class RecordChurn extends ForLifecycle {
  @OneOf(ChurnReason) reason!: ChurnReason;
  @Optional() @Text(120) competitor?: string;
}
/** Record that a lost customer bought again; without a purchase after the loss it is refused (SYS-43.3). */
export class RecordWinBack extends ForLifecycle {
  @Id() purchaseId!: string;
}
