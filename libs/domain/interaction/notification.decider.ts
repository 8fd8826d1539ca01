import { refuse, reject, stateOf, type Aggregate, type DataOf } from '@rapport/kernel';
import { ticket, type Ticket } from '../ticket/ticket.decider';
import * as commands from './notification.commands';
import * as events from './notification.events';
import { PUSHED_BY, retryAfter, TEMPLATE_OF } from './notification.values';

type Message = Omit<DataOf<typeof events.ProgressNotificationSent>, 'sentAt'>;
type Sent = { readonly stage: 'sent'; readonly of: Message; readonly sentAt: string };
/** `retryAt`: it is tried again then; absent: no more. */
type Failed = { readonly stage: 'failed'; readonly of: Message; readonly retryAt?: string };
export type Notification = { readonly stage: 'none' } | Sent | Failed;

interface Known {
  SendProgressNotification: { ticket: Ticket };
}
const { ProgressNotificationSent, ProgressNotificationFailed } = events;

/** One message to a customer about what has become of a ticket, until it is sent or given up (SYS-23.3). */
export const notification: Aggregate<Notification, typeof events, typeof commands, Known> = {
  name: 'notification',
  id: 'notificationId',
  events,
  commands,
  initial: { stage: 'none' },

  evolve: {
    ProgressNotificationSent: (_, { sentAt, ...of }) => ({ stage: 'sent', of, sentAt }),
    ProgressNotificationFailed: (state, { retryAt }) => ({
      ...{ stage: 'failed', of: known(state).of },
      ...(retryAt !== undefined && { retryAt }),
    }),
  },

  needs: {
    SendProgressNotification: (_, { ticketId }) => ({ ticket: stateOf(ticket, ticketId) }),
  },

  decide: {
    SendProgressNotification: (state, command, context) => {
      const { status, nextAt, ...told } = command;
      const { ticket: found } = context.known;
      if (state.stage !== 'none') return [];
      if (found.stage === 'unregistered') return refuse('TICKET_UNKNOWN', 'there is no such ticket');
      if (found.stage === 'withdrawn') return [];
      const { of } = found;
      const ahead = nextAt !== undefined && nextAt > context.now ? { nextAt } : {};
      const countsAsSync = ahead.nextAt !== undefined && told.nextStep !== undefined;
      const how = { channel: PUSHED_BY[of.channel], template: TEMPLATE_OF[status], attempt: 1 };
      const whom = of.raisedBy === undefined ? {} : { contactId: of.raisedBy };
      const message = { ...of, ...told, ...ahead, ...how, ...whom, status, countsAsSync };
      return [ProgressNotificationSent.of({ ...message, sentAt: context.now })];
    },

    RetryProgressNotification: (state, { attempt }, { now }) => {
      if (state.stage !== 'failed' || state.of.attempt !== attempt || state.retryAt === undefined) return [];
      if (now < state.retryAt)
        refuse('RETRY_NOT_DUE', 'it is not tried again yet', { retryAt: state.retryAt });
      return [
        ProgressNotificationSent.of({ ...stillTrue(state.of, now), attempt: attempt + 1, sentAt: now }),
      ];
    },

    ReportNotificationFailure: (state, { attempt, reason, failedAt: given }, { now }) => {
      const { stage, of } = known(state);
      if (attempt !== undefined && attempt > of.attempt)
        reject('ATTEMPT_UNKNOWN', 'attempt', `it was tried ${of.attempt} times`);
      if (stage === 'failed' || (attempt ?? of.attempt) < of.attempt) return [];
      const failedAt = given ?? now;
      if (failedAt > now) reject('DATED_IN_FUTURE', 'failedAt', 'failedAt lies in the future');
      const retryAt = retryAfter(of.attempt, failedAt);
      const again = retryAt === undefined ? {} : { retryAt };
      return [ProgressNotificationFailed.of({ ...of, reason, failedAt, ...again }, failedAt)];
    },
  },
};

const known = (state: Notification): Sent | Failed =>
  state.stage === 'none' ? refuse('NOTIFICATION_UNKNOWN', 'no such message was sent') : state;

/** What was to come when it was tried first may have passed by now: then it is not named any more (SYS-23.4). */
const stillTrue = ({ nextAt, ...of }: Message, now: string): Message =>
  nextAt === undefined || nextAt <= now ? { ...of, countsAsSync: false } : { ...of, nextAt };
