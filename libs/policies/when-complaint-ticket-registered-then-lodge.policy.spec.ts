import { LodgeComplaint } from '@rapport/domain/commands';
import { TicketClassified, TicketRegistered } from '@rapport/domain/events';
import { ToldFindings } from '@rapport/domain/values';
import { hydrate } from '@rapport/kernel';
import { reactionsOf } from '@rapport/kernel/spec';
import { whenComplaintTicketRegisteredThenLodge } from './when-complaint-ticket-registered-then-lodge.policy';

const { given } = reactionsOf(whenComplaintTicketRegisteredThenLodge);
const raisedAt = '2024-03-01T09:00:00.000Z';
const of = { ticketId: 't-1', customerId: 'c-1', urgency: 'URGENT', channel: 'PHONE', raisedAt } as const;
const findings = { businessInterrupted: false, dataLeak: true, publicThreat: false, safety: false };
const complaint = { ...findings, causes: ['PRODUCT_FAULT'], emotion: 'ANGRY' } as const;
const told = { isEnquiry: false, isComplex: false, verbatim: 'it leaks', collectorId: 'sam' };
const wanted = {
  ticketId: 't-1',
  causes: ['PRODUCT_FAULT'],
  emotion: 'ANGRY',
  findings: hydrate(ToldFindings, findings),
} as const;

it('a ticket registered as a complaint is lodged as one, with the words that were said', () => {
  given(
    TicketRegistered.of({ ...of, ...told, type: 'COMPLAINT', complaint, complaintText: 'my data!' }),
  ).then(LodgeComplaint.of({ ...wanted, text: 'my data!' }));
});
it('so is one that turns out to be a complaint', () => {
  const classified = {
    ...of,
    isEnquiry: false,
    from: 'SERVICE',
    type: 'COMPLAINT',
    to: 'COMPLAINT',
  } as const;
  given(TicketClassified.of({ ...classified, complaint })).then(LodgeComplaint.of(wanted));
});
it('other tickets are not, nor complaints of which nothing was told', () => {
  given(TicketRegistered.of({ ...of, ...told, type: 'SERVICE' })).then();
  given(TicketRegistered.of({ ...of, ...told, type: 'COMPLAINT' })).then();
  given(TicketClassified.of({ ...of, isEnquiry: false, type: 'SERVICE', to: 'SERVICE' })).then();
});
