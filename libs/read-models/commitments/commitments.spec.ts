import { MemoryRowStore } from '@rapport/adapters/memory';
import * as e from '@rapport/domain/events';
import { hoursAfter } from '@rapport/domain/values';
import { modelsOf, rowsOf, type Told } from '@rapport/kernel/spec';
import { commitmentFigures, commitments } from './commitments.projection';
import { commitmentKeepRate, unwrittenCommitments } from './commitments.question';

const { given } = rowsOf(commitments);
const MADE = '2024-03-01T09:00:00.000Z';
const hour = (n: number) => hoursAfter(MADE, n);

/** One promise and what may become of it, in hours after it was made. */
const promise = (commitmentId: string, makerId = 'ann', customerId = 'c-1') => {
  const of = {
    ...{ commitmentId, customerId, makerId, department: 'RND', madeAt: MADE, dueAt: hour(48) },
    kind: 'DELIVERY' as const,
  };
  const said = { text: 'it comes', channel: 'PHONE' as const };
  const agreed = { from: hour(48), agreementId: 'mail-2', rescheduledAt: hour(9) };
  const proved = { evidenceId: 'mail-3' };
  return {
    made: e.CommitmentMade.of({ ...of, ...said, writtenBy: hour(4) }, MADE),
    written: e.CommitmentMade.of({ ...of, ...said, writtenId: 'mail-1', contactId: 'lin' }, MADE),
    confirmed: e.CommitmentConfirmedInWriting.of(
      { ...of, writtenId: 'mail-1', confirmedAt: hour(6), writtenBy: hour(4) },
      hour(6),
    ),
    soon: e.CommitmentDueSoon.of({ ...of, hoursLeft: 24 }, hour(24)),
    moved: (to: number, writing: Partial<e.CommitmentRescheduled> = {}) =>
      e.CommitmentRescheduled.of({ ...of, dueAt: hour(to), to: hour(to), ...agreed, ...writing }, hour(9)),
    kept: e.CommitmentFulfilled.of({ ...of, ...proved, fulfilledAt: hour(40), late: false }, hour(40)),
    broken: e.CommitmentBroken.of({ ...of, brokenAt: hour(48) }, hour(48)),
    late: e.CommitmentFulfilled.of({ ...of, ...proved, fulfilledAt: hour(50), late: true }, hour(50)),
    withdrawn: e.CommitmentWithdrawn.of({ ...of, reason: 'x', withdrawnAt: hour(30) }, hour(30)),
  };
};
const k = promise('k-1');

describe('the ledger of commitments', () => {
  it('holds what was promised to whom, by whom and until when', () => {
    given(k.made)
      .row('k-1')
      .is({
        ...{ customerId: 'c-1', makerId: 'ann', department: 'RND', kind: 'DELIVERY', state: 'OPEN' },
        ...{ dueAt: hour(48), firstDueAt: hour(48), written: false, writtenBy: hour(4), writtenAt: null },
      });
    given(k.written).row('k-1').is({ contactId: 'lin', written: true, writtenBy: null, writtenAt: MADE });
    given(k.made, k.confirmed)
      .row('k-1')
      .is({ written: true, writtenBy: hour(4), writtenAt: hour(6) });
  });

  it('knows the first date beside the last, and the last warning', () => {
    given(k.made, k.soon).row('k-1').is({ hoursLeft: 24 });
    given(k.made, k.soon, k.moved(72))
      .row('k-1')
      .is({ dueAt: hour(72), firstDueAt: hour(48), reschedules: 1, hoursLeft: null });
    const { written, moved } = promise('k-2');
    given(written, moved(72, { writtenBy: hour(13) }))
      .row('k-2')
      .is({ written: false, writtenBy: hour(13), writtenAt: null });
    given(written, moved(72, { writtenBy: hour(13) }), moved(80, { writtenId: 'mail-4' }))
      .row('k-2')
      .is({ written: true, writtenAt: hour(9) });
  });

  it('tells how it ended', () => {
    given(k.made, k.kept)
      .row('k-1')
      .is({ state: 'KEPT', fulfilledAt: hour(40), brokenAt: null });
    given(k.made, k.broken)
      .row('k-1')
      .is({ state: 'BROKEN', brokenAt: hour(48), fulfilledAt: null });
    given(k.made, k.broken, k.late)
      .row('k-1')
      .is({ state: 'FULFILLED_LATE', brokenAt: hour(48), fulfilledAt: hour(50) });
    given(k.made, k.withdrawn)
      .row('k-1')
      .is({ state: 'WITHDRAWN', withdrawnAt: hour(30) });
  });
});

const { told } = modelsOf(() => new MemoryRowStore(), [commitments, commitmentFigures]);

describe('unwritten commitments', () => {
  interface Unwritten {
    readonly unwritten: readonly { readonly commitmentId: string }[];
  }
  const listed = async (models: Told, now: string, params: object = {}, asOf?: string) =>
    (await models.ask<Unwritten>(unwrittenCommitments, now, params, asOf)).unwritten.map(
      ({ commitmentId }) => commitmentId,
    );

  it('are listed when 4 hours have passed, until they are in writing', async () => {
    const models = await told(k.made, promise('k-2', 'bob').made, promise('k-3').written);
    expect(await listed(models, hour(4))).toEqual([]);
    expect(await listed(models, hoursAfter(hour(4), 0.001))).toEqual(['k-1', 'k-2']);
    expect(await listed(models, hour(9), { makerId: 'bob' })).toEqual(['k-2']);
    expect(await listed(models, hour(9), { limit: 1 })).toEqual(['k-1']);
    const confirmed = await told(k.made, k.confirmed);
    expect(await listed(confirmed, hour(9))).toEqual([]);
    expect(await listed(confirmed, hour(9), {}, hour(5))).toEqual(['k-1']);
  });

  it('are open ones', async () => {
    expect(await listed(await told(k.made, k.withdrawn), hour(99))).toEqual([]);
    expect(await listed(await told(k.made, k.kept), hour(99))).toEqual([]);
  });
});

describe('the rate of kept commitments', () => {
  interface Rate {
    readonly total: object;
    readonly lines: readonly object[];
  }
  const others = [promise('k-2'), promise('k-3', 'bob', 'c-2'), promise('k-4', 'bob', 'c-2')] as const;
  const story = [
    ...[k.made, k.kept, others[0].made, others[0].broken, others[0].late],
    ...[others[1].made, others[1].withdrawn, others[2].made, others[2].moved(31 * 24)],
  ];

  it('leaves out what is open or was taken back', async () => {
    const models = await told(...story);
    const { total, lines } = await models.ask<Rate>(commitmentKeepRate, hour(99));
    expect(total).toMatchObject({ commitments: 4, kept: 1, broken: 1, fulfilledLate: 1, keepRate: 0.5 });
    expect(lines).toEqual([
      expect.objectContaining({ makerId: 'ann', commitments: 2, keepRate: 0.5 }),
      expect.objectContaining({ makerId: 'bob', open: 1, withdrawn: 1, rescheduled: 1, keepRate: null }),
    ]);
  });

  it('is told by department and customer, for the months of the due times, and for a moment of the past', async () => {
    const models = await told(...story);
    const byCustomer = await models.ask<Rate>(commitmentKeepRate, hour(99), { by: 'CUSTOMER' });
    expect(byCustomer.lines).toMatchObject([{ customerId: 'c-1' }, { customerId: 'c-2' }]);
    const byDepartment = await models.ask<Rate>(commitmentKeepRate, hour(99), { by: 'DEPARTMENT' });
    expect(byDepartment.lines).toMatchObject([{ department: 'RND', commitments: 4 }]);
    const april = await models.ask<Rate>(commitmentKeepRate, hour(99), { from: '2024-04' });
    expect(april.total).toMatchObject({ commitments: 1, open: 1 });
    const ann = await models.ask<Rate>(commitmentKeepRate, hour(99), { makerId: 'ann' }, hour(47));
    expect(ann.total).toMatchObject({ commitments: 2, kept: 1, broken: 0, open: 1, keepRate: 1 });
  });
});
