import * as events from '@rapport/domain/events';
import { type LifecycleCause, type LifecycleStage } from '@rapport/domain/values';
import { flag, maybe, projection, text } from '@rapport/kernel';

/** Which moves between stages took place, when and why (SYS-06, the transition matrix)? A row never changes. */
export const lifecycleMoves = projection(events, {
  name: 'lifecycle-moves',
  version: 2,
  about: 'Every move of a customer from one lifecycle stage to another, with its cause.',
  columns: {
    customerId: text(),
    from: text<LifecycleStage>('ACQUISITION'),
    to: text<LifecycleStage>('ACQUISITION'),
    cause: text<LifecycleCause>('FIRST_PURCHASE'),
    causeEventId: maybe(text()),
    manual: flag(),
    wonBack: flag(),
    reason: maybe(text()),
    at: text(),
  },
  indexes: [['customerId', 'at'], ['at']],
  key: 'customerId',
  perEvent: true,
}).on({
  LifecycleStageChanged: (_, { causeEventId = null, reason = null, ...move }, { occurredAt: at }) => ({
    ...{ customerId: move.customerId, from: move.from, to: move.to, cause: move.cause },
    ...{ manual: move.manual, wonBack: move.wonBack, causeEventId, reason, at },
  }),
});
