import { options } from '@rapport/kernel';
import type { Channel } from '../ticket/ticket.values';

/** What has become of a ticket, as the customer is told of it by itself (SYS-12.1, SYS-23.3). */
export const TicketStatus = options('RECEIVED', 'ACCEPTED', 'EVALUATED', 'IN_TEST', 'DELIVERED');
export type TicketStatus = keyof typeof TicketStatus;
/** The text that is sent; whoever sends it fills it in. */
export const NotificationTemplate = options(
  ...(['TICKET_RECEIVED', 'TICKET_ACCEPTED', 'TICKET_EVALUATED'] as const),
  ...(['TICKET_IN_TEST', 'TICKET_DELIVERED'] as const),
);
export type NotificationTemplate = keyof typeof NotificationTemplate;
export const TEMPLATE_OF: Readonly<Record<TicketStatus, NotificationTemplate>> = {
  ...{ RECEIVED: 'TICKET_RECEIVED', ACCEPTED: 'TICKET_ACCEPTED', EVALUATED: 'TICKET_EVALUATED' },
  ...{ IN_TEST: 'TICKET_IN_TEST', DELIVERED: 'TICKET_DELIVERED' },
};

/** The ways on which something can be sent without a person. */
export const PushChannel = options('EMAIL', 'SMS', 'WECOM', 'ONLINE_CHAT', 'TICKET_SYSTEM');
export type PushChannel = keyof typeof PushChannel;
/** The customer is told on the way on which the need came, or on the nearest one that needs no person (SYS-23.3) [D]. */
export const PUSHED_BY: Readonly<Record<Channel, PushChannel>> = {
  ...{ PHONE: 'SMS', EMAIL: 'EMAIL', ONLINE_CHAT: 'ONLINE_CHAT', OFFLINE_VISIT: 'EMAIL', WECOM: 'WECOM' },
  ...{ THIRD_PARTY_PLATFORM: 'EMAIL', COMMUNITY: 'EMAIL', SMS: 'SMS', ONLINE_MEETING: 'EMAIL' },
  ...{ QUESTIONNAIRE: 'EMAIL', OFFLINE_EVENT: 'EMAIL', SALES_HANDOVER: 'EMAIL', SOCIAL_MEDIA: 'EMAIL' },
  ...{ TICKET_SYSTEM: 'TICKET_SYSTEM', INFORMAL: 'EMAIL' },
};

/** What could not be sent is tried again after so many minutes, three times; then a person tells the customer (SYS-23.3) [D]. */
export const RETRY_AFTER_MINUTES = [5, 15, 60] as const;
/** The first attempt and those after it. */
export const ATTEMPTS_MAX = RETRY_AFTER_MINUTES.length + 1;
/** When it is tried again after so many attempts; undefined: no more. */
export const retryAfter = (attempt: number, failedAt: string): string | undefined => {
  const minutes = RETRY_AFTER_MINUTES[attempt - 1];
  return minutes === undefined
    ? undefined
    : new Date(Date.parse(failedAt) + minutes * MINUTE_MS).toISOString();
};
const MINUTE_MS = 60_000;

/** Steps of the tracking table that mean something to the customer, in English and as the template prints them (template 4). */
export const STATUS_OF_STAGE: ReadonlyMap<string, TicketStatus> = new Map<string, TicketStatus>([
  ...([
    ['INTAKE', 'ACCEPTED'],
    ['需求受理', 'ACCEPTED'],
  ] as const),
  ...([
    ['TECHNICAL_EVALUATION', 'EVALUATED'],
    ['技术评估', 'EVALUATED'],
  ] as const),
  ...([
    ['TESTING', 'IN_TEST'],
    ['IN_TEST', 'IN_TEST'],
    ['测试', 'IN_TEST'],
  ] as const),
]);
