import { DetectUsageDecline, EndUsageDecline } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import { at, flag, json, policy, text, type Reaction, type RowOf } from '@rapport/kernel';
import { dayOf, nextTurn, withUse, type UseByDay } from './usage-watch.days';

const columns = {
  days: json<UseByDay>([]),
  /** An episode of decline goes on. */
  declining: flag(),
  /** The latest moment that is known of. */
  latest: text(),
};
type Memory = RowOf<typeof columns>;

/** Compares, each midnight (UTC), the use of the last 30 days with that of the 30 before: by looking ahead, not by looking daily. */
export const usageWatch = policy(events, {
  name: 'usage-watch',
  about: 'Notices when a customer uses features half as long as before, and when the decline is over.',
  key: 'customerId',
  columns,
}).on({
  BehaviourRecorded: (memory, { kind, seconds = 0, happenedAt }) => {
    if (kind !== 'FEATURE_USE' || seconds === 0) return undefined;
    const latest = later(memory.latest, happenedAt);
    return waiting({
      ...memory,
      latest,
      days: withUse(memory.days, latest, dayOf(happenedAt), seconds),
    });
  },
  UsageDeclineDetected: (memory, { detectedAt }) =>
    waiting({ ...memory, declining: true, latest: later(memory.latest, detectedAt) }),
  UsageDeclineEnded: (memory, { endedAt }) =>
    waiting({ ...memory, declining: false, latest: later(memory.latest, endedAt) }),

  /** What may no longer be used is forgotten, the episode included. */
  ConsentWithdrawn: ({ declining }, { customerId, purpose }) => {
    if (purpose !== 'ANALYTICS') return undefined;
    const end = EndUsageDecline.of({ customerId, how: 'CONSENT_WITHDRAWN' });
    return { remember: null, send: declining ? [end] : [] };
  },
});

const waiting = ({ key: customerId, days, declining, latest }: Memory): Reaction<typeof columns> => {
  const turn = nextTurn(days, latest, declining);
  if (turn === null) return declining ? { remember: { days, declining, latest }, wake: null } : FORGET;
  const { at: midnight, ...sums } = turn;
  const command = declining
    ? EndUsageDecline.of({ customerId, how: 'RECOVERED' })
    : DetectUsageDecline.of({ customerId, ...sums });
  return { remember: { days, declining, latest }, wake: at(midnight, command) };
};
/** Nothing that is known can turn any more. */
const FORGET = { remember: null };

const later = (one: string, other: string): string => (one > other ? one : other);
