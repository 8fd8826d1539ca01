import { Command, Count, Id, OneOf } from '@rapport/kernel';
import { UsageDeclineEnd } from './usage.values';

abstract class ForUsage extends Command {
  @Id() customerId!: string;
}

/** Begin an episode of decline if features are used half as long as before, SYS-10 (internal). */
export class DetectUsageDecline extends ForUsage {
  @Count(0, 1e12) recentSeconds!: number;
  @Count(0, 1e12) beforeSeconds!: number;
}
/** End an episode of decline, SYS-10 (internal). */
export class EndUsageDecline extends ForUsage {
  @OneOf(UsageDeclineEnd) how!: UsageDeclineEnd;
}
