import { Count, Event, Flag, Id, Instant, Money, OneOf, Text, type Amount } from '@rapport/kernel';
import { ValueTier } from './value.values';

/** A customer was scored for a month: the inputs, recency, frequency and monetary score, and the rules used (SYS-36). */
export class RfmScored extends Event {
  @Id() customerId!: string;
  /** The month that ended, `2024-03`. */
  @Text(7) month!: string;
  @Instant() lastPurchaseAt!: string;
  /** Days begun between the last purchase and the end of the month. */
  @Count(0, 1_000_000) recencyDays!: number;
  /** Purchases in the last 365 days. */
  @Count(0, 1_000_000_000) frequency!: number;
  /** Spent in the last 365 days, refunds taken off. */
  @Money() monetary!: Amount;
  @Count(1, 5) r!: number;
  @Count(1, 5) f!: number;
  @Count(1, 5) m!: number;
  @Count(3, 15) sum!: number;
  /** The tier that this score alone gives. */
  @OneOf(ValueTier) scoredTier!: ValueTier;
  /** The tier in force after it: a downgrade needs two scores in a row. */
  @OneOf(ValueTier) tier!: ValueTier;
  /** The score lies below the tier in force: the next one may take it down. */
  @Flag() downgradePending!: boolean;
  /** Whose rules were used: `default` or an industry. */
  @Id() ruleScope!: string;
  @Count(1, 1_000_000) ruleVersion!: number;
  /** What the monetary score rests on, for a person. */
  @Text(300) basis!: string;
}

/** The value tier of a customer became another one (SYS-36). */
export class ValueTierChanged extends Event {
  @Id() customerId!: string;
  @OneOf(ValueTier) from!: ValueTier;
  @OneOf(ValueTier) to!: ValueTier;
  @Text(7) month!: string;
  @Id() ruleScope!: string;
  @Count(1, 1_000_000) ruleVersion!: number;
}
