import * as c from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import type { Actor } from '@rapport/kernel';
import { Stage } from '../support/stage';

/** By the clock in Shanghai, March 2024. */
const on = (day: string, time: string) => new Date(`2024-03-${day}T${time}:00+08:00`).toISOString();
const ANN: Actor = { id: 'ann', role: 'SERVICE_SPECIALIST' };
const customerId = 'c-11';
const contactId = 'd';
const GIVEN = '2023-05-04T02:00:00.000Z';
const USES = ['ANALYTICS', 'MARKETING'] as const;

/** ST-11, data-privacy request: contact D of customer C-11 left the firm; what lies in it of consent. */
describe('ST-11', () => {
  const stage = new Stage();
  const uses = (sourceEventId: string, happenedAt: string) =>
    c.RecordBehaviour.of({
      ...{ sourceEventId, customerId, kind: 'FEATURE_USE', subject: 'export', seconds: 60, happenedAt },
    });
  const may = async (purpose: string, more = '') =>
    (await stage.get(`/consent/${encodeURIComponent(`${customerId}|${purpose}`)}${more}`)).body.data;

  it('Fixtures: consent ANALYTICS and MARKETING given 2023; contact D left the firm', async () => {
    await stage.at(GIVEN);
    const customer = { customerId, name: 'C-11', industry: 'Retail', source: 'REFERRAL' } as const;
    await stage.wants(ANN, c.RegisterCustomer.of({ ...customer, zone: 'Asia/Shanghai', grade: 'REGULAR' }));
    const d = { customerId, contactId, name: 'D', roles: ['DAILY_CONTACT'], email: 'd@c.cn' } as const;
    await stage.wants(ANN, c.AddContact.of(d));
    const word = { customerId, channel: 'EMAIL', act: 'SIGNED', subject: 'ADULT', textVersion: '3' } as const;
    for (const purpose of USES)
      expect(await stage.wants(ANN, c.GrantConsent.of({ ...word, purpose }))).toEqual(['ConsentGranted']);
    await stage.at(on('08', '10:00'));
    expect(await stage.wants(ANN, uses('use-1', on('08', '09:00')))).toContain('BehaviourRecorded');
    expect(await stage.row('usage-trend', customerId)).toMatchObject({ featureSeconds: 60 });
    await stage.at(on('11', '09:00'));
    const left = c.DeactivateContact.of({ customerId, contactId, reason: 'left the firm' });
    expect(await stage.wants(ANN, left)).toEqual(['ContactDeactivated']);
    expect(await stage.row('customer-profile', customerId)).toMatchObject({
      contacts: [],
      contactsFormer: 1,
    });
  });

  it.todo(
    '1. DataSubjectRequestReceived, acknowledge due 2024-03-12 09:00, target 2024-03-26, hard 2024-04-10 (waits for SYS-57 data-subject requests)',
  );
  it.todo(
    '2. export before verification refused, DataSubjectVerified (waits for SYS-57 data-subject requests)',
  );
  it.todo('3. PersonalDataExported with hash (waits for SYS-57 data-subject requests)');

  it('4. When D withdraws ANALYTICS and MARKETING, then ConsentWithdrawn ×2; what was lawful before stays recorded', async () => {
    await stage.at(on('18', '10:00'));
    for (const purpose of USES) {
      const withdrawn = c.WithdrawConsent.of({ customerId, purpose, channel: 'EMAIL' });
      expect(await stage.wants(ANN, withdrawn)).toContain('ConsentWithdrawn');
      expect(await may(purpose)).toMatchObject({ allowed: false, withdrawnAt: on('18', '10:00') });
      expect(await may(purpose, `?asOf=${on('17', '10:00')}`)).toMatchObject({
        allowed: true,
        grantedAt: GIVEN,
      });
    }
    expect(stage.all(e.BehaviourRecorded)).toHaveLength(1);
    expect(await stage.row('usage-trend', customerId)).toBeNull();
  });

  it('4. later behaviour messages are dropped: CONSENT_MISSING, nothing is stored', async () => {
    await stage.at(on('19', '10:00'));
    const before = stage.events.length;
    expect(await stage.wants(ANN, uses('use-2', on('19', '09:00')))).toBe('CONSENT_MISSING');
    expect(stage.events).toHaveLength(before);
  });

  it.todo('4. campaigns skip D (waits for SYS-47 campaigns)');
  it.todo(
    '5. ERASURE: contract items refused with LEGAL_HOLD, PersonalDataErased (waits for SYS-57 data-subject requests)',
  );
  it.todo('6. DataBreachReported kind RESALE, authority clock 72 h (waits for SYS-56 breach handling)');
  it.todo('7. a financial field without right, then AccessDenied (waits for SYS-58 roles)');
  it.todo('8. ErasureProof, DsrRegister closed in 15 days (waits for SYS-57 data-subject requests)');
});
