import { Count, Flag, Id, OneOf, Optional, Part, Text } from '@rapport/kernel';
import { ComplaintLevel } from '../complaint/complaint.values';
import { TicketType, Urgency } from '../ticket/ticket.values';
import { SlaDuration, SlaMoment, SlaStart } from './sla.values';

/** The family of policies that holds where nothing else is said. */
export const DEFAULT_POLICY = 'default';
/** How many days a ticket must be expected to take before it is kept informed of by the general rule. */
export const LONG_CYCLE_DAYS = 3;

/** Which tickets a rule is for: everything that is said must be so; nothing said: every ticket. */
export class SlaMatch {
  @Optional() @OneOf(TicketType) type?: TicketType;
  @Optional() @OneOf(Urgency) urgency?: Urgency;
  /** 1: urgent and important … 4: neither (SYS-14). */
  @Optional() @Count(1, 4) quadrant?: number;
  /** Of a complaint; one that is not graded yet counts as ordinary. */
  @Optional() @OneOf(ComplaintLevel) complaintLevel?: ComplaintLevel;
  @Optional() @Flag() isEnquiry?: boolean;
  @Optional() @Flag() priorityCustomer?: boolean;
  /** A problem after the sale. */
  @Optional() @Flag() afterSale?: boolean;
  /** At least in its so manieth round: a solution has failed, or it was reopened. */
  @Optional() @Count(1, 1_000) roundMin?: number;
  /** It is expected to take more than so many calendar days. */
  @Optional() @Count(1, 366) longerThanDays?: number;
}
/** One rule: for which tickets, what is due, how soon after what (2.4). Its id may stand once for each moment. */
export class SlaRule {
  @Id() id!: string;
  @Part(SlaMatch) match!: SlaMatch;
  @OneOf(SlaMoment) moment!: SlaMoment;
  @Part(SlaDuration) within!: SlaDuration;
  @OneOf(SlaStart) start!: SlaStart;
  /** What it rests on, for a person: `R-18`. */
  @Optional() @Text(200) basis?: string;
}
/** When somebody is warned and who is called, in percent of the duration (2.4, R-21). At 100 the supervisor is called. */
export class SlaLadder {
  @Count(1, 99) warnAtPercent!: number;
  @Count(101, 300) departmentHeadAtPercent!: number;
  @Count(101, 300) seniorManagementAtPercent!: number;
}
export const SLA_RULES_MAX = 200;
/** Most versions of one family or one calendar, and most promises that were ever published in one family. */
export const SLA_VERSIONS_MAX = 1_000;
export const SLA_PROMISES_MAX = 100;

/** A ticket as rules see it. */
export interface SlaCase {
  readonly type?: TicketType;
  readonly urgency?: Urgency;
  readonly quadrant?: number;
  /** Of a complaint; absent: not graded yet, which counts as ordinary. */
  readonly complaintLevel?: ComplaintLevel;
  readonly isEnquiry: boolean;
  readonly priorityCustomer: boolean;
  readonly afterSale?: boolean;
  /** 1, if nothing is said. */
  readonly round?: number;
  /** Absent: as long as it has until it must be resolved. */
  readonly expectedDays?: number;
}
/** A policy that can be applied, its published promises among its rules. Version 1 is built in. */
export interface SlaPolicy {
  readonly policyId: string;
  readonly version: number;
  /** The working calendar it counts by. */
  readonly calendarId: string;
  readonly rules: readonly SlaRule[];
  readonly ladder: SlaLadder;
}
