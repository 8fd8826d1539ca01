import { SendProgressNotification } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import { STATUS_OF_STAGE, type TicketStatus } from '@rapport/domain/values';
import {
  flag,
  json,
  maybe,
  policy,
  text,
  type Reaction,
  type RecordedEvent,
  type RowOf,
} from '@rapport/kernel';

const columns = {
  /** A ticket that another system brought was told there. */
  live: flag(),
  /** What the customer has been told in this round. */
  told: json<readonly TicketStatus[]>([]),
  /** What is expected next, and until when, as it was said last. */
  nextStep: maybe(text()),
  nextAt: maybe(text()),
};
type Memory = RowOf<typeof columns>;
type Notice = Reaction<typeof columns> | undefined;

/** Whenever something becomes of a ticket that the customer understands, the customer is told, once a round (SYS-12.1, SYS-23.3). */
export const whenTicketMovesThenNotify = policy(events, {
  name: 'when-ticket-moves-then-notify',
  about: 'tells the customer by itself that a ticket is received, accepted, evaluated, in test or delivered',
  key: 'ticketId',
  columns,
}).on({
  TicketRegistered: (_, __, { meta }) =>
    meta.actorRole === 'MIGRATION' ? undefined : { remember: { live: true } },
  TicketNumbered: (memory, { ticketNumber }, event) => told(memory, 'RECEIVED', event, { ticketNumber }),
  TicketAcknowledged: (memory, { automatic }, event) =>
    automatic ? undefined : told(memory, 'ACCEPTED', event),
  FirstResponseRecorded: (memory, _, event) => told(memory, 'ACCEPTED', event),
  TicketAnalysed: (memory, _, event) => told(memory, 'EVALUATED', event),
  ExecutionStepRecorded: (memory, { stage, nextNode = null, nextDue = null }, event) => {
    const next = { nextStep: nextNode, nextAt: nextDue };
    const status = STATUS_OF_STAGE.get(stage.trim().toUpperCase());
    return status ? told({ ...memory, ...next }, status, event) : noting(memory, next);
  },
  SolutionDelivered: (memory, _, event) => told(memory, 'DELIVERED', event),

  ProgressSynced: (memory, { nextStep = null, nextAt }) => noting(memory, { nextStep, nextAt }),
  CommunicationStrategySet: (memory, { nextAction: nextStep, nextActionAt: nextAt }) =>
    noting(memory, { nextStep, nextAt }),
  CommunicationStrategyRevised: (memory, { nextAction: nextStep, nextActionAt: nextAt }) =>
    noting(memory, { nextStep, nextAt }),

  SecondCommunicationStarted: (memory) => noting(memory, { told: ['RECEIVED', 'ACCEPTED'] }),
  TicketReopened: (memory) => noting(memory, { told: ['RECEIVED', 'ACCEPTED'] }),
  TicketWithdrawn: () => ({ remember: null }),
  TicketArchived: () => ({ remember: null }),
});

const noting = (memory: Memory, change: Partial<Memory>): Notice =>
  memory.live ? { remember: change } : undefined;

const told = (
  { key: ticketId, live, told: before, nextStep, nextAt }: Memory,
  status: TicketStatus,
  { id: notificationId }: RecordedEvent,
  more: { readonly ticketNumber?: string } = {},
): Notice => {
  if (!live) return undefined;
  if (before.includes(status)) return { remember: { nextStep, nextAt } };
  const next = {
    ...(nextStep !== null && { nextStep }),
    ...(nextAt !== null && { nextAt }),
  };
  const send = SendProgressNotification.of({ notificationId, ticketId, status, ...more, ...next });
  return { remember: { told: [...before, status], nextStep, nextAt }, send: [send] };
};
