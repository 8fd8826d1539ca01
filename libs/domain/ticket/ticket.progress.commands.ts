import { Flag, Id, Instant, OneOf, Optional, Text } from '@rapport/kernel';
import { ForTicket } from './ticket.identity.values';
import { Channel } from './ticket.values';

/** Tell the customer how it stands, as its owner or in the owner's place; without news too, but never without a next time (SYS-23). */
export class SyncProgress extends ForTicket {
  /** What the customer is told, such as: no breakthrough, what is being done, when we speak again. Without it nothing was said. */
  @Optional() @Text(2000) text?: string;
  /** There is nothing new. */
  @Optional() @Flag() withoutNews?: boolean;
  @Optional() @Text(500) nextStep?: string;
  /** When the customer hears from us again. Without it the sync is refused. */
  @Optional() @Instant() nextAt?: string;
  /** Default: the way the customer came to us. */
  @Optional() @OneOf(Channel) channel?: Channel;
  /** The mail or call by which it went out. */
  @Optional() @Id() interactionId?: string;
  /** Mail or call that proves when it was, for whoever notes it late (SYS-16.4). */
  @Optional() @Id() evidenceId?: string;
  /** Default: now. Never in the future. */
  @Optional() @Instant() syncedAt?: string;
}
