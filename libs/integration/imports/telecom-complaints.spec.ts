import { planOf } from './miniature';
import { causeOf } from './telecom-complaints.causes';
import { telecomComplaints } from './telecom-complaints.import';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const row = (ticket: string, date: string, more: { text?: string; time?: string; named?: string } = {}) => {
  const [day = '', month = '', year = ''] = date.split('-');
  const {
    text = 'Comcast',
    time = '3:53:50 PM',
    named = `${day}-${MONTHS[Number(month) - 1] ?? ''}-${year}`,
  } = more;
  return [ticket, text, date, named, time, 'Internet', 'Acworth', 'Georgia', '30101', 'Open', 'No'].join(',');
};
const plan = (...rows: readonly string[]) =>
  planOf(telecomComplaints, [telecomComplaints.columns.join(','), ...rows]);

describe('a complaint about the telecom company', () => {
  it('becomes a ticket of type COMPLAINT with a cause', async () => {
    const { all } = await plan(row('1', '22-04-15', { text: 'Slow internet' }));
    expect(all('RegisterTicket')).toMatchObject([
      {
        ...{ ticketId: 'telecom-1', customerId: 'telecom-customer-1', type: 'COMPLAINT' },
        ...{
          raisedAt: '2015-04-22T15:53:50.000Z',
          channel: 'THIRD_PARTY_PLATFORM',
          verbatim: 'Slow internet',
        },
        complaint: { causes: ['POOR_QUALITY'], text: 'Slow internet' },
      },
    ]);
  });

  it.each([
    ['Bait and switch', 'DISHONEST_QUOTE'],
    ['Unauthorized charges', 'HIDDEN_FEE'],
    ['Billing issues', 'EXECUTION_ERROR'],
    ['No internet', 'SYSTEM_OUTAGE'],
    ['Comcast', 'OTHER'],
  ])('"%s" is taken as %s', (text, cause) => expect(causeOf(text)).toBe(cause));

  it('whose day and month were swapped gets them back, when only so all dates lie together', async () => {
    const { told, notes } = await plan(
      row('1', '13-04-15'),
      row('2', '31-05-15'),
      row('3', '04-12-15'),
      row('4', '05-04-15'),
    );
    expect(
      told()
        .filter(([, kind]) => kind === 'RegisterTicket')
        .map(([at]) => String(at).slice(0, 10)),
    ).toEqual([...['2015-04-12', '2015-04-13', '2015-05-04', '2015-05-31'].sort((a, b) => (a < b ? -1 : 1))]);
    expect([...notes.found.keys()].some((found) => found.includes('swapped back'))).toBe(true);
  });

  it('is dated as written when all dates lie together so', async () => {
    const { told } = await plan(row('1', '13-04-15'), row('2', '31-05-15'), row('3', '12-04-15'));
    expect(told()[0]?.[0]).toBe('2015-04-12T15:53:50.000Z');
  });

  it('at noon and at midnight is read right', async () => {
    const { told } = await plan(
      row('1', '22-04-15', { time: '12:00:01 AM' }),
      row('2', '22-04-15', { time: '12:00:01 PM' }),
    );
    expect(
      told()
        .filter(([, kind]) => kind === 'RegisterTicket')
        .map(([at]) => at),
    ).toEqual([...['2015-04-22T00:00:01.000Z', '2015-04-22T12:00:01.000Z']]);
  });

  it('whose two dates differ, or whose time is none, is set aside', async () => {
    const { rejects } = await plan(
      row('1', '22-04-15', { named: '23-Apr-15' }),
      row('2', '22-04-15', { time: '13:00:00 PM' }),
    );
    expect(rejects.map(({ line }) => line)).toEqual([2, 3]);
  });
});
