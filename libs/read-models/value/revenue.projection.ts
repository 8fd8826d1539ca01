import * as events from '@rapport/domain/events';
import { integer, projection, text } from '@rapport/kernel';

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
  columns: {
    customerId: text(),
    currency: text(),
    purchases: integer(),
    grossMinor: integer(),
    refundedMinor: integer(),
  },
  indexes: [['currency', 'grossMinor'], ['customerId']],
  history: true,
  key: 'customerId',
  keys: { PurchaseRecorded: ofCurrency, RefundRecorded: ofCurrency },
}).on({
  PurchaseRecorded: (row, { customerId, amount: { minor, currency } }) => ({
    ...{ customerId, currency, purchases: row.purchases + 1, grossMinor: row.grossMinor + minor },
  }),
  RefundRecorded: (row, { customerId, amount: { minor, currency } }) => ({
    ...{ customerId, currency, refundedMinor: row.refundedMinor + minor },
  }),
});
