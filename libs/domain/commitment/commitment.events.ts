import { Count, Event, Flag, Id, Instant, OneOf, Optional, Personal, Text, Texts } from '@rapport/kernel';
import { Channel } from '../ticket/ticket.values';
import { CommitmentKind, PromisedMoment } from './commitment.values';

/** Every event says what was promised to whom, by whom and until when: no reader looks back. */
abstract class OfCommitment extends Event {
  @Id() commitmentId!: string;
  @Id() customerId!: string;
  /** The ticket it was made for. */
  @Optional() @Id() ticketId?: string;
  @OneOf(CommitmentKind) kind!: CommitmentKind;
  /** The moment of the ticket that comes by then; absent: none was named, and its kind says which (2.4). */
  @Optional() @OneOf(PromisedMoment) moment?: PromisedMoment;
  @Id() makerId!: string;
  /** The maker's department. */
  @Optional() @Id() department?: string;
  @Instant() madeAt!: string;
  /** To be kept at this moment at the latest. */
  @Instant() dueAt!: string;
}

/** Something was promised to a customer, with an absolute time (R-26, SYS-25). */
export class CommitmentMade extends OfCommitment {
  @Optional() @Id() contactId?: string;
  @Text(2000) @Personal('customerId') text!: string;
  @OneOf(Channel) channel!: Channel;
  /** A range was promised: it begins here and ends with `dueAt`. */
  @Optional() @Instant() dueFrom?: string;
  /** What the range depends on (C-18). */
  @Optional() @Texts(200, 20) factors?: readonly string[];
  /** The mail or ticket that holds it. Absent: it was only said. */
  @Optional() @Id() writtenId?: string;
  /** Until then it has to be in writing; absent when it is. */
  @Optional() @Instant() writtenBy?: string;
}
/** What had only been said is in writing (SYS-25). */
export class CommitmentConfirmedInWriting extends OfCommitment {
  /** The mail or ticket that holds it. */
  @Id() writtenId!: string;
  @Instant() confirmedAt!: string;
  @Instant() writtenBy!: string;
}
/** Only so many hours are left to keep it. Nothing has been sent (SYS-25). */
export class CommitmentDueSoon extends OfCommitment {
  @Count(1, 24) hoursLeft!: number;
}
/** The customer agreed to another date before the first had come: `dueAt` is the new one (SYS-25). */
export class CommitmentRescheduled extends OfCommitment {
  @Instant() from!: string;
  @Instant() to!: string;
  /** A range was agreed: it begins here and ends with `dueAt`. */
  @Optional() @Instant() dueFrom?: string;
  /** What the range depends on (C-18). */
  @Optional() @Texts(200, 20) factors?: readonly string[];
  /** The mail or interaction in which the customer agreed. */
  @Id() agreementId!: string;
  /** The mail in which the new date stands. */
  @Optional() @Id() writtenId?: string;
  /** The new date was only said: until then it has to be in writing. Absent: it is (SYS-25.1). */
  @Optional() @Instant() writtenBy?: string;
  @Instant() rescheduledAt!: string;
}
/** It was done; after the due time the commitment had been broken before (SYS-25.3). */
export class CommitmentFulfilled extends OfCommitment {
  /** The mail, delivery note or ticket that proves it. */
  @Id() evidenceId!: string;
  @Instant() fulfilledAt!: string;
  /** The evidence came after the due time, whenever it was done. */
  @Flag() late!: boolean;
}
/** The due time passed without the promise being kept: once, at the deadline, whatever follows (SYS-25). */
export class CommitmentBroken extends OfCommitment {
  /** The due time itself. */
  @Instant() brokenAt!: string;
}
/** It is no longer expected, and the time to keep it had not passed (SYS-25). */
export class CommitmentWithdrawn extends OfCommitment {
  @Text(500) reason!: string;
  @Instant() withdrawnAt!: string;
}
