import { Count, Event, Id, Instant, OneOf } from '@rapport/kernel';
import { UsageDeclineEnd } from './usage.values';

/** Features were used half as long in the last 30 days as in the 30 before, or less; once per episode (SYS-10). */
export class UsageDeclineDetected extends Event {
  @Id() customerId!: string;
  /** The days (UTC) before this moment were compared. */
  @Instant() detectedAt!: string;
  @Count(0, 1e12) recentSeconds!: number;
  @Count(1, 1e12) beforeSeconds!: number;
}
/** The episode is over: another decline is another episode (SYS-10) (added). */
export class UsageDeclineEnded extends Event {
  @Id() customerId!: string;
  @Instant() detectedAt!: string;
  @Instant() endedAt!: string;
  @OneOf(UsageDeclineEnd) how!: UsageDeclineEnd;
}
