import { Count, Event, Flag, Id, Instant, ListOf, OneOf, Optional, Personal, Text } from '@rapport/kernel';
import { EscalationLevel } from '../sla/escalation.values';
import { SlaMoment } from '../sla/sla.values';
import { BreachReason } from '../sla/slaclocks.values';
import { EmergencyStep, ImprovementKind, TrustBreach } from './trustrepair.values';

/** Every event of a repair says whose trust was lost, by what and when. */
abstract class OfRepair extends Event {
  @Id() repairId!: string;
  @Id() customerId!: string;
  @Optional() @Id() ticketId?: string;
  @OneOf(TrustBreach) breach!: TrustBreach;
  /** The promise to this customer that was broken. */
  @Optional() @Id() commitmentId?: string;
  /** What everybody had been promised, as a rule, and for which moment and round of the ticket. */
  @Optional() @Id() rule?: string;
  @Optional() @OneOf(SlaMoment) moment?: SlaMoment;
  @Optional() @Count(1, 1e6) round?: number;
  /** When the promise was broken: its due time. */
  @Instant() brokenAt!: string;
  @Flag() priorityCustomer!: boolean;
  /** Whose promise it was, or whose ticket. */
  @Optional() @Id() makerId?: string;
  @Optional() @Id() department?: string;
}

/** Trust is to be repaired: who does what until when, and what the customer gets for it, is due within four hours (SYS-27.1). */
export class TrustRepairOpened extends OfRepair {
  @Instant() openedAt!: string;
  /** Until then the emergency plan is there. */
  @Instant() planBy!: string;
  /** The supervisor calls in person: this is a priority customer. */
  @Flag() supervisorCalls!: boolean;
}
/** It is known who does what until when, and what the customer gets for it (SYS-27.1). */
export class EmergencyPlanActivated extends OfRepair {
  /** 1 at first, one more each time it is changed. */
  @Count(1, 1e6) version!: number;
  @Id() planOwnerId!: string;
  @Instant() dueAt!: string;
  @ListOf(EmergencyStep, 20) steps!: readonly EmergencyStep[];
  @Optional() @Text(2000) @Personal('customerId') summary?: string;
  /** What the customer is offered for it. Absent: nothing, as somebody has decided. */
  @Optional() @Text(500) @Personal('customerId') compensation?: string;
  /** The customer is offered something for it. */
  @Flag() compensates!: boolean;
  @Instant() planBy!: string;
  @Instant() activatedAt!: string;
  /** After it was due. */
  @Flag() late!: boolean;
}
/** There is no emergency plan although four hours have passed: once, dated at that time (SYS-27.1) (added). */
export class EmergencyPlanOverdue extends OfRepair {
  /** The time that passed. */
  @Instant() planBy!: string;
}
/** Why the promise was broken; for want of people, more people and an improvement are owed (SYS-27.2) (added). */
export class RepairCauseStated extends OfRepair {
  @OneOf(BreachReason) cause!: BreachReason;
  @Optional() @OneOf(BreachReason) from?: BreachReason;
  @Optional() @Text(500) @Personal('customerId') text?: string;
  @Instant() statedAt!: string;
}
/** A supervisor, or somebody above, spoke to the customer in person (SYS-27.1) (added). */
export class SupervisorCallMade extends OfRepair {
  @Id() calledById!: string;
  @Optional() @Id() interactionId?: string;
  @Instant() calledAt!: string;
}
/** What is changed so that it does not happen again (SYS-27.2, SYS-61) (added). */
export class RepairImprovementNamed extends OfRepair {
  @Id() improvementId!: string;
  @OneOf(ImprovementKind) kind!: ImprovementKind;
  @Instant() namedAt!: string;
}
/** It was not the first broken promise to this customer within thirty days: a higher level is called (SYS-27.3) (added). */
export class TrustRepairRaised extends OfRepair {
  @OneOf(EscalationLevel) level!: EscalationLevel;
  /** Broken promises to this customer in the thirty days, this one included. */
  @Count(2, 1e6) brokenPromises!: number;
  @Instant() raisedAt!: string;
}
/** The customer has accepted what was done; the breach stays in all figures (SYS-27.4). */
export class TrustRepairClosed extends OfRepair {
  /** The mail or call in which the customer said so. */
  @Id() customerWordId!: string;
  @Optional() @OneOf(BreachReason) cause?: BreachReason;
  @Instant() openedAt!: string;
  @Instant() acceptedAt!: string;
}
