import { scenario } from '@rapport/kernel/spec';
import * as c from './ticket.commands';
import { ticket } from './ticket.decider';
import * as e from './ticket.events';

const NOW = '2024-03-04T09:00:00.000Z';
const raisedAt = '2024-03-01T09:00:00.000Z';
const { given } = scenario(ticket, { now: NOW });
/** By an import. */
const { given: brought } = scenario(ticket, { now: NOW, actor: { id: 'help-desk', role: 'MIGRATION' } });
const base = { ticketId: 't-1', customerId: 'c-1', urgency: 'IMPORTANT', raisedAt } as const;
const functional = {
  ...base,
  type: 'FUNCTIONAL',
  channel: 'EMAIL',
  collectorId: 'sam',
  verbatim: 'x',
} as const;
const flags = { isEnquiry: false, isComplex: false };
const registered = e.TicketRegistered.of({ ...functional, ...flags }, raisedAt);
const of = { ...base, type: 'FUNCTIONAL' } as const;
const known = { customer: { stage: 'known', profile: {}, contacts: {} } };
const reason = 'the line stands still';
const changed = { ...of, urgency: 'URGENT', from: 'IMPORTANT', to: 'URGENT', reason } as const;

/** Here a priority follows from the quadrant: another system may have had its own. */
describe('a priority that nobody ranked', () => {
  it('is taken in with a ticket only from another system', () => {
    const ranked = c.RegisterTicket.of({ ...functional, priority: 1 });
    given().when(ranked, known).thenRefused('PRIORITY_BY_RANKING');
    brought()
      .when(ranked, known)
      .then(e.TicketRegistered.of({ ...functional, ...flags, priority: 1 }));
  });
  it('is changed only by another system, with the urgency or without it', () => {
    const ranked = c.ChangeTicketUrgency.of({ ticketId: 't-1', priority: 1, reason });
    given(registered).when(ranked).thenRefused('PRIORITY_BY_RANKING');
    const first = { ...changed, priority: 1, toPriority: 1 };
    brought(registered, e.TicketUrgencyChanged.of(changed))
      .when(c.ChangeTicketUrgency.of({ ticketId: 't-1', priority: 1, reason }))
      .then(e.TicketUrgencyChanged.of({ ...first, from: 'URGENT' }));
    brought(registered, e.TicketUrgencyChanged.of(first))
      .when(c.ChangeTicketUrgency.of({ ticketId: 't-1', urgency: 'ROUTINE', priority: 4, reason }))
      .then(
        e.TicketUrgencyChanged.of({
          ...{ ...of, urgency: 'ROUTINE', from: 'URGENT', to: 'ROUTINE', reason },
          ...{ priority: 4, fromPriority: 1, toPriority: 4 },
        }),
      );
  });
});
