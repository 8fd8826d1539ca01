import { Count, Flag, Id, Instant, ListOf, Money, OneOf, Optional, Text, type Amount } from '@rapport/kernel';
import {
  AcceptancePhase,
  Compatibility,
  DeviatingItem,
  ITEMS_MAX,
  MatrixEntry,
  Milestone,
  MILESTONES_MAX,
  PHASES_MAX,
} from './ticket.deviation.values';
import { FORCE_MAX, ForceMember } from './ticket.greenchannel.values';
import { ForTicket } from './ticket.identity.values';
import { Channel } from './ticket.values';

/** Declare that the customer needs something else than was planned, item by item; people of several departments revise the plan (SYS-18.1). */
export class DeclareRequirementDeviation extends ForTicket {
  @ListOf(DeviatingItem, ITEMS_MAX) items!: readonly DeviatingItem[];
  @ListOf(ForceMember, FORCE_MAX) taskForce!: readonly ForceMember[];
  /** Default: who declares it. */
  @Optional() @Id() leaderId?: string;
  /** The bars of the agreed plan. Default: those of the last revised plan that was accepted. */
  @Optional() @ListOf(Milestone, MILESTONES_MAX) agreed?: readonly Milestone[];
}
/** Put every item of the deviation into one class (SYS-18.2). */
export class RecordRequirementMatrix extends ForTicket {
  @ListOf(MatrixEntry, ITEMS_MAX) entries!: readonly MatrixEntry[];
}
/** Say whether an item goes together with what is there, and what it takes; again, when it is known better (SYS-18.3). */
export class AssessFeasibility extends ForTicket {
  @Id() itemId!: string;
  @OneOf(Compatibility) compatibility!: Compatibility;
  @Count(0, 1e6) personDays!: number;
  @Money() cost!: Amount;
  @Optional() @Text(2000) note?: string;
}
/** Give the customer the revised plan; with phases where it is accepted part by part (SYS-18.3, SYS-18.4). */
export class IssueRevisedPlan extends ForTicket {
  @ListOf(Milestone, MILESTONES_MAX) milestones!: readonly Milestone[];
  @Optional() @ListOf(AcceptancePhase, PHASES_MAX) phases?: readonly AcceptancePhase[];
  /** Why the plan or solution before did not satisfy; needed after a rejection (SYS-19.2). */
  @Optional() @Text(2000) cause?: string;
  /** Default: now. Never in the future. */
  @Optional() @Instant() issuedAt?: string;
  @Optional() @Id() evidenceId?: string;
}
/** Note what the customer says to the revised plan (SYS-18.6). */
export class AnswerRevisedPlan extends ForTicket {
  /** The number of the plan that is answered. */
  @Count(1, 1e6) plan!: number;
  @Flag() accepted!: boolean;
  /** Needed with a rejection. */
  @Optional() @Text(2000) reason?: string;
  @OneOf(Channel) channel!: Channel;
  @Optional() @Id() contactId?: string;
  /** The mail or paper that holds the answer. Absent: it was only said. */
  @Optional() @Id() writtenId?: string;
}
/** Say what is accepted part by part, in which order and by what (SYS-18.5). */
export class DefineAcceptancePhases extends ForTicket {
  @ListOf(AcceptancePhase, PHASES_MAX) phases!: readonly AcceptancePhase[];
}
/** Note that the customer accepts a phase, in its turn (SYS-18.5). */
export class AcceptPhase extends ForTicket {
  @Count(1, PHASES_MAX) phase!: number;
  /** The protocol or mail in which it was accepted. */
  @Id() evidenceId!: string;
  /** Default: now. Never in the future. */
  @Optional() @Instant() acceptedAt?: string;
}
/** Note that the customer does not accept a phase, and why (SYS-18.5). */
export class RejectPhase extends ForTicket {
  @Count(1, PHASES_MAX) phase!: number;
  @Text(2000) reason!: string;
  @Optional() @Id() evidenceId?: string;
}
