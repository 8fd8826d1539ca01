import * as events from '@rapport/domain/events';
import { instant, maybe, projection } from '@rapport/kernel';
import { earlier, withLatest } from './value.rules';

/** When each customer bought first, last, and the time before. */
export const purchaseRhythm = projection(events, {
  name: 'purchase-rhythm',
  version: 2,
  about: 'When did each customer buy, and who has not for long?',
  // prettier-ignore
  columns: {
    firstAt: maybe(instant()).says('The first purchase (SYS-65.1)'),
    previousAt: maybe(instant()).says('The purchase before the latest; null: there was only one (SYS-65.1)'),
    lastAt: maybe(instant()).says('The latest purchase (SYS-65.1)'),
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
