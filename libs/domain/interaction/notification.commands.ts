import { Command, Count, Id, Instant, OneOf, Optional, Text } from '@rapport/kernel';
import { ATTEMPTS_MAX, TicketStatus } from './notification.values';

abstract class ForNotification extends Command {
  @Id() notificationId!: string;
}
/** Tell the customer what has become of a ticket, on the way on which it came, SYS-23.3 (internal). */
export class SendProgressNotification extends ForNotification {
  @Id() ticketId!: string;
  @OneOf(TicketStatus) status!: TicketStatus;
  @Optional() @Text(40) ticketNumber?: string;
  @Optional() @Text(500) nextStep?: string;
  /** A time that has passed is left out. */
  @Optional() @Instant() nextAt?: string;
}
/** Send once more what could not be sent, SYS-23.3 (internal). */
export class RetryProgressNotification extends ForNotification {
  /** The attempt that failed. */
  @Count(1, ATTEMPTS_MAX) attempt!: number;
}
/** Note that a message did not reach the customer; for the system that sends them (SYS-23.3) (added). */
export class ReportNotificationFailure extends ForNotification {
  /** Which attempt. Default: the last. */
  @Optional() @Count(1, ATTEMPTS_MAX) attempt?: number;
  @Text(500) reason!: string;
  /** Default: now. Never in the future. */
  @Optional() @Instant() failedAt?: string;
}
