import * as c from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import { SpokenComplaint } from '@rapport/domain/values';
import { hydrate, type Actor } from '@rapport/kernel';
import { Stage } from '../support/stage';

/** By the clock in Shanghai, March 2024. */
const on = (day: string, time: string) => new Date(`2024-03-${day}T${time}:00+08:00`).toISOString();
const ANN: Actor = { id: 'ann', role: 'SERVICE_SPECIALIST' };
const customerId = 'c-19';
const ticketId = 't-19';

/** ST-19, advocate and referral: what lies in it of the complaint that stands in the way. */
describe('ST-19', () => {
  const stage = new Stage();

  it('1. Given MATURITY customer with open MAJOR complaint', async () => {
    await stage.at(on('11', '10:00'));
    const customer = { customerId, name: 'C-19', industry: 'Retail', source: 'REFERRAL' } as const;
    await stage.wants(ANN, c.RegisterCustomer.of({ ...customer, zone: 'Asia/Shanghai', grade: 'REGULAR' }));
    const amount = { currency: 'CNY', minor: 5_000_000 } as const;
    for (const [n, day] of ['01', '05', '11'].entries()) {
      const bought = { purchaseId: `o-19-${n}`, customerId, amount, purchasedAt: on(day, '09:00') };
      await stage.wants(ANN, c.RecordPurchase.of(bought));
    }
    expect(await stage.row('lifecycle', customerId)).toMatchObject({ stage: 'MATURITY' });
    const complaint = hydrate(SpokenComplaint, {
      ...{ causes: ['SYSTEM_OUTAGE'], emotion: 'ANGRY', businessInterrupted: true },
    });
    const need = { ticketId, customerId, type: 'COMPLAINT', urgency: 'URGENT', complaint } as const;
    const said = { channel: 'PHONE', verbatim: 'nothing works', collectorId: 'ann' } as const;
    await stage.wants(ANN, c.RegisterTicket.of({ ...need, ...said, raisedAt: on('11', '10:00') }));
    expect(stage.all(e.ComplaintGraded)).toMatchObject([{ level: 'MAJOR' }]);
    expect(await stage.row('complaints', ticketId)).toMatchObject({ level: 'MAJOR', resolvedAt: null });
  });

  it.todo('1. nomination refused (waits for SYS-45 KOC and referral)');

  it('1. after closure nothing stands in the way any more', async () => {
    await stage.wants(ANN, c.AssignTicketOwner.of({ ticketId, ownerId: 'ann' }));
    const word = { respondedAt: on('11', '10:00'), direction: 'we mend it', interactionId: 'call-1' };
    await stage.wants(ANN, c.RecordFirstResponse.of({ ticketId, ...word }));
    await stage.at(on('11', '12:00'));
    const mended = { ticketId, solution: 'mended', deliveredAt: on('11', '12:00') };
    await stage.wants(ANN, c.DeliverSolution.of(mended));
    await stage.wants(ANN, c.ConfirmSatisfied.of({ ticketId, evidence: 'mail of 11 March' }));
    expect(await stage.wants(ANN, c.CloseTicket.of({ ticketId }))).toContain('TicketClosed');
    expect((await stage.row('complaints', ticketId))?.['resolvedAt']).not.toBeNull();
  });

  it.todo('1. … nomination accepted (waits for SYS-45 KOC and referral)');
  it.todo('2. ReferralConverted, points once (waits for SYS-45 KOC and referral, SYS-44 points)');
  it.todo('3. Self-referral refused (waits for SYS-45 KOC and referral)');
});
