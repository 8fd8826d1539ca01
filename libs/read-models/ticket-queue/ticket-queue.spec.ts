import * as e from '@rapport/domain/events';
import { rowsOf } from '@rapport/kernel/spec';
import { ticketStory } from '../clocks.story';
import { ticketQueue } from './ticket-queue.projection';

const { given } = rowsOf(ticketQueue);
const raisedAt = '2024-03-01T09:00:00.000Z';
const noon = '2024-03-02T12:00:00.000Z';
const of = { ticketId: 't-1', customerId: 'c-1', type: 'COMPLAINT', urgency: 'URGENT', raisedAt } as const;
const registered = e.TicketRegistered.of({
  ...{
    ...of,
    isEnquiry: false,
    isComplex: false,
    channel: 'PHONE',
    verbatim: 'it burns',
    collectorId: 'sam',
  },
});
const numbered = e.TicketNumbered.of({
  ...{ year: '2024', ticketId: 't-1', customerId: 'c-1', sequence: 1, ticketNumber: '需-2024-001' },
});
const waiting = e.TicketWaitingForCustomer.of({ ...of, question: 'which?', waitingSince: noon });
const resumed = e.TicketResumed.of({ ...of, waitingSince: noon, resumedAt: noon });
const delivered = e.SolutionDelivered.of({ ...of, solution: 'water', deliveredAt: noon, round: 1 });
const closed = e.TicketClosed.of({ ...of, outcome: 'CONFIRMED', closedAt: noon, round: 1 });
const withdrawn = e.TicketWithdrawn.of({ ...of, reason: 'it went out', withdrawnAt: noon });
const raised = e.ComplaintLevelRaised.of({
  ...{
    ticketId: 't-1',
    customerId: 'c-1',
    raisedAt,
    causes: ['OTHER'],
    from: 'ORDINARY',
    to: 'SERIOUS',
    because: 'late',
  },
});

describe('the queue of open tickets', () => {
  it('takes a ticket in as new, with its number when it has one', () => {
    const row = {
      customerId: 'c-1',
      type: 'COMPLAINT',
      urgency: 'URGENT',
      raisedAt,
      state: 'NEW',
      round: 1,
    } as const;
    given(registered)
      .row('t-1')
      .is({ ...row, number: null, priority: null, ownerId: null, department: null });
    given(registered, numbered)
      .row('t-1')
      .is({ ...row, number: '需-2024-001' });
  });
  it('shows in whose hands it is and how pressing', () => {
    const owned = e.TicketOwnerAssigned.of({ ...of, to: 'ann', reassignment: false });
    const led = e.LeadDepartmentAssigned.of({ ...of, to: 'TECHNICAL', reassignment: false });
    const weighed = e.TicketUrgencyChanged.of({
      ...of,
      urgency: 'ROUTINE',
      priority: 2,
      from: 'URGENT',
      to: 'ROUTINE',
      reason: 'x',
    });
    given(registered, owned, led, weighed)
      .row('t-1')
      .is({ ownerId: 'ann', department: 'TECHNICAL', urgency: 'ROUTINE', priority: 2, state: 'NEW' });
  });
  it('follows its state', () => {
    const step = {
      step: 1,
      stage: 'x',
      executedAt: noon,
      executorId: 'a',
      progress: 'x',
      nextNode: 'y',
      final: false,
      lateEntry: false,
    };
    const second = e.SecondCommunicationStarted.of({ ...of, startedAt: noon, round: 2 });
    const state = (...events: Parameters<typeof given>) =>
      given(registered, ...events)
        .row('t-1')
        .value().state;
    expect(state(e.TicketAcknowledged.of({ ...of, acknowledgedAt: noon }))).toBe('WORKING');
    expect(state(e.ExecutionStepRecorded.of({ ...of, ...step }))).toBe('WORKING');
    expect(state(waiting)).toBe('WAITING');
    expect(state(waiting, resumed)).toBe('WORKING');
    expect(state(delivered)).toBe('SOLVED');
    expect(state(delivered, e.ExecutionStepRecorded.of({ ...of, ...step }))).toBe('SOLVED');
    expect(state(delivered, waiting, resumed)).toBe('SOLVED');
    expect(state(delivered, e.CustomerConfirmedSatisfied.of({ ...of, confirmedAt: noon, round: 1 }))).toBe(
      'CONFIRMED',
    );
    expect(state(delivered, second)).toBe('WORKING');
    given(registered, waiting).row('t-1').is({ waitingSince: noon });
    given(registered, waiting, resumed).row('t-1').is({ waitingSince: null });
    given(registered, delivered, second).row('t-1').is({ round: 2, solvedAt: null });
    given(registered, e.ExecutionStepRecorded.of({ ...of, ...step }))
      .row('t-1')
      .is({ nextNode: 'y', nextDue: null });
  });
  it('shows how grave a complaint is', () => {
    given(registered, raised).row('t-1').is({ complaintLevel: 'SERIOUS' });
  });
  it('lets go what is closed or withdrawn; what comes later does not bring it back', () => {
    given(registered, closed).row('t-1').isGone();
    given(registered, withdrawn).row('t-1').isGone();
    given(registered, closed, numbered, raised).row('t-1').isGone();
  });
  it('takes back what is reopened, with all that is known of it', () => {
    const told = {
      isEnquiry: true,
      channel: 'EMAIL',
      ticketNumber: '需-2024-001',
      ownerId: 'ann',
      department: 'RND',
    } as const;
    const reopened = e.TicketReopened.of({
      ...{
        ...of,
        priority: 1,
        reason: 'again',
        reopenedAt: noon,
        withinRecurrence: true,
        round: 2,
        respondedAt: noon,
      },
      ...{ ...told, closedAt: noon },
    });
    const row = {
      state: 'WORKING',
      number: '需-2024-001',
      ownerId: 'ann',
      department: 'RND',
      channel: 'EMAIL',
    } as const;
    given(registered, numbered, closed, reopened)
      .row('t-1')
      .is({
        ...row,
        customerId: 'c-1',
        type: 'COMPLAINT',
        urgency: 'URGENT',
        priority: 1,
        raisedAt,
        round: 2,
        respondedAt: noon,
      });
    given(registered, numbered, raised, delivered, reopened)
      .row('t-1')
      .is({ state: 'WORKING', solvedAt: null, complaintLevel: 'SERIOUS' });
    const clock = ticketStory('t-1').started('FIRST_RESPONSE', noon, 2, { complaintLevel: 'SERIOUS' });
    given(registered, raised, closed, clock).row('t-1').isGone();
    given(registered, raised, closed, reopened, clock).row('t-1').is({ complaintLevel: 'SERIOUS' });
  });
});
