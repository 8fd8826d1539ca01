import { Id, Instant, ListOf, OneOf, Optional, SomeOf, Text } from '@rapport/kernel';
import { FORCE_MAX, ForceLeaderRole, ForceMember, GreenChannelCause } from './ticket.greenchannel.values';
import { ForTicket } from './ticket.identity.values';
import { Department } from './ticket.values';

/** Let a ticket pass before all others; one of quadrant 3 or 4, or that is not ranked yet, is opened by somebody of the role who is not the owner (SYS-24.1). */
export class OpenGreenChannel extends ForTicket {
  /** Only from the house itself: a person's cause follows from the quadrant. */
  @Optional() @OneOf(GreenChannelCause) cause?: GreenChannelCause;
  /** Needed where the quadrant is not the first. */
  @Optional() @Text(500) reason?: string;
  /** Who decided it, if not whoever sends it: never the owner. It counts only where the sender may approve as well. */
  @Optional() @Id() approverId?: string;
}
/** Put people of several departments together for one ticket: in a green channel, or for a priority customer under a head (SYS-24.1, SYS-24.2). */
export class FormTaskForce extends ForTicket {
  @Id() leaderId!: string;
  /** Default: the role of whoever sends it, if that is the leader; else OWNER. */
  @Optional() @OneOf(ForceLeaderRole) leaderRole?: ForceLeaderRole;
  @ListOf(ForceMember, FORCE_MAX) members!: readonly ForceMember[];
  /** Departments that owe somebody to it, beside those of its members. */
  @Optional() @SomeOf(Department) departments?: readonly Department[];
}
/** Give it another leader or other people (SYS-24). */
export class ChangeTaskForce extends ForTicket {
  @Optional() @Id() leaderId?: string;
  @Optional() @OneOf(ForceLeaderRole) leaderRole?: ForceLeaderRole;
  /** All who belong to it from now on. */
  @Optional() @ListOf(ForceMember, FORCE_MAX) members?: readonly ForceMember[];
  @Optional() @SomeOf(Department) departments?: readonly Department[];
  @Text(500) reason!: string;
}
/** End the channel when a plan lies before the customer and it works again, with what came of it (SYS-24.4). */
export class CloseGreenChannel extends ForTicket {
  @Text(2000) result!: string;
  /** Since when it works again. Default: now. Never in the future. */
  @Optional() @Instant() restoredAt?: string;
}
