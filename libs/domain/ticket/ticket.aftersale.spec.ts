import { hydrate, type Actor } from '@rapport/kernel';
import { scenario } from '@rapport/kernel/spec';
import * as c from './ticket.commands';
import { ticket } from './ticket.decider';
import * as e from './ticket.events';
import { regular, vip } from './ticket.spoken.story';
import { SplitPart } from './ticket.values';

const NOW = '2024-03-04T09:00:00.000Z';
const TOMORROW = '2024-03-05T09:00:00.000Z';
const of = {
  ticketId: 't-1',
  customerId: 'c-1',
  type: 'SERVICE',
  urgency: 'ROUTINE',
  raisedAt: NOW,
} as const;
const said = { channel: 'PHONE', verbatim: 'the printer is broken', collectorId: 'sam' } as const;
const registered = (more: Partial<e.TicketRegistered> = {}) =>
  e.TicketRegistered.of({ ...of, ...said, isEnquiry: false, isComplex: false, ...more });
const afterSale = (more: Partial<e.TicketRegistered> = {}) =>
  registered({ servicePhase: 'AFTER_SALE', ...more });
const owned = e.TicketOwnerAssigned.of({ ...of, to: 'ann', reassignment: false });
const told = { respondedAt: NOW, direction: 'a new fan', interactionId: 'call-1' } as const;
const respond = (more: Partial<c.RecordFirstResponse> = {}) =>
  c.RecordFirstResponse.of({ ticketId: 't-1', ...told, ...more });
const responded = (more: Partial<e.FirstResponseRecorded> = {}) =>
  e.FirstResponseRecorded.of({ ...of, ...told, round: 1, ...more });
const sent = (actor: Actor = { id: 'ann', role: 'SERVICE_SPECIALIST' }) =>
  scenario(ticket, { now: NOW, actor });

describe('the first response to an after-sale problem (R-11)', () => {
  it('names until when it is resolved', () => {
    sent().given(afterSale(), owned).when(respond()).thenRefused('RESOLUTION_NODE_MISSING');
    sent()
      .given(afterSale(), owned)
      .when(respond({ resolutionDue: TOMORROW }))
      .then(responded({ resolutionDue: TOMORROW }));
  });
  it('comes from an owner, or names one', () => {
    const node = { resolutionDue: TOMORROW };
    sent().given(afterSale()).when(respond(node)).thenRefused('OWNER_MISSING');
    sent()
      .given(afterSale())
      .when(respond({ ...node, ownerId: 'ann' }), regular)
      .then(owned, responded(node));
    sent()
      .given(afterSale())
      .when(respond({ ...node, ownerId: 'ann' }), vip)
      .thenRefused('OWNER_UNFIT');
  });
  it('names a time that is still to come', () =>
    sent()
      .given(afterSale(), owned)
      .when(respond({ resolutionDue: NOW }))
      .thenRefused('RESOLUTION_NODE_PASSED'));
  it('with an owner or a node says which way it goes', () => {
    const { direction: _, ...silent } = told;
    for (const more of [{ resolutionDue: TOMORROW }, { ownerId: 'ann' }])
      sent()
        .given(afterSale(), owned)
        .when(c.RecordFirstResponse.of({ ticketId: 't-1', ...silent, ...more }), regular)
        .thenRefused('DIRECTION_MISSING');
  });
  it('is taken as it was from an import', () =>
    sent({ id: 'import', role: 'MIGRATION' }).given(afterSale()).when(respond()).then(responded()));

  it.each([
    ['a plain question', afterSale({ isEnquiry: true })],
    ['an offer to work together', afterSale({ type: 'COOPERATION' })],
    ['a need during the sale', registered({ servicePhase: 'IN_SALE' })],
    ['a need of which nobody said in which phase it is', registered()],
  ])('%s needs neither', (_, need) => {
    const [event] = sent().given(need).when(respond()).decided();
    expect(event?.messageClass).toBe(e.FirstResponseRecorded);
  });
});

describe('the phase of service', () => {
  it('is set right with the type, and stays where nothing is said', () => {
    const asAfterSale = c.ClassifyTicket.of({ ticketId: 't-1', type: 'SERVICE', servicePhase: 'AFTER_SALE' });
    const classified = e.TicketClassified.of({
      ...{ ...of, from: 'SERVICE', to: 'SERVICE', servicePhase: 'AFTER_SALE' },
      ...{ isEnquiry: false, channel: 'PHONE' },
    });
    sent().given(registered()).when(asAfterSale).then(classified);
    sent().given(registered(), classified).when(asAfterSale).thenNothing();
    const asFunctional = c.ClassifyTicket.of({ ticketId: 't-1', type: 'FUNCTIONAL' });
    const [again] = sent().given(registered(), classified).when(asFunctional).decided();
    expect(again?.data).toMatchObject({ to: 'FUNCTIONAL', servicePhase: 'AFTER_SALE' });
  });
  it('of a part is its own, or that of the whole', () => {
    const part = { type: 'SERVICE', urgency: 'ROUTINE', verbatim: 'x' } as const;
    const parts = [
      hydrate(SplitPart, { ...part, ticketId: 't-2' }),
      hydrate(SplitPart, { ...part, ticketId: 't-3', servicePhase: 'PRE_SALE' }),
    ];
    const known = { parts: parts.map(() => ({ stage: 'unregistered' })) };
    const split = c.SplitTicket.of({ ticketId: 't-1', parts, collectorId: 'sam' });
    const [, ...off] = sent().given(afterSale()).when(split, known).decided();
    expect(off.map(({ data }) => (data as e.TicketPartSplitOff).newServicePhase)).toEqual([
      ...['AFTER_SALE', 'PRE_SALE'],
    ]);
  });
});
