import {
  Count,
  Flag,
  Id,
  Instant,
  ListOf,
  Money,
  OneOf,
  Optional,
  Personal,
  Text,
  Texts,
  type Amount,
} from '@rapport/kernel';
import {
  AcceptancePhase,
  Compatibility,
  DeviatingItem,
  ITEMS_MAX,
  MatrixEntry,
  Milestone,
  MILESTONES_MAX,
  PHASES_MAX,
  PlanDate,
} from './ticket.deviation.values';
import { FORCE_MAX, ForceMember } from './ticket.greenchannel.values';
import { OfTicket } from './ticket.identity.values';
import { Channel } from './ticket.values';

/** Every event of a deviation says which one: the first of its ticket is number 1. */
abstract class OfDeviation extends OfTicket {
  @Count(1, 1e6) deviation!: number;
}
/** And every event of a revised plan says which plan: each that is issued gets the next number of its deviation. */
abstract class OfRevisedPlan extends OfDeviation {
  @Count(1, 1e6) plan!: number;
}
/** Phases are counted from 1; a set of them that is defined anew has the next number. */
abstract class OfPhase extends OfTicket {
  @Count(1, 1e6) phaseSet!: number;
  @Count(1, PHASES_MAX) phase!: number;
  /** How many phases there are. */
  @Count(1, PHASES_MAX) phases!: number;
  @Text(200) name!: string;
}

/** What the customer needs departs from the agreed plan; a task force of several departments has 48 hours to revise it (R-15, SYS-18.1). */
export class RequirementDeviationDeclared extends OfDeviation {
  @ListOf(DeviatingItem, ITEMS_MAX) items!: readonly DeviatingItem[];
  @ListOf(ForceMember, FORCE_MAX) taskForce!: readonly ForceMember[];
  @Id() leaderId!: string;
  /** The plan as it was agreed; empty when nobody had drawn its bars. */
  @ListOf(Milestone, MILESTONES_MAX) agreed!: readonly Milestone[];
  @Instant() declaredAt!: string;
  /** Until when the revised plan is issued. */
  @Instant() planDueAt!: string;
}
/** Every item was put into one class, core or additional; a later matrix replaces this one (R-57, SYS-18.2). */
export class RequirementMatrixRecorded extends OfDeviation {
  @ListOf(MatrixEntry, ITEMS_MAX) entries!: readonly MatrixEntry[];
  @Count(1, ITEMS_MAX) coreItems!: number;
  @Count(0, ITEMS_MAX) additionalItems!: number;
  @Instant() recordedAt!: string;
}
/** It is known whether an item goes together with what is there, and what it takes (R-16, SYS-18.3). */
export class FeasibilityAssessed extends OfDeviation {
  @Id() itemId!: string;
  @OneOf(Compatibility) compatibility!: Compatibility;
  @Count(0, 1e6) personDays!: number;
  @Money() cost!: Amount;
  @Optional() @Text(2000) note?: string;
  @Id() assessedById!: string;
  @Instant() assessedAt!: string;
}
/** The customer was given a revised plan; old and new bars lie side by side in it (R-15, SYS-18.4). */
export class RevisedPlanIssued extends OfRevisedPlan {
  @ListOf(Milestone, MILESTONES_MAX) milestones!: readonly Milestone[];
  /** The plan that it revises. */
  @ListOf(Milestone, MILESTONES_MAX) agreed!: readonly Milestone[];
  @ListOf(AcceptancePhase, PHASES_MAX) phases!: readonly AcceptancePhase[];
  /** Why the plan before was not accepted, after a rejection (SYS-19.2). */
  @Optional() @Text(2000) cause?: string;
  @Id() issuedById!: string;
  @Instant() issuedAt!: string;
  @Instant() planDueAt!: string;
  /** When it was entered, if that was later: by itself it proves no more than that (SYS-16.4). */
  @Optional() @Instant() notedAt?: string;
  /** Mail or call that proves when it was. */
  @Optional() @Id() evidenceId?: string;
}
/** The customer accepted it: its dates become promises (SYS-18.6). */
export class RevisedPlanAccepted extends OfRevisedPlan {
  @Texts(80, MILESTONES_MAX) milestoneIds!: readonly string[];
  @ListOf(PlanDate, MILESTONES_MAX) dates!: readonly PlanDate[];
  /** Promises of an earlier plan that this one replaces. */
  @Texts(80, MILESTONES_MAX) replacedCommitmentIds!: readonly string[];
  /** Who promises: whoever issued the plan. */
  @Id() makerId!: string;
  @Optional() @Id() department?: string;
  @Optional() @Id() contactId?: string;
  @OneOf(Channel) channel!: Channel;
  /** The mail or paper in which it was accepted. Absent: it was only said. */
  @Optional() @Id() writtenId?: string;
  @Instant() answeredAt!: string;
}
/** The customer did not accept it: a second communication begins (SYS-18.6). */
export class RevisedPlanRejected extends OfRevisedPlan {
  @Texts(80, MILESTONES_MAX) milestoneIds!: readonly string[];
  @Text(2000) @Personal('customerId') reason!: string;
  @Optional() @Id() writtenId?: string;
  @Instant() answeredAt!: string;
}
/** It was agreed what is accepted part by part, in which order and by what (R-58, SYS-18.5). */
export class AcceptancePhasesDefined extends OfTicket {
  @Count(1, 1e6) phaseSet!: number;
  @ListOf(AcceptancePhase, PHASES_MAX) phases!: readonly AcceptancePhase[];
  @Instant() definedAt!: string;
}
/** The customer accepted a phase, and all before it (SYS-18.5). */
export class PhaseAccepted extends OfPhase {
  /** The promise that is kept by it. */
  @Optional() @Id() commitmentId?: string;
  /** The protocol or mail in which it was accepted. */
  @Id() evidenceId!: string;
  @Instant() acceptedAt!: string;
  /** The whole is accepted with it. */
  @Flag() last!: boolean;
}
/** The customer did not accept a phase, for a reason; it can be delivered again (SYS-18.5). */
export class PhaseRejected extends OfPhase {
  @Text(2000) @Personal('customerId') reason!: string;
  @Optional() @Id() evidenceId?: string;
  @Instant() rejectedAt!: string;
  /** How often this phase has been rejected by now. */
  @Count(1, 1e6) rejections!: number;
}
