import { Command, Id, Instant, OneOf, Optional, Text } from '@rapport/kernel';
import { Channel } from '../ticket/ticket.values';
import { ConsentPurpose, ConsentSubject, ToldConsentAct } from './consent.values';

abstract class ForConsent extends Command {
  /** The data subject. */
  @Id() customerId!: string;
  @OneOf(ConsentPurpose) purpose!: ConsentPurpose;
  /** How the word came to us. */
  @OneOf(Channel) channel!: Channel;
}

/** Note that a customer allows a use of data, and by which text; a minor or somebody unknown allows SERVICE only (SYS-55). */
export class GrantConsent extends ForConsent {
  @Text(60) textVersion!: string;
  @OneOf(ToldConsentAct) act!: ToldConsentAct;
  @OneOf(ConsentSubject) subject!: ConsentSubject;
  /** Default: now. Never in the future, and never before the last change for this purpose. */
  @Optional() @Instant() grantedAt?: string;
}
/** Note that a customer no longer allows a use of data: it stops at once (SYS-55). */
export class WithdrawConsent extends ForConsent {
  /** Default: now. Never in the future, and never before the last change for this purpose. */
  @Optional() @Instant() withdrawnAt?: string;
}
