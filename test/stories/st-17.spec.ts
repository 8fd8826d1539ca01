import * as c from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import { PlanOption } from '@rapport/domain/values';
import { hydrate, type Actor } from '@rapport/kernel';
import { Stage } from '../support/stage';

const on = (day: string, time: string) => new Date(`2024-03-${day}T${time}:00+08:00`).toISOString();
const ANN: Actor = { id: 'ann', role: 'SERVICE_SPECIALIST' };
const BOB: Actor = { id: 'bob', role: 'SERVICE_SPECIALIST' };
const ticketId = 't-17';
const close = c.CloseTicket.of({ ticketId });
const deliver = (solution: string, deliveredAt: string) =>
  c.DeliverSolution.of({ ticketId, solution, deliveredAt });
const complain = c.ReportDissatisfied.of({
  ticketId,
  reason: 'efficiency 4, communication 2, effectiveness 3',
});
const adjust = (presentedAt: string) => {
  const options = [hydrate(PlanOption, { summary: 'we call before we come', readyAt: presentedAt })];
  return c.PresentPlan.of({ ticketId, options, presentedAt, cause: 'nobody had called the customer' });
};

const opened = async (): Promise<Stage> => {
  const stage = await new Stage().at(on('11', '09:00'));
  const customer = { customerId: 'c-17', name: 'C-17', industry: 'Retail', source: 'REFERRAL' } as const;
  await stage.wants(ANN, c.RegisterCustomer.of(customer));
  await stage.wants(
    ANN,
    c.RegisterTicket.of({
      ...{ ticketId, customerId: 'c-17', type: 'SERVICE', urgency: 'ROUTINE', channel: 'PHONE' },
      ...{ verbatim: 'nobody comes', collectorId: 'ann', raisedAt: on('11', '09:00') },
    }),
  );
  await stage.wants(ANN, c.AssignTicketOwner.of({ ticketId, ownerId: 'ann' }));
  const answer = { direction: 'we come', interactionId: 'call-1', respondedAt: on('11', '09:00') };
  await stage.wants(ANN, c.RecordFirstResponse.of({ ticketId, ...answer }));
  return stage;
};

/** Calls that came from the customer, not from a clock. */
const askedFor = (stage: Stage) =>
  stage.all(e.TicketEscalated).filter(({ trigger }) => trigger === 'CUSTOMER');

/** ST-17, dissatisfied at closure. */
describe('ST-17', () => {
  let stage: Stage;
  beforeAll(async () => (stage = await opened()));

  it('1. Given solution delivered', async () => {
    await stage.at(on('12', '10:00'));
    expect(await stage.wants(ANN, deliver('a visit', on('12', '10:00')))).toEqual(['SolutionDelivered']);
  });
  it('2. When the answer is "no", then CustomerReportedDissatisfied, SecondCommunicationStarted round 2', async () => {
    await stage.at(on('13', '10:00'));
    expect(await stage.wants(BOB, complain)).toEqual([
      'CustomerReportedDissatisfied',
      'SecondCommunicationStarted',
    ]);
    expect(stage.all(e.SecondCommunicationStarted)).toMatchObject([{ round: 2 }]);
  });
  it.todo('2. … efficiency 4, communication 2, effectiveness 3 (waits for SYS-34, surveys)');
  it('3. When CloseTicket, then NOT_CONFIRMED', async () => {
    expect(await stage.wants(ANN, close)).toBe('NOT_CONFIRMED');
  });
  it('and without a cause and an adjusted plan there is no other solution (SYS-19.2)', async () => {
    await stage.at(on('14', '09:00'));
    expect(await stage.wants(ANN, deliver('another', on('14', '09:00')))).toBe('ADJUSTED_PLAN_REQUIRED');
    expect(await stage.wants(ANN, adjust(on('14', '09:00')))).toEqual(['PlanPresented']);
  });
  it('4. When the adjusted plan satisfies, then closed; rounds = 2 in ClosureView', async () => {
    await stage.at(on('14', '15:00'));
    await stage.wants(ANN, deliver('a call, then a visit', on('14', '15:00')));
    expect(await stage.wants(ANN, c.ConfirmSatisfied.of({ ticketId }))).toBe('EVIDENCE_MISSING');
    const word = c.ConfirmSatisfied.of({ ticketId, evidence: 'mail of 14 March' });
    expect(await stage.wants(ANN, word)).toEqual(['CustomerConfirmedSatisfied']);
    expect(await stage.wants(ANN, close)).toEqual(['TicketClosed']);
    expect(await stage.row('closure', ticketId)).toMatchObject({
      ...{
        state: 'CLOSED',
        rounds: 2,
        dissatisfactions: 1,
        solutions: 2,
        outcome: 'CONFIRMED',
        evidenced: true,
      },
    });
    expect(askedFor(stage)).toEqual([]);
  });
});

describe('a customer who is not satisfied twice', () => {
  it('has the head of the department called to the third round (SYS-19.2)', async () => {
    const stage = await opened();
    for (const day of ['12', '13']) {
      await stage.at(on(day, '10:00'));
      if (day === '13') await stage.wants(ANN, adjust(on(day, '10:00')));
      await stage.wants(ANN, deliver('a visit', on(day, '10:00')));
      await stage.wants(BOB, complain);
    }
    expect(stage.all(e.SecondCommunicationStarted).map(({ round }) => round)).toEqual([2, 3]);
    expect(askedFor(stage)).toMatchObject([{ level: 'DEPARTMENT_HEAD' }]);
  });
});
