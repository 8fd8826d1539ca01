import { AdvanceLifecycle } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import type { AdvanceCause } from '@rapport/domain/values';
import { policy } from '@rapport/kernel';

/** A fall of use by half is a decline of the relationship, as long as it lasts and may be watched (SYS-06.3). */
export const whenUsageDeclinedThenAdvanceLifecycle = policy(events, {
  name: 'when-usage-declined-then-advance-lifecycle',
  about: 'Moves a customer who uses half of before into decline, and back when that is over.',
  key: 'customerId',
}).on({
  UsageDeclineDetected: (_, { customerId }, { id }) => advance(customerId, 'USAGE_DECLINED', id),
  UsageDeclineEnded: (_, { customerId }, { id }) => advance(customerId, 'USAGE_DECLINE_ENDED', id),
});

const advance = (customerId: string, cause: AdvanceCause, causeEventId: string) => ({
  send: [AdvanceLifecycle.of({ customerId, cause, causeEventId })],
});
