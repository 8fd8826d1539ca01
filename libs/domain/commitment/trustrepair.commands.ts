import { Command, Count, Flag, Id, Instant, ListOf, OneOf, Optional, Text } from '@rapport/kernel';
import { EscalationLevel } from '../sla/escalation.values';
import { SlaMoment } from '../sla/sla.values';
import { BreachReason } from '../sla/slaclocks.values';
import { EmergencyStep, ImprovementKind, TrustBreach } from './trustrepair.values';

abstract class ForRepair extends Command {
  @Id() repairId!: string;
}

/** Begin to repair the trust of a customer to whom a promise was broken; for most it begins by itself (SYS-27.1). */
export class OpenTrustRepair extends ForRepair {
  @Id() customerId!: string;
  @Optional() @Id() ticketId?: string;
  @OneOf(TrustBreach) breach!: TrustBreach;
  @Optional() @Id() commitmentId?: string;
  @Optional() @Id() rule?: string;
  @Optional() @OneOf(SlaMoment) moment?: SlaMoment;
  @Optional() @Count(1, 1e6) round?: number;
  /** Default: now. Never in the future. */
  @Optional() @Instant() brokenAt?: string;
  @Optional() @Id() makerId?: string;
  @Optional() @Id() department?: string;
  /** If it is known already. */
  @Optional() @OneOf(BreachReason) cause?: BreachReason;
}
/** Say who does what until when, and what the customer gets for it; again to change it (SYS-27.1). */
export class ActivateEmergencyPlan extends ForRepair {
  /** Without one the plan is refused. */
  @Optional() @Id() planOwnerId?: string;
  /** Until when it is done. Without it the plan is refused. */
  @Optional() @Instant() dueAt?: string;
  @ListOf(EmergencyStep, 20) steps!: readonly EmergencyStep[];
  @Optional() @Text(2000) summary?: string;
  /** What the customer is offered. Without it somebody has to say that there is none. */
  @Optional() @Text(500) compensation?: string;
  @Optional() @Flag() withoutCompensation?: boolean;
}
/** Say why the promise was broken; of a deadline it follows from the reason of its breach (SYS-27.2) (added). */
export class StateRepairCause extends ForRepair {
  @OneOf(BreachReason) cause!: BreachReason;
  /** Needed with OTHER. */
  @Optional() @Text(500) text?: string;
}
/** Note that you, a supervisor or somebody above, spoke to the customer in person (SYS-27.1) (added). */
export class RecordSupervisorCall extends ForRepair {
  @Optional() @Id() interactionId?: string;
  /** Default: now. Never in the future. */
  @Optional() @Instant() calledAt?: string;
}
/** Name what is changed so that it does not happen again (SYS-27.2) (added). */
export class NameRepairImprovement extends ForRepair {
  @Id() improvementId!: string;
  @OneOf(ImprovementKind) kind!: ImprovementKind;
}
/** Call a higher level: it was not the first broken promise to this customer, SYS-27.3 (internal). */
export class RaiseTrustRepair extends ForRepair {
  @OneOf(EscalationLevel) level!: EscalationLevel;
  @Count(2, 1e6) brokenPromises!: number;
}
/** Note that four hours passed without an emergency plan, SYS-27.1 (internal). */
export class NoteEmergencyPlanOverdue extends ForRepair {
  /** The time it is about. */
  @Instant() planBy!: string;
}
/** End it, with the customer's word that it is made good (SYS-27.4). */
export class CloseTrustRepair extends ForRepair {
  /** The mail or call in which the customer said so. Without it nothing is made good. */
  @Optional() @Id() customerWordId?: string;
  /** When the customer said so. Default: now. Never in the future. */
  @Optional() @Instant() acceptedAt?: string;
}
