import { eventIdOf } from '@rapport/kernel';
import { recorded, scenario } from '@rapport/kernel/spec';
import fc from 'fast-check';
import { NumberTicket } from './ticketregister.commands';
import { numberOf, ticketNumberOf, ticketRegister, type TicketRegister } from './ticketregister.decider';
import { TicketNumbered } from './ticketregister.events';

const { given } = scenario(ticketRegister);
const number = (ticketId: string) => NumberTicket.of({ year: '2024', ticketId, customerId: 'c-1' });
const numbered = (ticketId: string, sequence: number, ticketNumber: string) =>
  TicketNumbered.of({ year: '2024', ticketId, customerId: 'c-1', sequence, ticketNumber });

describe('the register of a year', () => {
  it('gives the next number; a ticket keeps the one it has', () => {
    const first = numbered('t-1', 1, '需-2024-001');
    given().when(number('t-1')).then(first);
    given(first)
      .when(number('t-2'))
      .then(numbered('t-2', 2, '需-2024-002'));
    given(first).when(number('t-1')).thenNothing();
  });
  it('three digits grow to four beyond 999', () => {
    given(numbered('t-999', 999, '需-2024-999'))
      .when(number('t-1000'))
      .then(numbered('t-1000', 1000, '需-2024-1000'));
    expect([1, 42, 999, 1000, 12345].map((n) => ticketNumberOf('2025', n))).toEqual([
      ...['需-2025-001', '需-2025-042', '需-2025-999', '需-2025-1000', '需-2025-12345'],
    ]);
  });
  it('leaves no gap and gives no number twice, whatever is asked how often', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 200 }), (asked) => {
        const register = asked.reduce((state, n) => after(state, `t-${n}`), ticketRegister.initial);
        const tickets = [...new Set(asked)].map((n) => `t-${n}`);
        expect(register.last).toBe(tickets.length);
        expect(tickets.map((id) => numberOf(register, id))).toEqual(
          tickets.map((_, place) => ticketNumberOf('2024', place + 1)),
        );
      }),
    );
  });
  it('an earlier state stays as it was', () => {
    const one = after(ticketRegister.initial, 't-1');
    after(one, 't-2');
    expect([numberOf(one, 't-1'), numberOf(one, 't-2')]).toEqual(['需-2024-001', undefined]);
  });
});

const after = (state: TicketRegister, ticketId: string): TicketRegister => {
  const context = {
    now: '',
    actor: { id: '', role: '' },
    known: {},
    eventId: (n: number) => eventIdOf('x', n),
  };
  const events = ticketRegister.decide.NumberTicket(state, number(ticketId), context);
  return events
    .map(recorded)
    .reduce(
      (before, { data }) => ticketRegister.evolve.TicketNumbered(before, data as TicketNumbered, ''),
      state,
    );
};
