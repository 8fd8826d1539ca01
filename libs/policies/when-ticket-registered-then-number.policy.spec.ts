import { NumberTicket } from '@rapport/domain/commands';
import { TicketRegistered } from '@rapport/domain/events';
import { reactionsOf } from '@rapport/kernel/spec';
import { whenTicketRegisteredThenNumber } from './when-ticket-registered-then-number.policy';

const { given } = reactionsOf(whenTicketRegisteredThenNumber);
const registered = (raisedAt: string) =>
  TicketRegistered.of({
    ...{ ticketId: 't-1', customerId: 'c-1', urgency: 'ROUTINE', channel: 'PHONE', raisedAt },
    ...{ isEnquiry: false, isComplex: false, verbatim: 'a question', collectorId: 'sam' },
  });

it('a registered ticket gets a number of the year it was raised in', () => {
  const ids = { ticketId: 't-1', customerId: 'c-1' };
  given(registered('2024-12-31T23:59:59.999Z')).then(NumberTicket.of({ ...ids, year: '2024' }));
  given(registered('2025-01-01T00:00:00.000Z')).then(NumberTicket.of({ ...ids, year: '2025' }));
});
