import * as events from '@rapport/domain/events';
import type { ComplaintCause, ComplaintLevel, LoopStage } from '@rapport/domain/values';
import { flag, integer, json, maybe, projection, text, type RowOf } from '@rapport/kernel';

const columns = {
  customerId: text(),
  causes: json<readonly ComplaintCause[]>([]),
  level: maybe(text<ComplaintLevel>('ORDINARY')),
  raisedAt: text(),
  round: integer(1),
  /** The solution it stands on; null again when that did not hold. */
  solvedAt: maybe(text()),
  satisfiedAt: maybe(text()),
  /** True: the cause was confirmed; false: it was said not to be needed; null: neither yet. */
  causeConfirmed: maybe(flag()),
  resolvedAt: maybe(text()),
  /** What the loop still lacks. */
  missing: json<readonly LoopStage[]>(['CAUSE_SETTLED', 'SOLUTION_DELIVERED', 'CUSTOMER_SATISFIED']),
  open: flag(true),
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
