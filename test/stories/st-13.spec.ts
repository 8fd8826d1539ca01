import * as c from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import { SpokenComplaint } from '@rapport/domain/values';
import { hydrate, type Actor } from '@rapport/kernel';
import { Stage } from '../support/stage';

/** By the clock in Berlin, Monday 18 March 2024. */
const at = (time: string) => new Date(`2024-03-18T${time}:00+01:00`).toISOString();
const ANN: Actor = { id: 'ann', role: 'SERVICE_SPECIALIST' };
const customerId = 'c-13';
const ticketId = 't-13';

/** ST-13, cultural conflict (文化差异): international C-13. */
describe('ST-13', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await new Stage().at(at('09:00'));
    const customer = { customerId, name: 'C-13', industry: 'Machinery', source: 'REFERRAL' } as const;
    await stage.wants(ANN, c.RegisterCustomer.of({ ...customer, zone: 'Europe/Berlin', grade: 'REGULAR' }));
  });

  it.todo('1. locale de-DE, consent text missing in local form (waits for SYS-05 culture)');

  it('2. When a German contact complains that calls without appointment and a data transfer note are not acceptable, then cause CULTURE_COMPLIANCE, level by rules', async () => {
    const complaint = hydrate(SpokenComplaint, { causes: ['CULTURE_COMPLIANCE'], emotion: 'UPSET' });
    const said = { verbatim: 'no calls without an appointment', collectorId: 'ann' } as const;
    const kind = { type: 'COMPLAINT', urgency: 'IMPORTANT', channel: 'EMAIL', complaint } as const;
    const lodged = c.RegisterTicket.of({ ticketId, customerId, ...kind, ...said, raisedAt: at('09:00') });
    expect(await stage.wants(ANN, lodged)).toEqual(
      expect.arrayContaining(['ComplaintLodged', 'ComplaintGraded']),
    );
    expect(stage.all(e.ComplaintLodged)).toMatchObject([{ causes: ['CULTURE_COMPLIANCE'] }]);
    expect(stage.all(e.ComplaintGraded)).toMatchObject([{ level: 'ORDINARY' }]);
    const answer = ({ moment }: { readonly moment: string }) => moment === 'FIRST_RESPONSE';
    expect(stage.all(e.SlaClockStarted).filter(answer)).toMatchObject([
      { dueAt: at('10:00'), winner: { rule: 'SLA-CMP1' } },
    ]);
    expect(await stage.report('complaints')).toMatchObject({
      byCategory: [{ category: 'COMMUNICATION', complaints: 1 }],
    });
  });
  it.todo('2. the compliance note is shown (waits for SYS-05)');
  it.todo('3. assignment refused without localisation training (waits for SYS-05 and SYS-60)');
  it.todo('4. later strategies propose e-mail first (waits for SYS-05)');
  it.todo('5. LocalisationMap and training action (wait for SYS-05 and SYS-61)');
});
