import * as c from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import {
  type KeyNode,
  PlanOption,
  RequiredResources,
  WantedNode,
  WantedScriptPoint,
} from '@rapport/domain/values';
import { hydrate, type Actor } from '@rapport/kernel';
import { Stage } from '../support/stage';

/** By the clock in Shanghai. */
const on = (day: string, time: string) => new Date(`2024-03-${day}T${time}+08:00`).toISOString();
const S: Actor = { id: 's', role: 'SERVICE_SPECIALIST' };
const U: Actor = { id: 'u', role: 'SUPERVISOR' };
const M: Actor = { id: 'm', role: 'ACCOUNT_MANAGER' };
const [ticketId, customerId] = ['t-01', 'c-a'];
const ofSyncs = ({ moment }: { readonly moment: string }) => moment === 'PROGRESS_SYNC';

/** WE-01 as far as the customer is told how it stands and promises are kept: customer A, manufacturing. */
const upToRegistration = async (grade: 'VIP' | 'REGULAR'): Promise<Stage> => {
  const stage = new Stage();
  await stage.at(on('01', '17:00'));
  const customer = { customerId, name: 'A公司', industry: '制造业', source: 'SALES_HANDOVER' } as const;
  await stage.wants(S, c.RegisterCustomer.of({ ...customer, zone: 'Asia/Shanghai', grade }));
  const lin = {
    contactId: 'lin',
    name: '林总',
    roles: ['DECISION_MAKER'],
    phone: '1',
    email: 'l@a.cn',
  } as const;
  await stage.wants(S, c.AddContact.of({ customerId, ...lin }));
  const need = { ticketId, customerId, contactId: 'lin', type: 'FUNCTIONAL', urgency: 'IMPORTANT' } as const;
  const said = { channel: 'EMAIL', verbatim: '想批量导出订单数据', collectorId: 's' } as const;
  await stage.wants(S, c.RegisterTicket.of({ ...need, ...said, raisedAt: on('01', '17:00') }));
  await stage.wants(S, c.AssignTicketOwner.of({ ticketId, ownerId: 'm' }));
  return stage;
};
/** Steps 2 to 4. */
const withStrategy = async (stage: Stage, agreedWithCustomer: boolean): Promise<void> => {
  await stage.at(on('02', '11:00'));
  const resources = hydrate(RequiredResources, { people: [{ department: 'TECHNICAL', people: 2 }] });
  await stage.wants(
    U,
    c.AnalyseTicket.of({
      ...{ ticketId, verdict: 'PARTIAL', inScope: true, matchesIndustryNorm: true, operable: false },
      ...{ reason: 'needs development', suggestionCode: 'NEEDS_COORDINATION', suggestionText: 'coordinate' },
      ...{ alternative: 'a spreadsheet template', responsibleDepartment: 'RND', analystId: 'u', resources },
      analysedOn: '2024-03-02',
    }),
  );
  await stage.wants(U, c.PrioritiseTicket.of({ ticketId, urgent: false, important: true }));
  const node = { dueOn: '2024-03-05', content: 'report technical evaluation', agreedWithCustomer };
  const words = {
    OPENING: 'good day',
    CORE: 'two to three weeks',
    CLOSING: 'does the template work?',
  } as const;
  const happened = await stage.wants(
    M,
    c.SetCommunicationStrategy.of({
      ...{ ticketId, goals: ['CONFIRM_DETAILS'], modes: ['PHONE', 'EMAIL'], ownerId: 'm' },
      ...{ ownerCapacity: 'ACCOUNT_MANAGER', firstResponseDue: on('02', '17:00') },
      keyNodes: [hydrate(WantedNode, node)],
      scriptPoints: Object.entries(words).map(([part, text]) => hydrate(WantedScriptPoint, { part, text })),
      ...{ riskTrigger: 'insists', riskAction: 'a development plan', riskDepartment: 'TECHNICAL' },
      ...{ nextAction: 'report technical evaluation', nextActionAt: on('05', '18:00') },
    }),
  );
  expect(happened).toEqual(['CommunicationStrategySet']);
};
/** Step 5. */
const answered = async (stage: Stage): Promise<void> => {
  await stage.at(on('02', '14:30'));
  const answer = { respondedAt: on('02', '14:30'), direction: 'a template first', interactionId: 'call-1' };
  await stage.wants(M, c.RecordFirstResponse.of({ ticketId, ...answer }));
};

describe('WE-01, how the customer is kept informed', () => {
  it('4. a node on 2024-03-05 is agreed, then next sync due = 2024-03-05 18:00: the agreed node replaces the cadence', async () => {
    const stage = await upToRegistration('VIP');
    await withStrategy(stage, true);
    await answered(stage);
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
    const stage = await upToRegistration('VIP');
    await withStrategy(stage, true);
    await answered(stage);
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

  it('8. when new nodes 2024-03-15 18:00 and 2024-03-22 18:00 are agreed and met by ProgressSynced, then the cadence does not apply in between', async () => {
    const stage = await upToRegistration('VIP');
    await withStrategy(stage, true);
    await answered(stage);
    const sync = async (day: string, time: string, nextAt: string) => {
      await stage.at(on(day, time));
      const told = { text: 'no breakthrough; RND builds the export; we call as agreed', nextAt };
      expect(await stage.wants(M, c.SyncProgress.of({ ticketId, ...told }))).toEqual(['ProgressSynced']);
    };
    await sync('05', '16:00', on('08', '11:00'));
    await sync('06', '15:00', on('08', '11:00'));
    const keyNodes = ['2024-03-15', '2024-03-22'].map((dueOn) =>
      hydrate(WantedNode, { dueOn, content: 'progress', agreedWithCustomer: true }),
    );
    await stage.wants(
      M,
      c.ReviseCommunicationStrategy.of({ ticketId, reason: 'the template is near', keyNodes }),
    );
    expect(
      stage.all(e.CommunicationStrategyRevised)[0]?.keyNodes.map(({ nodeId }: KeyNode) => nodeId),
    ).toEqual([...['n1', 'n2', 'n3']]);
    await sync('15', '17:00', on('22', '18:00'));
    await sync('22', '18:00', on('25', '10:00'));
    expect(stage.all(e.SlaClockBreached).filter(ofSyncs)).toEqual([]);
  });

  it('(b) no agreed node, then VIP cadence 24 h: PROGRESS_SYNC breached 2024-03-03 14:30, and again each 24 h from there', async () => {
    const stage = await upToRegistration('VIP');
    await withStrategy(stage, false);
    await answered(stage);
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
    const stage = await upToRegistration('REGULAR');
    await withStrategy(stage, false);
    await answered(stage);
    await stage.at(on('05', '16:00'));
    expect(stage.all(e.SlaClockBreached).filter(ofSyncs)).toMatchObject([{ breachedAt: on('04', '14:30') }]);
  });

  it('(h) template not delivered by 24:00 on 8 March, then CommitmentBroken, TrustRepairOpened', async () => {
    const stage = await upToRegistration('VIP');
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
    const stage = await upToRegistration('VIP');
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
