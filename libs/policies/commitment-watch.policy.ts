import { BreakCommitment, WarnOfCommitment } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import { COMMITMENT_WARNING_HOURS, hoursAfter, justAfter } from '@rapport/domain/values';
import { at, policy } from '@rapport/kernel';

/** What follows from a promise by itself: it comes near, and it is broken (SYS-25). One timer, from turn to turn. */
export const commitmentWatch = policy(events, {
  name: 'commitment-watch',
  about:
    'Warns 24 and 2 hours before a commitment is due, and notes that it was broken when its time passed.',
  key: 'commitmentId',
}).on({
  CommitmentMade: (_, promised, { occurredAt }) => nextTurn(promised, occurredAt),
  CommitmentRescheduled: (_, promised, { occurredAt }) => nextTurn(promised, occurredAt),
  CommitmentDueSoon: (_, promised, { occurredAt }) => nextTurn(promised, occurredAt),
  CommitmentFulfilled: () => FORGET,
  CommitmentBroken: () => FORGET,
  CommitmentWithdrawn: () => FORGET,
});

const FORGET = { remember: null };

interface Promised {
  readonly commitmentId: string;
  readonly dueAt: string;
}
/** The next warning whose moment is still to come, or the breach. A warning that lies before the promise is none. */
const nextTurn = ({ commitmentId, dueAt }: Promised, since: string) => {
  const hoursLeft = COMMITMENT_WARNING_HOURS.find((hours) => hoursAfter(dueAt, -hours) > since);
  return hoursLeft === undefined
    ? { wake: at(justAfter(dueAt), BreakCommitment.of({ commitmentId, dueAt })) }
    : { wake: at(hoursAfter(dueAt, -hoursLeft), WarnOfCommitment.of({ commitmentId, dueAt, hoursLeft })) };
};
