import * as events from '@rapport/domain/events';
import type { ComplaintCause, ComplaintLevel, LoopStage } from '@rapport/domain/values';
import { flag, instant, integer, json, maybe, projection, text, type RowOf } from '@rapport/kernel';

const EVERY_STAGE: readonly LoopStage[] = ['CAUSE_SETTLED', 'SOLUTION_DELIVERED', 'CUSTOMER_SATISFIED'];

// prettier-ignore
const columns = {
  customerId: text().says('Who complained (SYS-28.1)'),
  causes: json<readonly ComplaintCause[]>([]).says('What it is about: one or several codes, such as LATE_DELIVERY (SYS-28.1)'),
  level: maybe(text<ComplaintLevel>('ORDINARY')).says('ORDINARY, SERIOUS or MAJOR; null: not graded yet (R-44, SYS-28.2)'),
  raisedAt: instant().says('When the customer spoke: its clocks run from here (R-03, SYS-28.1)'),
  round: integer(1).says('1 at first, one more with each new attempt to solve it (SYS-19.2)', 'ordinal'),
  solvedAt: maybe(instant()).says('The solution it stands on; null: none yet, or it did not hold (SYS-33.1)'),
  satisfiedAt: maybe(instant()).says('When the customer said that it is solved; null: not, or no longer (SYS-33.1)'),
  causeConfirmed: maybe(flag()).says('True: the cause was confirmed; false: it was said not to be needed; null: neither yet (SYS-33.1)'),
  resolvedAt: maybe(instant()).says('When the loop was closed; null: it is open (SYS-33.1)'),
  missing: json(EVERY_STAGE).says('What it still lacks: CAUSE_SETTLED, SOLUTION_DELIVERED, CUSTOMER_SATISFIED (SYS-33.1)'),
  open: flag(true).says('Somebody still has to do something about it (SYS-33.1)'),
};
type Loop = RowOf<typeof columns>;

/** Complaints and what their loop still lacks, from the lodging on. */
export const complaintLoop = projection(events, {
  name: 'complaint-loop',
  version: 1,
  about: 'Which complaints are not resolved yet, and what does the loop of each still lack?',
  columns,
  indexes: [['customerId'], ['open', 'raisedAt']],
  history: true,
  key: 'ticketId',
  per: 'ticket that is a complaint',
}).on({
  TicketRegistered: (_, { type, customerId, raisedAt }) =>
    type === 'COMPLAINT' ? { customerId, raisedAt } : undefined,
  TicketClassified: (row, { to, customerId, raisedAt, deliveredAt = null }) => {
    if (to !== 'COMPLAINT') return isComplaint(row) ? null : undefined;
    return after(row, { customerId, raisedAt, solvedAt: row.solvedAt ?? deliveredAt });
  },
  ComplaintLodged: (row, { causes }) => ofTicket(row, { causes }),
  ComplaintGraded: (row, { causes, level }) => ofTicket(row, { causes, level }),
  ComplaintLevelRaised: (row, { to: level }) => ofTicket(row, { level }),
  SolutionDelivered: (row, { deliveredAt: solvedAt, round }) => ofTicket(row, { solvedAt, round }),
  CustomerConfirmedSatisfied: (row, { confirmedAt: satisfiedAt }) => ofTicket(row, { satisfiedAt }),
  CustomerReportedDissatisfied: (row) => ofTicket(row, UNSOLVED),
  SecondCommunicationStarted: (row, { round }) => ofTicket(row, { ...UNSOLVED, round }),
  TicketReopened: (row, { round }) => ofTicket(row, { ...UNSOLVED, round }),
  TicketWithdrawn: (row) => (isComplaint(row) ? null : undefined),
  ComplaintResolved: (row, { confirmedCause, resolvedAt }) =>
    ofTicket(row, { causeConfirmed: confirmedCause !== undefined, resolvedAt }),
});

/** Another round begins: what was settled before counts no more. */
const UNSOLVED = { solvedAt: null, satisfiedAt: null, causeConfirmed: null, resolvedAt: null };

/** The row exists: other tickets, and a grade that comes after a withdrawal, are none of its business. */
const isComplaint = ({ customerId }: Loop): boolean => customerId !== '';
const ofTicket = (row: Loop, change: Partial<Loop>) => (isComplaint(row) ? after(row, change) : undefined);

const after = (row: Loop, change: Partial<Loop>): Partial<Loop> => {
  const { causeConfirmed, solvedAt, satisfiedAt, resolvedAt } = { ...row, ...change };
  const lacks: readonly (readonly [LoopStage, boolean])[] = [
    ['CAUSE_SETTLED', causeConfirmed === null],
    ['SOLUTION_DELIVERED', solvedAt === null],
    ['CUSTOMER_SATISFIED', satisfiedAt === null],
  ];
  const missing = lacks.filter(([, isMissing]) => isMissing).map(([stage]) => stage);
  return { ...change, missing, open: resolvedAt === null };
};
