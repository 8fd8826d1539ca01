import { Count, Flag, Id, Instant, ListOf, OneOf, Optional, options, Part, Text } from '@rapport/kernel';
import { ComplaintLevel } from '../complaint/complaint.values';
import {
  IMPORTING_ROLES,
  ServicePhase,
  SUPERVISING_ROLES,
  TicketType,
  Urgency,
} from '../ticket/ticket.values';
import { ServiceTier, SlaDuration, SlaMoment, SlaStart } from './sla.values';

/** How a clock stands: BREACHED is late and still awaited; MET_LATE was breached and reached after that (2.4, invariant 5). */
export const SlaClockState = options('OPEN', 'PAUSED', 'MET', 'BREACHED', 'MET_LATE', 'CANCELLED');
export type SlaClockState = keyof typeof SlaClockState;
/** What set a round of clocks going: RISEN is a complaint that was ordinary until its time had passed (2.4). */
export const ClockOpener = options('RAISED', 'DISSATISFIED', 'DEVIATION_DECLARED', 'RISEN');
export type ClockOpener = keyof typeof ClockOpener;
/** Why a deadline moved. */
export const RescheduleCause = options(
  ...(['RECLASSIFIED', 'DOWNGRADE_APPROVED', 'COMMITMENT', 'COMMITMENT_WITHDRAWN', 'CLIPPED'] as const),
  ...(['NODES_AGREED'] as const),
);
export type RescheduleCause = keyof typeof RescheduleCause;
/** The one reason for which a clock may stand still (2.4). */
export const PauseReason = options('WAITING_FOR_CUSTOMER');
export type PauseReason = keyof typeof PauseReason;
/** Why a deadline was missed; OTHER needs words (SYS-21.7). */
export const BreachReason = options(
  ...(['STAFF_SHORTAGE', 'UNCLEAR_OWNERSHIP', 'TECHNICAL_DIFFICULTY', 'SUPPLIER_DELAY'] as const),
  ...(['WAITING_FOR_CUSTOMER', 'KNOWLEDGE_GAP', 'OTHER'] as const),
);
export type BreachReason = keyof typeof BreachReason;

/** Nobody waits longer for a first word because we ask something (2.4). */
export const PAUSABLE_MOMENTS: readonly SlaMoment[] = ['PLAN', 'RESOLVE'];
/** Whose word lets a clock stand still: a supervisor's or somebody's above, and an import's, which says what was so (handbook 10). */
export const mayPauseClocks = (role: string): boolean =>
  SUPERVISING_ROLES.includes(role) || IMPORTING_ROLES.includes(role);
/** The reason of a breach is recorded within so many working days (SYS-21.7). */
export const BREACH_REASON_WORKING_DAYS = 2;
/** The rule of a clock that only a promise gives its time. */
export const COMMITMENT_RULE = 'COMMITMENT';
/** The rule of a clock that is due at a time agreed with the customer, instead of the cadence (C-07). */
export const AGREED_NODE_RULE = 'AGREED_NODE';
/** Under this id the time stands, among promises, that a first response named for the solution. */
export const RESOLUTION_NODE = 'RESOLUTION_NODE';
/** Most promises of a time that are weighed at once; the latest count. */
export const PROMISES_WEIGHED_MAX = 50;
/** The most that can be heard of one ticket. */
const HEARD_MAX = 1e9;

/** A rule that held, what it counted from and the deadline it gave by itself. */
export class SlaRuleChoice {
  @Id() rule!: string;
  /** What it rests on: `R-18`. */
  @Optional() @Text(500) basis?: string;
  @OneOf(SlaStart) startEvent!: SlaStart;
  @Instant() start!: string;
  @Part(SlaDuration) within!: SlaDuration;
  @OneOf(ServiceTier) tier!: ServiceTier;
  @Instant() due!: string;
}
/** What leads to a deadline: from when, and how long. */
export class SlaCounted {
  @Instant() start!: string;
  @Part(SlaDuration) within!: SlaDuration;
}
/** A round of clocks began. `heard`: as the so manieth thing that was heard of the ticket. */
export class SlaOpening {
  @OneOf(ClockOpener) start!: ClockOpener;
  @Instant() at!: string;
  @Count(1, HEARD_MAX) heard!: number;
}
/** A moment was reached. */
export class SlaReached {
  @OneOf(SlaMoment) moment!: SlaMoment;
  @Instant() at!: string;
  /** When it was entered, if that was later: by itself it proves no more than that (SYS-16.4). */
  @Optional() @Instant() notedAt?: string;
  /** The mail or call that proves when it was. */
  @Optional() @Id() evidenceId?: string;
  @Count(1, HEARD_MAX) heard!: number;
}
/** A time that was promised for a moment (2.4). */
export class SlaPromise {
  @Id() commitmentId!: string;
  @OneOf(SlaMoment) moment!: SlaMoment;
  @Instant() dueAt!: string;
  @Flag() inWriting!: boolean;
  @Flag() agreedInWriting!: boolean;
  @Count(1, HEARD_MAX) heard!: number;
}
/** A time at which the customer is to hear from us, as it was agreed (C-07). */
export class SlaNode {
  @Id() nodeId!: string;
  @Instant() dueAt!: string;
}
/** All agreed times of one ticket, as they stand since they were agreed last. */
export class SlaNodes {
  @Instant() agreedAt!: string;
  /** In the order in which they are due. */
  @ListOf(SlaNode) agreed!: readonly SlaNode[];
}
/** Only the customer can go on. */
export class SlaWait {
  @Instant() since!: string;
  /** Absent: it moves no clock. No question is on record, or whoever noted the wait may not let clocks stand still. */
  @Optional() @Id() questionId?: string;
}
/** What is known of a ticket, as far as its clocks depend on it: told by what happened, in the order of the log. */
export class SlaFacts {
  @Id() customerId!: string;
  /** How much has been heard of the ticket. */
  @Count(1, HEARD_MAX) heard!: number;
  @Instant() raisedAt!: string;
  @Optional() @OneOf(TicketType) type?: TicketType;
  @OneOf(Urgency) urgency!: Urgency;
  /** The number of its quadrant (SYS-14). */
  @Optional() @Count(1, 4) priority?: number;
  /** After the sale a problem is told of every day. */
  @Optional() @OneOf(ServicePhase) servicePhase?: ServicePhase;
  @Flag() isEnquiry!: boolean;
  @Optional() @OneOf(ComplaintLevel) complaintLevel?: ComplaintLevel;
  @Optional() @Id() ownerId?: string;
  @Optional() @Id() department?: string;
  /** Since when it is of this class: an upgrade counts from here (2.4). */
  @Instant() classedAt!: string;
  /** Somebody who may approve it put it into this class, so that it may be due later than before (2.4). */
  @Flag() classApproved!: boolean;
  /** Quadrant 1 was assigned or the complaint graded MAJOR. */
  @Optional() @Instant() greenChannelAt?: string;
  @Part(SlaOpening) opening!: SlaOpening;
  /** An ordinary complaint became graver. */
  @Optional() @Part(SlaOpening) rise?: SlaOpening;
  @Optional() @Part(SlaOpening) deviation?: SlaOpening;
  @ListOf(SlaReached) reached!: readonly SlaReached[];
  @ListOf(SlaPromise) promises!: readonly SlaPromise[];
  @Optional() @Part(SlaNodes) nodes?: SlaNodes;
  @Optional() @Part(SlaWait) waiting?: SlaWait;
  /** When the last wait was over. */
  @Optional() @Instant() resumedAt?: string;
  @Optional() @Instant() withdrawnAt?: string;
}
