import * as e from '@rapport/domain/events';
import { rowsOf } from '@rapport/kernel/spec';
import { at, clockStory } from '../sla-clock.story';
import { upcomingDeadlines } from './upcoming-deadlines.projection';

const { given } = rowsOf(upcomingDeadlines);
const first = clockStory('t-1');
const plan = clockStory('t-1', 'PLAN');
const of = { ticketId: 't-1', customerId: 'c-1', urgency: 'IMPORTANT', raisedAt: at(1, 17) } as const;
const registered = e.TicketRegistered.of({
  ...{ ...of, isEnquiry: false, isComplex: false, channel: 'EMAIL', verbatim: 'x', collectorId: 's' },
});
const planned = plan.started;
const later = e.SlaClockStarted.of({ ...planned.data, dueAt: at(6, 18) });

describe('what is due next', () => {
  it('is the earliest deadline of a ticket that can still be kept', () => {
    const rows = given(registered, later, first.started);
    rows.row('t-1').is({ customerId: 'c-1', dueAt: at(2, 17), moment: 'FIRST_RESPONSE' });
    expect(rows.row('t-1').value().clocks).toHaveLength(2);
    given(registered).row('t-1').is({ dueAt: null, moment: null, clocks: [] });
  });

  it('is the next one when that was met, missed or cancelled', () => {
    for (const end of [first.met, first.breached, first.cancelled])
      given(registered, later, first.started, end)
        .row('t-1')
        .is({ dueAt: at(6, 18), moment: 'PLAN' });
    given(registered, first.started, first.met).row('t-1').is({ dueAt: null });
  });

  it('moves with the deadline, and is not one that stands still', () => {
    given(registered, first.started, first.moved(at(2, 12), at(2, 10)))
      .row('t-1')
      .is({ dueAt: at(2, 12) });
    given(registered, first.started, later, first.paused)
      .row('t-1')
      .is({ dueAt: at(6, 18) });
    const rows = given(registered, first.started, first.warned, first.paused, first.resumed);
    rows.row('t-1').is({
      ...{ dueAt: at(3, 17), moment: 'FIRST_RESPONSE' },
      clocks: [{ moment: 'FIRST_RESPONSE', round: 1, dueAt: at(3, 17), warned: true }],
    });
  });

  it('knows whose work it is, also before its first clock', () => {
    const owner = e.TicketOwnerAssigned.of({ ...of, to: 'bob', reassignment: false });
    const lead = e.LeadDepartmentAssigned.of({ ...of, to: 'RND', reassignment: false });
    given(registered, owner, lead, first.started).row('t-1').is({ ownerId: 'bob', department: 'RND' });
    const urgent = { ...of, urgency: 'URGENT', from: 'IMPORTANT', to: 'URGENT', reason: 'x' } as const;
    given(registered, e.TicketUrgencyChanged.of(urgent)).row('t-1').is({ urgency: 'URGENT' });
    const type = { ...of, to: 'SERVICE', isEnquiry: false, channel: 'EMAIL' } as const;
    given(registered, e.TicketClassified.of(type)).row('t-1').is({ type: 'SERVICE' });
  });

  it('is nothing once the ticket is closed or withdrawn, until it is reopened', () => {
    const closed = e.TicketClosed.of({ ...of, outcome: 'CONFIRMED', closedAt: at(2, 12), round: 1 });
    const withdrawn = e.TicketWithdrawn.of({ ...of, reason: 'x', withdrawnAt: at(2, 10) });
    given(registered, first.started, closed, first.met).row('t-1').isGone();
    given(registered, first.started, withdrawn, first.cancelled).row('t-1').isGone();
    const again = { reason: 'x', reopenedAt: at(4, 9), withinRecurrence: true, round: 2 };
    const reopened = e.TicketReopened.of({
      ...{ ...of, ...again, isEnquiry: false, channel: 'EMAIL', ownerId: 'ann' },
    });
    given(registered, first.started, closed, first.met, reopened, later)
      .row('t-1')
      .is({ dueAt: at(6, 18), ownerId: 'ann' });
  });
});
