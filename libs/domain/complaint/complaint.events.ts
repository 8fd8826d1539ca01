import {
  Count,
  Event,
  Flag,
  Id,
  Instant,
  OneOf,
  Optional,
  Part,
  Personal,
  SomeOf,
  Text,
  Texts,
} from '@rapport/kernel';
import { Channel } from '../ticket/ticket.values';
import { ValueTier } from '../value/value.values';
import { ComplaintCause, ComplaintFindings, ComplaintLevel, EmotionState } from './complaint.values';

/** A complaint lives beside its ticket and has its id. */
abstract class OfComplaint extends Event {
  @Id() ticketId!: string;
  @Id() customerId!: string;
  @SomeOf(ComplaintCause) causes!: readonly ComplaintCause[];
  /** When the customer spoke: the ticket's `raisedAt`. */
  @Instant() raisedAt!: string;
}

/** The customer is dissatisfied and wants it dealt with as a complaint; the first response is due in an hour (R-03, SYS-28). */
export class ComplaintLodged extends OfComplaint {
  @Optional() @Text(4000) @Personal('customerId') text?: string;
  @OneOf(EmotionState) emotion!: EmotionState;
  @Part(ComplaintFindings) findings!: ComplaintFindings;
  @OneOf(Channel) channel!: Channel;
}
/** The complaint was weighed by the lines of a rule table that are named here (R-44, SYS-28). */
export class ComplaintGraded extends OfComplaint {
  /** Absent: it had no level before. */
  @Optional() @OneOf(ComplaintLevel) from?: ComplaintLevel;
  @OneOf(ComplaintLevel) level!: ComplaintLevel;
  @Part(ComplaintFindings) findings!: ComplaintFindings;
  /** The codes of the lines that held, gravest first. */
  @Texts(60) codes!: readonly string[];
  /** The same as sentences. */
  @Texts(200) reasons!: readonly string[];
  @Count(1, 1e6) ruleVersion!: number;
  /** Second complaint on the same cause within 30 days. */
  @Flag() recurrence!: boolean;
  @Flag() priorityCustomer!: boolean;
  @OneOf(ValueTier) tier!: ValueTier;
  /** Who answers for a level that fell. */
  @Optional() @Id() approverId?: string;
}
/** The complaint became graver (SYS-28). */
export class ComplaintLevelRaised extends OfComplaint {
  @OneOf(ComplaintLevel) from!: ComplaintLevel;
  @OneOf(ComplaintLevel) to!: ComplaintLevel;
  @Text(500) because!: string;
}
/** The loop is closed: the cause is settled, a solution was delivered and the customer is satisfied with it (SYS-33). */
export class ComplaintResolved extends OfComplaint {
  @OneOf(ComplaintLevel) level!: ComplaintLevel;
  /** What was found to be behind it. */
  @Optional() @Text(2000) confirmedCause?: string;
  /** Why nobody needs to look for what is behind it. One of the two is always there. */
  @Optional() @Text(500) causeNotNeeded?: string;
  /** The round of the ticket that satisfied. */
  @Count(1, 1e6) round!: number;
  @Instant() resolvedAt!: string;
}
/** A doubt was answered and is no complaint; the customer can still insist on one (SYS-28). */
export class ObjectionRecorded extends Event {
  @Id() ticketId!: string;
  @Id() customerId!: string;
  @Text(2000) @Personal('customerId') objection!: string;
  @Text(2000) @Personal('customerId') answer!: string;
}
