import {
  ConfirmCommitmentInWriting,
  FulfilCommitment,
  MakeCommitment,
  WithdrawCommitment,
} from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import type { PlanDate } from '@rapport/domain/values';
import { policy } from '@rapport/kernel';

/**
 * The dates of an accepted plan are promises: made with it, given up when a later plan takes its place, kept when the
 * customer accepts their phase (SYS-18.6). The last of them is the time of the solution; where the customer has accepted
 * in writing, its clock may move there (2.4).
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
      ...dates.flatMap((date) => [made(date, accepted), ...inWriting(date, accepted)]),
    ],
  }),
  PhaseAccepted: (_, { commitmentId, evidenceId, acceptedAt: fulfilledAt }) =>
    commitmentId === undefined
      ? undefined
      : { send: [FulfilCommitment.of({ commitmentId, evidenceId, fulfilledAt })] },
});

const REPLACED = 'a revised plan that the customer accepted has other dates';

type Accepted = Omit<events.RevisedPlanAccepted, 'dates' | 'replacedCommitmentIds'>;

const made = ({ commitmentId, what: text, dueAt, final }: PlanDate, accepted: Accepted): MakeCommitment => {
  const { ticketId, customerId, contactId, makerId, department, channel, answeredAt: madeAt } = accepted;
  return MakeCommitment.of({
    ...{ commitmentId, ticketId, customerId, makerId, channel, text, madeAt, dueAt },
    kind: final ? 'RESOLUTION_TIME' : 'DELIVERY',
    ...(contactId !== undefined && { contactId }),
    ...(department !== undefined && { department }),
  });
};
const inWriting = ({ commitmentId }: PlanDate, { writtenId, answeredAt: confirmedAt }: Accepted) =>
  writtenId === undefined ? [] : [ConfirmCommitmentInWriting.of({ commitmentId, writtenId, confirmedAt })];
