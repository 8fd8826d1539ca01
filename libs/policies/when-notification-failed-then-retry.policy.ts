import { RetryProgressNotification } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import { at, policy } from '@rapport/kernel';

const FORGET = { remember: null };

/** What did not reach the customer is sent again, three times (SYS-23.3). */
export const whenNotificationFailedThenRetry = policy(events, {
  name: 'when-notification-failed-then-retry',
  about: 'sends a message again that did not reach the customer: after 5, 15 and 60 minutes, then no more',
  key: 'notificationId',
}).on({
  ProgressNotificationFailed: (_, { notificationId, attempt, retryAt }) =>
    retryAt === undefined
      ? FORGET
      : { wake: at(retryAt, RetryProgressNotification.of({ notificationId, attempt })) },
  ProgressNotificationSent: () => FORGET,
});
