import { Event, Id, Instant, OneOf, Optional, Text } from '@rapport/kernel';
import { Channel } from '../ticket/ticket.values';
import { ConsentAct, ConsentPurpose, ConsentSubject } from './consent.values';

abstract class OfConsent extends Event {
  /** The data subject. */
  @Id() customerId!: string;
  @OneOf(ConsentPurpose) purpose!: ConsentPurpose;
  /** The text that was agreed to. */
  @Text(60) textVersion!: string;
  /** How the word came to us. */
  @OneOf(Channel) channel!: Channel;
}

/** From `grantedAt` on the customer's data may be used for this purpose (SYS-55). */
export class ConsentGranted extends OfConsent {
  @OneOf(ConsentAct) act!: ConsentAct;
  @OneOf(ConsentSubject) subject!: ConsentSubject;
  @Instant() grantedAt!: string;
  /** It took the place of a consent to an older text. */
  @Optional() @Text(60) fromTextVersion?: string;
}
/** From `withdrawnAt` on no use for this purpose is allowed; what was lawful before stays recorded (SYS-55). */
export class ConsentWithdrawn extends OfConsent {
  @Instant() grantedAt!: string;
  @Instant() withdrawnAt!: string;
}
