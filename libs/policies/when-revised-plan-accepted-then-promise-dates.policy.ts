import { FulfilCommitment, MakeCommitment, WithdrawCommitment } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import { policy } from '@rapport/kernel';

/**
 * The dates of an accepted plan are promises: made with it, given up when a later plan takes its place, kept when the
 * customer accepts their phase (SYS-18.6).
 */
export const whenRevisedPlanAcceptedThenPromiseDates = policy(events, {
  name: 'when-revised-plan-accepted-then-promise-dates',
  about:
    'makes a commitment of every date of an accepted plan, and fulfils it with the acceptance of its phase',
  key: 'ticketId',
}).on({
  RevisedPlanAccepted: (_, { dates, replacedCommitmentIds, ...accepted }) => ({
    send: [
      ...replacedCommitmentIds.map((commitmentId) =>
        WithdrawCommitment.of({ commitmentId, reason: REPLACED }),
      ),
      ...dates.map(({ commitmentId, what: text, dueAt }) =>
        MakeCommitment.of({ ...promised(accepted), commitmentId, kind: 'DELIVERY', text, dueAt }),
      ),
    ],
  }),
  PhaseAccepted: (_, { commitmentId, evidenceId, acceptedAt: fulfilledAt }) =>
    commitmentId === undefined
      ? undefined
      : { send: [FulfilCommitment.of({ commitmentId, evidenceId, fulfilledAt })] },
});

const REPLACED = 'a revised plan that the customer accepted has other dates';

type Accepted = Omit<events.RevisedPlanAccepted, 'dates' | 'replacedCommitmentIds'>;
const promised = ({
  ticketId,
  customerId,
  contactId,
  makerId,
  department,
  channel,
  ...answer
}: Accepted) => ({
  ...{ ticketId, customerId, makerId, channel, madeAt: answer.answeredAt },
  ...(contactId !== undefined && { contactId }),
  ...(department !== undefined && { department }),
  ...(answer.writtenId !== undefined && { writtenId: answer.writtenId }),
});
