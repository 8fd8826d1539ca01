import * as c from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import { PlanOption } from '@rapport/domain/values';
import { hydrate } from '@rapport/kernel';
import { customerA, customerId, M, of, on, registers, ticketId, U, upToAnswer } from './we-01.story';

const ofSyncs = of('PROGRESS_SYNC');

describe('WE-01, how the customer is kept informed', () => {
  it('4. a node on 2024-03-05 is agreed, then next sync due = 2024-03-05 18:00: the agreed node replaces the cadence', async () => {
    const stage = await upToAnswer('VIP', true);
    expect(stage.all(e.SlaClockStarted).filter(ofSyncs)).toMatchObject([
      {
        dueAt: on('05', '18:00'),
        winner: { rule: 'AGREED_NODE' },
        losers: [{ rule: 'SLA-VIP' }, { rule: 'SLA-ANY' }],
      },
    ]);
    expect(await stage.row('sync-schedule', ticketId)).toMatchObject({
      dueAt: on('05', '18:00'),
      agreed: true,
    });
  });

  it('6. when U presents the plan 2024-03-05 16:00, then the node is met; after it the VIP is told every 24 hours', async () => {
    const stage = await upToAnswer('VIP', true);
    await stage.at(on('05', '16:00'));
    const options = [
      hydrate(PlanOption, { summary: 'development' }),
      hydrate(PlanOption, { summary: 'a template' }),
    ];
    await stage.wants(U, c.PresentPlan.of({ ticketId, options, presentedAt: on('05', '16:00') }));
    expect(stage.all(e.SlaClockMet).filter(ofSyncs)).toMatchObject([
      { reachedBy: 'PLAN', dueAt: on('05', '18:00') },
    ]);
    expect(stage.all(e.SlaClockBreached).filter(ofSyncs)).toEqual([]);
    expect(await stage.row('sync-schedule', ticketId)).toMatchObject({
      dueAt: on('06', '16:00'),
      rule: 'SLA-VIP',
    });
  });

  it('(b) no agreed node, then VIP cadence 24 h: PROGRESS_SYNC breached 2024-03-03 14:30, and again each 24 h from there', async () => {
    const stage = await upToAnswer('VIP', false);
    await stage.at(on('03', '14:30'));
    expect(stage.all(e.SlaClockBreached).filter(ofSyncs)).toEqual([]);
    await stage.at(on('05', '16:00'));
    expect(stage.all(e.SlaClockBreached).filter(ofSyncs)).toMatchObject([
      ...[
        { breachedAt: on('03', '14:30') },
        { breachedAt: on('04', '14:30') },
        { breachedAt: on('05', '14:30') },
      ],
    ]);
    expect(await stage.row('sync-schedule', ticketId)).toMatchObject({
      ...{ missed: 3, overdueSince: on('03', '14:30'), dueAt: on('06', '14:30') },
    });
  });

  it('(b) for a REGULAR customer (48 h): 2024-03-04 14:30', async () => {
    const stage = await upToAnswer('REGULAR', false);
    await stage.at(on('05', '16:00'));
    expect(stage.all(e.SlaClockBreached).filter(ofSyncs)).toMatchObject([{ breachedAt: on('04', '14:30') }]);
  });

  it('(h) template not delivered by 24:00 on 8 March, then CommitmentBroken, TrustRepairOpened', async () => {
    const stage = await customerA();
    await registers(stage);
    await stage.at(on('05', '16:00'));
    const promise = { commitmentId: 'k-1', customerId, ticketId, kind: 'DELIVERY', makerId: 'm' } as const;
    const template = { text: 'the template', channel: 'EMAIL', writtenId: 'mail-1' } as const;
    const endless = c.MakeCommitment.of({ ...promise, ...template });
    expect(await stage.wants(M, endless)).toBe('DUE_REQUIRED');
    const dueAt = on('09', '00:00');
    expect(await stage.wants(M, c.MakeCommitment.of({ ...promise, ...template, dueAt }))).toEqual([
      ...['CommitmentMade', 'CommitmentTied'],
    ]);
    await stage.at(dueAt);
    expect(stage.all(e.CommitmentDueSoon).map(({ hoursLeft }) => hoursLeft)).toEqual([24, 2]);
    expect(stage.all(e.CommitmentBroken)).toEqual([]);
    await stage.at(on('09', '00:01'));
    expect(stage.all(e.CommitmentBroken)).toMatchObject([{ brokenAt: dueAt }]);
    const [repair] = stage.all(e.TrustRepairOpened).filter(({ breach }) => breach === 'BROKEN_COMMITMENT');
    expect(repair).toMatchObject({
      ...{ commitmentId: 'k-1', ticketId, brokenAt: dueAt, planBy: on('09', '04:00'), supervisorCalls: true },
    });
    const repairId = repair!.repairId;
    const plan = {
      repairId,
      planOwnerId: 'm',
      dueAt: on('09', '18:00'),
      withoutCompensation: true,
      steps: [],
    };
    expect(await stage.wants(U, c.ActivateEmergencyPlan.of(plan))).toBe('PLAN_WITHOUT_STEP');
  });

  it('(h) and when a second promise is broken within 30 days, then the head of the department is called', async () => {
    const stage = await customerA();
    await registers(stage);
    const promise = { customerId, ticketId, kind: 'DELIVERY', makerId: 'm', channel: 'EMAIL' } as const;
    for (const [commitmentId, day] of [
      ['k-1', '08'],
      ['k-2', '20'],
    ] as const) {
      const due = { commitmentId, text: 'the template', dueAt: on(day, '18:00'), writtenId: 'mail-1' };
      await stage.wants(M, c.MakeCommitment.of({ ...promise, ...due }));
    }
    await stage.at(on('19', '10:00'));
    expect(stage.all(e.TrustRepairRaised)).toEqual([]);
    await stage.at(on('20', '18:01'));
    expect(stage.all(e.TrustRepairRaised)).toMatchObject([{ level: 'DEPARTMENT_HEAD', brokenPromises: 2 }]);
  });
});
