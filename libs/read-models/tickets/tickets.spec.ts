import * as e from '@rapport/domain/events';
import { Attachment } from '@rapport/domain/values';
import { hydrate } from '@rapport/kernel';
import { rowsOf } from '@rapport/kernel/spec';
import { ticketStory } from '../ticket.story';
import { ticketIndex } from './ticket-index.projection';
import { ticketFile } from './ticket.projection';
import { unclassifiedTickets } from './unclassified-tickets.projection';

const raisedAt = '2024-03-01T09:00:00.000Z';
const noon = '2024-03-01T12:00:00.000Z';
const of = { ticketId: 't-1', customerId: 'c-1', type: 'SERVICE', urgency: 'ROUTINE', raisedAt } as const;
const story = ticketStory('t-1', raisedAt);
const said = { isEnquiry: false, isComplex: false, channel: 'PHONE', verbatim: 'it burns' } as const;
const numbered = e.TicketNumbered.of({
  ...{ year: '2024', ticketId: 't-1', customerId: 'c-1', sequence: 1, ticketNumber: '需-2024-001' },
});
const classified = (type: 'COMPLAINT') =>
  e.TicketClassified.of({ ...of, type, to: type, isEnquiry: false, channel: 'PHONE' });
const weighed = e.TicketUrgencyChanged.of({
  ...{ ...of, urgency: 'URGENT', priority: 1, from: 'ROUTINE', to: 'URGENT', toPriority: 1, reason: 'x' },
});
const waiting = e.TicketWaitingForCustomer.of({ ...of, question: 'which?', waitingSince: noon });
const resumed = e.TicketResumed.of({ ...of, waitingSince: noon, resumedAt: noon });
const confirmed = e.CustomerConfirmedSatisfied.of({ ...of, confirmedAt: noon, round: 1 });
const reported = e.CustomerReportedDissatisfied.of({ ...of, reason: 'x', reportedAt: noon, round: 1 });
const second = e.SecondCommunicationStarted.of({ ...of, startedAt: noon, round: 2 });
const closed = e.TicketClosed.of({ ...of, outcome: 'CONFIRMED', closedAt: noon, round: 1 });
const archived = e.TicketArchived.of({
  ...{ ...of, archivedAt: noon, closedAt: noon, outcome: 'CONFIRMED' },
  manifest: { steps: 1, plans: 0, solutions: 1, rounds: 1, attachments: [], complaint: false, parts: [] },
});
const withdrawn = e.TicketWithdrawn.of({ ...of, reason: 'x', withdrawnAt: noon });
const owned = e.TicketOwnerAssigned.of({ ...of, to: 'ann', reassignment: false });
const rank = { score: 0, handling: 'SPECIAL_PLAN', urgent: false, important: true } as const;
const scores = { impact: 0, returnOnCost: 0, customerValue: 0, feasibility: 0 };
const prioritised = e.TicketPrioritised.of({
  ...{ ...of, ...rank, scores, priority: 2, quadrant: 'Q2', level: 2, emergency: false, prioritisedAt: noon },
});
const overridden = e.TicketPriorityOverridden.of({
  ...{ ...of, ...rank, scores, priority: 4, quadrant: 'Q4', level: 4, from: 'Q2', to: 'Q4' },
  ...{ reason: 'x', approverId: 'uma', overriddenAt: noon },
});

describe('the file of a ticket, as it was taken in', () => {
  const { given } = rowsOf(ticketFile);
  const taken = { raisedOn: '2024-03-01', servicePhase: 'AFTER_SALE', relatedInteractions: ['i-1'] } as const;
  const registered = e.TicketRegistered.of({ ...story.registered.data, ...taken });

  it('shows the day where no time was known, the phase of service and the talks it is about', () => {
    given(registered).row('t-1').is(taken);
    given(story.registered).row('t-1').is({ raisedOn: null, servicePhase: null, relatedInteractions: [] });
  });
  it('follows what was set right since', () => {
    const amended = e.TicketDetailsAmended.of({ ...of, relatedInteractions: ['i-1', 'i-2'] });
    const settled = e.TicketClassified.of({
      ...{ ...of, to: 'SERVICE', isEnquiry: false, channel: 'PHONE', servicePhase: 'IN_SALE' },
    });
    given(registered, amended)
      .row('t-1')
      .is({ relatedInteractions: ['i-1', 'i-2'] });
    given(registered, settled).row('t-1').is({ servicePhase: 'IN_SALE' });
    given(registered, classified('COMPLAINT')).row('t-1').is({ servicePhase: 'AFTER_SALE' });
  });
});
describe('the index of tickets', () => {
  const { given } = rowsOf(ticketIndex);
  const state = (...events: Parameters<typeof given>) =>
    given(story.registered, ...events)
      .row('t-1')
      .value().state;

  it('finds a ticket by number, customer, class and hands', () => {
    given(story.registered, numbered, classified('COMPLAINT'), weighed, owned, story.led(1, 'RND', false))
      .row('t-1')
      .is({
        ...{ number: '需-2024-001', customerId: 'c-1', type: 'COMPLAINT', urgency: 'URGENT', priority: 1 },
        ...{ ownerId: 'ann', department: 'RND', raisedAt, state: 'NEW', round: 1 },
      });
  });
  it('shows the level of its quadrant', () => {
    given(story.registered, prioritised).row('t-1').is({ priority: 2 });
    given(story.registered, prioritised, overridden).row('t-1').is({ priority: 4 });
    rowsOf(ticketFile).given(story.registered, prioritised).row('t-1').is({ priority: 2 });
    rowsOf(ticketFile).given(story.registered, prioritised, overridden).row('t-1').is({ priority: 4 });
  });
  it('knows where it stands, also when it is over', () => {
    expect(state(story.active(1))).toBe('WORKING');
    expect(state(story.answered(1))).toBe('WORKING');
    expect(state(waiting)).toBe('WAITING');
    expect(state(waiting, resumed)).toBe('WORKING');
    expect(state(story.resolved(1), waiting, resumed)).toBe('SOLVED');
    expect(state(story.resolved(1), confirmed)).toBe('CONFIRMED');
    expect(state(story.resolved(1), reported)).toBe('WORKING');
    expect(state(story.resolved(1), confirmed, closed)).toBe('CLOSED');
    expect(state(closed, archived)).toBe('ARCHIVED');
    expect(state(withdrawn)).toBe('WITHDRAWN');
    given(story.registered, story.resolved(1), reported, second).row('t-1').is({ round: 2, solvedAt: null });
    given(story.registered, closed).row('t-1').is({ outcome: 'CONFIRMED', closedAt: noon });
    given(story.registered, closed, story.reopened(9))
      .row('t-1')
      .is({ state: 'WORKING', round: 2, closedAt: null, outcome: null });
  });
  it('is as new as before when a machine has sent a receipt (SYS-21.4)', () => {
    const receipt = e.TicketAcknowledged.of({ ...of, acknowledgedAt: noon, automatic: true });
    const seen = e.TicketAcknowledged.of({ ...of, acknowledgedAt: noon });
    expect(state(receipt)).toBe('NEW');
    expect(state(receipt, seen)).toBe('WORKING');
    rowsOf(ticketFile).given(story.registered, receipt).row('t-1').is({ state: 'NEW' });
  });
  it('shows what holds tickets together', () => {
    const part = e.TicketRegistered.of({ ...of, ...said, collectorId: 's', splitFrom: 't-0' });
    given(part).row('t-1').is({ splitFrom: 't-0', recurrenceOf: null });
    const again = e.TicketRegistered.of({ ...of, ...said, collectorId: 's', recurrenceOf: 't-0' });
    given(again).row('t-1').is({ recurrenceOf: 't-0' });
  });
});

describe('the file of a ticket', () => {
  const { given } = rowsOf(ticketFile);
  const picture = hydrate(Attachment, { name: 'fire.png' });
  const letter = hydrate(Attachment, { name: 'b.png' });
  const told = {
    expectedGoal: 'no fire',
    background: 'a spark',
    cooperationHistory: 'long',
    salutation: 'Ms',
  };
  const registered = e.TicketRegistered.of({
    ...{ ...of, ...said, ...told, contactId: 'lin', distilled: 'a fire', subjectiveWords: ['burns'] },
    ...{ collectorId: 'sam', industry: 'Retail', grade: 'VIP', orderNumbers: ['o-1'], ordersVerified: false },
    attachments: [picture],
  });

  it('holds every field of template 1', () => {
    given(registered, numbered)
      .row('t-1')
      .is({
        ...{ ...told, number: '需-2024-001', customerId: 'c-1', contactId: 'lin', industry: 'Retail' },
        ...{ grade: 'VIP', type: 'SERVICE', verbatim: 'it burns', distilled: 'a fire' },
        ...{ subjectiveWords: ['burns'], channel: 'PHONE', raisedAt, urgency: 'ROUTINE', collectorId: 'sam' },
        ...{ orderNumbers: ['o-1'], ordersVerified: false, attachments: [picture], state: 'NEW' },
        ...{ isEnquiry: false, isComplex: false, ownerId: null, department: null, round: 1 },
      });
    given(story.registered)
      .row('t-1')
      .is({ contactId: null, distilled: null, orderNumbers: [], grade: null });
  });
  it('follows what was set right; the verbatim stays', () => {
    const amended = e.TicketDetailsAmended.of({ ...of, distilled: 'a small fire', expectedGoal: 'none' });
    given(registered, amended)
      .row('t-1')
      .is({
        ...{ distilled: 'a small fire', subjectiveWords: [], expectedGoal: 'none', background: 'a spark' },
        ...{ verbatim: 'it burns', contactId: 'lin', orderNumbers: ['o-1'], ordersVerified: false },
      });
    const orders = e.TicketDetailsAmended.of({ ...of, orderNumbers: ['o-2'], ordersVerified: true });
    given(registered, orders)
      .row('t-1')
      .is({ orderNumbers: ['o-2'], ordersVerified: true, distilled: 'a fire', subjectiveWords: ['burns'] });
  });
  it('shows what became of it', () => {
    const filed = e.TicketAttachmentAdded.of({ ...of, attachment: letter });
    const split = e.TicketSplit.of({ ...of, newTicketIds: ['t-2'] });
    given(registered, filed, split, classified('COMPLAINT'), weighed, owned, story.led(1, 'RND', false))
      .row('t-1')
      .is({
        ...{ attachments: [picture, letter], splitInto: ['t-2'], type: 'COMPLAINT' },
        ...{ urgency: 'URGENT', priority: 1, ownerId: 'ann', department: 'RND' },
      });
    const state = (...events: Parameters<typeof given>) =>
      given(registered, ...events)
        .row('t-1')
        .value().state;
    expect(state(story.active(1))).toBe('WORKING');
    expect(state(story.resolved(1))).toBe('SOLVED');
    expect(state(story.resolved(1), second)).toBe('WORKING');
    expect(state(closed)).toBe('CLOSED');
    expect(state(closed, archived)).toBe('ARCHIVED');
    expect(state(withdrawn)).toBe('WITHDRAWN');
    given(registered, closed, story.reopened(9)).row('t-1').is({ state: 'WORKING', outcome: null, round: 2 });
  });
});

describe('tickets without a type', () => {
  const { given } = rowsOf(unclassifiedTickets);
  const { type: _, ...untyped } = of;
  const registered = e.TicketRegistered.of({ ...untyped, ...said, collectorId: 'sam' });

  it('are listed until they have one', () => {
    given(registered)
      .row('t-1')
      .is({ customerId: 'c-1', urgency: 'ROUTINE', channel: 'PHONE', collectorId: 'sam', raisedAt });
    const urgent = { urgency: 'URGENT', from: 'ROUTINE', to: 'URGENT', reason: 'x' } as const;
    given(registered, e.TicketUrgencyChanged.of({ ...untyped, ...urgent }))
      .row('t-1')
      .is({ urgency: 'URGENT' });
    given(registered, classified('COMPLAINT')).row('t-1').isGone();
    given(registered, closed).row('t-1').isGone();
    given(registered, withdrawn).row('t-1').isGone();
  });
  it('are no others, and come back with their ticket', () => {
    given(story.registered, weighed).row('t-1').isGone();
    const again = { reason: 'x', reopenedAt: noon, withinRecurrence: true, round: 2 };
    const reopened = e.TicketReopened.of({ ...untyped, ...again, isEnquiry: false, channel: 'PHONE' });
    given(registered, closed, reopened).row('t-1').is({ customerId: 'c-1', collectorId: null, raisedAt });
    given(story.registered, closed, story.reopened(9)).row('t-1').isGone();
  });
});
