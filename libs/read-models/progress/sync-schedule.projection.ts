import * as events from '@rapport/domain/events';
import { AGREED_NODE_RULE, type PushChannel, type SlaMoment } from '@rapport/domain/values';
import { flag, howMany, instant, json, maybe, projection, text } from '@rapport/kernel';

/** A sync that was missed and has not been made up for; its moment is ms since 1970, because a ticket may miss thirty of them. */
type Missed = readonly [round: number, dueAt: number];
interface OfClock {
  readonly ticketId: string;
  readonly moment: SlaMoment;
}
/** Of clocks those of syncs alone. */
const ofSync = ({ ticketId, moment }: OfClock): readonly string[] =>
  moment === 'PROGRESS_SYNC' ? [ticketId] : [];

/** Who has to tell which customer how it stands, until when; and whom a message did not reach. */
export const syncSchedule = projection(events, {
  name: 'sync-schedule',
  version: 2,
  about:
    'When is which customer told next how it stands, by whom, what was missed, and what could not be sent?',
  // prettier-ignore
  columns: {
    customerId: text().says('Whose ticket it is (SYS-23.1)'),
    ownerId: maybe(text()).says('Who tells the customer, or lets somebody; null: nobody yet (SYS-23.1)'),
    department: maybe(text()).says('Who faces the customer; null: not assigned (SYS-17.1)'),
    dueAt: maybe(instant()).says('Until when the customer is told next; null: nothing has to be told by itself (R-09, R-10)'),
    rule: maybe(text()).says('What it is due by, such as SLA-VIP, or AGREED_NODE; null: nothing (C-07)'),
    agreed: flag().says('The time was agreed with the customer, and replaces the cadence (C-07)'),
    lastSyncAt: maybe(instant()).says('When the customer was told last how it stands; null: not yet (SYS-23.1)'),
    withoutNews: flag().says('There was nothing new then (SYS-23.2)'),
    nextStep: maybe(text()).says('What comes next, as the customer was told; null: not said (SYS-23.4)'),
    nextAt: maybe(instant()).says('When we speak again, as the customer was told; null: not said yet (SYS-23.2)'),
    syncs: howMany().says('How often the customer was told (SYS-23.1)'),
    missed: howMany().says('Syncs that were not made in time (SYS-23.5)'),
    missedOpen: json<readonly Missed[]>([]).says('Those of them that have not been made up for: round, and due at in ms since 1970 (SYS-23.5)'),
    overdueSince: maybe(instant()).says('The first of these; null: there is none (SYS-23.5)'),
    undelivered: howMany().says('Messages that did not reach the customer after all attempts: a person has to tell (SYS-23.3)'),
    undeliveredBy: maybe(text<PushChannel>('EMAIL')).says('The way on which the last of them was sent; null: none (SYS-23.3)'),
    undeliveredAt: maybe(instant()).says('When that was given up; null: none (SYS-23.3)'),
  },
  indexes: [['dueAt'], ['ownerId', 'dueAt'], ['overdueSince'], ['undeliveredAt'], ['customerId']],
  history: true,
  key: 'ticketId',
  per: 'ticket whose customer is told how it stands',
  keys: {
    ...{ SlaClockStarted: ofSync, SlaClockRescheduled: ofSync, SlaClockBreached: ofSync },
    ...{ SlaClockMet: ofSync, SlaClockMetLate: ofSync, SlaClockCancelled: ofSync },
  },
}).on({
  SlaClockStarted: (_, { customerId, dueAt, winner: { rule }, ownerId = null, department = null }) => ({
    ...{ customerId, dueAt, rule, agreed: rule === AGREED_NODE_RULE, ownerId, department },
  }),
  SlaClockRescheduled: (_, { dueAt, winner }) => ({
    dueAt,
    ...(winner && { rule: winner.rule, agreed: winner.rule === AGREED_NODE_RULE }),
  }),
  SlaClockBreached: ({ missed, missedOpen }, { round, dueAt }) => ({
    ...{ ...NOTHING_DUE, missed: missed + 1 },
    ...open([...missedOpen, [round, Date.parse(dueAt)]]),
  }),
  SlaClockMet: () => NOTHING_DUE,
  SlaClockMetLate: ({ missedOpen }, { round }) => open(missedOpen.filter(([missed]) => missed !== round)),
  SlaClockCancelled: () => NOTHING_DUE,

  ProgressSynced: (
    { syncs, lastSyncAt },
    { customerId, syncedAt, withoutNews, nextStep = null, nextAt, ...told },
  ) => {
    const counted = { customerId, syncs: syncs + 1, ownerId: told.ownerId ?? null, ...DELIVERED };
    return lastSyncAt !== null && lastSyncAt > syncedAt
      ? counted
      : { ...counted, lastSyncAt: syncedAt, withoutNews, nextStep, nextAt };
  },
  ProgressNotificationFailed: (
    { undelivered },
    { customerId, retryAt, channel: undeliveredBy, failedAt: undeliveredAt, ownerId, department },
  ) =>
    retryAt === undefined
      ? {
          ...{ customerId, undelivered: undelivered + 1, undeliveredBy, undeliveredAt },
          ...(ownerId !== undefined && { ownerId }),
          ...(department !== undefined && { department }),
        }
      : undefined,

  TicketOwnerAssigned: (row, { to: ownerId }) => (isKept(row) ? { ownerId } : undefined),
  LeadDepartmentAssigned: (row, { to: department }) => (isKept(row) ? { department } : undefined),
  TicketWithdrawn: (row) =>
    isKept(row) ? { ...NOTHING_DUE, ...open([]), nextStep: null, nextAt: null, ...DELIVERED } : undefined,
  TicketClosed: (row) => (isKept(row) ? { nextStep: null, nextAt: null, ...DELIVERED } : undefined),
});

const NOTHING_DUE = { dueAt: null, rule: null, agreed: false } as const;
/** Whoever speaks to the customer makes up for what could not be sent. */
const DELIVERED = { undelivered: 0, undeliveredBy: null, undeliveredAt: null } as const;
const open = (missedOpen: readonly Missed[]) => {
  const [first] = missedOpen;
  return { missedOpen, overdueSince: first ? new Date(first[1]).toISOString() : null };
};
/** Tickets of which nothing had to be told have no row: what happens to them must not make one. */
const isKept = ({ customerId }: { readonly customerId: string }): boolean => customerId !== '';
