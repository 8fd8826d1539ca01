import {
  Count,
  Flag,
  Id,
  Instant,
  ListOf,
  OneOf,
  Optional,
  Personal,
  SomeOf,
  Text,
  Texts,
} from '@rapport/kernel';
import { OfTicket } from './ticket.identity.values';
import {
  CommunicationGoal,
  CommunicationMode,
  KeyNode,
  MovedNode,
  OwnerCapacity,
  ScriptUse,
} from './ticket.strategy.values';
import { Department } from './ticket.values';

/** A communication strategy in full, whichever version of it: no reader looks back. */
abstract class OfStrategy extends OfTicket {
  /** 1 at first, one more with each revision. */
  @Count(1, 1e6) version!: number;
  @SomeOf(CommunicationGoal) goals!: readonly CommunicationGoal[];
  @Optional() @Text(1000) goalText?: string;
  @SomeOf(CommunicationMode) modes!: readonly CommunicationMode[];
  /** Whom it is for; absent: nobody in particular. */
  @Optional() @Id() contactId?: string;
  /** Until when the customer hears from us first; absent: the customer has. */
  @Optional() @Instant() firstResponseDue?: string;
  /** Passed and to come, in the order in which they are due. */
  @ListOf(KeyNode) keyNodes!: readonly KeyNode[];
  @Id() ownerId!: string;
  @OneOf(OwnerCapacity) ownerCapacity!: OwnerCapacity;
  /** Scripts of the library, part by part. */
  @Optional() @ListOf(ScriptUse, 50) scripts?: readonly ScriptUse[];
  /** Some of the words were written for this ticket alone: nobody has checked them (SYS-15.8). */
  @Flag() adHoc!: boolean;
  @Optional() @Text(4000) @Personal('customerId') openingWords?: string;
  @Optional() @Text(4000) @Personal('customerId') coreWords?: string;
  @Optional() @Text(4000) @Personal('customerId') objectionWords?: string;
  @Optional() @Text(4000) @Personal('customerId') closingWords?: string;
  /** What closes the talk: what is done next, and until when. */
  @Text(500) nextAction!: string;
  @Instant() nextActionAt!: string;
  /** What would set the risk plan in motion, and what is then done, by whom. */
  @Optional() @Text(2000) @Personal('customerId') riskTrigger?: string;
  @Optional() @Text(2000) @Personal('customerId') riskAction?: string;
  @Optional() @OneOf(Department) riskDepartment?: Department;
  /** What this is worth to somebody who has not bought yet (SYS-15.6). */
  @Optional() @Text(1000) valuePoint?: string;
  /** What more might come of it (SYS-15.6). */
  @Optional() @Text(1000) opportunityCheck?: string;
}
/** How the customer is talked to: goals, ways, times, owner, what is said, and what if it goes wrong (SYS-15.1, template 3). */
export class CommunicationStrategySet extends OfStrategy {}
/** It was changed for a reason: running nodes are moved, passed ones stay, and so does the version before (SYS-15.7). */
export class CommunicationStrategyRevised extends OfStrategy {
  @Text(500) reason!: string;
  @ListOf(MovedNode) movedNodes!: readonly MovedNode[];
  /** Running nodes that are no longer wanted. */
  @Texts(80) droppedNodeIds!: readonly string[];
}
/** What the risk plan was made for has come about: its action is due (SYS-15.5) (added). */
export class RiskPlanTriggered extends OfTicket {
  @Text(2000) @Personal('customerId') riskTrigger!: string;
  @Text(2000) @Personal('customerId') riskAction!: string;
  /** Who acts; absent: the owner. */
  @Optional() @OneOf(Department) riskDepartment?: Department;
  @Id() ownerId!: string;
  /** The version of the strategy it stands in. */
  @Count(1, 1e6) version!: number;
  @Instant() triggeredAt!: string;
}
