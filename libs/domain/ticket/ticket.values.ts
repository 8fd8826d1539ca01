import { Count, Flag, Id, Instant, OneOf, Optional, options, Part, Text, Texts } from '@rapport/kernel';
import { SpokenComplaint } from '../complaint/complaint.values';

/** What kind of need it is; a ticket without a type is still to be classified. */
export const TicketType = options('FUNCTIONAL', 'SERVICE', 'COMPLAINT', 'COOPERATION');
export type TicketType = keyof typeof TicketType;
/** Before, during or after a sale (售前, 售中, 售后). */
export const ServicePhase = options('PRE_SALE', 'IN_SALE', 'AFTER_SALE');
export type ServicePhase = keyof typeof ServicePhase;
/** How pressing it is, in the words of the person who took it in. */
export const Urgency = options('URGENT', 'IMPORTANT', 'ROUTINE');
export type Urgency = keyof typeof Urgency;
/** The way a word came to us or went out. */
export const Channel = options(
  ...(['PHONE', 'EMAIL', 'ONLINE_CHAT', 'OFFLINE_VISIT', 'THIRD_PARTY_PLATFORM', 'WECOM'] as const),
  ...(['COMMUNITY', 'SMS', 'ONLINE_MEETING', 'QUESTIONNAIRE', 'OFFLINE_EVENT', 'SALES_HANDOVER'] as const),
  ...(['SOCIAL_MEDIA', 'TICKET_SYSTEM', 'INFORMAL'] as const),
);
export type Channel = keyof typeof Channel;
/** The house's own departments. A ticket's department may also be a group of the help desk it was imported from. */
export const Department = options(
  ...(['CUSTOMER_SERVICE', 'PRODUCT', 'RND', 'TECHNICAL', 'DESIGN', 'SALES', 'AFTER_SALES'] as const),
  ...(['OPERATIONS', 'LOGISTICS', 'LEGAL', 'FINANCE', 'MANAGEMENT'] as const),
);
export type Department = keyof typeof Department;
/** How it ended: with the customer's word, or without one. Only CONFIRMED counts as satisfied. */
export const ClosureOutcome = options('CONFIRMED', 'UNCONFIRMED');
export type ClosureOutcome = keyof typeof ClosureOutcome;
/** Whether the system a ticket was imported from had kept its own deadline. */
export const SourceVerdict = options('MET', 'MISSED');
export type SourceVerdict = keyof typeof SourceVerdict;

/** The same problem within so many days is a recurrence (SYS-19). */
export const RECURRENCE_DAYS = 30;
/** After so many days without an answer the customer's word is asked for again (SYS-19). */
export const REMINDER_DAYS = [3, 7] as const;
/** After so many days without an answer a ticket may be closed unconfirmed (SYS-19). */
export const UNANSWERED_DAYS = 14;

/** The round to which the head of the department is called (SYS-19). */
export const ESCALATED_ROUND = 3;

/** A document or a picture; what is sensitive must be stored encrypted (SYS-12). */
export class Attachment {
  @Text(200) name!: string;
  @Optional() @Text(500) location?: string;
  @Optional() @Flag() sensitive?: boolean;
  @Optional() @Flag() encrypted?: boolean;
}
/** What was filed with an archived ticket, for whoever must show that nothing is missing (SYS-19). */
export class TicketManifest {
  @Count(0, 1e6) steps!: number;
  @Count(0, 1e6) plans!: number;
  /** Solutions that were delivered. */
  @Count(0, 1e6) solutions!: number;
  @Count(1, 1e6) rounds!: number;
  /** By name, in the order in which they were filed. */
  @Texts(200, 10_000) attachments!: readonly string[];
  /** It is a complaint: what was lodged and graded lies beside it under the same id. */
  @Flag() complaint!: boolean;
  /** The tickets its parts became. */
  @Texts(80, 10_000) parts!: readonly string[];
  @Optional() @Id() splitFrom?: string;
  @Optional() @Id() recurrenceOf?: string;
}
/** One part of a mixture, which becomes a ticket of its own (SYS-12). */
export class SplitPart {
  /** The id the new ticket will have. */
  @Id() ticketId!: string;
  @OneOf(TicketType) type!: TicketType;
  @OneOf(Urgency) urgency!: Urgency;
  /** Absent: the one of the whole. */
  @Optional() @OneOf(ServicePhase) servicePhase?: ServicePhase;
  /** What the customer said of this part, in the customer's own words. */
  @Text(4000) verbatim!: string;
  @Optional() @Text(4000) distilled?: string;
  @Optional() @Flag() distilledOverride?: boolean;
  /** Only with type COMPLAINT. */
  @Optional() @Part(SpokenComplaint) complaint?: SpokenComplaint;
}
/** One of the ways that are laid before the customer: what it is, when, who does what, and its known limits. */
export class PlanOption {
  @Text(2000) summary!: string;
  @Optional() @Instant() readyAt?: string;
  @Optional() @Id() department?: string;
  @Optional() @Texts(200) duties?: readonly string[];
  @Optional() @Text(2000) limits?: string;
}

/** May override a priority, let a clock stand still and close what the customer never answered (handbook 10). */
export const SUPERVISING_ROLES: readonly string[] = [
  ...['SUPERVISOR', 'DEPARTMENT_HEAD', 'CRM_MANAGER', 'SENIOR_MANAGEMENT'],
];
/** Bring in what another system did: it was so, whatever our rules say. */
export const IMPORTING_ROLES: readonly string[] = ['SYSTEM', 'MIGRATION'];
interface Phased {
  readonly servicePhase?: ServicePhase;
  readonly type?: TicketType;
  readonly isEnquiry: boolean;
}
/** Something is wrong after the sale: no plain question and no offer to work together. */
export const isAfterSaleProblem = ({ servicePhase, type, isEnquiry }: Phased): boolean =>
  servicePhase === 'AFTER_SALE' && !isEnquiry && type !== 'COOPERATION';
