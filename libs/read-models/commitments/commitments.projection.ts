import * as events from '@rapport/domain/events';
import type { Channel, CommitmentKind } from '@rapport/domain/values';
import { flag, integer, json, maybe, projection, rollup, text } from '@rapport/kernel';

/** BROKEN: its time passed and it has not been fulfilled yet; FULFILLED_LATE: it has. Neither was kept. */
export type CommitmentState = 'OPEN' | 'KEPT' | 'BROKEN' | 'FULFILLED_LATE' | 'WITHDRAWN';

/** The ledger of promises. What was promised stays in the event: it is in the words of a person. */
export const commitments = projection(events, {
  name: 'commitments',
  version: 1,
  about: 'What has been promised to whom, by whom and until when, is it in writing, and was it kept?',
  columns: {
    customerId: text(),
    contactId: maybe(text()),
    ticketId: maybe(text()),
    kind: text<CommitmentKind>('RESOLUTION_TIME'),
    makerId: text(),
    department: maybe(text()),
    channel: text<Channel>('PHONE'),
    state: text<CommitmentState>('OPEN'),
    madeAt: text(),
    dueAt: text(),
    /** A range was promised, and what it depends on. */
    dueFrom: maybe(text()),
    factors: json<readonly string[]>([]),
    firstDueAt: text(),
    reschedules: integer(),
    /** The last warning; null again with another date. */
    hoursLeft: maybe(integer()),
    written: flag(),
    /** Until when it had to be in writing; null: it was from the beginning. */
    writtenBy: maybe(text()),
    writtenAt: maybe(text()),
    brokenAt: maybe(text()),
    fulfilledAt: maybe(text()),
    withdrawnAt: maybe(text()),
  },
  indexes: [['customerId'], ['makerId', 'dueAt'], ['state', 'dueAt'], ['written', 'writtenBy'], ['ticketId']],
  history: true,
  key: 'commitmentId',
}).on({
  CommitmentMade: (_, { customerId, contactId = null, ticketId = null, department = null, ...made }) => {
    const { kind, makerId, channel, madeAt, dueAt, dueFrom = null, factors = [], writtenBy = null } = made;
    const written = writtenBy === null;
    return {
      ...{ customerId, contactId, ticketId, kind, makerId, department, channel, madeAt },
      ...{ dueAt, dueFrom, factors, firstDueAt: dueAt },
      ...{ written, writtenBy, writtenAt: written ? madeAt : null },
    };
  },
  CommitmentConfirmedInWriting: (_, { confirmedAt: writtenAt }) => ({ written: true, writtenAt }),
  CommitmentDueSoon: (_, { hoursLeft }) => ({ hoursLeft }),
  CommitmentRescheduled: ({ reschedules }, { to: dueAt, dueFrom = null, factors = [] }) => ({
    ...{ dueAt, dueFrom, factors, hoursLeft: null, reschedules: reschedules + 1 },
  }),
  CommitmentFulfilled: (_, { fulfilledAt, late }) => ({
    ...{ state: late ? 'FULFILLED_LATE' : 'KEPT', fulfilledAt },
  }),
  CommitmentBroken: (_, { brokenAt }) => ({ state: 'BROKEN', brokenAt }),
  CommitmentWithdrawn: (_, { withdrawnAt }) => ({ state: 'WITHDRAWN', withdrawnAt }),
});

const isIn = (state: CommitmentState, ...states: readonly CommitmentState[]): number =>
  Number(states.includes(state));

/** How promises ended, by maker, department, customer and the month (UTC) they were due in. */
export const commitmentFigures = rollup(commitments, {
  name: 'commitment-figures',
  version: 1,
  by: {
    makerId: ({ makerId }) => makerId,
    department: ({ department }) => department ?? 'UNKNOWN',
    customerId: ({ customerId }) => customerId,
    month: ({ dueAt }) => dueAt.slice(0, 7),
  },
  sums: {
    open: ({ state }) => isIn(state, 'OPEN'),
    kept: ({ state }) => isIn(state, 'KEPT'),
    broken: ({ state }) => isIn(state, 'BROKEN', 'FULFILLED_LATE'),
    fulfilledLate: ({ state }) => isIn(state, 'FULFILLED_LATE'),
    withdrawn: ({ state }) => isIn(state, 'WITHDRAWN'),
    rescheduled: ({ reschedules }) => Number(reschedules > 0),
  },
});
