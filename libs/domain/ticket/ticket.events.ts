import {
  Count,
  Day,
  Flag,
  Id,
  Instant,
  ListOf,
  OneOf,
  Optional,
  Part,
  Personal,
  Text,
  Texts,
} from '@rapport/kernel';
import { ComplaintIntake } from '../complaint/complaint.values';
import { CustomerGrade } from '../customer/customer.values';
import { OfTicket } from './ticket.identity.values';
import {
  Attachment,
  Channel,
  ClosureOutcome,
  PlanOption,
  ServicePhase,
  SourceVerdict,
  TicketManifest,
  TicketType,
  UNANSWERED_DAYS,
  Urgency,
} from './ticket.values';

/** The customer raised a need; every clock of the ticket counts from `raisedAt` (SYS-12, template 1). */
export class TicketRegistered extends OfTicket {
  /** Template 1 asks for one; an import and a customer who walks in may come without. */
  @Optional() @Id() contactId?: string;
  /** There when only this day was known: `raisedAt` is then 18:00 of it in the customer's zone, or when it was entered (O-22). */
  @Optional() @Day() raisedOn?: string;
  @Optional() @OneOf(ServicePhase) servicePhase?: ServicePhase;
  @Flag() isEnquiry!: boolean;
  @Flag() isComplex!: boolean;
  @OneOf(Channel) channel!: Channel;
  /** The customer's own words: never altered. */
  @Text(4000) @Personal('customerId') verbatim!: string;
  @Optional() @Text(4000) @Personal('customerId') distilled?: string;
  /** The distilled text was kept although these words in it are subjective. */
  @Optional() @Texts(40) subjectiveWords?: readonly string[];
  @Id() collectorId!: string;
  /** What the customer was at intake. */
  @Optional() @Text(60) industry?: string;
  @Optional() @OneOf(CustomerGrade) grade?: CustomerGrade;
  /** As the customer named them. */
  @Optional() @Texts(60) orderNumbers?: readonly string[];
  /** False as long as nobody has looked the numbers up in an order book; there with every list of numbers. */
  @Optional() @Flag() ordersVerified?: boolean;
  @Optional() @Text(4000) @Personal('customerId') expectedGoal?: string;
  @Optional() @Text(4000) @Personal('customerId') background?: string;
  @Optional() @Text(4000) @Personal('customerId') cooperationHistory?: string;
  @Optional() @Text(20) @Personal('customerId') salutation?: string;
  /** Earlier talks with the customer that it is about (template 1). */
  @Optional() @Texts(80) relatedInteractions?: readonly string[];
  @Optional() @ListOf(Attachment) attachments?: readonly Attachment[];
  @Optional() @Part(ComplaintIntake) complaint?: ComplaintIntake;
  @Optional() @Text(4000) @Personal('customerId') complaintText?: string;
  /** The ticket that was split into this one and others. */
  @Optional() @Id() splitFrom?: string;
  /** The closed ticket whose problem has come back. */
  @Optional() @Id() recurrenceOf?: string;
  /** With `recurrenceOf`: it came back within 30 days of that ticket's closing, and counts as recurrence (SYS-19). */
  @Optional() @Flag() withinRecurrence?: boolean;
}
/** Details were set right or added; the verbatim stays as it was said. Only what changed is named (SYS-12). */
export class TicketDetailsAmended extends OfTicket {
  @Optional() @Id() contactId?: string;
  @Optional() @Text(4000) @Personal('customerId') distilled?: string;
  /** The distilled text was kept although these words in it are subjective. */
  @Optional() @Texts(40) subjectiveWords?: readonly string[];
  @Optional() @Texts(60) orderNumbers?: readonly string[];
  /** False as long as nobody has looked the numbers up in an order book; there with every list of numbers. */
  @Optional() @Flag() ordersVerified?: boolean;
  @Optional() @Text(4000) @Personal('customerId') expectedGoal?: string;
  @Optional() @Text(4000) @Personal('customerId') background?: string;
  @Optional() @Text(4000) @Personal('customerId') cooperationHistory?: string;
  @Optional() @Text(20) @Personal('customerId') salutation?: string;
  /** Earlier talks with the customer that it is about (template 1). */
  @Optional() @Texts(80) relatedInteractions?: readonly string[];
}
/** A document or picture was filed with the ticket (SYS-12). */
export class TicketAttachmentAdded extends OfTicket {
  @Part(Attachment) attachment!: Attachment;
}
/** The type was settled or corrected: `type` is the new one (SYS-12, SYS-13). */
export class TicketClassified extends OfTicket {
  @Optional() @OneOf(TicketType) from?: TicketType;
  @OneOf(TicketType) to!: TicketType;
  @Optional() @OneOf(ServicePhase) servicePhase?: ServicePhase;
  @Flag() isEnquiry!: boolean;
  @OneOf(Channel) channel!: Channel;
  @Optional() @Part(ComplaintIntake) complaint?: ComplaintIntake;
  @Optional() @Text(4000) @Personal('customerId') complaintText?: string;
  /** What had been done already, for those who read a ticket only from its new class on. */
  @Optional() @Instant() respondedAt?: string;
  @Optional() @Instant() deliveredAt?: string;
  @Optional() @Id() department?: string;
}
/** It held a mixture: its parts become tickets of their own, linked to it, and it keeps its type (SYS-12). */
export class TicketSplit extends OfTicket {
  @Texts(80, 20) newTicketIds!: readonly string[];
}
/** One part of a split ticket, with all that the ticket needs that it becomes: apart, so that its words can be sealed (SYS-12) (added). */
export class TicketPartSplitOff extends OfTicket {
  @Id() newTicketId!: string;
  @OneOf(TicketType) newType!: TicketType;
  @OneOf(Urgency) newUrgency!: Urgency;
  @Optional() @OneOf(ServicePhase) newServicePhase?: ServicePhase;
  @OneOf(Channel) channel!: Channel;
  @Text(4000) @Personal('customerId') verbatim!: string;
  @Optional() @Text(4000) @Personal('customerId') distilled?: string;
  /** The distilled text was kept although these words in it are subjective. */
  @Optional() @Texts(40) subjectiveWords?: readonly string[];
  @Id() collectorId!: string;
  @Optional() @Part(ComplaintIntake) complaint?: ComplaintIntake;
  @Optional() @Text(4000) @Personal('customerId') complaintText?: string;
}
/** Urgency or priority were changed for a reason: `urgency` and `priority` are the new ones (SYS-12). */
export class TicketUrgencyChanged extends OfTicket {
  @OneOf(Urgency) from!: Urgency;
  @OneOf(Urgency) to!: Urgency;
  @Optional() @Count(1, 4) fromPriority?: number;
  @Optional() @Count(1, 4) toPriority?: number;
  @Text(500) reason!: string;
}
/** The customer took the need back (SYS-12). */
export class TicketWithdrawn extends OfTicket {
  @Text(500) reason!: string;
  @Instant() withdrawnAt!: string;
}
/** One person answers to the customer from now on (SYS-17). */
export class TicketOwnerAssigned extends OfTicket {
  @Optional() @Id() from?: string;
  @Id() to!: string;
  /** There was another owner before. */
  @Flag() reassignment!: boolean;
  @Optional() @Text(500) reason?: string;
}
/** One department faces the customer from now on (SYS-17). */
export class LeadDepartmentAssigned extends OfTicket {
  @Optional() @Id() from?: string;
  /** A `Department`, or a group of the help desk the ticket was imported from. */
  @Id() to!: string;
  /** There was another department before. */
  @Flag() reassignment!: boolean;
  @Optional() @Text(500) reason?: string;
  /** It leads because the ticket is of this type, and follows the type as long as nobody chose it. */
  @Optional() @Flag() byType?: boolean;
}
/** A person told the customer that the need has arrived. */
export class TicketAcknowledged extends OfTicket {
  @Instant() acknowledgedAt!: string;
  /** Mail or call that proves when it was. */
  @Optional() @Id() evidenceId?: string;
  /** The department that spoke. Absent: the lead. */
  @Optional() @Id() speakingDepartment?: string;
  /** When it was entered, if that was later: by itself it proves no more than that (SYS-16.4). */
  @Optional() @Instant() notedAt?: string;
  /** No person did: it is a receipt, and nobody has looked at it yet (SYS-21.4). */
  @Optional() @Flag() automatic?: boolean;
}
/** The first active contact: accepted, and which way it will go (R-07, R-08, R-18, SYS-16). */
export class FirstResponseRecorded extends OfTicket {
  @Text(2000) direction!: string;
  @Optional() @Id() responderId?: string;
  /** Until when it is resolved, as the customer was told. */
  @Optional() @Instant() resolutionDue?: string;
  /** The outbound interaction that brought it to the customer. */
  @Optional() @Id() interactionId?: string;
  @Instant() respondedAt!: string;
  /** Mail or call that proves when it was. */
  @Optional() @Id() evidenceId?: string;
  /** The department that spoke. Absent: the lead. */
  @Optional() @Id() speakingDepartment?: string;
  /** When it was entered, if that was later: by itself it proves no more than that (SYS-16.4). */
  @Optional() @Instant() notedAt?: string;
  /** The round it answers in; absent: the first. */
  @Optional() @Count(1, 1e6) round?: number;
}
/** One line of the tracking table; the last line's next node is what is expected now (SYS-16, template 4). */
export class ExecutionStepRecorded extends OfTicket {
  @Count(1, 1e6) step!: number;
  @Text(60) stage!: string;
  @Instant() executedAt!: string;
  @Id() executorId!: string;
  @Optional() @Text(2000) @Personal('customerId') customerFeedback?: string;
  @Text(2000) progress!: string;
  @Optional() @Text(200) nextNode?: string;
  @Optional() @Instant() nextDue?: string;
  @Flag() final!: boolean;
  /** It happened before the step that was recorded before it. */
  @Flag() lateEntry!: boolean;
  /** Mail or call that proves when it was. */
  @Optional() @Id() evidenceId?: string;
  @Optional() @Texts(80) participants?: readonly string[];
  @Optional() @Text(2000) internalProgress?: string;
}
/** The ways to a solution were laid before the customer (SYS-16, R-65). */
export class PlanPresented extends OfTicket {
  @ListOf(PlanOption, 20) options!: readonly PlanOption[];
  @Instant() presentedAt!: string;
  /** When it was entered, if that was later: by itself it proves no more than that (SYS-16.4). */
  @Optional() @Instant() notedAt?: string;
  @Count(1, 1e6) round!: number;
  /** Why the solution or plan before did not satisfy: there with every adjusted plan (SYS-19.2). */
  @Optional() @Text(2000) cause?: string;
  /** Mail or call that proves when it was. */
  @Optional() @Id() evidenceId?: string;
  /** The department that spoke. Absent: the lead. */
  @Optional() @Id() speakingDepartment?: string;
}
/** A question went out and only the customer can go on: the clocks of plan and solution stand still where a supervisor noted it (2.4) (added). */
export class TicketWaitingForCustomer extends OfTicket {
  @Text(2000) @Personal('customerId') question!: string;
  @Optional() @Id() interactionId?: string;
  @Instant() waitingSince!: string;
  /** The department that spoke. Absent: the lead. */
  @Optional() @Id() speakingDepartment?: string;
}
/** The wait for the customer is over: by an answer, or because the ticket went on without one (added). */
export class TicketResumed extends OfTicket {
  @Instant() waitingSince!: string;
  @Instant() resumedAt!: string;
}
/** The customer was given what should solve it; a later delivery is a later round (R-19, SYS-19). */
export class SolutionDelivered extends OfTicket {
  @Text(4000) solution!: string;
  @Instant() deliveredAt!: string;
  /** When it was entered, if that was later: by itself it proves no more than that (SYS-16.4). */
  @Optional() @Instant() notedAt?: string;
  @Count(1, 1e6) round!: number;
  /** Mail or call that proves when it was. */
  @Optional() @Id() evidenceId?: string;
  /** The department that spoke. Absent: the lead. */
  @Optional() @Id() speakingDepartment?: string;
}
/** A promise was made to the customer for this ticket, which is not closed over it (SYS-19.6). (internal) */
export class CommitmentTied extends OfTicket {
  @Id() commitmentId!: string;
}
/** The customer said that it is solved (SYS-19). */
export class CustomerConfirmedSatisfied extends OfTicket {
  @Optional() @Text(500) evidence?: string;
  @Instant() confirmedAt!: string;
  @Count(1, 1e6) round!: number;
}
/** The customer said that it is not solved (SYS-19). */
export class CustomerReportedDissatisfied extends OfTicket {
  @Text(2000) @Personal('customerId') reason!: string;
  @Instant() reportedAt!: string;
  /** The round that did not satisfy. */
  @Count(1, 1e6) round!: number;
}
/** Work begins anew: cause, adjusted plan, another solution (SYS-19). */
export class SecondCommunicationStarted extends OfTicket {
  @Instant() startedAt!: string;
  /** The round that begins. */
  @Count(2, 1e6) round!: number;
}
/** The ticket is done (SYS-19). */
export class TicketClosed extends OfTicket {
  @OneOf(ClosureOutcome) outcome!: ClosureOutcome;
  @Instant() closedAt!: string;
  @Count(1, 1e6) round!: number;
  @Optional() @Id() ownerId?: string;
  @Optional() @Id() department?: string;
  /** Did the system it was imported from keep its own deadline? */
  @Optional() @OneOf(SourceVerdict) sourceVerdict?: SourceVerdict;
}
/** The customer has not said yet whether it is solved: somebody should ask. Nothing has been sent (SYS-19) (added). */
export class ClosureReminderDue extends OfTicket {
  /** The solution that waits for the customer's word. */
  @Instant() solvedAt!: string;
  @Count(1, UNANSWERED_DAYS) afterDays!: number;
  @Count(1, 1e6) round!: number;
  @Optional() @Id() ownerId?: string;
}
/** The closed ticket was filed for good, with a list of what is in it (SYS-19). */
export class TicketArchived extends OfTicket {
  @Instant() archivedAt!: string;
  @Instant() closedAt!: string;
  @OneOf(ClosureOutcome) outcome!: ClosureOutcome;
  /** Absent: it had none yet. */
  @Optional() @Text(40) ticketNumber?: string;
  @Part(TicketManifest) manifest!: TicketManifest;
}
/** It was not over after all: the ticket is as it was, in a new round (SYS-19). */
export class TicketReopened extends OfTicket {
  @Text(500) reason!: string;
  @Instant() reopenedAt!: string;
  /** Within 30 days of its closing, or of its solution when it had not been closed. */
  @Flag() withinRecurrence!: boolean;
  /** Absent: it had been solved, not closed. */
  @Optional() @Instant() closedAt?: string;
  @Count(2, 1e6) round!: number;
  /** For readers that had let it go. */
  @Optional() @OneOf(ServicePhase) servicePhase?: ServicePhase;
  @Flag() isEnquiry!: boolean;
  @OneOf(Channel) channel!: Channel;
  /** What the customer was at intake. */
  @Optional() @OneOf(CustomerGrade) grade?: CustomerGrade;
  @Optional() @Text(40) ticketNumber?: string;
  @Optional() @Id() ownerId?: string;
  @Optional() @Id() department?: string;
  @Optional() @Instant() acknowledgedAt?: string;
  @Optional() @Instant() respondedAt?: string;
}
