import * as e from '@rapport/domain/events';
import { rowsOf } from '@rapport/kernel/spec';
import { ticketStory } from '../ticket.story';
import { archiveIndex } from './archive-index.projection';
import { closure } from './closure.projection';
import { recurrence } from './recurrence.projection';

const raisedAt = '2024-03-01T09:00:00.000Z';
const hour = (n: number) => new Date(Date.parse(raisedAt) + n * 3_600_000).toISOString();
const of = { ticketId: 't-1', customerId: 'c-1', type: 'SERVICE', urgency: 'ROUTINE', raisedAt } as const;
const story = ticketStory('t-1', raisedAt);
const reported = (hours: number, round: number) =>
  e.CustomerReportedDissatisfied.of({ ...of, reason: 'no', reportedAt: hour(hours), round });
const second = (hours: number, round: number) =>
  e.SecondCommunicationStarted.of({ ...of, startedAt: hour(hours), round });
const confirmed = (hours: number, round: number, evidence?: string) =>
  e.CustomerConfirmedSatisfied.of({
    ...{ ...of, confirmedAt: hour(hours), round },
    ...(evidence !== undefined && { evidence }),
  });
const closed = e.TicketClosed.of({
  ...{ ...of, outcome: 'CONFIRMED', closedAt: hour(9), round: 2, ownerId: 'ann', department: 'RND' },
});
const manifest = { steps: 4, plans: 2, solutions: 2, rounds: 2, attachments: ['a.png'], complaint: false };
const archived = e.TicketArchived.of({
  ...{ ...of, archivedAt: hour(99), closedAt: hour(9), outcome: 'CONFIRMED', ticketNumber: '需-2024-001' },
  manifest: { ...manifest, parts: ['t-2'], splitFrom: 't-0' },
});

describe('the closure of a ticket', () => {
  const { given } = rowsOf(closure);

  it('tells ST-17: not satisfied at first, satisfied in the second round', () => {
    given(story.resolved(2)).row('t-1').is({ customerId: 'c-1', state: 'SOLVED', rounds: 1, solutions: 1 });
    given(story.resolved(2), reported(3, 1), second(3, 2))
      .row('t-1')
      .is({ state: 'IN_REWORK', rounds: 2, dissatisfactions: 1, solvedAt: null });
    const again = [story.resolved(2), reported(3, 1), second(3, 2), story.resolved(7, 2)];
    given(...again, confirmed(8, 2, 'mail-1'), closed)
      .row('t-1')
      .is({
        ...{ state: 'CLOSED', rounds: 2, solutions: 2, dissatisfactions: 1, solvedAt: hour(7) },
        ...{ confirmedAt: hour(8), evidenced: true, closedAt: hour(9), outcome: 'CONFIRMED' },
        ...{ ownerId: 'ann', department: 'RND', sourceVerdict: null },
      });
  });
  it('counts how often the word of the customer was missing', () => {
    const due = e.ClosureReminderDue.of({ ...of, solvedAt: hour(2), afterDays: 3, round: 1 });
    given(story.resolved(2), due).row('t-1').is({ reminders: 1, state: 'SOLVED', confirmedAt: null });
    given(story.resolved(2), due, story.closed(999, 'MISSED'))
      .row('t-1')
      .is({ outcome: 'UNCONFIRMED', confirmedAt: null, sourceVerdict: 'MISSED' });
  });
  it('is open again with another round, whatever had been said', () => {
    const open = { closedAt: null, outcome: null, confirmedAt: null, evidenced: false, solvedAt: null };
    given(story.resolved(2), confirmed(3, 1, 'mail-1'), closed, story.reopened(20))
      .row('t-1')
      .is({ ...open, state: 'REOPENED', rounds: 2, reopenings: 1, ownerId: null, department: null });
    given(story.resolved(2), second(3, 2)).row('t-1').is({ state: 'IN_REWORK', dissatisfactions: 0 });
  });
  it('ends with the need itself, when the customer takes it back', () => {
    const withdrawn = e.TicketWithdrawn.of({ ...of, reason: 'x', withdrawnAt: hour(3) });
    given(story.resolved(2), withdrawn).row('t-1').is({ state: 'WITHDRAWN', solutions: 1, closedAt: null });
    given(story.registered, withdrawn).row('t-1').isGone();
  });
  it('ends with the archive', () => {
    given(story.resolved(2), confirmed(3, 1), closed, archived)
      .row('t-1')
      .is({ state: 'ARCHIVED', archivedAt: hour(99), evidenced: false });
  });
});

describe('the index of the archive', () => {
  it('finds what was filed, with its manifest', () => {
    rowsOf(archiveIndex)
      .given(archived)
      .row('t-1')
      .is({
        ...{ ...manifest, number: '需-2024-001', customerId: 'c-1', type: 'SERVICE', outcome: 'CONFIRMED' },
        ...{ raisedAt, closedAt: hour(9), archivedAt: hour(99), parts: ['t-2'] },
        ...{ splitFrom: 't-0', recurrenceOf: null },
      });
  });
});

describe('recurrence', () => {
  const { given } = rowsOf(recurrence);

  it('is a ticket that was taken up again', () => {
    given(story.registered, closed, story.reopened(20))
      .row('t-1|2')
      .is({
        ...{ ticketId: 't-1', earlierTicketId: 't-1', customerId: 'c-1', kind: 'REOPENED', at: hour(20) },
        ...{ withinRecurrence: true, round: 2 },
      });
    given(story.registered, story.reopened(20)).row('t-1|1').isGone();
  });
  it('is a new ticket that names the earlier one, and counts within 30 days', () => {
    const said = {
      isEnquiry: false,
      isComplex: false,
      channel: 'PHONE',
      verbatim: 'x',
      collectorId: 's',
    } as const;
    const again = (withinRecurrence: boolean) =>
      e.TicketRegistered.of({ ...of, ...said, ticketId: 't-9', recurrenceOf: 't-1', withinRecurrence });
    given(again(true))
      .row('t-9|1')
      .is({
        ...{ ticketId: 't-9', earlierTicketId: 't-1', kind: 'NEW_TICKET', at: raisedAt, round: 1 },
        ...{ withinRecurrence: true, closedAt: null },
      });
    given(again(false)).row('t-9|1').is({ withinRecurrence: false });
  });
});
