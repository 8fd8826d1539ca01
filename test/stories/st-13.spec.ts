import * as c from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import { SpokenComplaint } from '@rapport/domain/values';
import { hydrate, type Actor } from '@rapport/kernel';
import { Stage } from '../support/stage';

/** By the clock in Berlin, Monday 11 March 2024. */
const at = (time: string) => new Date(`2024-03-11T${time}:00+01:00`).toISOString();
const ANN: Actor = { id: 'ann', role: 'SERVICE_SPECIALIST' };
const ticketId = 't-13';
const customerId = 'c-13';

/** ST-13, cultural conflict (文化差异). */
describe('ST-13', () => {
  const stage = new Stage();

  it.todo('1. locale de-DE (waits for SYS-05 culture)');
  it('1. Given international C-13: no consent stands there, and a form that was ticked for the customer is none', async () => {
    await stage.at(at('10:00'));
    const customer = { customerId, name: 'C-13', industry: 'Retail', source: 'REFERRAL' } as const;
    await stage.wants(ANN, c.RegisterCustomer.of({ ...customer, zone: 'Europe/Berlin', grade: 'REGULAR' }));
    const form = { customerId, purpose: 'ANALYTICS', channel: 'EMAIL', act: 'PRE_TICKED' } as const;
    const ticked = c.GrantConsent.of({ ...form, subject: 'ADULT', textVersion: 'zh-3' });
    expect(await stage.wants(ANN, ticked)).toBe('CONSENT_PRE_TICKED');
    expect(await stage.row('consent', `${customerId}|ANALYTICS`)).toBeNull();
  });

  it('2. When a German contact complains of calls without appointment and a data transfer note, then cause CULTURE_COMPLIANCE, level by rules', async () => {
    const complaint = hydrate(SpokenComplaint, { causes: ['CULTURE_COMPLIANCE'], emotion: 'UPSET' });
    const need = { ticketId, customerId, type: 'COMPLAINT', urgency: 'IMPORTANT', complaint } as const;
    const said = {
      channel: 'EMAIL',
      verbatim: 'calls without appointment and this data transfer note are not acceptable',
      collectorId: 'ann',
    } as const;
    await stage.wants(ANN, c.RegisterTicket.of({ ...need, ...said, raisedAt: at('10:00') }));
    expect(stage.all(e.ComplaintLodged)).toMatchObject([{ causes: ['CULTURE_COMPLIANCE'] }]);
    expect(stage.all(e.ComplaintGraded)).toMatchObject([{ level: 'ORDINARY' }]);
    expect(await stage.row('sla-status', `${ticketId}|FIRST_RESPONSE|1`)).toMatchObject({
      dueAt: at('11:00'),
    });
    expect(await stage.report('complaints', { from: '2024-03', to: '2024-03' })).toMatchObject({
      byCause: [{ cause: 'CULTURE_COMPLIANCE', complaints: 1 }],
      byCategory: [{ category: 'COMMUNICATION', complaints: 1 }],
    });
  });

  it.todo('2. compliance note shown (waits for SYS-05 culture)');
  it.todo(
    '3. the owner lacks localisation training: assignment refused (waits for SYS-05 culture and SYS-60 training)',
  );
  it.todo('4. the cultural profile: later strategies propose e-mail first (waits for SYS-05 culture)');
  it.todo('5. LocalisationMap and training action (waits for SYS-05 culture and SYS-60 training)');
});
