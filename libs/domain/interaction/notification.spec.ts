import { scenario } from '@rapport/kernel/spec';
import * as c from './notification.commands';
import { notification } from './notification.decider';
import * as e from './notification.events';
import { ATTEMPTS_MAX, PUSHED_BY } from './notification.values';
import { Channel } from '../ticket/ticket.values';

const T0 = '2024-03-01T09:00:00.000Z';
const minutes = (n: number) => new Date(Date.parse(T0) + n * 60_000).toISOString();
const at = (now: string) => scenario(notification, { now, actor: { id: 'gateway', role: 'SYSTEM' } }).given;
const given = at(T0);
const facts = { ticketId: 't-1', customerId: 'c-1', channel: 'PHONE', ownerId: 'ann', raisedBy: 'lin' };
const ticket = { stage: 'working', of: facts };
const send = (more: Partial<c.SendProgressNotification> = {}) =>
  c.SendProgressNotification.of({ notificationId: 'n-1', ticketId: 't-1', status: 'ACCEPTED', ...more });
const message = {
  ...{ notificationId: 'n-1', ticketId: 't-1', customerId: 'c-1', contactId: 'lin', ownerId: 'ann' },
  ...({ status: 'ACCEPTED', channel: 'SMS', template: 'TICKET_ACCEPTED' } as const),
};
const sent = (attempt = 1, more: Partial<e.ProgressNotificationSent> = {}) =>
  e.ProgressNotificationSent.of({ ...message, attempt, countsAsSync: false, sentAt: T0, ...more });
const failed = (attempt: number, retryAt?: string) =>
  e.ProgressNotificationFailed.of({
    ...{ ...message, attempt, reason: 'mailbox full', failedAt: T0 },
    ...(retryAt !== undefined && { retryAt }),
  });
const report = (more: Partial<c.ReportNotificationFailure> = {}) =>
  c.ReportNotificationFailure.of({ notificationId: 'n-1', reason: 'mailbox full', ...more });

describe('a message about a ticket (SYS-23.3)', () => {
  it('goes out on the way on which the customer came, or on the nearest that needs no person', () => {
    given().when(send(), { ticket }).then(sent());
    const byWecom = { ...ticket, of: { ...facts, channel: 'WECOM' } };
    const [event] = given().when(send(), { ticket: byWecom }).decided();
    expect(event?.data).toMatchObject({ channel: 'WECOM' });
    expect(Object.keys(PUSHED_BY).sort()).toEqual(Object.keys(Channel).sort());
  });

  it('goes out once, and not about a ticket that is gone', () => {
    given(sent()).when(send(), { ticket }).thenNothing();
    given()
      .when(send(), { ticket: { ...ticket, stage: 'withdrawn' } })
      .thenNothing();
    given()
      .when(send(), { ticket: { stage: 'unregistered' } })
      .thenRefused('TICKET_UNKNOWN');
  });

  it('counts as sync only if it names the next step and a time to come (SYS-23.4)', () => {
    const counts = (more: Partial<c.SendProgressNotification>) =>
      given().when(send(more), { ticket }).decided()[0]?.data;
    const next = { nextStep: 'evaluation', nextAt: minutes(60) };
    expect(counts(next)).toMatchObject({ ...next, countsAsSync: true });
    expect(counts({ nextStep: 'evaluation' })).toMatchObject({ countsAsSync: false });
    expect(counts({ nextAt: minutes(60) })).toMatchObject({ countsAsSync: false });
    const passed = counts({ nextStep: 'evaluation', nextAt: T0 });
    expect(passed).toMatchObject({ countsAsSync: false });
    expect(passed).not.toHaveProperty('nextAt');
  });
});

describe('a message that did not reach the customer', () => {
  it('is tried again after 5, 15 and 60 minutes', () => {
    given(sent())
      .when(report())
      .then(failed(1, minutes(5)));
    given(sent(2))
      .when(report())
      .then(failed(2, minutes(15)));
    given(sent(3))
      .when(report())
      .then(failed(3, minutes(60)));
    const retry = c.RetryProgressNotification.of({ notificationId: 'n-1', attempt: 1 });
    at(minutes(5))(sent(), failed(1, minutes(5)))
      .when(retry)
      .then(sent(2, { sentAt: minutes(5) }));
    at(minutes(4))(sent(), failed(1, minutes(5)))
      .when(retry)
      .thenRefused('RETRY_NOT_DUE');
    at(minutes(5))(sent(), failed(1, minutes(5)), sent(2))
      .when(retry)
      .thenNothing();
  });

  it('is given up after the third time: a person has to tell the customer', () => {
    given(sent(ATTEMPTS_MAX)).when(report()).then(failed(ATTEMPTS_MAX));
    const retry = c.RetryProgressNotification.of({ notificationId: 'n-1', attempt: ATTEMPTS_MAX });
    at(minutes(99))(sent(ATTEMPTS_MAX), failed(ATTEMPTS_MAX)).when(retry).thenNothing();
  });

  it('names no time any more that has passed when it is tried again', () => {
    const next = { nextStep: 'evaluation', nextAt: minutes(3), countsAsSync: true };
    const retry = c.RetryProgressNotification.of({ notificationId: 'n-1', attempt: 1 });
    const [event] = at(minutes(5))(sent(1, next), failed(1, minutes(5)))
      .when(retry)
      .decided();
    expect(event?.data).toMatchObject({ attempt: 2, countsAsSync: false });
    expect(event?.data).not.toHaveProperty('nextAt');
  });

  it('is reported once for each attempt, by whoever sends', () => {
    given(sent(), failed(1, minutes(5)))
      .when(report())
      .thenNothing();
    given(sent(), failed(1, minutes(5)), sent(2))
      .when(report({ attempt: 1 }))
      .thenNothing();
    given(sent())
      .when(report({ attempt: 2 }))
      .thenRefused('ATTEMPT_UNKNOWN');
    given().when(report()).thenRefused('NOTIFICATION_UNKNOWN');
    given(sent())
      .when(report({ failedAt: minutes(1) }))
      .thenRefused('DATED_IN_FUTURE');
  });
});
