import * as c from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import { EmergencyStep, type EmergencyStepKind } from '@rapport/domain/values';
import { hydrate, type Actor } from '@rapport/kernel';
import { Stage } from '../support/stage';

/** By the clock in Shanghai. */
const on = (day: string, time: string) => new Date(`2024-03-${day}T${time}:00+08:00`).toISOString();
const S2: Actor = { id: 's2', role: 'SERVICE_SPECIALIST' };
const S3: Actor = { id: 's3', role: 'SERVICE_SPECIALIST' };
const SUPERVISOR: Actor = { id: 'uma', role: 'SUPERVISOR' };
const ticketId = 't-04';
const customerId = 'c-04';
const steps = (...kinds: readonly EmergencyStepKind[]) =>
  kinds.map((kind) => hydrate(EmergencyStep, { kind, staffId: 's3' }));

/** ST-04, promise broken: 24-hour response missed. REGULAR customer C-04, SERVICE ticket, ROUTINE, not an enquiry, owner S2. */
describe('ST-04', () => {
  const stage = new Stage();
  const repairId = () => stage.all(e.TrustRepairOpened)[0]?.repairId ?? '';
  const ofResponse = ({ moment }: { readonly moment: string }) => moment === 'FIRST_RESPONSE';

  it('1. Given raised Mon 2024-03-11 10:00, then FIRST_RESPONSE due Tue 2024-03-12 10:00 (SLA-ANY), automatic receipt sent', async () => {
    await stage.at(on('11', '10:00'));
    const customer = { customerId, name: 'C-04', industry: 'Retail', source: 'REFERRAL' } as const;
    await stage.wants(S2, c.RegisterCustomer.of({ ...customer, zone: 'Asia/Shanghai', grade: 'REGULAR' }));
    await stage.wants(
      S2,
      c.RegisterTicket.of({
        ...{ ticketId, customerId, type: 'SERVICE', urgency: 'ROUTINE', channel: 'EMAIL' },
        ...{ verbatim: 'please call back', collectorId: 's2', raisedAt: on('11', '10:00') },
      }),
    );
    await stage.wants(S2, c.AssignTicketOwner.of({ ticketId, ownerId: 's2' }));
    expect(stage.all(e.SlaClockStarted).filter(ofResponse)).toMatchObject([
      { dueAt: on('12', '10:00'), winner: { rule: 'SLA-ANY' } },
    ]);
    expect(stage.all(e.ProgressNotificationSent)).toMatchObject([
      { status: 'RECEIVED', template: 'TICKET_RECEIVED', channel: 'EMAIL', ticketNumber: '需-2024-001' },
    ]);
    expect(await stage.row('customer-facing-status', ticketId)).toMatchObject({
      ...{ stage: 'RECEIVED', number: '需-2024-001', ownerId: 's2' },
    });
  });

  it('2. At 2024-03-12 05:12 SlaClockWarned; at 10:00 SlaClockBreached + TicketEscalated SUPERVISOR + TrustRepairOpened, plan due 14:00', async () => {
    await stage.at(on('12', '05:12'));
    expect(stage.all(e.SlaClockWarned).filter(ofResponse)).toMatchObject([{ warnedAt: on('12', '05:12') }]);
    await stage.at(on('12', '10:00'));
    expect(stage.all(e.TrustRepairOpened)).toEqual([]);
    await stage.at(on('12', '10:01'));
    expect(stage.all(e.SlaClockBreached).filter(ofResponse)).toMatchObject([
      { breachedAt: on('12', '10:00') },
    ]);
    expect(stage.all(e.TicketEscalated)).toMatchObject([{ level: 'SUPERVISOR' }]);
    expect(stage.all(e.TrustRepairOpened)).toMatchObject([
      {
        ...{
          customerId,
          ticketId,
          breach: 'PUBLISHED_PROMISE',
          rule: 'SLA-ANY',
          brokenAt: on('12', '10:00'),
        },
        ...{ planBy: on('12', '14:00'), priorityCustomer: false, supervisorCalls: false },
      },
    ]);
  });

  it('3. When nobody accepts the escalation until 10:30, then it moves to DEPARTMENT_HEAD', async () => {
    await stage.at(on('12', '10:31'));
    expect(stage.all(e.TicketEscalated).at(-1)).toMatchObject({
      level: 'DEPARTMENT_HEAD',
      trigger: 'NOT_ACCEPTED',
    });
  });

  it('4. When ActivateEmergencyPlan (stand-in S3, call by supervisor, 100 points back) at 11:00 and first response at 14:30, then EmergencyPlanActivated, SlaClockMetLate 4 h 30 min', async () => {
    await stage.at(on('12', '11:00'));
    const plan = {
      ...{ repairId: repairId(), dueAt: on('12', '18:00'), compensation: '100 points back' },
      steps: steps('STAFFING', 'SUPERVISOR_CALL'),
    };
    expect(await stage.wants(SUPERVISOR, c.ActivateEmergencyPlan.of(plan))).toBe('PLAN_OWNER_MISSING');
    expect(await stage.wants(SUPERVISOR, c.ActivateEmergencyPlan.of({ ...plan, planOwnerId: 's3' }))).toEqual(
      ['EmergencyPlanActivated'],
    );
    await stage.wants(SUPERVISOR, c.AssignTicketOwner.of({ ticketId, ownerId: 's3', reason: 'stand-in' }));
    await stage.at(on('12', '14:30'));
    expect(stage.all(e.EmergencyPlanOverdue)).toEqual([]);
    const answer = { respondedAt: on('12', '14:30'), direction: 'we call at once', interactionId: 'call-1' };
    await stage.wants(S3, c.RecordFirstResponse.of({ ticketId, ...answer }));
    expect(stage.all(e.SlaClockMetLate).filter(ofResponse)).toMatchObject([{ delayMs: 4.5 * 3_600_000 }]);
    expect(stage.all(e.ProgressNotificationSent).at(-1)).toMatchObject({ status: 'ACCEPTED' });
  });

  it('5. When RecordBreachReason STAFF_SHORTAGE by 2024-03-14 18:00, then BreachReasonRecorded and a CAPACITY action is mandatory; CloseTrustRepair without it is refused', async () => {
    await stage.at(on('13', '09:00'));
    const reason = { ticketId, moment: 'FIRST_RESPONSE', reason: 'STAFF_SHORTAGE' } as const;
    expect(await stage.wants(SUPERVISOR, c.RecordBreachReason.of(reason))).toEqual([
      ...['BreachReasonRecorded', 'RepairCauseStated'],
    ]);
    expect(stage.all(e.BreachReasonRecorded)).toMatchObject([
      { late: false, reasonDueAt: on('14', '18:00') },
    ]);
    expect(await stage.row('trust-repair-board', repairId())).toMatchObject({ capacityOwed: true });
    const close = c.CloseTrustRepair.of({ repairId: repairId(), customerWordId: 'call-2' });
    expect(await stage.wants(SUPERVISOR, close)).toBe('CAPACITY_ACTION_REQUIRED');
    const action = { repairId: repairId(), improvementId: 'one-more-seat', kind: 'CAPACITY' } as const;
    expect(await stage.wants(SUPERVISOR, c.NameRepairImprovement.of(action))).toEqual([
      'RepairImprovementNamed',
    ]);
  });

  it('6. When the customer confirms, then TrustRepairClosed; risk signal BROKEN_COMMITMENT 15 until 2024-04-11', async () => {
    await stage.at(on('13', '15:00'));
    const silent = c.CloseTrustRepair.of({ repairId: repairId() });
    expect(await stage.wants(S3, silent)).toBe('CUSTOMER_WORD_MISSING');
    const word = c.CloseTrustRepair.of({ repairId: repairId(), customerWordId: 'call-2' });
    expect(await stage.wants(S3, word)).toEqual(['TrustRepairClosed']);
    expect(stage.all(e.ChurnRiskAssessed)[0]).toMatchObject({
      ...{ score: 15, signals: [{ code: 'BROKEN_COMMITMENT', expiresAt: '2024-04-11T02:00:00.000Z' }] },
    });
  });

  it('7. Then PromiseGapReport counts 1 breach, reason STAFF_SHORTAGE; the automatic receipt is not counted as response', async () => {
    expect(await stage.row('promise-gap', `PUBLISHED|${ticketId}|FIRST_RESPONSE|1`)).toMatchObject({
      ...{ state: 'LATE', reason: 'STAFF_SHORTAGE', gapMs: 4.5 * 3_600_000, repairId: repairId() },
      repairedAt: on('13', '15:00'),
    });
    const report = await stage.report('promise-gap-report', { from: '2024-03' });
    expect(report).toMatchObject({
      total: { promises: 1, broken: 1, doneLate: 1, repaired: 1, keepRate: 0 },
      byReason: [{ reason: 'STAFF_SHORTAGE', broken: 1 }],
    });
    expect(stage.all(e.TicketAcknowledged)).toEqual([]);
    expect(stage.all(e.FirstResponseRecorded)).toMatchObject([{ respondedAt: on('12', '14:30') }]);
  });

  it('Variant: nobody activates a plan until 14:00, then EmergencyPlanOverdue, dated at 14:00, once', async () => {
    const forgotten = new Stage();
    await forgotten.at(on('11', '10:00'));
    const customer = { customerId, name: 'C-04', industry: 'Retail', source: 'REFERRAL' } as const;
    await forgotten.wants(S2, c.RegisterCustomer.of(customer));
    const raised = { verbatim: 'please call back', collectorId: 's2', raisedAt: on('11', '10:00') };
    const of = { ticketId, customerId, type: 'SERVICE', urgency: 'ROUTINE', channel: 'EMAIL' } as const;
    await forgotten.wants(S2, c.RegisterTicket.of({ ...of, ...raised }));
    await forgotten.at(on('13', '10:00'));
    expect(forgotten.all(e.EmergencyPlanOverdue)).toMatchObject([{ planBy: on('12', '14:00') }]);
    expect(
      await forgotten.row('trust-repair-board', forgotten.all(e.TrustRepairOpened)[0]!.repairId),
    ).toMatchObject({
      ...{ state: 'OPEN', planOverdue: true },
    });
  });
});
