import { RecordRefund } from '@rapport/domain/commands';
import { laterOf } from './fields';
import { groupedBy, type Notes, type Wanted } from './import';
import { MILLS_PER_PENNY, type Invoice, type RetailLine } from './online-retail.invoices';

/** A line of an invoice, and how much of it has not been cancelled yet. */
interface Open {
  readonly invoice: Invoice;
  readonly line: RetailLine;
  left: number;
}
interface Refund {
  readonly cancellation: string;
  readonly invoice: Invoice;
  readonly at: string;
  mills: number;
}

/**
 * The file does not say which invoice a cancellation takes back. It is a refund when there is one answer only: one
 * earlier line of the same customer, article and price with that very quantity, or else one with at least so much left.
 * All others are counted, not guessed.
 */
export const refundsOf = (
  cancelled: readonly RetailLine[],
  invoices: readonly Invoice[],
  notes: Notes,
): readonly Wanted[] => {
  const open = openLines(invoices);
  const refunds = new Map<string, Refund>();
  for (const line of [...cancelled].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))) {
    const match = matchOf(line, open.get(articleOf(line)) ?? [], notes);
    if (match) take(match, line, refunds);
  }
  notes.find('refunds made of cancellations that fit exactly one purchase', refunds.size);
  return [...refunds.values()].flatMap((refund) => refundOf(refund, notes));
};

const articleOf = ({ customer, stockCode, priceMills }: RetailLine): string =>
  `${customer} ${stockCode} ${priceMills}`;

const openLines = (invoices: readonly Invoice[]): ReadonlyMap<string, Open[]> => {
  const lines = invoices.flatMap((invoice) =>
    invoice.lines.map((line) => ({ invoice, line, left: line.quantity })),
  );
  return groupedBy(lines, ({ line }) => articleOf(line));
};

const matchOf = (cancelled: RetailLine, candidates: readonly Open[], notes: Notes): Open | null => {
  const wanted = -cancelled.quantity;
  if (wanted <= 0) return none('cancellation without a quantity', notes);
  const earlier = candidates.filter(({ invoice, left }) => invoice.at <= cancelled.at && left >= wanted);
  const exact = earlier.filter(({ left }) => left === wanted);
  const fitting = exact.length > 0 ? exact : earlier;
  if (fitting.length === 0) return none('cancellation that fits no earlier purchase in this file', notes);
  if (fitting.length > 1) return none('cancellation that fits several purchases', notes);
  return fitting[0] ?? null;
};
const none = (reason: string, notes: Notes): null => {
  notes.skip(reason);
  return null;
};

/** Lines of one cancellation that go back to one purchase are one refund. */
const take = (match: Open, cancelled: RetailLine, refunds: Map<string, Refund>): void => {
  const wanted = -cancelled.quantity;
  match.left -= wanted;
  const key = `${cancelled.invoice} ${match.invoice.invoice}`;
  const at = laterOf(cancelled.at, match.invoice.at);
  const refund = refunds.get(key) ?? {
    cancellation: cancelled.invoice,
    invoice: match.invoice,
    at,
    mills: 0,
  };
  refund.mills += wanted * cancelled.priceMills;
  refunds.set(key, refund);
};

const refundOf = ({ cancellation, invoice, at, mills }: Refund, notes: Notes): readonly Wanted[] => {
  const purchaseId = `retail-${invoice.invoice}`;
  const refundId = `retail-${cancellation}-${invoice.invoice}`;
  const minor = Math.floor(mills / MILLS_PER_PENNY);
  if (minor === 0) notes.skip('cancellation of less than a penny');
  if (minor === 0) return [];
  const amount = { minor, currency: 'GBP' };
  return [
    {
      at,
      lane: invoice.customer,
      seed: refundId,
      command: RecordRefund.of({ purchaseId, refundId, amount, refundedAt: at }),
    },
  ];
};
