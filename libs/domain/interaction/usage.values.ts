import { options } from '@rapport/kernel';

/** Two windows of so many days are compared: the last one and the one before it (2.5, SYS-10). */
export const USAGE_WINDOW_DAYS = 30;

/** How an episode of decline ended: more is used again, or it may no longer be watched. */
export const UsageDeclineEnd = options('RECOVERED', 'CONSENT_WITHDRAWN');
export type UsageDeclineEnd = keyof typeof UsageDeclineEnd;

/** Half of before or less; where nothing was used before, nothing declines (SYS-10). */
export const hasDeclined = (recentSeconds: number, beforeSeconds: number): boolean =>
  beforeSeconds > 0 && recentSeconds * 2 <= beforeSeconds;
/** More than half of before, and not nothing. */
export const hasRecovered = (recentSeconds: number, beforeSeconds: number): boolean =>
  recentSeconds * 2 > beforeSeconds;
