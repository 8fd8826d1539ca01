import * as events from '@rapport/domain/events';
import type { Channel, CommitmentKind, PromisedMoment } from '@rapport/domain/values';
import { flag, howMany, instant, integer, json, maybe, projection, rollup, text } from '@rapport/kernel';

/** BROKEN: its time passed and it has not been fulfilled yet; FULFILLED_LATE: it has. Neither was kept. */
export type CommitmentState = 'OPEN' | 'KEPT' | 'BROKEN' | 'FULFILLED_LATE' | 'WITHDRAWN';

/** The ledger of promises. What was promised stays in the event: it is in the words of a person. */
export const commitments = projection(events, {
  name: 'commitment-ledger',
  version: 3,
  about: 'What has been promised to whom, by whom and until when, is it in writing, and was it kept?',
  // prettier-ignore
  columns: {
    customerId: text().says('To whom it was promised (SYS-25.1)'),
    contactId: maybe(text()).says('The person there; null: nobody was named (SYS-25.1)'),
    ticketId: maybe(text()).says('The ticket it was promised for; null: none was named (SYS-25.1)'),
    kind: text<CommitmentKind>('RESOLUTION_TIME').says('RESOLUTION_TIME, COMPENSATION, DELIVERY or FEEDBACK_TIME (SYS-25.1)'),
    moment: maybe(text<PromisedMoment>('RESOLVE')).says('The moment of the ticket that comes by then, such as FIRST_RESPONSE or PLAN; null: none was named, its kind says which (SYS-25.1)'),
    makerId: text().says('Who promised it (SYS-25.6)'),
    department: maybe(text()).says('Where the maker works; null: not named (SYS-25.6)'),
    channel: text<Channel>('PHONE').says('The way it was promised, such as PHONE or EMAIL (SYS-25.1)'),
    state: text<CommitmentState>('OPEN').says('OPEN, KEPT, BROKEN (its time passed), FULFILLED_LATE (after that) or WITHDRAWN (SYS-25.3)'),
    madeAt: instant().says('When it was promised (SYS-25.1)'),
    dueAt: instant().says('Until when it is to be kept: the end, where a range was promised (R-26, SYS-25.5)'),
    dueFrom: maybe(instant()).says('The beginning of a promised range; null: no range (SYS-25.5, C-18)'),
    factors: json<readonly string[]>([]).says('What the range depends on (SYS-25.5, C-18)'),
    firstDueAt: instant().says('Until when it was to be kept as first promised (SYS-25.4)'),
    reschedules: howMany().says('New dates that were agreed before the old one had come (SYS-25.4)'),
    hoursLeft: maybe(integer()).says('24 or 2: the last warning; null: none since the date was agreed (SYS-25.2)', 'hours'),
    written: flag().says('It is in writing (SYS-25.1)'),
    writtenBy: maybe(instant()).says('Until when it, or its last date, had to be in writing; null: it was at once (SYS-25.1)'),
    writtenAt: maybe(instant()).says('Since when it is in writing; null: it was only said (SYS-25.1)'),
    brokenAt: maybe(instant()).says('The due time that passed without it being kept; null: none did (SYS-25.3)'),
    fulfilledAt: maybe(instant()).says('When it was done, in time or late; null: it was not (SYS-25.3)'),
    withdrawnAt: maybe(instant()).says('When it was given up before its time had come; null: it was not (SYS-25)'),
  },
  indexes: [['customerId'], ['makerId', 'dueAt'], ['state', 'dueAt'], ['written', 'writtenBy'], ['ticketId']],
  history: true,
  key: 'commitmentId',
}).on({
  CommitmentMade: (_, { customerId, contactId = null, ticketId = null, department = null, ...made }) => {
    const { kind, moment = null, makerId, channel, madeAt } = made;
    const { dueAt, dueFrom = null, factors = [], writtenBy = null } = made;
    const written = writtenBy === null;
    return {
      ...{ customerId, contactId, ticketId, kind, moment, makerId, department, channel, madeAt },
      ...{ dueAt, dueFrom, factors, firstDueAt: dueAt },
      ...{ written, writtenBy, writtenAt: written ? madeAt : null },
    };
  },
  CommitmentConfirmedInWriting: (_, { confirmedAt: writtenAt }) => ({ written: true, writtenAt }),
  CommitmentDueSoon: (_, { hoursLeft }) => ({ hoursLeft }),
  CommitmentRescheduled: ({ reschedules }, { to: dueAt, dueFrom = null, factors = [], ...moved }) => ({
    ...{ dueAt, dueFrom, factors, hoursLeft: null, reschedules: reschedules + 1 },
    ...writingOf(moved),
  }),
  CommitmentFulfilled: (_, { fulfilledAt, late }) => ({
    ...{ state: late ? 'FULFILLED_LATE' : 'KEPT', fulfilledAt },
  }),
  CommitmentBroken: (_, { brokenAt }) => ({ state: 'BROKEN', brokenAt }),
  CommitmentWithdrawn: (_, { withdrawnAt }) => ({ state: 'WITHDRAWN', withdrawnAt }),
});

/** Another date is in writing, or only said; who kept no word of it then left it as it was. */
const writingOf = ({
  writtenId,
  writtenBy,
  rescheduledAt,
}: Pick<events.CommitmentRescheduled, 'writtenId' | 'writtenBy' | 'rescheduledAt'>) => {
  if (writtenBy !== undefined) return { written: false, writtenBy, writtenAt: null };
  return writtenId === undefined ? {} : { written: true, writtenAt: rescheduledAt };
};

const isIn = (state: CommitmentState, ...states: readonly CommitmentState[]): number =>
  Number(states.includes(state));

export const commitmentFigures = rollup(commitments, {
  name: 'commitment-figures',
  version: 3,
  about: 'How did promises end, by maker, department, customer and the month they were due in?',
  source: 'SYS-25.6',
  by: {
    makerId: ({ makerId }) => makerId,
    department: ({ department }) => department ?? 'UNKNOWN',
    customerId: ({ customerId }) => customerId,
    month: ({ dueAt }) => dueAt.slice(0, 7),
  },
  cuts: [['department'], ['makerId'], ['department', 'month'], ['makerId', 'month'], ['customerId']],
  sums: {
    open: ({ state }) => isIn(state, 'OPEN'),
    kept: ({ state }) => isIn(state, 'KEPT'),
    broken: ({ state }) => isIn(state, 'BROKEN', 'FULFILLED_LATE'),
    fulfilledLate: ({ state }) => isIn(state, 'FULFILLED_LATE'),
    withdrawn: ({ state }) => isIn(state, 'WITHDRAWN'),
    rescheduled: ({ reschedules }) => Number(reschedules > 0),
  },
  says: {
    makerId: 'Who promised',
    department: 'Where the maker works; UNKNOWN: not named',
    customerId: 'To whom it was promised',
    month: ['The month they were due in (UTC)', 'month'],
    rows: 'Promises that were made',
    open: 'Promises whose time has not come yet',
    kept: 'Promises that were fulfilled in time',
    broken: 'Promises that were not fulfilled in time, whether or not they were later',
    fulfilledLate: 'Broken promises that were fulfilled after their time',
    withdrawn: 'Promises that were given up before their time had come',
    rescheduled: 'Promises that got at least one new date',
  },
});
