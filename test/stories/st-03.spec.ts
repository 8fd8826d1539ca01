import * as c from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import { PlanOption, SpokenComplaint } from '@rapport/domain/values';
import { hydrate, type Actor } from '@rapport/kernel';
import { Stage } from '../support/stage';

/** By the clock in Shanghai, Monday 18 March 2024. */
const at = (time: string) => new Date(`2024-03-18T${time}:00+08:00`).toISOString();
const SUPPORT: Actor = { id: 'ann', role: 'SERVICE_SPECIALIST' };
const HEAD: Actor = { id: 'hua', role: 'DEPARTMENT_HEAD' };
const BOTH = [
  ['c-03a', 't-03a', 'VIP'],
  ['c-03b', 't-03b', 'REGULAR'],
] as const;
const promiseOf = (ticketId: string) => `p-${ticketId}`;

/** The platform stands still at 09:10: one Q1 ticket for each of the two customers. */
const standsStill = async (): Promise<Stage> => {
  const stage = await new Stage().at(at('09:10'));
  for (const [customerId, ticketId, grade] of BOTH) {
    const customer = { customerId, name: customerId, industry: 'Retail', source: 'REFERRAL' } as const;
    await stage.wants(SUPPORT, c.RegisterCustomer.of({ ...customer, zone: 'Asia/Shanghai', grade }));
    const need = { ticketId, customerId, type: 'SERVICE', urgency: 'URGENT', channel: 'PHONE' } as const;
    const said = { verbatim: 'old figures', collectorId: 'ann', raisedAt: at('09:10') } as const;
    await stage.wants(SUPPORT, c.RegisterTicket.of({ ...need, ...said }));
    await stage.wants(HEAD, c.AssignTicketOwner.of({ ticketId, ownerId: 'ann' }));
  }
  await stage.at(at('09:12'));
  for (const [, ticketId] of BOTH)
    await stage.wants(SUPPORT, c.PrioritiseTicket.of({ ticketId, urgent: true, important: true }));
  return stage;
};
/** 09:40: what went wrong, what is done, and until when; one promise for each. */
const told = async (stage: Stage): Promise<void> => {
  await stage.at(at('09:40'));
  const options = [
    hydrate(PlanOption, { summary: 'restored by 11:40, today’s fee waived', readyAt: at('11:40') }),
  ];
  for (const [customerId, ticketId] of BOTH) {
    await stage.wants(SUPPORT, c.PresentPlan.of({ ticketId, options, presentedAt: at('09:40') }));
    const promise = {
      commitmentId: promiseOf(ticketId),
      customerId,
      ticketId,
      kind: 'RESOLUTION_TIME',
    } as const;
    const word = {
      text: 'restored by 11:40',
      channel: 'EMAIL',
      writtenId: 'mail-1',
      makerId: 'ann',
    } as const;
    await stage.wants(SUPPORT, c.MakeCommitment.of({ ...promise, ...word, dueAt: at('11:40') }));
  }
};

/** ST-03, crisis handling (危机处理): C-03a (VIP) and C-03b (REGULAR) on one platform; database replicas lag. */
describe('ST-03', () => {
  let stage: Stage;
  beforeAll(async () => (stage = await standsStill()));
  const dueOf = async (key: string) => (await stage.row('sla-status', key))?.['dueAt'];

  it.todo('1. DeclareIncident, IncidentDeclared (waits for SYS-32 incidents)');

  it('1. one Q1 ticket per customer, GreenChannelOpened 09:12, plan due 11:12', async () => {
    expect(stage.all(e.GreenChannelOpened)).toMatchObject(
      BOTH.map(([, ticketId]) => ({ ticketId, cause: 'QUADRANT_1', planBy: at('11:12') })),
    );
    for (const [, ticketId] of BOTH) {
      expect(await stage.row('ticket-queue', ticketId)).toMatchObject({ priority: 1, green: true });
      expect(await dueOf(`${ticketId}|PLAN|1`)).toBe(at('11:12'));
    }
  });

  it('2. When C-03a complains at 09:15 ANGRY, then ComplaintLodged, ComplaintGraded MAJOR (business interrupted), FIRST_RESPONSE due 10:15', async () => {
    await stage.at(at('09:15'));
    const complaint = hydrate(SpokenComplaint, {
      ...{ causes: ['SYSTEM_OUTAGE'], emotion: 'ANGRY', businessInterrupted: true },
    });
    const need = { ticketId: 't-03c', customerId: 'c-03a', type: 'COMPLAINT', urgency: 'URGENT' } as const;
    const said = { channel: 'PHONE', verbatim: 'we cannot sell!', collectorId: 'ann', complaint } as const;
    const lodged = c.RegisterTicket.of({ ...need, ...said, raisedAt: at('09:15') });
    expect(await stage.wants(SUPPORT, lodged)).toEqual(
      expect.arrayContaining(['ComplaintLodged', 'ComplaintGraded', 'GreenChannelOpened']),
    );
    expect(stage.all(e.ComplaintLodged)).toMatchObject([{ emotion: 'ANGRY', causes: ['SYSTEM_OUTAGE'] }]);
    expect(stage.all(e.ComplaintGraded)).toMatchObject([{ level: 'MAJOR' }]);
    expect(stage.all(e.ComplaintGraded)[0]?.reasons).toContain("the customer's business is interrupted");
    expect(await dueOf('t-03c|FIRST_RESPONSE|1')).toBe(at('10:15'));
    expect(await dueOf('t-03c|ACKNOWLEDGE|1')).toBe(at('09:45'));
  });
  it.todo('2. SeniorManagementEngaged with a named person (waits for the rest of SYS-28)');
  it.todo(
    '3. EnterEmotionStage: STAGE_SKIPPED, then ACCEPT_EMOTION → CLARIFY_FACTS → OFFER_SOLUTION (waits for SYS-29)',
  );

  it('3. first response 09:25 met', async () => {
    await stage.at(at('09:25'));
    const word = { respondedAt: at('09:25'), direction: 'we restore the copies', interactionId: 'call-1' };
    for (const ticketId of ['t-03a', 't-03b', 't-03c'])
      await stage.wants(SUPPORT, c.RecordFirstResponse.of({ ticketId, ...word }));
    for (const ticketId of ['t-03a', 't-03b', 't-03c'])
      expect(await stage.row('sla-status', `${ticketId}|FIRST_RESPONSE|1`)).toMatchObject({
        ...{ state: 'MET', endedAt: at('09:25') },
      });
  });

  it.todo('4. IssueCrisisMessage, refused without remedy, CrisisMessageIssued ×2 (waits for SYS-32)');
  it('4. with the fix "restored by 11:40, today’s fee waived" at 09:40, then CommitmentMade ×2 due 11:40, PlanPresented for both', async () => {
    await told(stage);
    expect(stage.all(e.CommitmentMade)).toMatchObject([{ dueAt: at('11:40') }, { dueAt: at('11:40') }]);
    expect(stage.all(e.PlanPresented).map(({ ticketId }) => ticketId)).toEqual(['t-03a', 't-03b']);
    expect(stage.all(e.SlaClockMet).filter(({ moment }) => moment === 'PLAN')).toMatchObject([
      { reachedAt: at('09:40') },
      { reachedAt: at('09:40') },
    ]);
  });

  it('5. When it is restored at 11:25, then commitments fulfilled and the channels closed', async () => {
    await stage.at(at('11:25'));
    for (const [, ticketId] of BOTH) {
      const kept = { commitmentId: promiseOf(ticketId), evidenceId: 'log-1', fulfilledAt: at('11:25') };
      expect(await stage.wants(SUPPORT, c.FulfilCommitment.of(kept))).toContain('CommitmentFulfilled');
      const close = c.CloseGreenChannel.of({ ticketId, result: 'the copies keep up again' });
      expect(await stage.wants(HEAD, close)).toEqual(['GreenChannelClosed']);
    }
    await stage.at(at('11:41'));
    expect(stage.all(e.CommitmentBroken)).toEqual([]);
    expect(await stage.report('commitment-keep-rate')).toMatchObject({ total: { kept: 2, broken: 0 } });
  });

  it.todo('5. ResolveIncident, IncidentResolved (waits for SYS-32)');
  it.todo(
    '5. CompensationProposed DAY_FEE_WAIVER 300 and 90, approved, granted once (waits for SYS-31 compensation)',
  );
  it.todo('6. SurveySent, answered 4/4/5 (waits for SYS-34 surveys)');
  it.todo('7. PostCrisisReviewHeld, ContractClauseAmended (waits for SYS-32 and SYS-61)');
  it.todo('8. no review by 25 March 18:00 → escalation (waits for SYS-32)');

  it('9. Then ComplaintAnalytics shows cause SYSTEM_OUTAGE 1, level MAJOR 1', async () => {
    expect(await stage.report('complaints', { from: '2024-03', to: '2024-03' })).toMatchObject({
      byCause: [{ cause: 'SYSTEM_OUTAGE', complaints: 1 }],
      byLevel: [{ level: 'MAJOR', complaints: 1 }],
    });
  });
  it.todo('9. … compensation cost 390 (waits for SYS-31 compensation)');

  it('8. Variant: restored 12:05, then CommitmentBroken ×2, TrustRepairOpened; the VIP gets a call by the supervisor', async () => {
    const late = await standsStill();
    await told(late);
    await late.at(at('12:05'));
    for (const [, ticketId] of BOTH) {
      const done = { commitmentId: promiseOf(ticketId), evidenceId: 'log-1', fulfilledAt: at('12:05') };
      await late.wants(SUPPORT, c.FulfilCommitment.of(done));
    }
    expect(late.all(e.CommitmentBroken)).toMatchObject([
      { brokenAt: at('11:40') },
      { brokenAt: at('11:40') },
    ]);
    expect(late.all(e.CommitmentFulfilled)).toMatchObject([{ late: true }, { late: true }]);
    const repairs = late.all(e.TrustRepairOpened).filter(({ breach }) => breach === 'BROKEN_COMMITMENT');
    expect(repairs.map(({ customerId, supervisorCalls }) => [customerId, supervisorCalls])).toEqual(
      expect.arrayContaining([
        ['c-03a', true],
        ['c-03b', false],
      ]),
    );
    expect(repairs).toHaveLength(2);
  });
});
