import * as events from '@rapport/domain/events';
import { STATUS_OF_STAGE, type TicketStatus, type TicketType } from '@rapport/domain/values';
import { flag, instant, integer, maybe, projection, text } from '@rapport/kernel';

/** How far a ticket is, in the words of the customer. */
export type CustomerStage = TicketStatus | 'CONFIRMED' | 'CLOSED' | 'WITHDRAWN';

/** What the customer may see of a ticket: where it stands, with whom, and what comes next. Nothing that is said among us. */
export const customerFacingStatus = projection(events, {
  name: 'customer-facing-status',
  version: 1,
  about:
    'Where does a ticket stand for its customer, who answers for it, what comes next, and when did we speak last?',
  // prettier-ignore
  columns: {
    customerId: text().says('Whose ticket it is (SYS-23.6)'),
    number: maybe(text()).says('Its number of the year, such as 需-2024-001; null: not numbered yet (R-59)'),
    type: maybe(text<TicketType>('SERVICE')).says('FUNCTIONAL, SERVICE, COMPLAINT or COOPERATION; null: to be classified (R-41)'),
    stage: text<CustomerStage>('RECEIVED').says('RECEIVED, ACCEPTED, EVALUATED, IN_TEST, DELIVERED, CONFIRMED, CLOSED or WITHDRAWN (SYS-23.6)'),
    stageSince: instant().says('When it got there (SYS-23.6)'),
    waitsForCustomer: flag().says('A question to the customer is out (SYS-21.5)'),
    ownerId: maybe(text()).says('Who answers to the customer; null: nobody yet (SYS-23.6)'),
    nextNode: maybe(text()).says('What comes next; null: not said (SYS-23.6)'),
    nextAt: maybe(instant()).says('Until when, or when we speak again; null: not said (SYS-23.6)'),
    lastSyncAt: maybe(instant()).says('When we told the customer last how it stands; null: not yet (SYS-23.6)'),
    plannedAt: maybe(instant()).says('When a plan was laid before the customer last; null: none was (SYS-16.3)'),
    round: integer(1).says('1 at first, one more with each new attempt to solve it (SYS-19.2)', 'ordinal'),
    raisedAt: instant().says('When the customer raised it (SYS-12.1)'),
  },
  indexes: [['customerId', 'raisedAt'], ['number'], ['ownerId']],
  history: true,
  key: 'ticketId',
}).on({
  TicketRegistered: (_, { customerId, type = null, raisedAt }) => ({
    ...{ customerId, type, raisedAt, stage: 'RECEIVED', stageSince: raisedAt },
  }),
  TicketNumbered: (_, { ticketNumber: number }) => ({ number }),
  TicketClassified: (_, { to: type }) => ({ type }),
  TicketOwnerAssigned: (_, { to: ownerId }) => ({ ownerId }),
  TicketAcknowledged: (row, { automatic, acknowledgedAt }) =>
    automatic ? undefined : onward(row, 'ACCEPTED', acknowledgedAt),
  FirstResponseRecorded: (row, { respondedAt }) => onward(row, 'ACCEPTED', respondedAt),
  TicketAnalysed: (row, _, { occurredAt }) => onward(row, 'EVALUATED', occurredAt),
  ExecutionStepRecorded: (row, { stage, executedAt, nextNode = null, nextDue: nextAt = null, final }) => {
    const status = STATUS_OF_STAGE.get(stage.trim().toUpperCase()) ?? 'ACCEPTED';
    const next = final ? { nextNode: null, nextAt: null } : { nextNode, nextAt };
    return { ...next, ...onward(row, status, executedAt) };
  },
  PlanPresented: (row, { presentedAt: plannedAt }) => ({ plannedAt, ...onward(row, 'ACCEPTED', plannedAt) }),
  ProgressSynced: ({ nextNode, lastSyncAt }, { syncedAt, nextStep = nextNode, nextAt }) =>
    lastSyncAt !== null && lastSyncAt > syncedAt
      ? undefined
      : { lastSyncAt: syncedAt, nextNode: nextStep, nextAt },
  TicketWaitingForCustomer: () => ({ waitsForCustomer: true }),
  TicketResumed: () => ({ waitsForCustomer: false }),
  SolutionDelivered: (_, { deliveredAt, round }) => ({
    ...{ stage: 'DELIVERED', stageSince: deliveredAt, round, nextNode: null, nextAt: null },
  }),
  CustomerConfirmedSatisfied: (_, { confirmedAt }) => ({ stage: 'CONFIRMED', stageSince: confirmedAt }),
  SecondCommunicationStarted: (_, { startedAt, round }) => ({
    ...{ stage: 'ACCEPTED', stageSince: startedAt, round },
  }),
  TicketReopened: (_, { reopenedAt, round }) => ({ stage: 'ACCEPTED', stageSince: reopenedAt, round }),
  TicketClosed: (_, { closedAt }) => ({ ...OVER, stage: 'CLOSED', stageSince: closedAt }),
  TicketWithdrawn: (_, { withdrawnAt }) => ({ ...OVER, stage: 'WITHDRAWN', stageSince: withdrawnAt }),
});

const OVER = { nextNode: null, nextAt: null, waitsForCustomer: false } as const;
const ORDER: readonly CustomerStage[] = ['RECEIVED', 'ACCEPTED', 'EVALUATED', 'IN_TEST'];
/** To the customer a ticket goes on, never back: only a new round does that. */
const onward = (
  { stage }: { readonly stage: CustomerStage },
  to: TicketStatus,
  stageSince: string,
): { readonly stage?: CustomerStage; readonly stageSince?: string } =>
  ORDER.includes(stage) && ORDER.indexOf(to) > ORDER.indexOf(stage) ? { stage: to, stageSince } : {};
