import * as events from '@rapport/domain/events';
import { howMany, integer, projection, text } from '@rapport/kernel';

interface Paid {
  readonly customerId: string;
  readonly amount: { readonly currency: string };
}
const ofCurrency = ({ customerId, amount }: Paid): readonly string[] => [`${customerId}|${amount.currency}`];

/** What each customer paid and got back in each currency, so that currencies are never added up. */
export const revenue = projection(events, {
  name: 'revenue',
  version: 1,
  about: 'How much did each customer pay and get back, currency by currency?',
  // prettier-ignore
  columns: {
    customerId: text().says('Who paid (SYS-10.3)'),
    currency: text().says('What it was paid in, such as CNY: amounts of different ones are never added (SYS-65.3)', 'ISO 4217'),
    purchases: howMany().says('Purchases in this currency, refunded or not (SYS-10.3)'),
    grossMinor: integer().says('What was paid, refunds not taken off (SYS-10.3)', 'minor units'),
    refundedMinor: integer().says('What went back (SYS-10.3)', 'minor units'),
  },
  indexes: [['currency', 'grossMinor'], ['customerId']],
  history: true,
  key: 'customerId',
  per: 'customer and currency',
  keys: { PurchaseRecorded: ofCurrency, RefundRecorded: ofCurrency },
}).on({
  PurchaseRecorded: (row, { customerId, amount: { minor, currency } }) => ({
    ...{ customerId, currency, purchases: row.purchases + 1, grossMinor: row.grossMinor + minor },
  }),
  RefundRecorded: (row, { customerId, amount: { minor, currency } }) => ({
    ...{ customerId, currency, refundedMinor: row.refundedMinor + minor },
  }),
});
