import { BreakCommitment, WarnOfCommitment } from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import { reactionsOf } from '@rapport/kernel/spec';
import { commitmentWatch } from './commitment-watch.policy';

const { given } = reactionsOf(commitmentWatch);
const DUE = '2024-03-10T18:00:00.000Z';
const LATER = '2024-03-12T18:00:00.000Z';
const commitmentId = 'k-1';
const promised = (madeAt: string, dueAt = DUE) => ({
  ...{ commitmentId, customerId: 'c-1', makerId: 'ann', madeAt, dueAt },
  kind: 'DELIVERY' as const,
});
const MADE = '2024-03-01T09:00:00.000Z';
const made = (madeAt = MADE) =>
  e.CommitmentMade.of({ ...promised(madeAt), text: 'it comes', channel: 'PHONE' }, madeAt);
const soon = (hoursLeft: number, at: string) => e.CommitmentDueSoon.of({ ...promised(MADE), hoursLeft }, at);
const warn = (hoursLeft: number, dueAt = DUE) => WarnOfCommitment.of({ commitmentId, dueAt, hoursLeft });
const breach = BreakCommitment.of({ commitmentId, dueAt: DUE });
const DAY_BEFORE = '2024-03-09T18:00:00.000Z';
const TWO_BEFORE = '2024-03-10T16:00:00.000Z';
const JUST_AFTER = '2024-03-10T18:00:00.001Z';

describe('a commitment', () => {
  it('is warned of 24 and 2 hours before it is due, and broken just after', () => {
    given(made()).waits(commitmentId, DAY_BEFORE, warn(24));
    given(made(), soon(24, DAY_BEFORE)).waits(commitmentId, TWO_BEFORE, warn(2));
    given(made(), soon(24, DAY_BEFORE), soon(2, TWO_BEFORE)).waits(commitmentId, JUST_AFTER, breach);
  });

  it('that is made for soon is not warned of before it was made', () => {
    given(made(DAY_BEFORE)).waits(commitmentId, TWO_BEFORE, warn(2));
    given(made(TWO_BEFORE)).waits(commitmentId, JUST_AFTER, breach);
  });

  it('that gets another date waits for that one', () => {
    const moved = { from: DUE, to: LATER, agreementId: 'mail-1', rescheduledAt: TWO_BEFORE };
    const rescheduled = e.CommitmentRescheduled.of({ ...promised(MADE, LATER), ...moved }, TWO_BEFORE);
    given(made(), rescheduled).waits(commitmentId, '2024-03-11T18:00:00.000Z', warn(24, LATER));
  });

  it('that has ended is waited for no more', () => {
    const of = promised(MADE);
    const fulfilment = { evidenceId: 'mail-2', fulfilledAt: MADE, late: false };
    given(made(), e.CommitmentFulfilled.of({ ...of, ...fulfilment })).waitsNoMore(commitmentId);
    given(made(), e.CommitmentBroken.of({ ...of, brokenAt: DUE })).waitsNoMore(commitmentId);
    const withdrawn = e.CommitmentWithdrawn.of({ ...of, reason: 'x', withdrawnAt: MADE });
    given(made(), withdrawn).waitsNoMore(commitmentId);
  });
});
