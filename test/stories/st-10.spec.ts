import * as c from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import { SpokenComplaint } from '@rapport/domain/values';
import { hydrate, type Actor } from '@rapport/kernel';
import { Stage } from '../support/stage';

/** By the clock in Shanghai, March 2024. */
const on = (day: string, time: string) => new Date(`2024-03-${day}T${time}:00+08:00`).toISOString();
const ANN: Actor = { id: 'ann', role: 'SERVICE_SPECIALIST' };
const customerId = 'c-10';
const ticketId = 't-10';
const first = on('12', '18:00');
const second = on('15', '18:00');

/** REGULAR C-10, with order O-10 promised for 2024-03-12 18:00. */
const promisedOrder = async (): Promise<Stage> => {
  const stage = await new Stage().at(on('08', '10:00'));
  const customer = { customerId, name: 'C-10', industry: 'Retail', source: 'REFERRAL' } as const;
  await stage.wants(ANN, c.RegisterCustomer.of({ ...customer, zone: 'Asia/Shanghai', grade: 'REGULAR' }));
  const word = {
    customerId,
    makerId: 'ann',
    department: 'SALES',
    channel: 'EMAIL',
    writtenId: 'o-10',
  } as const;
  const promise = {
    commitmentId: 'o-10',
    kind: 'DELIVERY',
    text: 'order O-10 arrives',
    dueAt: first,
  } as const;
  expect(await stage.wants(ANN, c.MakeCommitment.of({ ...word, ...promise }))).toEqual(['CommitmentMade']);
  return stage;
};
const agreed = (dueAt: string, agreementId?: string) =>
  c.RescheduleCommitment.of({
    commitmentId: 'o-10',
    dueAt,
    ...(agreementId !== undefined && { agreementId }),
  });
const arrives = c.FulfilCommitment.of({ commitmentId: 'o-10', evidenceId: 'delivery-note-1' });

/** ST-10, late delivery (交货不准时). */
describe('ST-10', () => {
  let stage: Stage;
  beforeAll(async () => (stage = await promisedOrder()));
  const ofResolve = ({ moment }: { readonly moment: string }) => moment === 'RESOLVE';

  it.todo('1. ReportOrderDelay, OrderDelayed, cause SUPPLIER (waits for SYS-07 orders)');

  it('1. customer told 12:10, before the old date: that alone moves nothing, a new date without consent is refused', async () => {
    await stage.at(on('12', '12:10'));
    expect(await stage.wants(ANN, agreed(second))).toBe('AGREEMENT_MISSING');
    expect(await stage.row('commitment-ledger', 'o-10')).toMatchObject({ state: 'OPEN', dueAt: first });
  });

  it('1. the commitment is still broken at 18:00 unless rescheduled with consent', async () => {
    const silent = await promisedOrder();
    await silent.at(first);
    expect(silent.all(e.CommitmentBroken)).toEqual([]);
    await silent.at(on('12', '18:01'));
    expect(silent.all(e.CommitmentBroken)).toMatchObject([{ commitmentId: 'o-10', brokenAt: first }]);
    expect(silent.all(e.TrustRepairOpened)).toMatchObject([{ brokenAt: first, planBy: on('12', '22:00') }]);
    expect(await silent.wants(ANN, agreed(second, 'call-2'))).toBe('COMMITMENT_BROKEN');
  });

  it('2. When the customer consents 14:00, then CommitmentRescheduled to 2024-03-15 18:00', async () => {
    await stage.at(on('12', '14:00'));
    expect(await stage.wants(ANN, agreed(second, 'call-1'))).toEqual(['CommitmentRescheduled']);
    expect(stage.all(e.CommitmentRescheduled)).toMatchObject([
      { from: first, to: second, agreementId: 'call-1', rescheduledAt: on('12', '14:00') },
    ]);
    await stage.at(on('13', '09:00'));
    expect(stage.all(e.CommitmentBroken)).toEqual([]);
  });

  it('3. When delivery is completed 2024-03-16 10:00, then CommitmentBroken (15th), late against the new and 4 days against the first date', async () => {
    await stage.at(on('16', '10:00'));
    expect(stage.all(e.CommitmentBroken)).toMatchObject([{ brokenAt: second }]);
    expect(await stage.wants(ANN, arrives)).toEqual(['CommitmentFulfilled']);
    expect(stage.all(e.CommitmentFulfilled)).toMatchObject([{ fulfilledAt: on('16', '10:00'), late: true }]);
    expect(await stage.row('commitment-ledger', 'o-10')).toMatchObject({
      ...{ state: 'FULFILLED_LATE', firstDueAt: first, dueAt: second, reschedules: 1 },
      ...{ brokenAt: second, fulfilledAt: on('16', '10:00') },
    });
    expect(await stage.report('commitment-keep-rate', { by: 'DEPARTMENT' })).toMatchObject({
      total: { broken: 1, kept: 0 },
    });
  });
  it.todo('3. DeliveryCompleted (waits for SYS-08 delivery)');

  it('3. complaint lodged, ORDINARY, LATE_DELIVERY, RESOLVE 24 h', async () => {
    const complaint = hydrate(SpokenComplaint, { causes: ['LATE_DELIVERY'], emotion: 'UPSET' });
    const lodged = c.RegisterTicket.of({
      ...{ ticketId, customerId, type: 'COMPLAINT', urgency: 'IMPORTANT', channel: 'PHONE', complaint },
      ...{ verbatim: 'four days late', collectorId: 'ann', raisedAt: on('16', '10:00') },
    });
    expect(await stage.wants(ANN, lodged)).toEqual(
      expect.arrayContaining(['TicketRegistered', 'ComplaintLodged', 'ComplaintGraded']),
    );
    expect(stage.all(e.ComplaintLodged)).toMatchObject([{ causes: ['LATE_DELIVERY'] }]);
    expect(stage.all(e.ComplaintGraded)).toMatchObject([{ level: 'ORDINARY' }]);
    expect(stage.all(e.SlaClockStarted).filter(ofResolve)).toMatchObject([
      { dueAt: on('17', '10:00'), winner: { rule: 'SLA-CMP1' } },
    ]);
  });

  it.todo(
    '4. StartRootCauseAnalysis, EvidenceContradictionFound, RootCauseConfirmed SUPPLIER (waits for SYS-30 root cause)',
  );
  it.todo('5. ProposeCompensation CONTRACT_PENALTY 200, granted (waits for SYS-31 compensation)');

  it('5. solution delivered the same day, RESOLVE met', async () => {
    await stage.wants(ANN, c.AssignTicketOwner.of({ ticketId, ownerId: 'ann' }));
    await stage.at(on('16', '10:40'));
    const answer = {
      respondedAt: on('16', '10:40'),
      direction: 'the goods are counted',
      interactionId: 'call-3',
    };
    await stage.wants(ANN, c.RecordFirstResponse.of({ ticketId, ...answer }));
    await stage.at(on('16', '17:00'));
    const solved = { ticketId, solution: 'all is there', deliveredAt: on('16', '17:00') };
    await stage.wants(ANN, c.DeliverSolution.of(solved));
    expect(stage.all(e.SlaClockMet).filter(ofResolve)).toMatchObject([{ reachedAt: on('16', '17:00') }]);
    expect(stage.all(e.SlaClockBreached)).toEqual([]);
  });

  it.todo('6. ReturnVisitCompleted, ReturnVisitMissed (waits for SYS-08 return visit)');
  it.todo('7. SupplierAuditScheduled, ContractClauseAmended (waits for SYS-61 improvement actions)');
  it.todo(
    '8. DeliveryPunctuality, CauseStatistics, FrequentProblemDetected (waits for SYS-08, SYS-30 and SYS-33)',
  );
});
