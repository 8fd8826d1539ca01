import * as c from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import { SpokenComplaint } from '@rapport/domain/values';
import { hydrate, type Actor } from '@rapport/kernel';
import { Stage } from '../support/stage';

/** By the clock in Shanghai, Monday 11 March 2024. */
const at = (time: string) => new Date(`2024-03-11T${time}:00+08:00`).toISOString();
const ANN: Actor = { id: 'ann', role: 'SERVICE_SPECIALIST' };
const ticketId = 't-15';

/** ST-15, price-sensitive customer and hidden fee. */
describe('ST-15', () => {
  it.todo('1. and 2. quote Q-15, BREAKDOWN_MISMATCH (wait for SYS-54 quotes)');
  it.todo('3. HiddenFeeDetected from the invoice item "interface fee 3 000" (waits for SYS-54 quotes)');

  it('3. When the customer finds an item outside the breakdown, then complaint HIDDEN_FEE, 1 h / 24 h', async () => {
    const stage = await new Stage().at(at('10:00'));
    const customer = { customerId: 'c-15', name: 'C-15', industry: 'Retail', source: 'REFERRAL' } as const;
    await stage.wants(ANN, c.RegisterCustomer.of({ ...customer, zone: 'Asia/Shanghai', grade: 'REGULAR' }));
    const complaint = hydrate(SpokenComplaint, { causes: ['HIDDEN_FEE'], emotion: 'UPSET' });
    const need = { ticketId, customerId: 'c-15', type: 'COMPLAINT', urgency: 'ROUTINE', complaint } as const;
    const said = {
      channel: 'EMAIL',
      verbatim: 'nobody spoke of an interface fee',
      collectorId: 'ann',
    } as const;
    await stage.wants(ANN, c.RegisterTicket.of({ ...need, ...said, raisedAt: at('10:00') }));
    expect(stage.all(e.ComplaintLodged)).toMatchObject([{ causes: ['HIDDEN_FEE'] }]);
    expect(stage.all(e.ComplaintGraded)).toMatchObject([{ level: 'ORDINARY' }]);
    expect(await stage.row('sla-status', `${ticketId}|FIRST_RESPONSE|1`)).toMatchObject({
      dueAt: at('11:00'),
    });
    expect(await stage.row('sla-status', `${ticketId}|RESOLVE|1`)).toMatchObject({
      dueAt: new Date('2024-03-12T10:00:00+08:00').toISOString(),
    });
    expect(await stage.report('complaints', { from: '2024-03', to: '2024-03' })).toMatchObject({
      byCause: [{ cause: 'HIDDEN_FEE', complaints: 1 }],
    });
  });

  it.todo('4. and 5. DiscountApproved, DiscountLedger (wait for SYS-54 quotes)');
});
