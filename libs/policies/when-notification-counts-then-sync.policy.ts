import { SyncProgress } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import { policy } from '@rapport/kernel';

/** A message that names the next step and its time tells the customer how it stands; any other one does not (SYS-23.4). */
export const whenNotificationCountsThenSync = policy(events, {
  name: 'when-notification-counts-then-sync',
  about: 'notes as a progress sync what was sent automatically and names the next step and its time',
  key: 'ticketId',
}).on({
  ProgressNotificationSent: (_, { ticketId, notificationId, countsAsSync, ...sent }) => {
    const { status, nextStep, nextAt, channel, sentAt, attempt } = sent;
    if (!countsAsSync || nextStep === undefined || nextAt === undefined) return undefined;
    if (attempt > 1 || status === 'DELIVERED') return undefined;
    const text = `sent automatically: ${status.toLowerCase().replaceAll('_', ' ')}; next: ${nextStep}`;
    const how = { channel, nextStep, nextAt, interactionId: notificationId, syncedAt: sentAt };
    return { send: [SyncProgress.of({ ticketId, text, ...how })] };
  },
});
