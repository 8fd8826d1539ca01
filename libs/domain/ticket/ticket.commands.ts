import { Count, Day, Flag, Id, Instant, ListOf, OneOf, Optional, Part, Text, Texts } from '@rapport/kernel';
import { SpokenComplaint } from '../complaint/complaint.values';
import { ForTicket } from './ticket.identity.values';
import {
  Attachment,
  Channel,
  PlanOption,
  ServicePhase,
  SourceVerdict,
  SplitPart,
  TicketType,
  UNANSWERED_DAYS,
  Urgency,
} from './ticket.values';

/** Take in what a customer asks for; without a type it is still to be classified (SYS-12). */
export class RegisterTicket extends ForTicket {
  @Id() customerId!: string;
  /** Template 1 asks for one; an import and a customer who walks in may come without. */
  @Optional() @Id() contactId?: string;
  @Optional() @OneOf(TicketType) type?: TicketType;
  @OneOf(Urgency) urgency!: Urgency;
  /** From an import only, 1 is the highest: here it follows from the quadrant (PrioritiseTicket). */
  @Optional() @Count(1, 4) priority?: number;
  @Optional() @OneOf(ServicePhase) servicePhase?: ServicePhase;
  @Optional() @Flag() isEnquiry?: boolean;
  @Optional() @Flag() isComplex?: boolean;
  @OneOf(Channel) channel!: Channel;
  @Text(4000) verbatim!: string;
  @Optional() @Text(4000) distilled?: string;
  /** Keep a distilled text although it is subjective: the event then names the words (SYS-12). */
  @Optional() @Flag() distilledOverride?: boolean;
  @Id() collectorId!: string;
  /** When the customer spoke, not when somebody typed it in. Either this or `raisedOn`. */
  @Optional() @Instant() raisedAt?: string;
  /** The day by the customer's calendar where no time is known: its clocks count from 18:00, today from now if that is earlier (O-22). */
  @Optional() @Day() raisedOn?: string;
  @Optional() @Texts(60) orderNumbers?: readonly string[];
  @Optional() @Text(4000) expectedGoal?: string;
  @Optional() @Text(4000) background?: string;
  @Optional() @Text(4000) cooperationHistory?: string;
  @Optional() @Text(20) salutation?: string;
  /** Earlier talks with the customer that it is about (template 1). */
  @Optional() @Texts(80) relatedInteractions?: readonly string[];
  @Optional() @ListOf(Attachment) attachments?: readonly Attachment[];
  /** Only with type COMPLAINT. */
  @Optional() @Part(SpokenComplaint) complaint?: SpokenComplaint;
  /** The ticket that was split into this one and others. */
  @Optional() @Id() splitFrom?: string;
  /** The closed ticket whose problem has come back; needed when it is archived and cannot be reopened (SYS-19). */
  @Optional() @Id() recurrenceOf?: string;
}
/** Set details right or add to them; the verbatim cannot be changed (SYS-12). */
export class AmendTicketDetails extends ForTicket {
  @Optional() @Id() contactId?: string;
  @Optional() @Text(4000) distilled?: string;
  /** Keep a distilled text although it is subjective: the event then names the words (SYS-12). */
  @Optional() @Flag() distilledOverride?: boolean;
  @Optional() @Texts(60) orderNumbers?: readonly string[];
  @Optional() @Text(4000) expectedGoal?: string;
  @Optional() @Text(4000) background?: string;
  @Optional() @Text(4000) cooperationHistory?: string;
  @Optional() @Text(20) salutation?: string;
  /** Earlier talks with the customer that it is about (template 1). */
  @Optional() @Texts(80) relatedInteractions?: readonly string[];
}
/** File a document or picture with the ticket; sensitive ones only encrypted (SYS-12). */
export class AttachToTicket extends ForTicket {
  @Part(Attachment) attachment!: Attachment;
}
/** Settle or correct the type, and the phase of service it falls into; of a mixture that is not split the stricter one, COMPLAINT, is taken (SYS-12, SYS-13). */
export class ClassifyTicket extends ForTicket {
  @OneOf(TicketType) type!: TicketType;
  /** Absent: as it was. */
  @Optional() @OneOf(ServicePhase) servicePhase?: ServicePhase;
  @Optional() @Flag() isEnquiry?: boolean;
  /** Only with type COMPLAINT. */
  @Optional() @Part(SpokenComplaint) complaint?: SpokenComplaint;
}
/** Make linked tickets of a mixture, such as a question with a complaint in it; this one keeps its own type (SYS-12). */
export class SplitTicket extends ForTicket {
  @ListOf(SplitPart, 20) parts!: readonly SplitPart[];
  /** Who split it, and so took the parts in. */
  @Id() collectorId!: string;
}
/** Change the urgency, with the reason (SYS-12.6). */
export class ChangeTicketUrgency extends ForTicket {
  @Optional() @OneOf(Urgency) urgency?: Urgency;
  /** From an import only: a priority is changed with OverridePriority. */
  @Optional() @Count(1, 4) priority?: number;
  @Text(500) reason!: string;
}
/** Note that the customer takes the need back (SYS-12). */
export class WithdrawTicket extends ForTicket {
  @Text(500) reason!: string;
}
/** Make one person answer to the customer; nobody at the desk takes a VIP's ticket alone (SYS-15.2, SYS-17). */
export class AssignTicketOwner extends ForTicket {
  @Id() ownerId!: string;
  @Optional() @Text(500) reason?: string;
}
/** Make one department face the customer: a `Department`, or a group of an imported help desk (SYS-17). */
export class AssignLeadDepartment extends ForTicket {
  @Id() department!: string;
  @Optional() @Text(500) reason?: string;
  /** Only for an import: the source counted a reassignment, even if it names the same department as before. */
  @Optional() @Flag() sourceReassignment?: boolean;
}
/** Note that a person told the customer that the need has arrived (R-01, SYS-16). */
export class AcknowledgeTicket extends ForTicket {
  @Instant() acknowledgedAt!: string;
  /** Mail or call that proves when it was, for whoever notes it late (SYS-16.4). */
  @Optional() @Id() evidenceId?: string;
  /** The department that speaks: default is the lead; another one only if the owner lets it speak (SYS-17.1). */
  @Optional() @Id() speakingDepartment?: string;
}
/** Note the first answer, sent to the customer by an outbound interaction; without a direction it only counts as acknowledgement (SYS-16). */
export class RecordFirstResponse extends ForTicket {
  @Instant() respondedAt!: string;
  @Optional() @Text(2000) direction?: string;
  @Optional() @Id() responderId?: string;
  /** Who answers to the customer from now on; needed with an after-sale problem that has no owner. */
  @Optional() @Id() ownerId?: string;
  /** Until when it is resolved, as the customer was told: needed with an after-sale problem; it tightens the deadline. */
  @Optional() @Instant() resolutionDue?: string;
  /** The outbound interaction that brought it to the customer; with a direction this, or evidence, is needed. */
  @Optional() @Id() interactionId?: string;
  /** Mail or call that proves when it was, for whoever notes it late (SYS-16.4). */
  @Optional() @Id() evidenceId?: string;
  /** The department that speaks: default is the lead; another one only if the owner lets it speak (SYS-17.1). */
  @Optional() @Id() speakingDepartment?: string;
}
/** Add a line to the tracking table; every step but the final one names the next node (SYS-16, template 4). */
export class RecordExecutionStep extends ForTicket {
  @Text(60) stage!: string;
  @Instant() executedAt!: string;
  @Id() executorId!: string;
  @Text(2000) progress!: string;
  @Optional() @Text(2000) customerFeedback?: string;
  @Optional() @Text(200) nextNode?: string;
  @Optional() @Instant() nextDue?: string;
  @Optional() @Flag() final?: boolean;
  @Optional() @Id() evidenceId?: string;
  @Optional() @Texts(80) participants?: readonly string[];
  @Optional() @Text(2000) internalProgress?: string;
}
/** Lay one or more ways to a solution before the customer (SYS-16, R-65). */
export class PresentPlan extends ForTicket {
  @ListOf(PlanOption, 20) options!: readonly PlanOption[];
  @Instant() presentedAt!: string;
  /** Why the solution or plan before did not satisfy: needed in a second communication (SYS-19.2). */
  @Optional() @Text(2000) cause?: string;
  /** Mail or call that proves when it was, for whoever notes it late (SYS-16.4). */
  @Optional() @Id() evidenceId?: string;
  /** The department that speaks: default is the lead; another one only if the owner lets it speak (SYS-17.1). */
  @Optional() @Id() speakingDepartment?: string;
}
/**
 * Note that a question is out and only the customer can go on (2.4). Anybody who works on the ticket may; its clocks stand
 * still only by the word of a supervisor or somebody above, here or with PauseSlaClock (handbook 10) (added).
 */
export class WaitForCustomer extends ForTicket {
  /** What was asked. */
  @Text(2000) question!: string;
  /** The mail or call with the question. Without it the clocks of plan and solution go on, whoever sends it (2.4). */
  @Optional() @Id() interactionId?: string;
  /** The department that speaks: default is the lead; another one only if the owner lets it speak (SYS-17.1). */
  @Optional() @Id() speakingDepartment?: string;
}
/** Go on: the customer has answered, or need not (added). */
export class ResumeTicket extends ForTicket {}
/** Note what was given to the customer; again after an earlier one it is a later round (SYS-16, SYS-19). */
export class DeliverSolution extends ForTicket {
  @Text(4000) solution!: string;
  @Instant() deliveredAt!: string;
  /** Mail or call that proves when it was, for whoever notes it late (SYS-16.4). */
  @Optional() @Id() evidenceId?: string;
  /** The department that speaks: default is the lead; another one only if the owner lets it speak (SYS-17.1). */
  @Optional() @Id() speakingDepartment?: string;
}
/** Remember a promise that was made for the ticket, SYS-19.6 (internal). */
export class TieCommitment extends ForTicket {
  @Id() commitmentId!: string;
}
/** Note the customer's word that it is solved; the owner must show evidence of it (SYS-19). */
export class ConfirmSatisfied extends ForTicket {
  @Optional() @Text(500) evidence?: string;
}
/** Note the customer's word that it is not solved: a second communication starts by itself (SYS-19). */
export class ReportDissatisfied extends ForTicket {
  @Text(2000) reason!: string;
}
/** Begin another round although nobody complained (SYS-19). */
export class StartSecondCommunication extends ForTicket {}
/** Close it with the customer's word (SYS-19). */
export class CloseTicket extends ForTicket {
  /** Only for an import. */
  @Optional() @OneOf(SourceVerdict) sourceVerdict?: SourceVerdict;
}
/** Close it without the customer's word: a supervisor, 14 days after the solution; an import, as its source says (SYS-19). */
export class CloseUnconfirmed extends ForTicket {
  /** Only for an import. */
  @Optional() @OneOf(SourceVerdict) sourceVerdict?: SourceVerdict;
}
/** Tell that the customer's word on a solution is still missing, SYS-19 (internal). */
export class RemindOfConfirmation extends ForTicket {
  /** The solution it is about. */
  @Instant() solvedAt!: string;
  @Count(1, UNANSWERED_DAYS) afterDays!: number;
}
/** File a closed ticket for good: it is read-only from then on, and cannot be reopened (SYS-19). */
export class ArchiveTicket extends ForTicket {}
/** Take up a solved or closed ticket again, unless it is archived (SYS-19). */
export class ReopenTicket extends ForTicket {
  @Text(500) reason!: string;
}
