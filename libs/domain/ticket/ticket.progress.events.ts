import { Flag, Id, Instant, OneOf, Optional, Personal, Text } from '@rapport/kernel';
import { OfTicket } from './ticket.identity.values';
import { Channel } from './ticket.values';

/** The customer was told how it stands, news or not, and when we speak again (R-09, R-10, SYS-23.1, SYS-23.2). */
export class ProgressSynced extends OfTicket {
  /** What the customer was told: never empty. */
  @Text(2000) @Personal('customerId') text!: string;
  /** There was nothing new: what is being done and when we speak again is all (SYS-23.2). */
  @Flag() withoutNews!: boolean;
  @Optional() @Text(500) nextStep?: string;
  /** When the customer hears from us again. */
  @Instant() nextAt!: string;
  @OneOf(Channel) channel!: Channel;
  /** The mail or call by which it went out. */
  @Optional() @Id() interactionId?: string;
  /** Mail or call that proves when it was, for whoever notes it late (SYS-16.4). */
  @Optional() @Id() evidenceId?: string;
  @Id() syncedById!: string;
  @Optional() @Id() ownerId?: string;
  @Instant() syncedAt!: string;
  /** When it was entered, if that was later: by itself it proves no more than that (SYS-16.4). */
  @Optional() @Instant() notedAt?: string;
}
