import { Command, Id, Instant, Money, Optional, Text, type Amount } from '@rapport/kernel';

abstract class ForPurchase extends Command {
  @Id() purchaseId!: string;
}

/** Record what a known customer bought (SYS-10.3). */
export class RecordPurchase extends ForPurchase {
  @Id() customerId!: string;
  @Money() amount!: Amount;
  /** Default: now. Never in the future. */
  @Optional() @Instant() purchasedAt?: string;
  @Optional() @Text(200) product?: string;
}
/** Record money that went back; never more than is left of the purchase (SYS-10.3). */
export class RecordRefund extends ForPurchase {
  @Id() refundId!: string;
  @Money() amount!: Amount;
  /** Default: now. Never before the purchase. */
  @Optional() @Instant() refundedAt?: string;
}
