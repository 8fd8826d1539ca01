import * as e from '@rapport/domain/events';
import { rowsOf } from '@rapport/kernel/spec';
import { choice, hour, RAISED, ticketStory } from '../clocks.story';
import { customerFacingStatus } from './customer-facing-status.projection';
import { syncSchedule } from './sync-schedule.projection';

const t = ticketStory();
const SYNC = 'PROGRESS_SYNC';
const failed = (attempt: number, retryAt?: string) =>
  e.ProgressNotificationFailed.of({
    ...{ notificationId: 'n-1', ticketId: 't-1', customerId: 'c-1', status: 'ACCEPTED', channel: 'EMAIL' },
    ...{ template: 'TICKET_ACCEPTED', attempt, ownerId: 'ann', department: 'RND', reason: 'no such box' },
    ...{ failedAt: hour(2), ...(retryAt !== undefined && { retryAt }) },
  });

describe('the schedule of syncs (SYS-23)', () => {
  const { given } = rowsOf(syncSchedule);
  const begun = t.started(SYNC, hour(24), 1, { winner: choice('SLA-VIP', hour(24)) });
  const next = t.started(SYNC, hour(48), 2, { winner: choice('SLA-VIP', hour(48)) });

  it('says until when a customer is told next, by which rule and by whom', () => {
    given(begun)
      .row('t-1')
      .is({ dueAt: hour(24), rule: 'SLA-VIP', agreed: false, ownerId: 'ann', missed: 0 });
    given(begun, t.owned('bob'), t.led('TECHNICAL'))
      .row('t-1')
      .is({ ownerId: 'bob', department: 'TECHNICAL' });
    given(begun, t.met(SYNC, hour(24), hour(20)))
      .row('t-1')
      .is({ dueAt: null, rule: null });
    given(begun, t.cancelled(SYNC, hour(24)))
      .row('t-1')
      .is({ dueAt: null });
  });

  it('knows times that were agreed with the customer (C-07)', () => {
    const node = choice('AGREED_NODE', hour(60));
    given(begun, t.moved(SYNC, hour(60), { winner: node, losers: [] }))
      .row('t-1')
      .is({ dueAt: hour(60), rule: 'AGREED_NODE', agreed: true });
    given(begun, t.moved(SYNC, hour(60)))
      .row('t-1')
      .is({ dueAt: hour(60), rule: 'SLA-VIP' });
  });

  it('shows what was missed until it is made up for (SYS-23.5)', () => {
    const missed = [begun, t.breached(SYNC, hour(24)), next] as const;
    given(...missed)
      .row('t-1')
      .is({
        missed: 1,
        missedOpen: [[1, Date.parse(hour(24))]],
        overdueSince: hour(24),
        dueAt: hour(48),
      });
    given(...missed, t.metLate(SYNC, hour(24), hour(28)))
      .row('t-1')
      .is({ missed: 1, missedOpen: [], overdueSince: null, dueAt: hour(48) });
    const twice = [...missed, t.breached(SYNC, hour(48), 2)] as const;
    given(...twice, t.metLate(SYNC, hour(24), hour(50)))
      .row('t-1')
      .is({ missed: 2, missedOpen: [[2, Date.parse(hour(48))]], overdueSince: hour(48) });
    given(...twice, t.metLate(SYNC, hour(48), hour(50), 2))
      .row('t-1')
      .is({ missedOpen: [[1, Date.parse(hour(24))]], overdueSince: hour(24) });
  });

  it('keeps what the customer was told last, whatever is entered late', () => {
    const later = t.synced(30, { nextStep: 'test' });
    given(begun, later)
      .row('t-1')
      .is({ lastSyncAt: hour(30), nextStep: 'test', nextAt: hour(54), syncs: 1 });
    given(begun, later, t.synced(20))
      .row('t-1')
      .is({ lastSyncAt: hour(30), nextStep: 'test', syncs: 2 });
    given(begun, t.synced(20)).row('t-1').is({ withoutNews: true, nextStep: null });
  });

  it('lists whom no message reached, until somebody speaks to them (SYS-23.3)', () => {
    given(begun, failed(1, hour(3)))
      .row('t-1')
      .is({ undelivered: 0 });
    given(failed(4))
      .row('t-1')
      .is({
        undelivered: 1,
        undeliveredBy: 'EMAIL',
        undeliveredAt: hour(2),
        ownerId: 'ann',
        customerId: 'c-1',
      });
    given(failed(4), t.synced(5)).row('t-1').is({ undelivered: 0, undeliveredAt: null });
  });

  it('waits for nothing any more when the ticket is over', () => {
    given(begun, t.synced(20), failed(4), t.closed)
      .row('t-1')
      .is({ nextAt: null, undelivered: 0, lastSyncAt: hour(20) });
    given(begun, t.breached(SYNC, hour(24)), next, t.withdrawn)
      .row('t-1')
      .is({ dueAt: null, overdueSince: null, missed: 1 });
    given(t.registered(), t.owned('ann'), t.led('RND'), t.closed).row('t-1').isGone();
  });

  it('hears of syncs alone', () => {
    given(t.started('PLAN', hour(40)), t.breached('PLAN', hour(40)))
      .row('t-1')
      .isGone();
  });
});

describe('what a customer may see of a ticket (SYS-23.6)', () => {
  const { given } = rowsOf(customerFacingStatus);
  const stage = (...more: Parameters<typeof given>) =>
    given(t.registered(), ...more)
      .row('t-1')
      .value().stage;

  it('is where it stands, with whom, and what comes next', () => {
    given(t.registered(), t.numbered, t.owned('ann')).row('t-1').is({
      customerId: 'c-1',
      stage: 'RECEIVED',
      stageSince: RAISED,
      number: '需-2024-001',
      ownerId: 'ann',
    });
    const step = t.step(4, 'TECHNICAL_EVALUATION', { nextNode: 'template delivery', nextDue: hour(72) });
    given(t.registered(), step)
      .row('t-1')
      .is({ stage: 'EVALUATED', stageSince: hour(4), nextNode: 'template delivery', nextAt: hour(72) });
    given(t.registered(), step, t.synced(20))
      .row('t-1')
      .is({ lastSyncAt: hour(20), nextNode: 'template delivery', nextAt: hour(44) });
    given(t.registered(), t.synced(30, { nextStep: 'test' }), t.synced(20))
      .row('t-1')
      .is({ lastSyncAt: hour(30), nextNode: 'test' });
    given(t.registered(), t.planned(9))
      .row('t-1')
      .is({ plannedAt: hour(9), stage: 'ACCEPTED' });
  });

  it('is nothing that is said among us', () => {
    const row = given(t.registered(), t.step(4, 'INTAKE', { customerFeedback: 'hurry' }))
      .row('t-1')
      .value();
    expect(JSON.stringify(row)).not.toMatch(/among us|nobody knows|hurry|verbatim/);
  });

  it('goes on and never back, until a new round begins', () => {
    expect(stage(e.TicketAcknowledged.of({ ...t.of, acknowledgedAt: hour(1), automatic: true }))).toBe(
      'RECEIVED',
    );
    expect(stage(e.TicketAcknowledged.of({ ...t.of, acknowledgedAt: hour(1) }))).toBe('ACCEPTED');
    expect(stage(t.answered(1))).toBe('ACCEPTED');
    expect(stage(t.answered(1), t.step(3, 'TESTING'), t.step(4, 'TECHNICAL_EVALUATION'))).toBe('IN_TEST');
    expect(stage(t.delivered(9))).toBe('DELIVERED');
    expect(stage(t.delivered(9), t.step(10, 'phoning around'))).toBe('DELIVERED');
    expect(stage(t.delivered(9), t.again)).toBe('ACCEPTED');
    expect(stage(t.delivered(9), t.again, t.delivered(85))).toBe('DELIVERED');
    const confirmed = e.CustomerConfirmedSatisfied.of({ ...t.of, confirmedAt: hour(88), round: 1 }, hour(88));
    expect(stage(t.delivered(9), confirmed)).toBe('CONFIRMED');
    expect(stage(t.closed)).toBe('CLOSED');
    expect(stage(t.withdrawn)).toBe('WITHDRAWN');
    expect(stage(t.closed, t.reopened)).toBe('ACCEPTED');
  });

  it('says when a question to the customer is out', () => {
    given(t.registered(), t.waits).row('t-1').is({ waitsForCustomer: true });
    given(t.registered(), t.waits, t.resumed).row('t-1').is({ waitsForCustomer: false });
    const last = t.step(6, 'INTAKE', { nextNode: 'x', nextDue: hour(9), final: true });
    given(t.registered(), last).row('t-1').is({ nextNode: null, nextAt: null });
  });
});
