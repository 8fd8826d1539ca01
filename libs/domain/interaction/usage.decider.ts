import { refuse, stateOf, type Aggregate } from '@rapport/kernel';
import { consent, isAllowedSince, type Consent } from '../privacy/consent.decider';
import * as commands from './usage.commands';
import * as events from './usage.events';
import { hasDeclined } from './usage.values';

export interface Usage {
  /** When the episode of decline that goes on was detected. */
  readonly decliningSince: string | null;
}

/** How much a customer uses what we offer, as far as it declines (SYS-10). */
export const usage: Aggregate<
  Usage,
  typeof events,
  typeof commands,
  { DetectUsageDecline: { consent: Consent } }
> = {
  name: 'usage',
  id: 'customerId',
  events,
  commands,
  initial: { decliningSince: null },

  evolve: {
    UsageDeclineDetected: (_, { detectedAt: decliningSince }) => ({ decliningSince }),
    UsageDeclineEnded: () => ({ decliningSince: null }),
  },

  needs: { DetectUsageDecline: (_, { customerId }) => ({ consent: stateOf(consent, customerId) }) },

  decide: {
    DetectUsageDecline: ({ decliningSince }, told, { now, known }) => {
      const { recentSeconds, beforeSeconds } = told;
      if (decliningSince !== null || !isAllowedSince(known.consent, 'ANALYTICS', now)) return [];
      if (!hasDeclined(recentSeconds, beforeSeconds))
        refuse('USAGE_NOT_DECLINED', 'it is more than half of before', { recentSeconds, beforeSeconds });
      return [events.UsageDeclineDetected.of({ ...told, detectedAt: now })];
    },

    EndUsageDecline: ({ decliningSince: detectedAt }, { customerId, how }, { now }) =>
      detectedAt === null ? [] : [events.UsageDeclineEnded.of({ customerId, detectedAt, endedAt: now, how })],
  },
};
