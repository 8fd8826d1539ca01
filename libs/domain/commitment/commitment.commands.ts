import { Command, Count, Id, Instant, OneOf, Optional, Text, Texts } from '@rapport/kernel';
import { Channel } from '../ticket/ticket.values';
import { CommitmentKind, PromisedMoment } from './commitment.values';

abstract class ForCommitment extends Command {
  @Id() commitmentId!: string;
}

/** Note what was promised to a customer, by whom and until when; it needs an absolute time (R-26, SYS-25). */
export class MakeCommitment extends ForCommitment {
  @Id() customerId!: string;
  @Optional() @Id() contactId?: string;
  /** The ticket it is made for. */
  @Optional() @Id() ticketId?: string;
  @OneOf(CommitmentKind) kind!: CommitmentKind;
  /**
   * The moment of the ticket that comes by then: in writing and earlier than its deadline it tightens the clock; later it
   * loosens PLAN and RESOLVE alone, and only as the customer agreed in writing (2.4). Default: what the kind says.
   */
  @Optional() @OneOf(PromisedMoment) moment?: PromisedMoment;
  @Text(2000) text!: string;
  @Id() makerId!: string;
  /** The maker's department. */
  @Optional() @Id() department?: string;
  @OneOf(Channel) channel!: Channel;
  /** When it was said. Default: now. Never in the future. */
  @Optional() @Instant() madeAt?: string;
  /** The time, or the end of a range. Without it the promise is refused. */
  @Optional() @Instant() dueAt?: string;
  /** The beginning of a range. */
  @Optional() @Instant() dueFrom?: string;
  /** What a range depends on; needed with one (C-18). */
  @Optional() @Texts(200, 20) factors?: readonly string[];
  /** The mail or ticket that holds it. Absent: it was only said, and has to be in writing within 4 hours. */
  @Optional() @Id() writtenId?: string;
}
/** Note that what was said is now in writing (SYS-25). */
export class ConfirmCommitmentInWriting extends ForCommitment {
  @Id() writtenId!: string;
  /** Default: now. Never in the future. */
  @Optional() @Instant() confirmedAt?: string;
}
/** Agree on another date with the customer, before the first has come (SYS-25). */
export class RescheduleCommitment extends ForCommitment {
  /** The time, or the end of a range. Without it the promise is refused. */
  @Optional() @Instant() dueAt?: string;
  /** The beginning of a range. */
  @Optional() @Instant() dueFrom?: string;
  /** What a range depends on; needed with one (C-18). */
  @Optional() @Texts(200, 20) factors?: readonly string[];
  /** The mail or interaction in which the customer agreed. Without it the new date is refused. */
  @Optional() @Id() agreementId?: string;
  /** The mail in which the new date stands. Without it the date was only said: it moves no clock until it is in writing (2.4). */
  @Optional() @Id() writtenId?: string;
}
/** Note that it was done, with what proves it: by the due time it is kept, after that it was broken and is fulfilled late (SYS-25.3). */
export class FulfilCommitment extends ForCommitment {
  /** The mail, delivery note or ticket that proves it. Without it nothing counts as done. */
  @Optional() @Id() evidenceId?: string;
  /** Default: now. Never in the future. */
  @Optional() @Instant() fulfilledAt?: string;
}
/** Take a promise back that is not due yet (SYS-25). */
export class WithdrawCommitment extends ForCommitment {
  @Text(500) reason!: string;
}
/** Tell that only so many hours are left, SYS-25 (internal). */
export class WarnOfCommitment extends ForCommitment {
  /** The due time it is about. */
  @Instant() dueAt!: string;
  @Count(1, 24) hoursLeft!: number;
}
/** Note that the due time passed, SYS-25 (internal). */
export class BreakCommitment extends ForCommitment {
  /** The due time it is about. */
  @Instant() dueAt!: string;
}
