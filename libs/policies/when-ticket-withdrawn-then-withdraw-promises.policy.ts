import { WithdrawCommitment } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import { json, policy } from '@rapport/kernel';

/** Promises name their ticket, if they are for one. */
const ofTicket = ({ ticketId }: { readonly ticketId?: string }): readonly string[] =>
  ticketId === undefined ? [] : [ticketId];

/**
 * What was promised for a need is not expected any more when the customer takes the need back: nobody breaks it by doing
 * nothing (SYS-12, SYS-25). Amends that were promised are owed all the same. One whose time has passed stays broken.
 */
export const whenTicketWithdrawnThenWithdrawPromises = policy(events, {
  name: 'when-ticket-withdrawn-then-withdraw-promises',
  about: 'takes back what was promised for a ticket that the customer withdraws, all but compensation',
  key: 'customerId',
  /** Those that can still be kept. */
  columns: { open: json<readonly string[]>([]) },
  keys: {
    ...{ CommitmentMade: ofTicket, CommitmentFulfilled: ofTicket },
    ...{ CommitmentBroken: ofTicket, CommitmentWithdrawn: ofTicket, TicketWithdrawn: ofTicket },
  },
}).on({
  CommitmentMade: ({ open }, { commitmentId, kind }) =>
    kind === 'COMPENSATION' ? undefined : { remember: { open: [...open, commitmentId] } },
  CommitmentFulfilled: ({ open }, { commitmentId }) => without(open, commitmentId),
  CommitmentBroken: ({ open }, { commitmentId }) => without(open, commitmentId),
  CommitmentWithdrawn: ({ open }, { commitmentId }) => without(open, commitmentId),
  TicketWithdrawn: ({ open }) => ({
    remember: null,
    send: open.map((commitmentId) => WithdrawCommitment.of({ commitmentId, reason: TAKEN_BACK })),
  }),
});

const TAKEN_BACK = 'the customer took the need back';
const without = (open: readonly string[], commitmentId: string) => {
  const left = open.filter((one) => one !== commitmentId);
  return { remember: left.length > 0 ? { open: left } : null };
};
