import { Command, Flag, Id, OneOf, Optional, Part, SomeOf, Text } from '@rapport/kernel';
import { ComplaintCause, ComplaintLevel, EmotionState, ToldFindings } from './complaint.values';

abstract class ForComplaint extends Command {
  @Id() ticketId!: string;
}

/** Take a ticket of type COMPLAINT up as a complaint (SYS-28). */
export class LodgeComplaint extends ForComplaint {
  @SomeOf(ComplaintCause) causes!: readonly ComplaintCause[];
  /** Needed when the cause is OTHER. */
  @Optional() @Text(4000) text?: string;
  @OneOf(EmotionState) emotion!: EmotionState;
  /** What is not named has not been found. */
  @Optional() @Part(ToldFindings) findings?: ToldFindings;
}
/** Weigh a complaint by the rule table; never by the person it is about, never lower without an approver, and then by a supervisor, a head or senior management who does not own the ticket (SYS-28). */
export class GradeComplaint extends ForComplaint {
  /** Second complaint of this customer on the same cause within 30 days. */
  @Optional() @Flag() recurrence?: boolean;
  /** What has been found out since. What is not named is as it was taken in. */
  @Optional() @Part(ToldFindings) findings?: ToldFindings;
  /** Needed when the level would fall: whoever sends it, or who decided it; never the owner. */
  @Optional() @Id() approverId?: string;
}
/** Make a complaint graver; it never makes one lighter (SYS-28). */
export class RaiseComplaintLevel extends ForComplaint {
  @OneOf(ComplaintLevel) to!: ComplaintLevel;
  @Text(500) because!: string;
}
/** Close the loop of a complaint: refused with what is missing until a solution satisfied and the cause is settled (SYS-33). */
export class ResolveComplaint extends ForComplaint {
  /** What was found to be behind it. */
  @Optional() @Text(2000) confirmedCause?: string;
  /** Why nobody needs to look for what is behind it. */
  @Optional() @Text(500) causeNotNeeded?: string;
}
/** Keep a doubt that was answered and is no complaint (SYS-28). */
export class RecordObjection extends ForComplaint {
  @Text(2000) objection!: string;
  @Text(2000) answer!: string;
}
