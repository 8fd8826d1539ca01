import * as events from '@rapport/domain/events';
import { type LifecycleCause, type LifecycleStage } from '@rapport/domain/values';
import { flag, instant, maybe, projection, text } from '@rapport/kernel';

/** Which moves between stages took place, when and why (SYS-06, the transition matrix)? A row never changes. */
export const lifecycleMoves = projection(events, {
  name: 'lifecycle-moves',
  version: 3,
  about: 'Every move of a customer from one lifecycle stage to another, with its cause.',
  // prettier-ignore
  columns: {
    customerId: text().says('Whose relationship moved (SYS-06.1)'),
    from: text<LifecycleStage>('ACQUISITION').says('The stage that was left (R-48)'),
    to: text<LifecycleStage>('ACQUISITION').says('The stage that was entered (R-48)'),
    cause: text<LifecycleCause>('FIRST_PURCHASE').says('What moved it, such as SILENCE or MANUAL_OVERRIDE (SYS-06.3)'),
    causeEventId: maybe(text()).says('The event that moved it; null: a person did (SYS-06.1)'),
    manual: flag().says('Moved by hand: nothing moves by itself for 30 days from then on (SYS-06.5)'),
    wonBack: flag().says('A lost customer bought again (SYS-06.4)'),
    reason: maybe(text()).says('Why a person moved it; null: nobody did (SYS-06.5)'),
    eventId: text().says('The event of the move itself (SYS-06.1)'),
    at: instant().says('When it moved, in business time (SYS-06.6)'),
  },
  indexes: [['customerId', 'at'], ['at']],
  history: true,
  key: 'customerId',
  per: 'move, by the place of its event in the log',
  perEvent: true,
}).on({
  LifecycleStageChanged: (
    _,
    { causeEventId = null, reason = null, ...move },
    { id: eventId, occurredAt: at },
  ) => ({
    ...{ customerId: move.customerId, from: move.from, to: move.to, cause: move.cause },
    ...{ manual: move.manual, wonBack: move.wonBack, causeEventId, reason, eventId, at },
  }),
});
