import { RaiseComplaintLevel } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import { ORDINARY_UNRESOLVED_HOURS } from '@rapport/domain/values';
import { at, flag, maybe, policy, text } from '@rapport/kernel';

/** An ordinary complaint has 24 hours; then it is no longer ordinary (R-19, SYS-28). What did not satisfy has resolved nothing. */
export const whenOrdinaryComplaintUnresolvedThenRaise = policy(events, {
  name: 'when-ordinary-complaint-unresolved-then-raise',
  about: 'raises an ordinary complaint that is not resolved 24 hours after it was raised',
  version: 2,
  key: 'ticketId',
  columns: {
    settledAt: maybe(text()),
    /** It is ordinary, and nobody has answered for that. */
    ordinary: flag(),
  },
}).on({
  ComplaintGraded: ({ settledAt }, { ticketId, level, raisedAt, approverId }) => {
    const ordinary = level === 'ORDINARY' && approverId === undefined;
    const settled = settledAt !== null && settledAt <= dueOf(raisedAt);
    return { remember: { ordinary }, wake: ordinary && !settled ? raised(ticketId, raisedAt) : null };
  },
  ComplaintLevelRaised: () => ({ remember: { ordinary: false }, wake: null }),
  SolutionDelivered: (_, told) => settled(told, told.deliveredAt),
  SecondCommunicationStarted: (memory, told) => unsettled(memory, told, told.startedAt),
  TicketReopened: (memory, told) => unsettled(memory, told, told.reopenedAt),
  TicketClosed: (_, told) => settled(told, told.closedAt),
  TicketWithdrawn: (_, told) => settled(told, told.withdrawnAt),
});

const dueOf = (raisedAt: string): string =>
  new Date(Date.parse(raisedAt) + ORDINARY_UNRESOLVED_HOURS * 3_600_000).toISOString();
const raised = (ticketId: string, raisedAt: string) => {
  const because = `unresolved ${ORDINARY_UNRESOLVED_HOURS} hours after it was raised`;
  return at(dueOf(raisedAt), RaiseComplaintLevel.of({ ticketId, to: 'SERIOUS', because }));
};

interface Told {
  readonly ticketId: string;
  readonly type?: string;
  readonly raisedAt: string;
}
/**
 * In time: nothing to wait for any more, also when the grade comes later than the solution. Too late: the timer stays
 * and fires with its own due time, so that it makes no difference how fast the log was read.
 */
const settled = ({ type, raisedAt }: Told, when: string) => {
  if (type !== 'COMPLAINT' || when > dueOf(raisedAt)) return undefined;
  return { remember: { settledAt: when }, wake: null };
};
/** It is to be resolved again, and its time has not passed. Later on, what was settled in time stays so. */
const unsettled = (
  { settledAt, ordinary }: { readonly settledAt: string | null; readonly ordinary: boolean },
  { ticketId, raisedAt }: Told,
  when: string,
) => {
  if (settledAt === null || when > dueOf(raisedAt)) return undefined;
  return { remember: { settledAt: null }, ...(ordinary && { wake: raised(ticketId, raisedAt) }) };
};
