import { RecordPurchase } from '@rapport/domain/commands';
import { idText, noDate, utc } from './fields';
import { anImport, broken, groupedBy, type Line, type Notes, type Wanted } from './import';
import { registered } from './imported-customer';
import { MILLS_PER_PENNY, type Invoice, type RetailLine } from './online-retail.invoices';
import { refundsOf } from './online-retail.refunds';

/** The invoices of a UK web shop: one purchase each. */
export const onlineRetail = anImport<RetailLine>({
  dataset: 'online-retail',
  about: 'Invoices of a UK web shop: purchases retail-<invoice> of customers retail-<id>, in pence',
  columns: [
    ...['InvoiceNo', 'StockCode', 'Description', 'Quantity', 'InvoiceDate', 'UnitPrice', 'CustomerID'],
    'Country',
  ],
  read: ([number = '', stockCode = '', , quantity = '', date = '', price = '', customer = '']) => ({
    invoice: idText('InvoiceNo', number),
    cancels: number.startsWith('C'),
    stockCode,
    quantity: /^-?\d{1,7}$/.test(quantity)
      ? Number(quantity)
      : broken(`Quantity is no whole number: "${quantity}"`),
    at: instantIn(date),
    priceMills: millsIn(price),
    customer: customer === '' ? '' : idText('CustomerID', customer),
  }),
  plan: (lines, notes) => {
    const bought = lines.filter(({ record }) => isPurchase(record, notes)).map(({ record }) => record);
    const invoices = [...groupedBy(bought, ({ invoice }) => invoice).values()].map((group) =>
      invoiceOf(group, notes),
    );
    const since = firstPurchases(invoices);
    const customers = [...since].map(([id, at]) => registered(customerOf(id), at, id));
    const refunds = refundsOf(cancelled(lines), invoices, notes);
    return [...customers, ...invoices.flatMap(purchaseOf), ...refunds];
  },
});

/** 2010-12-01 08:26:00, taken as UTC. */
const DATE = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)$/;
const instantIn = (text: string): string => {
  const [, ...parts] = (DATE.exec(text) ?? broken(noDate('InvoiceDate', text))).map(Number);
  return utc('InvoiceDate', text, parts);
};
const PRICE = /^(-?)(\d{1,7})(?:\.(\d{1,3}))?$/;
const millsIn = (text: string): number => {
  const [, sign, pounds, rest = ''] = PRICE.exec(text) ?? broken(`UnitPrice is no price: "${text}"`);
  const mills = Number(pounds) * 1000 + Number(rest.padEnd(3, '0'));
  return sign === '-' ? -mills : mills;
};

/** A line counts as bought when somebody bought at least one thing for some money. Says why it does not. */
const isPurchase = (line: RetailLine, notes: Notes): boolean => {
  if (line.customer === '') notes.skip('no customer');
  else if (line.cancels) return false;
  else if (line.quantity <= 0) notes.skip('no positive quantity');
  else if (line.priceMills <= 0) notes.skip('no price');
  else return true;
  return false;
};
const cancelled = (lines: readonly Line<RetailLine>[]): readonly RetailLine[] =>
  lines.map(({ record }) => record).filter(({ cancels, customer }) => cancels && customer !== '');

/** Summed exactly, then rounded to the penny: once an invoice. */
const invoiceOf = (lines: readonly RetailLine[], notes: Notes): Invoice => {
  const [first] = lines;
  const { invoice, customer, at } = first ?? broken('an invoice without lines');
  const mills = lines.reduce((sum, { quantity, priceMills }) => sum + quantity * priceMills, 0);
  if (lines.some((line) => line.at !== at))
    notes.find('invoices with lines of different minutes: dated by their first line');
  return { invoice, customer, at, lines, pence: Math.round(mills / MILLS_PER_PENNY) };
};

const firstPurchases = (invoices: readonly Invoice[]): ReadonlyMap<string, string> => {
  const since = new Map<string, string>();
  for (const { customer, at } of invoices) {
    const known = since.get(customer);
    if (known === undefined || at < known) since.set(customer, at);
  }
  return since;
};

const customerOf = (id: string) => ({
  customerId: `retail-${id}`,
  name: `Web shop customer ${id}`,
  ...{ industry: 'ONLINE_RETAIL', zone: 'Europe/London' },
});

const purchaseOf = ({ invoice, customer, at, pence }: Invoice): readonly Wanted[] => {
  const purchaseId = `retail-${invoice}`;
  const amount = { minor: pence, currency: 'GBP' };
  const command = RecordPurchase.of({
    purchaseId,
    customerId: `retail-${customer}`,
    amount,
    purchasedAt: at,
  });
  return [{ at, lane: customer, seed: purchaseId, command }];
};
