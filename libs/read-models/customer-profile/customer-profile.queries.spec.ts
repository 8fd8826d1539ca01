import { MemoryRowStore } from '@rapport/adapters/memory';
import * as events from '@rapport/domain/events';
import type { ProfileField } from '@rapport/domain/values';
import type { NewEvent } from '@rapport/kernel';
import { modelsOf } from '@rapport/kernel/spec';
import { profileGaps, profileGapsReport } from './customer-profile.queries';
import { profileCompleteness } from './profile-completeness.projection';

const NOW = '2024-12-01T00:00:00.000Z';
const registered = (customerId: string) =>
  events.CustomerRegistered.of({
    ...{
      customerId,
      name: customerId,
      industry: 'Retail',
      source: 'REFERRAL',
      grade: 'PROSPECT',
      zone: 'UTC',
    },
    ...{ keyAccount: false, strategicPartner: false, registeredAt: NOW, size: 'SMALL' },
  });
const told = (customerId: string, ...fields: ProfileField[]) =>
  fields.map((field) => events.CustomerProfileUpdated.of({ customerId, field, to: 'known', source: 'call' }));
const history = [
  ...[registered('a'), registered('b'), registered('c')],
  ...told('a', 'CONSUMPTION_PREFERENCE', 'BUSINESS_MODEL', 'COOPERATION_HISTORY'),
  ...told('b', 'CONSUMPTION_PREFERENCE', 'BUSINESS_MODEL'),
];

interface Gaps {
  readonly missing: readonly { field: string; customers: number }[];
  readonly incomplete: readonly { customerId: string }[];
}
const models = modelsOf(() => new MemoryRowStore(), [profileCompleteness, profileGaps]);
const asked = async (params: object = {}, given: readonly NewEvent[] = history) =>
  (await models.told(...given)).ask<Gaps>(profileGapsReport, NOW, params);

describe('the profile gaps', () => {
  it('tell how complete profiles are and how often each mandatory field is missing', async () => {
    expect(await asked()).toMatchObject({ customers: 3, complete: 1, completenessPercent: 73 });
    expect((await asked()).missing).toEqual([
      { field: 'INDUSTRY', customers: 0 },
      { field: 'SIZE', customers: 0 },
      { field: 'CONSUMPTION_PREFERENCE', customers: 1 },
      { field: 'BUSINESS_MODEL', customers: 1 },
      { field: 'COOPERATION_HISTORY', customers: 2 },
    ]);
  });

  it('list whom to ask, the least complete first', async () => {
    const three = ['CONSUMPTION_PREFERENCE', 'BUSINESS_MODEL', 'COOPERATION_HISTORY'];
    expect((await asked()).incomplete).toEqual([
      { customerId: 'c', completenessPercent: 40, missing: three },
      { customerId: 'b', completenessPercent: 80, missing: ['COOPERATION_HISTORY'] },
    ]);
    expect((await asked({ limit: 1 })).incomplete.map(({ customerId }) => customerId)).toEqual(['c']);
  });

  it('list whom to ask for one field', async () => {
    const lacking = async (field: ProfileField) =>
      (await asked({ field })).incomplete.map((row) => row.customerId);
    expect(await lacking('COOPERATION_HISTORY')).toEqual(['c', 'b']);
    expect(await lacking('BUSINESS_MODEL')).toEqual(['c']);
    expect(await lacking('SIZE')).toEqual([]);
  });

  it('say that there is nobody instead of dividing by nobody', async () =>
    expect(await asked({}, [])).toMatchObject({ customers: 0, completenessPercent: null, incomplete: [] }));
});
