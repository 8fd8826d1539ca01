import { Id, Instant, ListOf, OneOf, Optional, SomeOf, Text } from '@rapport/kernel';
import { ForTicket } from './ticket.identity.values';
import {
  CommunicationGoal,
  CommunicationMode,
  OwnerCapacity,
  WantedNode,
  WantedScriptPoint,
} from './ticket.strategy.values';
import { Department } from './ticket.values';

/** Settle how the customer is talked to; the owner of the strategy owns the ticket (SYS-15.1, template 3). */
export class SetCommunicationStrategy extends ForTicket {
  @SomeOf(CommunicationGoal) goals!: readonly CommunicationGoal[];
  @Optional() @Text(1000) goalText?: string;
  @SomeOf(CommunicationMode) modes!: readonly CommunicationMode[];
  /** Default: the contact of the ticket. The modes must reach this person. */
  @Optional() @Id() contactId?: string;
  /** To come, and not later than the SLA allows; needed as long as the customer has not heard from us. */
  @Optional() @Instant() firstResponseDue?: string;
  /** One at least, to come, in the order in which they are due. */
  @ListOf(WantedNode) keyNodes!: readonly WantedNode[];
  @Id() ownerId!: string;
  /** With a VIP ACCOUNT_MANAGER or HEAD_DELEGATE; default: OTHER. */
  @Optional() @OneOf(OwnerCapacity) ownerCapacity?: OwnerCapacity;
  /** OPENING, CORE and CLOSING at least. */
  @ListOf(WantedScriptPoint, 50) scriptPoints!: readonly WantedScriptPoint[];
  /** What closes the talk: needed, and to come. */
  @Optional() @Text(500) nextAction?: string;
  @Optional() @Instant() nextActionAt?: string;
  /** With a complaint, a VIP, priority 1 or 2: needed, trigger and action. */
  @Optional() @Text(2000) riskTrigger?: string;
  @Optional() @Text(2000) riskAction?: string;
  @Optional() @OneOf(Department) riskDepartment?: Department;
  /** With a PROSPECT: needed, both. */
  @Optional() @Text(1000) valuePoint?: string;
  @Optional() @Text(1000) opportunityCheck?: string;
}
/** Change it for a reason; what is not named stays as it is (SYS-15.7). */
export class ReviseCommunicationStrategy extends ForTicket {
  @Text(500) reason!: string;
  @Optional() @SomeOf(CommunicationGoal) goals?: readonly CommunicationGoal[];
  @Optional() @Text(1000) goalText?: string;
  @Optional() @SomeOf(CommunicationMode) modes?: readonly CommunicationMode[];
  @Optional() @Id() contactId?: string;
  @Optional() @Instant() firstResponseDue?: string;
  /** All nodes that are still to come: with its id one is moved, without one it is new, one that is not named is dropped. */
  @Optional() @ListOf(WantedNode) keyNodes?: readonly WantedNode[];
  @Optional() @Id() ownerId?: string;
  @Optional() @OneOf(OwnerCapacity) ownerCapacity?: OwnerCapacity;
  /** All of them anew. */
  @Optional() @ListOf(WantedScriptPoint, 50) scriptPoints?: readonly WantedScriptPoint[];
  @Optional() @Text(500) nextAction?: string;
  @Optional() @Instant() nextActionAt?: string;
  @Optional() @Text(2000) riskTrigger?: string;
  @Optional() @Text(2000) riskAction?: string;
  @Optional() @OneOf(Department) riskDepartment?: Department;
  @Optional() @Text(1000) valuePoint?: string;
  @Optional() @Text(1000) opportunityCheck?: string;
}
/** Note that what the risk plan was made for has come about (SYS-15.5) (added). */
export class TriggerRiskPlan extends ForTicket {
  /** Default: now. Never in the future. */
  @Optional() @Instant() triggeredAt?: string;
}
