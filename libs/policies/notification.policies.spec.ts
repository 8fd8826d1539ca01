import { RetryProgressNotification, SendProgressNotification } from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import type { TicketStatus } from '@rapport/domain/values';
import { givenEventId, reactionsOf } from '@rapport/kernel/spec';
import { whenNotificationFailedThenRetry } from './when-notification-failed-then-retry.policy';
import { whenTicketMovesThenNotify } from './when-ticket-moves-then-notify.policy';

const T0 = '2024-03-01T09:00:00.000Z';
const T1 = '2024-03-02T09:00:00.000Z';
const of = { ticketId: 't-1', customerId: 'c-1', urgency: 'ROUTINE', raisedAt: T0 } as const;
const told = {
  channel: 'EMAIL',
  verbatim: 'x',
  collectorId: 'sam',
  isEnquiry: false,
  isComplex: false,
} as const;
const registered = e.TicketRegistered.of({ ...of, ...told });
const numbered = e.TicketNumbered.of({
  ...{ year: '2024', ticketId: 't-1', customerId: 'c-1', sequence: 1, ticketNumber: '需-2024-001' },
});
const acknowledged = (automatic: boolean) =>
  e.TicketAcknowledged.of({ ...of, acknowledgedAt: T0, ...(automatic && { automatic }) });
const responded = e.FirstResponseRecorded.of({ ...of, direction: 'we look', respondedAt: T0, round: 1 });
const step = (stage: string, next: { nextNode?: string; nextDue?: string } = {}) =>
  e.ExecutionStepRecorded.of({
    ...{ ...of, step: 1, stage, executedAt: T0, executorId: 'ann', progress: 'x', final: false },
    ...{ lateEntry: false, ...next },
  });
const delivered = e.SolutionDelivered.of({ ...of, solution: 'x', deliveredAt: T0, round: 1 });
const again = e.SecondCommunicationStarted.of({ ...of, startedAt: T0, round: 2 });
const send = (n: number, status: TicketStatus, more: Partial<SendProgressNotification> = {}) =>
  SendProgressNotification.of({ notificationId: givenEventId(n), ticketId: 't-1', status, ...more });

describe('a customer is told by itself (SYS-23.3)', () => {
  const { given } = reactionsOf(whenTicketMovesThenNotify);

  it('that a ticket is received, with its number (SYS-12.1)', () => {
    given(registered, numbered).then(send(1, 'RECEIVED', { ticketNumber: '需-2024-001' }));
  });

  it('that it is accepted, once, whoever says so first; a receipt does not', () => {
    given(registered, acknowledged(false)).then(send(1, 'ACCEPTED'));
    given(registered, responded).then(send(1, 'ACCEPTED'));
    given(registered, acknowledged(false), responded).then();
    given(registered, acknowledged(true)).then();
  });

  it('that it is evaluated, in test and delivered, by the steps of the tracking table too', () => {
    given(registered, step('TECHNICAL_EVALUATION')).then(send(1, 'EVALUATED'));
    given(registered, step('测试')).then(send(1, 'IN_TEST'));
    given(registered, step('in_test')).then(send(1, 'IN_TEST'));
    given(registered, step('TEMPLATE_DELIVERY')).then();
    given(registered, delivered).then(send(1, 'DELIVERED'));
  });

  it('what comes next and when, as it was said last (SYS-23.4)', () => {
    const next = { nextNode: 'template delivery', nextDue: T1 };
    const named = { nextStep: 'template delivery', nextAt: T1 };
    given(registered, step('TECHNICAL_EVALUATION', next)).then(send(1, 'EVALUATED', named));
    given(registered, step('phoning around', next), step('TESTING')).then(send(2, 'IN_TEST'));
    const synced = e.ProgressSynced.of({
      ...{ ...of, text: 'x', withoutNews: true, nextStep: 'compare logs', nextAt: T1, channel: 'EMAIL' },
      ...{ syncedById: 'ann', syncedAt: T0 },
    });
    given(registered, synced, delivered).then(send(2, 'DELIVERED', { nextStep: 'compare logs', nextAt: T1 }));
  });

  it('anew in a new round, but not again that it was accepted', () => {
    given(registered, responded, delivered, again, delivered).then(send(4, 'DELIVERED'));
    given(registered, responded, delivered, again, responded).then();
  });

  it('nothing of a ticket that another system brought, or that is gone', () => {
    given(delivered).then();
    const withdrawn = e.TicketWithdrawn.of({ ...of, reason: 'x', withdrawnAt: T0 });
    given(registered, withdrawn, delivered).then();
  });
});

describe('a message that did not reach the customer', () => {
  const { given } = reactionsOf(whenNotificationFailedThenRetry);
  const message = {
    notificationId: 'n-1',
    ticketId: 't-1',
    customerId: 'c-1',
    status: 'ACCEPTED',
    channel: 'EMAIL',
    template: 'TICKET_ACCEPTED',
  } as const;
  const failed = (attempt: number, retryAt?: string) =>
    e.ProgressNotificationFailed.of({
      ...({ ...message, attempt, reason: 'mailbox full', failedAt: T0 } as const),
      ...(retryAt !== undefined && { retryAt }),
    });
  const retry = (attempt: number) => RetryProgressNotification.of({ notificationId: 'n-1', attempt });

  it('is sent again at its time, as long as there is one', () => {
    given(failed(1, T1)).waits('n-1', T1, retry(1));
    given(failed(1, T1), failed(4)).waitsNoMore('n-1');
    const sent = e.ProgressNotificationSent.of({ ...message, attempt: 2, countsAsSync: false, sentAt: T1 });
    given(failed(1, T1), sent).waitsNoMore('n-1');
  });
});
