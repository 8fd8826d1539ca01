import { Command, Count, Id, Instant, Money, Optional, Text, type Amount } from '@rapport/kernel';

/** Score a customer for a month that is over, from the purchases of the 365 days before its end (SYS-36). */
export class ScoreRfm extends Command {
  @Id() customerId!: string;
  /** `2024-03` */
  @Text(7) month!: string;
  /** The industry whose rules replace the default ones, if there are such rules. */
  @Optional() @Id() industry?: string;
  @Instant() lastPurchaseAt!: string;
  @Count(0, 1_000_000_000) purchases!: number;
  /** Refunds taken off. */
  @Money() spent!: Amount;
}
