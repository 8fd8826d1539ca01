import { Count, Event, Flag, Id, Instant, OneOf, Optional, Text } from '@rapport/kernel';
import { ATTEMPTS_MAX, NotificationTemplate, PushChannel, TicketStatus } from './notification.values';

/** One message about one change of one ticket. */
abstract class OfNotification extends Event {
  @Id() notificationId!: string;
  @Id() ticketId!: string;
  @Id() customerId!: string;
  /** Whom it is for; absent: nobody in particular was named. */
  @Optional() @Id() contactId?: string;
  @OneOf(TicketStatus) status!: TicketStatus;
  @OneOf(PushChannel) channel!: PushChannel;
  @OneOf(NotificationTemplate) template!: NotificationTemplate;
  @Count(1, ATTEMPTS_MAX) attempt!: number;
  @Optional() @Id() ownerId?: string;
  @Optional() @Id() department?: string;
}
/** It was handed over to be sent (SYS-23.3). */
export class ProgressNotificationSent extends OfNotification {
  /** There with the receipt (SYS-12.1). */
  @Optional() @Text(40) ticketNumber?: string;
  @Optional() @Text(500) nextStep?: string;
  @Optional() @Instant() nextAt?: string;
  /** It names the next step and its time, and so it tells the customer how it stands (SYS-23.4). */
  @Flag() countsAsSync!: boolean;
  @Instant() sentAt!: string;
}
/** It did not reach the customer (SYS-23.3). */
export class ProgressNotificationFailed extends OfNotification {
  @Text(500) reason!: string;
  @Instant() failedAt!: string;
  /** Then it is tried again. Absent: it was tried often enough, and a person has to tell the customer. */
  @Optional() @Instant() retryAt?: string;
}
