import { Count, Day, Flag, Id, Instant, OneOf, Optional, Text } from '@rapport/kernel';
import { ForTicket } from './ticket.identity.values';
import { PlanKind } from './ticket.priority.values';

/** Put a ticket into its quadrant, and its quadrant's level; only what is urgent and important is ranked before it is analysed (SYS-14.1). */
export class PrioritiseTicket extends ForTicket {
  @Flag() urgent!: boolean;
  @Flag() important!: boolean;
  /** How much of the business it touches, 0 to 100; default: 50, or 100 where the core business is touched. */
  @Optional() @Count(0, 100) impact?: number;
  @Optional() @Flag() coreBusinessImpact?: boolean;
  /** What comes back for what it costs, 0 to 100; default: 50. */
  @Optional() @Count(0, 100) returnOnCost?: number;
  /** 0 to 100; default: by the verdict of the analysis. */
  @Optional() @Count(0, 100) feasibility?: number;
  /** Only with neither flag: when it is looked at again; default: after 30 days. */
  @Optional() @Day() reviewOn?: string;
}
/** Set another level, from 1 to 4, with a reason; never by the owner (SYS-14.7). */
export class OverridePriority extends ForTicket {
  @Count(1, 4) level!: number;
  @Text(500) reason!: string;
  /** Who decided it, if not whoever sends it; never the owner. */
  @Optional() @Id() approverId?: string;
}
/** Give it a place in a weekly, monthly or special plan, or in the iteration backlog (SYS-14.3, SYS-14.4, R-14). */
export class ScheduleTicketInPlan extends ForTicket {
  @OneOf(PlanKind) kind!: PlanKind;
  /** With WEEKLY 2024-W10, with MONTHLY 2024-03; not one that is over. */
  @Optional() @Text(8) period?: string;
  /** With SPECIAL: what the plan is called. */
  @Optional() @Text(200) name?: string;
  /** With ITERATION: when it is looked at again; a day to come. */
  @Optional() @Day() reviewOn?: string;
}
/** Note that the time to plan it has passed, SYS-14 (internal). */
export class NotePlanningOverdue extends ForTicket {
  /** The time it is about. */
  @Instant() planBy!: string;
}
