import { Flag, Id, Instant, ListOf, OneOf, Optional, SomeOf, Text } from '@rapport/kernel';
import {
  FORCE_MAX,
  ForceLeaderRole,
  ForceMember,
  ForcePurpose,
  GreenChannelCause,
  GreenChannelEnd,
} from './ticket.greenchannel.values';
import { OfTicket } from './ticket.identity.values';
import { Department } from './ticket.values';

/** The ticket comes before all others from now on, and a plan is due (R-12, R-13, SYS-24.1). */
export class GreenChannelOpened extends OfTicket {
  @OneOf(GreenChannelCause) cause!: GreenChannelCause;
  /** Who stands for it, where neither quadrant nor level does. */
  @Optional() @Id() approverId?: string;
  @Optional() @Text(500) reason?: string;
  @Optional() @Id() ownerId?: string;
  @Optional() @Id() department?: string;
  @Instant() openedAt!: string;
  /** Until then a plan is laid before the customer. */
  @Instant() planBy!: string;
}

/** A task force in full, as it stands from then on. */
abstract class OfForce extends OfTicket {
  @OneOf(ForcePurpose) purpose!: ForcePurpose;
  @Id() leaderId!: string;
  @OneOf(ForceLeaderRole) leaderRole!: ForceLeaderRole;
  @ListOf(ForceMember, FORCE_MAX) members!: readonly ForceMember[];
  /** Those of its members and those that owe somebody to it. */
  @SomeOf(Department) departments!: readonly Department[];
}
/** People of several departments work on one ticket together (SYS-24.1, SYS-24.2). */
export class TaskForceFormed extends OfForce {
  @Instant() formedAt!: string;
}
/** It got another leader, or other people (SYS-24). */
export class TaskForceChanged extends OfForce {
  @Id() fromLeaderId!: string;
  @ListOf(ForceMember, FORCE_MAX) fromMembers!: readonly ForceMember[];
  @Text(500) reason!: string;
  @Instant() changedAt!: string;
}
/** It comes before all others no more; its task force is done (SYS-24.4). */
export class GreenChannelClosed extends OfTicket {
  @OneOf(GreenChannelCause) cause!: GreenChannelCause;
  @OneOf(GreenChannelEnd) end!: GreenChannelEnd;
  /** What came of it; absent: the ticket ended before. */
  @Optional() @Text(2000) result?: string;
  /** Since when it works again for the customer. */
  @Optional() @Instant() restoredAt?: string;
  @Instant() openedAt!: string;
  @Instant() planBy!: string;
  /** When the last plan was presented; absent: none was, in this channel. */
  @Optional() @Instant() plannedAt?: string;
  /** No plan had been presented when it was due. */
  @Flag() planLate!: boolean;
  @Instant() closedAt!: string;
}
