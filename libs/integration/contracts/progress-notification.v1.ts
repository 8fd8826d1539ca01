import { Count, Flag, Id, Instant, OneOf, Optional } from '@rapport/kernel';
import { ProgressNotificationSent } from '@rapport/domain/events';
import { contract, told } from '../contract';
import { NOTIFICATION_EVENTS } from '../topics';
import { MessageTemplate, NeedStatus, SendingWay } from './words.v1';

export class ProgressNotificationV1 {
  @Id() notificationId!: string;
  @Id() ticketId!: string;
  @Id() customerId!: string;
  @Optional() @Id() contactId?: string;
  @OneOf(NeedStatus) status!: NeedStatus;
  @OneOf(SendingWay) channel!: SendingWay;
  @OneOf(MessageTemplate) template!: MessageTemplate;
  @Count(1, 4) attempt!: number;
  @Flag() namesNextStep!: boolean;
  @Optional() @Instant() nextAt?: string;
  @Instant() sentAt!: string;
}

export const progressNotification = contract(ProgressNotificationV1, {
  ...{ name: 'progress-notification', version: 1, topic: NOTIFICATION_EVENTS, key: 'ticketId' },
  about:
    'A customer is to be told what has become of a ticket: whoever sends messages sends this one, and reports with the command ReportNotificationFailure what did not arrive.',
  notes: {
    contactId: 'Whom it is for. Absent: nobody in particular was named.',
    channel: 'The way on which the need came, or the nearest one that needs no person.',
    template:
      'The text to be sent. What it is filled with stands in the row of the ticket in customer-facing-status.',
    attempt: '1, and up to three more after failures; each is to be sent.',
    namesNextStep: 'The text is to name the next step and its time: then it counts as a progress sync.',
    nextAt: 'When the customer hears from us again, or what is next is to be done.',
  },
  from: [
    told(ProgressNotificationSent, ({ countsAsSync: namesNextStep, ...sent }) => ({
      ...{ notificationId: sent.notificationId, ticketId: sent.ticketId, customerId: sent.customerId },
      ...{ contactId: sent.contactId, status: sent.status, channel: sent.channel, template: sent.template },
      ...{ attempt: sent.attempt, namesNextStep, nextAt: sent.nextAt, sentAt: sent.sentAt },
    })),
  ],
});
