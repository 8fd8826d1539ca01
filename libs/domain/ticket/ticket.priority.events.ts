import { Count, Flag, Id, Instant, OneOf, Optional, Part, Text, Texts } from '@rapport/kernel';
import { OfTicket } from './ticket.identity.values';
import {
  PlanPlace,
  PrincipleScores,
  Quadrant,
  QuadrantHandling,
  StandardAnswer,
} from './ticket.priority.values';

/** Where a ticket stands in the order of work; `priority` is its level. */
abstract class OfPriority extends OfTicket {
  @OneOf(Quadrant) quadrant!: Quadrant;
  /** The number of the quadrant: 1 is the highest. */
  @Count(1, 4) level!: number;
  @Flag() urgent!: boolean;
  @Flag() important!: boolean;
  @Part(PrincipleScores) scores!: PrincipleScores;
  /** The four scores by their weights, in hundredths of a point; ranks within a level (2.5). */
  @Count(0, 10_000) score!: number;
  @OneOf(QuadrantHandling) handling!: QuadrantHandling;
  /** What may be answered at once (Q3). */
  @Optional() @OneOf(StandardAnswer) standardAnswer?: StandardAnswer;
  /** Until then it has to have a place in a plan (Q2, R-14). */
  @Optional() @Instant() planBy?: string;
  @Optional() @Id() ownerId?: string;
  @Optional() @Id() department?: string;
}
/** It was ranked: urgent or not, important or not, and what its four principles are worth (SYS-14.1, SYS-14.5). */
export class TicketPrioritised extends OfPriority {
  /** What spoke for the flags, if they were proposed and not given. */
  @Optional() @Texts(40, 20) codes?: readonly string[];
  /** Ranked before anybody had analysed it, because it could not wait. */
  @Flag() emergency!: boolean;
  @Instant() prioritisedAt!: string;
}
/** Its level was set by hand, with reason and approver (SYS-14.7). */
export class TicketPriorityOverridden extends OfPriority {
  @OneOf(Quadrant) from!: Quadrant;
  @OneOf(Quadrant) to!: Quadrant;
  @Text(500) reason!: string;
  @Id() approverId!: string;
  @Instant() overriddenAt!: string;
}
/** It has a place in a plan: a week, a month, a plan of its own, or a later iteration (SYS-14.3, SYS-14.4, R-14). */
export class TicketScheduledInPlan extends OfTicket {
  @OneOf(Quadrant) quadrant!: Quadrant;
  @Optional() @Part(PlanPlace) from?: PlanPlace;
  @Part(PlanPlace) to!: PlanPlace;
  @Instant() scheduledAt!: string;
  @Optional() @Instant() planBy?: string;
  /** After the time by which it had to be planned. */
  @Flag() late!: boolean;
}
/** What is important and not urgent has no place in a plan although the working day has passed (SYS-14.3, R-14) (added). */
export class PlanningOverdue extends OfTicket {
  /** The time that passed. */
  @Instant() planBy!: string;
  @Optional() @Id() ownerId?: string;
  @Optional() @Id() department?: string;
}
