import { scenario } from '@rapport/kernel/spec';
import * as c from './ticket.commands';
import { ticket } from './ticket.decider';
import * as e from './ticket.events';

/** Friday 1 March 2024, 17:00 in Shanghai. */
const NOW = '2024-03-01T09:00:00.000Z';
const at = (now: string) => scenario(ticket, { now });
const ids = { ticketId: 't-1', customerId: 'c-1', collectorId: 'sam', verbatim: 'it broke' } as const;
const wanted = { ...ids, type: 'SERVICE', urgency: 'ROUTINE', channel: 'PHONE' } as const;
const flags = { isEnquiry: false, isComplex: false };
const livingIn = (ZONE: string) => ({ customer: { stage: 'known', profile: { ZONE }, contacts: {} } });
const shanghai = livingIn('Asia/Shanghai');
const on = (raisedOn: string) => c.RegisterTicket.of({ ...wanted, raisedOn });
const raised = (raisedAt: string, more: Partial<e.TicketRegistered> = {}) =>
  e.TicketRegistered.of({ ...wanted, ...flags, raisedAt, ...more }, raisedAt);

describe('a need of which only the day is known (template 1, O-22)', () => {
  it('counts from 18:00 of that day by the clock of the customer', () => {
    at(NOW)
      .given()
      .when(on('2024-02-28'), shanghai)
      .then(raised('2024-02-28T10:00:00.000Z', { raisedOn: '2024-02-28' }));
    at(NOW)
      .given()
      .when(on('2024-02-28'), livingIn('America/New_York'))
      .then(raised('2024-02-28T23:00:00.000Z', { raisedOn: '2024-02-28' }));
  });
  it('of today counts from now as long as 18:00 lies ahead, and from 18:00 after it', () => {
    const today = { raisedOn: '2024-03-01' };
    at(NOW).given().when(on('2024-03-01'), shanghai).then(raised(NOW, today));
    at('2024-03-01T12:00:00.000Z')
      .given()
      .when(on('2024-03-01'), shanghai)
      .then(raised('2024-03-01T10:00:00.000Z', today));
  });
  it('does not lie in the future, by the calendar of the customer', () => {
    at(NOW).given().when(on('2024-03-02'), shanghai).thenRefused('RAISED_IN_FUTURE');
    const late = '2024-03-01T17:00:00.000Z';
    at(late)
      .given()
      .when(on('2024-03-02'), shanghai)
      .then(raised(late, { raisedOn: '2024-03-02' }));
  });
  it('is the same need when it is sent again later, and another one on another day', () => {
    const history = raised(NOW, { raisedOn: '2024-03-01' });
    const later = at('2024-03-01T09:30:00.000Z').given(history);
    later.when(on('2024-03-01'), shanghai).thenNothing();
    later.when(on('2024-02-29'), shanghai).thenRefused('TICKET_ID_TAKEN');
  });
  it('names the moment or the day: one of them, and not both', () => {
    at(NOW).given().when(c.RegisterTicket.of(wanted), shanghai).thenRefused('RAISED_AT_MISSING');
    const both = { ...wanted, raisedAt: NOW, raisedOn: '2024-03-01' };
    at(NOW).given().when(c.RegisterTicket.of(both), shanghai).thenRefused('RAISED_TWICE');
  });
  it('is split into parts of which no more is known', () => {
    const of = { ticketId: 't-0', customerId: 'c-1', raisedAt: NOW, splitInto: ['t-1'] };
    const whole = { stage: 'working', of: { ...of, raisedOn: '2024-03-01' } };
    const part = c.RegisterTicket.of({ ...wanted, raisedAt: NOW, splitFrom: 't-0' });
    at(NOW)
      .given()
      .when(part, { ...shanghai, whole })
      .then(raised(NOW, { splitFrom: 't-0', raisedOn: '2024-03-01' }));
  });
});

it('a need names the talks that it is about, and more of them later (template 1)', () => {
  const related = { relatedInteractions: ['i-1'] };
  const registered = raised(NOW, related);
  at(NOW)
    .given()
    .when(c.RegisterTicket.of({ ...wanted, ...related, raisedAt: NOW }), shanghai)
    .then(registered);
  const more = { ticketId: 't-1', relatedInteractions: ['i-1', 'i-2'] };
  at(NOW)
    .given(registered)
    .when(c.AmendTicketDetails.of(more))
    .then(
      e.TicketDetailsAmended.of({
        ...{ ticketId: 't-1', customerId: 'c-1', type: 'SERVICE', urgency: 'ROUTINE', raisedAt: NOW },
        ...more,
      }),
    );
});
