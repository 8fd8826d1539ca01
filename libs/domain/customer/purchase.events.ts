import { Event, Id, Instant, Money, Optional, Text, type Amount } from '@rapport/kernel';

abstract class OfPurchase extends Event {
  @Id() purchaseId!: string;
  @Id() customerId!: string;
}

/** The customer bought something; RFM, lifecycle and silence count from `purchasedAt` (SYS-10.3). */
export class PurchaseRecorded extends OfPurchase {
  @Money() amount!: Amount;
  @Instant() purchasedAt!: string;
  /** What was bought, in the words of the catalogue. */
  @Optional() @Text(200) product?: string;
}
/** Money of a purchase went back; all refunds together never exceed the purchase (SYS-10.3). */
export class RefundRecorded extends OfPurchase {
  @Id() refundId!: string;
  @Money() amount!: Amount;
  /** All refunds of this purchase, this one included. */
  @Money() refundedTotal!: Amount;
  @Money() purchaseAmount!: Amount;
  @Instant() purchasedAt!: string;
  @Instant() refundedAt!: string;
}
