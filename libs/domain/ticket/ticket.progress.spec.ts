import { scenario } from '@rapport/kernel/spec';
import { ticket } from './ticket.decider';
import * as t from './ticket.events';
import { SyncProgress } from './ticket.progress.commands';
import { ProgressSynced } from './ticket.progress.events';

const RAISED = '2024-03-01T09:00:00.000Z';
const NOW = '2024-03-03T09:00:00.000Z';
const TOMORROW = '2024-03-04T09:00:00.000Z';
const of = {
  ticketId: 't-1',
  customerId: 'c-1',
  type: 'SERVICE',
  urgency: 'ROUTINE',
  raisedAt: RAISED,
} as const;
const told = { channel: 'EMAIL', verbatim: 'it is slow', collectorId: 'sam' } as const;
const registered = t.TicketRegistered.of({ ...of, ...told, isEnquiry: false, isComplex: false }, RAISED);
const owned = t.TicketOwnerAssigned.of({ ...of, to: 'ann', reassignment: false });
const as = (id: string, role = 'SERVICE_SPECIALIST', now = NOW) =>
  scenario(ticket, { now, actor: { id, role } }).given;
const given = as('ann');

const TEXT = 'no breakthrough yet; we compare the logs of both systems; we write again tomorrow at 17:00';
const sync = (more: Partial<SyncProgress> = {}) =>
  SyncProgress.of({ ticketId: 't-1', text: TEXT, nextAt: TOMORROW, ...more });
const synced = (more: Partial<ProgressSynced> = {}) =>
  ProgressSynced.of({
    ...{ ...of, text: TEXT, withoutNews: false, nextAt: TOMORROW, channel: 'EMAIL', syncedById: 'ann' },
    ...{ ownerId: 'ann', syncedAt: NOW, ...more },
  });

describe('the customer is told how it stands (SYS-23)', () => {
  it('by the owner, with what is being done and when we speak again', () => {
    given(registered, owned).when(sync()).then(synced());
    given(registered, owned)
      .when(sync({ nextStep: 'compare logs', channel: 'PHONE', interactionId: 'call-1' }))
      .then(synced({ nextStep: 'compare logs', channel: 'PHONE', interactionId: 'call-1' }));
  });

  it('without news too, but never with nothing (SYS-23.2)', () => {
    given(registered, owned)
      .when(sync({ withoutNews: true }))
      .then(synced({ withoutNews: true }));
    const empty = SyncProgress.of({ ticketId: 't-1', nextAt: TOMORROW });
    given(registered, owned).when(empty).thenRefused('SYNC_EMPTY');
    expect(given(registered, owned).when(sync({ text: ' ' })).decided).toThrow('text must not be empty');
  });

  it('and never without a next time, which lies ahead', () => {
    const endless = SyncProgress.of({ ticketId: 't-1', text: TEXT });
    given(registered, owned).when(endless).thenRefused('NEXT_TIME_MISSING');
    given(registered, owned)
      .when(sync({ nextAt: NOW }))
      .thenRefused('NEXT_TIME_PAST');
  });

  it('by nobody else without delegation', () => {
    as('bob')(registered, owned).when(sync()).thenRefused('VOICE_NOT_DELEGATED');
    as('uma', 'SUPERVISOR')(registered, owned).when(sync()).thenRefused('VOICE_NOT_DELEGATED');
    given(registered).when(sync()).thenRefused('OWNER_MISSING');
    expect(as('import', 'MIGRATION')(registered).when(sync()).decided()).toHaveLength(1);
  });

  it('once for one time, and on no closed ticket', () => {
    given(registered, owned, synced()).when(sync()).thenNothing();
    const closed = t.TicketClosed.of({ ...of, outcome: 'CONFIRMED', closedAt: NOW, round: 1 });
    given(registered, owned, closed).when(sync()).thenRefused('TICKET_CLOSED');
  });

  it('at the time at which it was; one that is noted late says when it was noted (SYS-16.4)', () => {
    const EARLIER = '2024-03-02T09:00:00.000Z';
    given(registered, owned)
      .when(sync({ syncedAt: EARLIER, evidenceId: 'mail-7' }))
      .then(synced({ syncedAt: EARLIER, evidenceId: 'mail-7', notedAt: NOW }));
    given(registered, owned)
      .when(sync({ syncedAt: TOMORROW }))
      .thenRefused('IN_FUTURE');
    const before = sync({ syncedAt: '2024-02-29T09:00:00.000Z' });
    given(registered, owned).when(before).thenRefused('BEFORE_RAISED');
  });
});
