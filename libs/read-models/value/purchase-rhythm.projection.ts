import * as events from '@rapport/domain/events';
import { maybe, projection, text } from '@rapport/kernel';
import { earlier, withLatest } from './value.rules';

/** When each customer bought first, last, and the time before. */
export const purchaseRhythm = projection(events, {
  name: 'purchase-rhythm',
  version: 2,
  about: 'When did each customer buy, and who has not for long?',
  columns: {
    firstAt: maybe(text()),
    /** The purchase before the last one. */
    previousAt: maybe(text()),
    lastAt: maybe(text()),
  },
  indexes: [['firstAt'], ['previousAt'], ['lastAt']],
  history: true,
  key: 'customerId',
}).on({
  PurchaseRecorded: (row, { purchasedAt }) => ({
    firstAt: earlier(row.firstAt, purchasedAt),
    ...withLatest(row, purchasedAt),
  }),
});
