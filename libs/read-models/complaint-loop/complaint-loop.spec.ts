import * as e from '@rapport/domain/events';
import { rowsOf } from '@rapport/kernel/spec';
import { ticketStory } from '../ticket.story';
import { complaintLoop } from './complaint-loop.projection';

const { given } = rowsOf(complaintLoop);
const raisedAt = '2024-03-01T09:00:00.000Z';
const noon = '2024-03-01T12:00:00.000Z';
const story = ticketStory('t-1', raisedAt, 'COMPLAINT');
const [lodged, graded] = story.complaint(['LATE_DELIVERY'], 'SERIOUS') as [
  ReturnType<typeof e.ComplaintLodged.of>,
  ReturnType<typeof e.ComplaintGraded.of>,
];
const of = { ticketId: 't-1', customerId: 'c-1', type: 'COMPLAINT', urgency: 'ROUTINE', raisedAt } as const;
const satisfied = e.CustomerConfirmedSatisfied.of({ ...of, confirmedAt: noon, round: 1 });
const resolved = e.ComplaintResolved.of({
  ...{ ticketId: 't-1', customerId: 'c-1', causes: ['LATE_DELIVERY'], raisedAt, level: 'SERIOUS' },
  ...{ confirmedCause: 'no truck', round: 1, resolvedAt: noon },
});
const begun = [story.registered, lodged, graded] as const;

describe('the loop of a complaint', () => {
  it('lacks everything at first', () =>
    given(...begun)
      .row('t-1')
      .is({
        ...{ customerId: 'c-1', causes: ['LATE_DELIVERY'], level: 'SERIOUS', open: true },
        missing: ['CAUSE_SETTLED', 'SOLUTION_DELIVERED', 'CUSTOMER_SATISFIED'],
      }));

  it('closes step by step', () => {
    given(...begun, story.resolved(3))
      .row('t-1')
      .is({ solvedAt: noon, missing: ['CAUSE_SETTLED', 'CUSTOMER_SATISFIED'] });
    given(...begun, story.resolved(3), satisfied)
      .row('t-1')
      .is({ satisfiedAt: noon, missing: ['CAUSE_SETTLED'], open: true });
    given(...begun, story.resolved(3), satisfied, resolved)
      .row('t-1')
      .is({ causeConfirmed: true, resolvedAt: noon, missing: [], open: false });
  });

  it('opens again with another round', () =>
    given(...begun, story.resolved(3), satisfied, resolved, story.reopened(30))
      .row('t-1')
      .is({ round: 2, resolvedAt: null, causeConfirmed: null, open: true }));

  it('is that of a complaint, as long as it is one', () => {
    given(ticketStory('t-1', raisedAt).registered, story.resolved(3), satisfied).row('t-1').isGone();
    const told = { channel: 'PHONE', isEnquiry: false } as const;
    const service = { ...of, ...told, type: 'SERVICE', from: 'COMPLAINT', to: 'SERVICE' } as const;
    given(...begun, e.TicketClassified.of(service))
      .row('t-1')
      .isGone();
    given(...begun, e.TicketWithdrawn.of({ ...of, reason: 'x', withdrawnAt: noon }), graded)
      .row('t-1')
      .isGone();
    const late = { ...of, ...told, to: 'COMPLAINT', deliveredAt: noon } as const;
    given(e.TicketClassified.of(late))
      .row('t-1')
      .is({ solvedAt: noon, missing: ['CAUSE_SETTLED', 'CUSTOMER_SATISFIED'] });
  });
});
