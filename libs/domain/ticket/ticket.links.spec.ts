import { hydrate } from '@rapport/kernel';
import { scenario } from '@rapport/kernel/spec';
import { SpokenComplaint } from '../complaint/complaint.values';
import * as c from './ticket.commands';
import { ticket } from './ticket.decider';
import * as e from './ticket.events';
import { SplitPart } from './ticket.values';

const NOW = '2024-03-04T09:00:00.000Z';
const raisedAt = '2024-03-01T09:00:00.000Z';
const { given } = scenario(ticket, { now: NOW });

const of = { ticketId: 't-1', customerId: 'c-1', type: 'SERVICE', urgency: 'ROUTINE', raisedAt } as const;
const told = { channel: 'PHONE', verbatim: 'how do I export? and it is late!', collectorId: 'sam' } as const;
const flags = { isEnquiry: false, isComplex: false };
const registered = e.TicketRegistered.of({ ...of, ...told, ...flags }, raisedAt);
const closed = e.TicketClosed.of({ ...of, outcome: 'CONFIRMED', closedAt: NOW, round: 1 });
const withdrawn = e.TicketWithdrawn.of({ ...of, reason: 'x', withdrawnAt: NOW });

const part = (ticketId: string, told: Partial<SplitPart> = {}) =>
  hydrate(SplitPart, { ticketId, type: 'FUNCTIONAL', urgency: 'ROUTINE', verbatim: 'how?', ...told });
const split = (...parts: SplitPart[]) => c.SplitTicket.of({ ticketId: 't-1', parts, collectorId: 'ann' });
const free = { stage: 'unregistered' };
const unknown = { parts: [free, free] };
const splitInto = (...newTicketIds: string[]) => e.TicketSplit.of({ ...of, newTicketIds });
const off = (newTicketId: string, told: Partial<e.TicketPartSplitOff> = {}) =>
  e.TicketPartSplitOff.of({
    ...{ ...of, newTicketId, newType: 'FUNCTIONAL', newUrgency: 'ROUTINE', channel: 'PHONE' },
    ...{ verbatim: 'how?', collectorId: 'ann', ...told },
  });

describe('a mixture is split', () => {
  it('into new tickets that it names; it keeps its own type', () => {
    given(registered)
      .when(split(part('t-2'), part('t-3', { urgency: 'URGENT', distilled: 'asks for the export' })), unknown)
      .then(
        splitInto('t-2', 't-3'),
        off('t-2'),
        off('t-3', { newUrgency: 'URGENT', distilled: 'asks for the export' }),
      );
  });
  it('with what is a complaint in it, whose words are kept apart', () => {
    const spoken = hydrate(SpokenComplaint, { causes: ['LATE_DELIVERY'], emotion: 'UPSET', text: 'late!' });
    const findings = { businessInterrupted: false, dataLeak: false, publicThreat: false, safety: false };
    const complaint = { ...findings, causes: ['LATE_DELIVERY'], emotion: 'UPSET' } as const;
    given(registered)
      .when(split(part('t-2', { type: 'COMPLAINT', complaint: spoken })), unknown)
      .then(splitInto('t-2'), off('t-2', { newType: 'COMPLAINT', complaint, complaintText: 'late!' }));
    given(registered)
      .when(split(part('t-2', { complaint: spoken })), unknown)
      .thenRefused('NOT_A_COMPLAINT');
  });
  it('into parts whose summary is objective, or kept on purpose', () => {
    const distilled = 'seems late';
    given(registered)
      .when(split(part('t-2', { distilled })), unknown)
      .thenRefused('SUBJECTIVE_SUMMARY');
    given(registered)
      .when(split(part('t-2', { distilled, distilledOverride: true })), unknown)
      .then(splitInto('t-2'), off('t-2', { distilled, subjectiveWords: ['seems'] }));
  });
  it('into at least one part', () => {
    given(registered).when(split(), { parts: [] }).thenRefused('SPLIT_WITHOUT_PART');
  });
  it('under ids that nobody has: no part, not itself, no earlier part, no other ticket', () => {
    given(registered)
      .when(split(part('t-2'), part('t-2')), unknown)
      .thenRefused('PART_REPEATED');
    given(registered)
      .when(split(part('t-1')), unknown)
      .thenRefused('PART_REPEATED');
    given(registered, splitInto('t-2'), off('t-2'))
      .when(split(part('t-2')), unknown)
      .thenRefused('PART_REPEATED');
    const taken = { parts: [free, { stage: 'new', of }] };
    given(registered)
      .when(split(part('t-2'), part('t-3')), taken)
      .thenRefused('TICKET_ID_TAKEN');
  });
  it('again, if there was more in it', () => {
    given(registered, splitInto('t-2'), off('t-2'))
      .when(split(part('t-3')), unknown)
      .then(splitInto('t-3'), off('t-3'));
  });
  it('only while it is open', () => {
    given(registered, closed)
      .when(split(part('t-2')), unknown)
      .thenRefused('TICKET_CLOSED');
    given(registered, withdrawn)
      .when(split(part('t-2')), unknown)
      .thenRefused('TICKET_WITHDRAWN');
    given()
      .when(split(part('t-2')), unknown)
      .thenRefused('TICKET_UNKNOWN');
  });
});

describe('a new ticket says where it comes from', () => {
  const customer = { stage: 'known', profile: {}, contacts: {} };
  const register = { ...of, ...told, ticketId: 't-2' };
  const facts = { ...of, splitInto: ['t-2'] };

  it('from a ticket of the same customer that was split into it', () => {
    const fromSplit = c.RegisterTicket.of({ ...register, splitFrom: 't-1' });
    given()
      .when(fromSplit, { customer, whole: { stage: 'new', of: facts } })
      .then(e.TicketRegistered.of({ ...register, ...flags, splitFrom: 't-1' }));
    for (const whole of [
      { stage: 'unregistered' },
      { stage: 'new', of: { ...facts, splitInto: ['t-3'] } },
      { stage: 'new', of: { ...facts, customerId: 'c-2' } },
    ])
      given().when(fromSplit, { customer, whole }).thenRefused('NOT_A_PART');
  });
  it('from a closed ticket whose problem came back: a recurrence within 30 days', () => {
    const again = (raisedAt: string) => c.RegisterTicket.of({ ...register, raisedAt, recurrenceOf: 't-1' });
    const linked = (raisedAt: string, withinRecurrence: boolean) =>
      e.TicketRegistered.of({ ...register, ...flags, raisedAt, recurrenceOf: 't-1', withinRecurrence });
    const earlier = (closedAt: string) => ({ stage: 'closed', of: facts, closedAt, outcome: 'CONFIRMED' });
    const thirty = { customer, earlier: earlier('2024-01-31T09:00:00.000Z') };
    given().when(again('2024-03-01T09:00:00.000Z'), thirty).then(linked('2024-03-01T09:00:00.000Z', true));
    given().when(again('2024-03-01T09:00:00.001Z'), thirty).then(linked('2024-03-01T09:00:00.001Z', false));
  });
  it('from no ticket that is open, unknown or of somebody else', () => {
    const again = c.RegisterTicket.of({ ...register, recurrenceOf: 't-1' });
    const when = (earlier: object) => given().when(again, { customer, earlier });
    when({ stage: 'working', of: facts }).thenRefused('EARLIER_NOT_CLOSED');
    when({ stage: 'withdrawn', of: facts, withdrawnAt: NOW }).thenRefused('EARLIER_NOT_CLOSED');
    when({ stage: 'unregistered' }).thenRefused('EARLIER_UNKNOWN');
    when({ stage: 'closed', of: { ...facts, customerId: 'c-2' }, closedAt: NOW }).thenRefused(
      'EARLIER_UNKNOWN',
    );
  });
});
