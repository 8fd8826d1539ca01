import { Command, Count, Id, Instant, OneOf, Optional, Text } from '@rapport/kernel';
import { EscalationAsker, EscalationLevel } from './escalation.values';
import { SlaMoment } from './sla.values';

abstract class ForEscalation extends Command {
  @Id() ticketId!: string;
}

/** Call management to an open ticket: at the entry level of its customer, or one step above the level called before (R-21, SYS-22). */
export class EscalateTicket extends ForEscalation {
  @OneOf(EscalationAsker) askedBy!: EscalationAsker;
  @Text(500) reason!: string;
  /** A certain level; never one below the entry level or below a level that was called before. */
  @Optional() @OneOf(EscalationLevel) level?: EscalationLevel;
  /** The person on duty at that level. */
  @Optional() @Id() onDutyId?: string;
  /** Whose work it is about, if not the owner's. */
  @Optional() @Id() causedById?: string;
}
/** Take an escalation on; whoever it is about may not, nor anybody below its level (SYS-22). */
export class AcceptEscalation extends ForEscalation {
  /** Its number; all that wait and may be accepted, if nothing is said. */
  @Optional() @Count(1, 1e6) escalation?: number;
}
/** Say how what management was called for was settled: whoever accepted it, or somebody of its level or above whom it is not about (SYS-22). */
export class ResolveEscalation extends ForEscalation {
  /** Its number; all that are not settled yet and the sender may settle, if nothing is said. */
  @Optional() @Count(1, 1e6) escalation?: number;
  @Text(2000) note!: string;
}
/** Move an escalation up that nobody accepted in time, SYS-22 (internal). */
export class RaiseUnacceptedEscalation extends ForEscalation {
  @Optional() @Count(1, 1e6) escalation?: number;
  /** The level that was called, and until when it had time. */
  @OneOf(EscalationLevel) level!: EscalationLevel;
  @Instant() acceptBy!: string;
}
/** Call a level because a deadline was missed: each level once for each breach (2.4), SYS-22 (internal). */
export class EscalateBreachedClock extends ForEscalation {
  @OneOf(SlaMoment) moment!: SlaMoment;
  @Count(1, 1e6) clockRound!: number;
  @OneOf(EscalationLevel) level!: EscalationLevel;
  /** So much of the duration has passed. */
  @Count(100, 1_000) percent!: number;
  @Instant() dueAt!: string;
}
/** Settle what was called for because of a clock that nobody waits for any more, SYS-22 (internal). */
export class SettleBreachedClock extends ForEscalation {
  @OneOf(SlaMoment) moment!: SlaMoment;
  @Count(1, 1e6) clockRound!: number;
  @Text(2000) note!: string;
}
