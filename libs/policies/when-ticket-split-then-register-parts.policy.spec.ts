import { RegisterTicket } from '@rapport/domain/commands';
import { TicketPartSplitOff, TicketSplit } from '@rapport/domain/events';
import { SpokenComplaint } from '@rapport/domain/values';
import { hydrate } from '@rapport/kernel';
import { reactionsOf } from '@rapport/kernel/spec';
import { whenTicketSplitThenRegisterParts } from './when-ticket-split-then-register-parts.policy';

const { given } = reactionsOf(whenTicketSplitThenRegisterParts);
const raisedAt = '2024-03-01T09:00:00.000Z';
const of = { ticketId: 't-1', customerId: 'c-1', type: 'SERVICE', urgency: 'ROUTINE', raisedAt } as const;
const shared = { channel: 'PHONE', verbatim: 'late!', collectorId: 'ann' } as const;
const off = (told: Partial<TicketPartSplitOff> = {}) =>
  TicketPartSplitOff.of({
    ...{ ...of, ...shared, newTicketId: 't-2', newType: 'COMPLAINT', newUrgency: 'URGENT', ...told },
  });
const wanted = {
  ...{ ...shared, ticketId: 't-2', splitFrom: 't-1', customerId: 'c-1', raisedAt },
  type: 'COMPLAINT',
  urgency: 'URGENT',
} as const;

it('every part is registered for the same customer, as of the time the customer spoke', () => {
  given(off()).then(RegisterTicket.of(wanted));
});
it('its phase of service goes with it (R-11)', () => {
  given(off({ newServicePhase: 'AFTER_SALE' })).then(
    RegisterTicket.of({ ...wanted, servicePhase: 'AFTER_SALE' }),
  );
});
it('a part that complains is registered with its complaint and the words of it', () => {
  const findings = { businessInterrupted: false, dataLeak: true, publicThreat: false, safety: false };
  const complaint = { ...findings, causes: ['LATE_DELIVERY'], emotion: 'UPSET' } as const;
  given(off({ complaint, complaintText: 'too late' })).then(
    RegisterTicket.of({ ...wanted, complaint: hydrate(SpokenComplaint, { ...complaint, text: 'too late' }) }),
  );
  given(off({ complaint })).then(
    RegisterTicket.of({ ...wanted, complaint: hydrate(SpokenComplaint, complaint) }),
  );
});
it('its summary goes with it; one that was kept although subjective is kept again', () => {
  given(off({ distilled: 'is late' })).then(RegisterTicket.of({ ...wanted, distilled: 'is late' }));
  const kept = { distilled: 'seems late', subjectiveWords: ['seems'] };
  given(off(kept)).then(RegisterTicket.of({ ...wanted, distilled: 'seems late', distilledOverride: true }));
});
it('the split itself sends nothing', () => {
  given(TicketSplit.of({ ...of, newTicketIds: ['t-2'] })).then();
});
