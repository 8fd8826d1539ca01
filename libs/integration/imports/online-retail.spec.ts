import { planOf } from './miniature';
import { onlineRetail } from './online-retail.import';

const HEAD = onlineRetail.columns.join(',');
interface Bought {
  readonly invoice: string;
  readonly code?: string;
  readonly quantity?: string;
  readonly date?: string;
  readonly price?: string;
  readonly customer?: string;
}
const line = ({
  invoice,
  code = 'A',
  quantity = '1',
  date = '2010-12-01 08:26:00',
  price = '1.00',
  customer = '7',
}: Bought) => [invoice, code, '"A CUP, RED"', quantity, date, price, customer, 'United Kingdom'].join(',');
const plan = (...lines: readonly Bought[]) => planOf(onlineRetail, [HEAD, ...lines.map(line)]);

describe('a web shop', () => {
  it('an invoice is one purchase in pence, its customer registered at the first', async () => {
    const { told } = await plan(
      { invoice: '1', quantity: '6', price: '2.55' },
      { invoice: '1', code: 'B', quantity: '3', price: '0.1' },
      { invoice: '2', date: '2011-01-05 10:00:00', price: '4' },
    );
    expect(told('customerId', 'amount')).toEqual([
      ['2010-12-01T08:26:00.000Z', 'RegisterCustomer', 'retail-7'],
      ['2010-12-01T08:26:00.000Z', 'RecordPurchase', 'retail-7', { minor: 1560, currency: 'GBP' }],
      ['2011-01-05T10:00:00.000Z', 'RecordPurchase', 'retail-7', { minor: 400, currency: 'GBP' }],
    ]);
  });

  it('a thousandth of a pound is rounded once an invoice', async () => {
    const { all } = await plan({ invoice: '1', price: '0.004' }, { invoice: '1', price: '0.004' });
    expect(all('RecordPurchase')[0]).toMatchObject({ amount: { minor: 1 } });
  });

  it('rows without customer, price or positive quantity are no purchase, and counted', async () => {
    const { all, notes } = await plan(
      { invoice: '1', customer: '' },
      { invoice: 'C9', quantity: '-1', customer: '' },
      { invoice: '2', price: '0' },
      { invoice: '3', quantity: '-4' },
    );
    expect(all('RecordPurchase')).toEqual([]);
    expect(Object.fromEntries(notes.skipped)).toEqual({
      'no customer': 2,
      'no price': 1,
      'no positive quantity': 1,
    });
  });
});

describe('a cancellation', () => {
  const bought: Bought = { invoice: '1', quantity: '6', price: '2.00' };
  const later = '2010-12-09 10:00:00';

  it('that fits one earlier purchase is a refund of it', async () => {
    const { all } = await plan(bought, { invoice: 'C2', quantity: '-4', price: '2.00', date: later });
    expect(all('RecordRefund')).toEqual([
      {
        ...{ purchaseId: 'retail-1', refundId: 'retail-C2-1', refundedAt: '2010-12-09T10:00:00.000Z' },
        amount: { minor: 800, currency: 'GBP' },
      },
    ]);
  });

  it('prefers the one purchase of that very quantity', async () => {
    const { all } = await plan(
      { ...bought, invoice: '1', quantity: '8' },
      { ...bought, invoice: '2' },
      { invoice: 'C3', quantity: '-6', price: '2.00', date: later },
    );
    expect(all('RecordRefund').map((one) => one['purchaseId'])).toEqual(['retail-2']);
  });

  it('never takes back more than was bought', async () => {
    const back: Bought = { invoice: 'C2', quantity: '-4', price: '2.00', date: later };
    const { all, notes } = await plan(bought, back, { ...back, invoice: 'C3' });
    expect(all('RecordRefund')).toHaveLength(1);
    expect([...notes.skipped]).toEqual([['cancellation that fits no earlier purchase in this file', 1]]);
  });

  it('that fits several, or none, or comes first, is counted and not guessed', async () => {
    const { all, notes } = await plan(
      bought,
      { ...bought, invoice: '2' },
      { invoice: 'C3', quantity: '-6', price: '2.00', date: later },
      { invoice: 'C4', quantity: '-6', price: '3.00', date: later },
      { invoice: 'C5', quantity: '-6', price: '2.00', date: '2010-11-01 10:00:00' },
    );
    expect(all('RecordRefund')).toEqual([]);
    expect(Object.fromEntries(notes.skipped)).toEqual({
      'cancellation that fits several purchases': 1,
      'cancellation that fits no earlier purchase in this file': 2,
    });
  });
});

it('a line with an impossible date, quantity or price is set aside', async () => {
  const { rejects } = await plan(
    { invoice: '1', date: '2010-13-01 08:26:00' },
    { invoice: '2', quantity: 'six' },
    { invoice: '3', price: 'dear' },
  );
  expect(rejects.map(({ line: n, reason }) => `${n} ${reason.split(' ')[0] ?? ''}`)).toEqual([
    ...['2 InvoiceDate', '3 Quantity', '4 UnitPrice'],
  ]);
});
