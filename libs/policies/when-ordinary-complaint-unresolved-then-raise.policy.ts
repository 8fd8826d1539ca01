import { RaiseComplaintLevel } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import { ORDINARY_UNRESOLVED_HOURS } from '@rapport/domain/values';
import { at, maybe, policy, text } from '@rapport/kernel';

/** An ordinary complaint has 24 hours; then it is no longer ordinary (R-19, SYS-28). */
export const whenOrdinaryComplaintUnresolvedThenRaise = policy(events, {
  name: 'when-ordinary-complaint-unresolved-then-raise',
  about: 'raises an ordinary complaint that is not resolved 24 hours after it was raised',
  key: 'ticketId',
  columns: { settledAt: maybe(text()) },
}).on({
  ComplaintGraded: ({ settledAt }, { ticketId, level, raisedAt, approverId }) => {
    const dueAt = dueOf(raisedAt);
    const settled = settledAt !== null && settledAt <= dueAt;
    const because = `unresolved ${ORDINARY_UNRESOLVED_HOURS} hours after it was raised`;
    return level === 'ORDINARY' && !settled && approverId === undefined
      ? { wake: at(dueAt, RaiseComplaintLevel.of({ ticketId, to: 'SERIOUS', because })) }
      : { wake: null };
  },
  ComplaintLevelRaised: () => ({ wake: null }),
  SolutionDelivered: (_, told) => settled(told, told.deliveredAt),
  TicketClosed: (_, told) => settled(told, told.closedAt),
  TicketWithdrawn: (_, told) => settled(told, told.withdrawnAt),
});

const dueOf = (raisedAt: string): string =>
  new Date(Date.parse(raisedAt) + ORDINARY_UNRESOLVED_HOURS * 3_600_000).toISOString();

/**
 * In time: nothing to wait for any more, also when the grade comes later than the solution. Too late: the timer stays
 * and fires with its own due time, so that it makes no difference how fast the log was read.
 */
const settled = ({ type, raisedAt }: { readonly type?: string; readonly raisedAt: string }, when: string) => {
  if (type !== 'COMPLAINT' || when > dueOf(raisedAt)) return undefined;
  return { remember: { settledAt: when }, wake: null };
};
