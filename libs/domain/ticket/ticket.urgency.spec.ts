import { scenario } from '@rapport/kernel/spec';
import * as c from './ticket.commands';
import { ticket } from './ticket.decider';
import * as e from './ticket.events';

const NOW = '2024-03-04T09:00:00.000Z';
const raisedAt = '2024-03-01T09:00:00.000Z';
const { given } = scenario(ticket, { now: NOW });
const imported = scenario(ticket, { now: NOW, actor: { id: 'import', role: 'MIGRATION' } }).given;
const base = { ticketId: 't-1', customerId: 'c-1', urgency: 'IMPORTANT', raisedAt } as const;
const of = { ...base, type: 'FUNCTIONAL' } as const;
const said = { channel: 'EMAIL', collectorId: 'sam', verbatim: 'we want to export our orders' } as const;
const functional = { ...of, ...said };
const registered = e.TicketRegistered.of({ ...functional, isEnquiry: false, isComplex: false }, raisedAt);
const known = { customer: { stage: 'known', profile: {}, contacts: {} } };

describe('a ticket is weighed', () => {
  const reason = 'the line stands still';
  const urgent = c.ChangeTicketUrgency.of({ ticketId: 't-1', urgency: 'URGENT', reason });
  const changed = { ...of, urgency: 'URGENT', from: 'IMPORTANT', to: 'URGENT', reason } as const;

  it('by urgency, and by priority only where an import brings it: here that follows from the quadrant (R-13, SYS-14)', () => {
    const first = c.ChangeTicketUrgency.of({ ticketId: 't-1', priority: 1, reason });
    given(registered).when(first).thenRefused('PRIORITY_BY_RANKING');
    given()
      .when(c.RegisterTicket.of({ ...functional, priority: 1 }), known)
      .thenRefused('PRIORITY_BY_RANKING');
    imported()
      .when(c.RegisterTicket.of({ ...functional, priority: 1 }), known)
      .then(e.TicketRegistered.of({ ...registered.data, priority: 1 }, raisedAt));
  });
  it('by an import: urgency, priority or both, from and to', () => {
    given(registered).when(urgent).then(e.TicketUrgencyChanged.of(changed));
    given(registered, e.TicketUrgencyChanged.of(changed)).when(urgent).thenNothing();
    const first = { ...changed, priority: 1, toPriority: 1 };
    imported(registered, e.TicketUrgencyChanged.of(changed))
      .when(c.ChangeTicketUrgency.of({ ticketId: 't-1', priority: 1, reason }))
      .then(e.TicketUrgencyChanged.of({ ...first, from: 'URGENT' }));
    imported(registered, e.TicketUrgencyChanged.of(first))
      .when(c.ChangeTicketUrgency.of({ ticketId: 't-1', urgency: 'ROUTINE', priority: 4, reason }))
      .then(
        e.TicketUrgencyChanged.of({
          ...{ ...of, urgency: 'ROUTINE', from: 'URGENT', to: 'ROUTINE', reason },
          ...{ priority: 4, fromPriority: 1, toPriority: 4 },
        }),
      );
  });
  it('by at least one of them', () => {
    given(registered)
      .when(c.ChangeTicketUrgency.of({ ticketId: 't-1', reason }))
      .thenRefused('NOTHING_TO_CHANGE');
  });
});
