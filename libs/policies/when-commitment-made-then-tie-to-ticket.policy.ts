import { TieCommitment } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import { policy } from '@rapport/kernel';

/** A ticket knows what was promised for it, so that it is not closed over a promise that is still open (SYS-19.6). */
export const whenCommitmentMadeThenTieToTicket = policy(events, {
  name: 'when-commitment-made-then-tie-to-ticket',
  about: 'tells a ticket of every promise that is made for it',
  key: 'commitmentId',
}).on({
  CommitmentMade: (_, { commitmentId, ticketId }) =>
    ticketId === undefined ? undefined : { send: [TieCommitment.of({ ticketId, commitmentId })] },
});
