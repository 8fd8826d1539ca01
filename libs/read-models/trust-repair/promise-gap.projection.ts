import * as events from '@rapport/domain/events';
import {
  isPublishedPromise,
  type BreachReason,
  type CommitmentKind,
  type SlaMoment,
  type SlaRuleChoice,
} from '@rapport/domain/values';
import { instant, integer, maybe, projection, rollup, text } from '@rapport/kernel';

export type PromiseKind = 'COMMITMENT' | 'PUBLISHED';
/** BROKEN: its time passed and nothing has been done yet; LATE: something has. */
export type PromiseState = 'OPEN' | 'KEPT' | 'BROKEN' | 'LATE' | 'WITHDRAWN';

interface OfClock {
  readonly ticketId: string;
  readonly moment: SlaMoment;
  readonly round: number;
}
/** `PUBLISHED|t-1|FIRST_RESPONSE|1` */
const ofClock = ({ ticketId, moment, round }: OfClock): readonly string[] => [
  `PUBLISHED|${ticketId}|${moment}|${round}`,
];
const ofCommitment = ({ commitmentId }: { readonly commitmentId: string }): readonly string[] => [
  `COMMITMENT|${commitmentId}`,
];
/** Of a repair the promise that was broken; one that a person opened may name neither. */
const ofRepair = (data: Partial<OfClock> & { readonly commitmentId?: string }): readonly string[] => {
  const { commitmentId, ticketId, moment, round } = data;
  if (commitmentId !== undefined) return ofCommitment({ commitmentId });
  return ticketId === undefined || moment === undefined || round === undefined
    ? []
    : ofClock({ ticketId, moment, round });
};

/** What was promised against what was done: to one customer by a commitment, or to everybody by a published promise. */
export const promiseGap = projection(events, {
  name: 'promise-gap',
  version: 3,
  about: 'What had been promised until when, when was it done, and why not in time?',
  // prettier-ignore
  columns: {
    kind: text<PromiseKind>('COMMITMENT').says('COMMITMENT: to one customer; PUBLISHED: to everybody (SYS-27.1)'),
    state: text<PromiseState>('OPEN').says('OPEN, KEPT, BROKEN (not done yet), LATE (done after its time) or WITHDRAWN (SYS-27.4)'),
    customerId: text().says('To whom it was promised (SYS-27.1)'),
    ticketId: maybe(text()).says('The ticket it was about; null: none was named (SYS-25.1)'),
    commitmentId: maybe(text()).says('The commitment; null: a promise to everybody (SYS-25.1)'),
    commitmentKind: maybe(text<CommitmentKind>('DELIVERY')).says('RESOLUTION_TIME, COMPENSATION, DELIVERY or FEEDBACK_TIME; null: a promise to everybody (SYS-25.1)'),
    rule: maybe(text()).says('The promise to everybody, such as SLA-ANY; null: a commitment (R-18)'),
    moment: maybe(text<SlaMoment>('FIRST_RESPONSE')).says('What is promised to everybody, such as FIRST_RESPONSE; null: a commitment (R-18)'),
    makerId: maybe(text()).says('Who promised it, or answers for the ticket; null: nobody yet (SYS-25.6)'),
    department: maybe(text()).says('Where that is; null: not named (SYS-25.6)'),
    promisedAt: instant().says('When it was promised, or began to bind (SYS-25.1)'),
    dueAt: instant().says('Until when it was to be done (R-26)'),
    doneAt: maybe(instant()).says('When it was done, in time or late; null: it is not (SYS-27.4)'),
    gapMs: maybe(integer()).says('How long after its time it was done, negative: before; null: it is not done (SYS-27.4)', 'ms'),
    reason: maybe(text<BreachReason>('OTHER')).says('Why it was broken, such as STAFF_SHORTAGE; null: not known, or it was not (SYS-27.2)'),
    repairId: maybe(text()).says('The repair of trust that followed; null: none (SYS-27.1)'),
    repairedAt: maybe(instant()).says('When the customer accepted what was done; null: not yet (SYS-27.4)'),
  },
  indexes: [['state', 'dueAt'], ['customerId', 'dueAt'], ['kind', 'dueAt'], ['reason']],
  history: true,
  key: 'customerId',
  per: 'promise',
  keys: {
    ...{ CommitmentMade: ofCommitment, CommitmentRescheduled: ofCommitment, CommitmentBroken: ofCommitment },
    ...{ CommitmentFulfilled: ofCommitment, CommitmentWithdrawn: ofCommitment },
    ...{ SlaClockStarted: ofClock, SlaClockRescheduled: ofClock, SlaClockMet: ofClock },
    ...{ SlaClockMetLate: ofClock, SlaClockCancelled: ofClock, BreachReasonRecorded: ofClock },
    ...{ TrustRepairOpened: ofRepair, RepairCauseStated: ofRepair, TrustRepairClosed: ofRepair },
  },
}).on({
  CommitmentMade: (
    _,
    { customerId, ticketId = null, commitmentId, kind, makerId, department = null, ...made },
  ) => ({
    ...{ kind: 'COMMITMENT', state: 'OPEN', customerId, ticketId, commitmentId, commitmentKind: kind },
    ...{ makerId, department, promisedAt: made.madeAt, dueAt: made.dueAt },
  }),
  CommitmentRescheduled: (row, { to: dueAt }) => (isKnown(row) ? { dueAt } : undefined),
  CommitmentBroken: (row) => (isKnown(row) ? { state: 'BROKEN' } : undefined),
  CommitmentFulfilled: (row, { fulfilledAt, late }) =>
    isKnown(row) ? done(row, fulfilledAt, late) : undefined,
  CommitmentWithdrawn: (row) => (isKnown(row) ? { state: 'WITHDRAWN' } : undefined),

  SlaClockStarted: (
    _,
    { customerId, ticketId, moment, winner, losers, ownerId = null, department = null },
  ) => {
    const promise = strictest([winner, ...losers], moment);
    return (
      promise && {
        ...{ kind: 'PUBLISHED', state: 'OPEN', customerId, ticketId, rule: promise.rule, moment },
        ...{ makerId: ownerId, department, promisedAt: promise.start, dueAt: promise.due },
      }
    );
  },
  SlaClockRescheduled: (row, { moment, winner, losers = [] }) => {
    const promise = winner && strictest([winner, ...losers], moment);
    return promise && isKnown(row) ? { rule: promise.rule, dueAt: promise.due } : undefined;
  },
  SlaClockMet: (row, clock) => (isKnown(row) ? byClock(row, clock) : undefined),
  SlaClockMetLate: (row, clock) => (isKnown(row) ? byClock(row, clock) : undefined),
  SlaClockCancelled: (row) => (isKnown(row) ? { state: 'WITHDRAWN' } : undefined),
  BreachReasonRecorded: (row, { reason }) => (isKnown(row) ? { reason } : undefined),

  TrustRepairOpened: (row, { repairId }) =>
    isKnown(row) ? { repairId, ...(row.state === 'OPEN' && { state: 'BROKEN' as const }) } : undefined,
  RepairCauseStated: (row, { cause: reason }) => (isKnown(row) ? { reason } : undefined),
  TrustRepairClosed: (row, { acceptedAt: repairedAt }) => (isKnown(row) ? { repairedAt } : undefined),
});

/** Clocks under no published promise have no row, and what happens to them must not make one. */
const isKnown = ({ dueAt }: { readonly dueAt: string }): boolean => dueAt !== '';
const strictest = (rules: readonly SlaRuleChoice[], moment: SlaMoment): SlaRuleChoice | undefined =>
  rules
    .filter(({ rule }) => isPublishedPromise(rule, moment))
    .sort((one, other) => (one.due < other.due ? -1 : 1))
    .at(0);
const done = ({ dueAt }: { readonly dueAt: string }, doneAt: string, late: boolean) => ({
  ...{ state: late ? ('LATE' as const) : ('KEPT' as const), doneAt },
  gapMs: Date.parse(doneAt) - Date.parse(dueAt),
});
/** Who missed a stricter rule of the house may have kept what everybody was promised. */
const byClock = (
  row: { readonly dueAt: string },
  {
    reachedAt,
    ownerId,
    department,
  }: Pick<Readonly<events.SlaClockMet>, 'reachedAt' | 'ownerId' | 'department'>,
) => ({
  ...done(row, reachedAt, reachedAt > row.dueAt),
  ...(ownerId !== undefined && { makerId: ownerId }),
  ...(department !== undefined && { department }),
});

const isIn = (state: PromiseState, ...states: readonly PromiseState[]): number =>
  Number(states.includes(state));

export const promiseGapFigures = rollup(promiseGap, {
  name: 'promise-gap-figures',
  version: 3,
  about:
    'How many promises were kept, broken and done late, by kind, department, reason and the month they were due in?',
  source: 'SYS-27.4',
  by: {
    kind: ({ kind }) => kind,
    promised: ({ commitmentKind, moment }) => commitmentKind ?? moment ?? 'UNKNOWN',
    department: ({ department }) => department ?? 'UNKNOWN',
    reason: ({ state, reason }) => (isIn(state, 'BROKEN', 'LATE') === 1 ? (reason ?? 'UNKNOWN') : 'NONE'),
    month: ({ dueAt }) => dueAt.slice(0, 7),
  },
  cuts: [
    ['kind', 'month'],
    ['promised', 'month'],
    ['reason', 'month'],
    ['department', 'month'],
  ],
  sums: {
    open: ({ state }) => isIn(state, 'OPEN'),
    kept: ({ state }) => isIn(state, 'KEPT'),
    broken: ({ state }) => isIn(state, 'BROKEN', 'LATE'),
    doneLate: ({ state }) => isIn(state, 'LATE'),
    withdrawn: ({ state }) => isIn(state, 'WITHDRAWN'),
    repaired: ({ repairedAt }) => Number(repairedAt !== null),
  },
  durations: { late: ({ state, gapMs }) => (state === 'LATE' ? gapMs : null) },
  says: {
    kind: 'COMMITMENT: to one customer; PUBLISHED: to everybody',
    promised:
      'RESOLUTION_TIME, DELIVERY and so on of a commitment; FIRST_RESPONSE and so on of a published promise',
    department: 'Where it was promised; UNKNOWN: not named',
    reason: 'Why it was broken; UNKNOWN: nobody has said; NONE: it was not',
    month: ['The month it was due in (UTC)', 'month'],
    rows: 'Promises',
    open: 'Promises whose time has not come, or that nobody has kept or missed yet',
    kept: 'Promises that were kept in time',
    broken: 'Promises whose time passed, whether or not something was done later',
    doneLate: 'Broken promises of which something was done later',
    withdrawn: 'Promises that nobody waits for any more',
    repaired: 'Broken promises whose customer accepted what was done',
    late: ['How long after its time it was done', 'ms'],
  },
});
