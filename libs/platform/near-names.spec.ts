import { namesNear } from './near-names';

const names = ['RegisterTicket', 'RegisterCustomer', 'CloseTicket', 'ReopenTicket'];

describe('names that somebody may have meant', () => {
  it.each([
    ['RegisterTikcet', ['RegisterTicket']],
    ['registerticket', ['RegisterTicket']],
    ['CloseTickets', ['CloseTicket']],
    ['Customer', ['RegisterCustomer']],
    ['xyz', []],
    ['', []],
  ])('%s: %j', (wanted, near) => expect(namesNear(wanted, names)).toEqual(near));

  it('come with the nearest first, and are few', () => {
    expect(namesNear('Ticket', names)).toEqual(['CloseTicket', 'RegisterTicket', 'ReopenTicket']);
    expect(namesNear('aaaa', ['aaab', 'aaaa', 'abab', 'aaac', 'aaad'])).toEqual(['aaaa', 'aaab', 'aaac']);
  });
});
