import { WithdrawCommitment } from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import type { CommitmentKind } from '@rapport/domain/values';
import { reactionsOf } from '@rapport/kernel/spec';
import { whenTicketWithdrawnThenWithdrawPromises } from './when-ticket-withdrawn-then-withdraw-promises.policy';

const { given } = reactionsOf(whenTicketWithdrawnThenWithdrawPromises);
const madeAt = '2024-03-01T09:00:00.000Z';
const dueAt = '2024-03-10T18:00:00.000Z';
const of = (commitmentId: string, kind: CommitmentKind = 'RESOLUTION_TIME') => ({
  ...{ commitmentId, ticketId: 't-1', customerId: 'c-1', kind, makerId: 'ann', madeAt, dueAt },
});
const made = (id: string, kind?: CommitmentKind) =>
  e.CommitmentMade.of({ ...of(id, kind), text: 'by Sunday', channel: 'PHONE' }, madeAt);
const ticket = { ticketId: 't-1', customerId: 'c-1', urgency: 'ROUTINE', raisedAt: madeAt } as const;
const withdrawn = e.TicketWithdrawn.of({ ...ticket, reason: 'it works again', withdrawnAt: madeAt });
const takenBack = (commitmentId: string) =>
  WithdrawCommitment.of({ commitmentId, reason: 'the customer took the need back' });

describe('a need that the customer takes back', () => {
  it('takes the promises that were made for it along, so that none is broken by doing nothing', () => {
    given(made('k-1'), made('k-2', 'FEEDBACK_TIME'), withdrawn).then(takenBack('k-1'), takenBack('k-2'));
    given(withdrawn).then();
  });
  it('leaves what was kept, broken or taken back as it is', () => {
    const kept = e.CommitmentFulfilled.of({
      ...of('k-1'),
      evidenceId: 'm',
      fulfilledAt: madeAt,
      late: false,
    });
    const broken = e.CommitmentBroken.of({ ...of('k-1'), brokenAt: dueAt });
    const givenUp = e.CommitmentWithdrawn.of({ ...of('k-1'), reason: 'x', withdrawnAt: madeAt });
    for (const over of [kept, broken, givenUp])
      given(made('k-1'), made('k-2'), over, withdrawn).then(takenBack('k-2'));
  });
  it('does not take back the amends that were promised', () =>
    given(made('k-1', 'COMPENSATION'), withdrawn).then());
});
