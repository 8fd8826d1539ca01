import * as c from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import { SpokenComplaint } from '@rapport/domain/values';
import { hydrate, type Actor } from '@rapport/kernel';
import { Stage } from '../support/stage';

/** By the clock in Shanghai, March 2024. */
const on = (day: string, time: string) => new Date(`2024-03-${day}T${time}:00+08:00`).toISOString();
const ANN: Actor = { id: 'ann', role: 'SERVICE_SPECIALIST' };
const customerId = 'c-11';
const ticketId = 't-11';
const NAME = 'Dorothea Dunn';

/** C-11 allowed ANALYTICS and MARKETING, and complained in February, too late answered. */
const allowed = async (): Promise<Stage> => {
  const stage = await new Stage().at(new Date('2024-02-05T09:00:00+08:00').toISOString());
  const customer = { customerId, name: NAME, industry: 'Retail', source: 'REFERRAL' } as const;
  await stage.wants(ANN, c.RegisterCustomer.of(customer));
  const given = { act: 'SIGNED', textVersion: 'privacy-3', channel: 'EMAIL', subject: 'ADULT' } as const;
  for (const purpose of ['ANALYTICS', 'MARKETING'] as const)
    await stage.wants(ANN, c.GrantConsent.of({ customerId, purpose, ...given }));
  const complaint = hydrate(SpokenComplaint, { causes: ['POOR_QUALITY'], emotion: 'UPSET' });
  const raisedAt = new Date('2024-02-05T09:00:00+08:00').toISOString();
  const said = { verbatim: `${NAME} is not amused`, collectorId: 'ann', channel: 'PHONE' } as const;
  const kind = { type: 'COMPLAINT', urgency: 'IMPORTANT', complaint } as const;
  await stage.wants(ANN, c.RegisterTicket.of({ ticketId, customerId, ...kind, ...said, raisedAt }));
  return stage;
};
const visit = (n: number, happenedAt: string) =>
  c.RecordBehaviour.of({
    ...{ sourceEventId: `visit-${n}`, customerId, kind: 'PAGE_VIEW', subject: '/prices', happenedAt },
  });

/** ST-11, data-privacy request: what lies in it of consent and of forgetting. */
describe('ST-11', () => {
  let stage: Stage;
  beforeAll(async () => (stage = await allowed()));

  it.todo('1. DataSubjectRequestReceived with its three dates (waits for SYS-57 data-subject requests)');
  it.todo('2. export refused before DataSubjectVerified (waits for SYS-57)');
  it.todo('3. ExportPersonalData, PersonalDataExported with hash (wait for SYS-57)');

  it('4. When D withdraws ANALYTICS and MARKETING, then ConsentWithdrawn ×2', async () => {
    await stage.at(on('18', '10:00'));
    expect(await stage.wants(ANN, visit(1, on('18', '09:00')))).toEqual(['BehaviourRecorded']);
    for (const purpose of ['ANALYTICS', 'MARKETING'] as const) {
      const withdrawn = c.WithdrawConsent.of({ customerId, purpose, channel: 'EMAIL' });
      expect(await stage.wants(ANN, withdrawn)).toEqual(['ConsentWithdrawn']);
    }
    expect(stage.all(e.ConsentWithdrawn)).toMatchObject([{ purpose: 'ANALYTICS' }, { purpose: 'MARKETING' }]);
  });

  it('4. later behaviour messages are refused, so that whoever sends them can drop and count them', async () => {
    await stage.at(on('19', '10:00'));
    expect(await stage.wants(ANN, visit(2, on('19', '09:00')))).toBe('CONSENT_MISSING');
    expect(stage.all(e.BehaviourRecorded)).toHaveLength(1);
  });
  it.todo('4. campaigns skip D (waits for SYS-47 campaigns)');

  it('5. subject key destroyed: rebuilt projections show a placeholder; complaint counts and SLA figures unchanged', async () => {
    const figures = async () => [await stage.report('complaints'), await stage.report('timeliness-report')];
    const [before] = [await figures()];
    expect(before[0]).toMatchObject({ total: { complaints: 1 } });
    expect((await stage.row('ticket', ticketId))?.['verbatim']).toContain(NAME);
    await stage.forgets(customerId, 'ticket', 'customer-profile');
    expect(JSON.stringify(await stage.row('ticket', ticketId))).not.toContain(NAME);
    expect(JSON.stringify(await stage.row('customer-profile', customerId))).not.toContain(NAME);
    expect(await figures()).toEqual(before);
  });
  it.todo('5. LEGAL_HOLD, PersonalDataErased (wait for SYS-57)');
  it.todo('6. DataBreachReported RESALE, authority clock 72 h (waits for SYS-56 breach handling)');
  it.todo('7. AccessDenied (waits for SYS-58 permission tiers)');
  it.todo('8. ErasureProof, DsrRegister (wait for SYS-57)');
});
