import * as events from '@rapport/domain/events';
import { MANDATORY_FIELDS, type ProfileField } from '@rapport/domain/values';
import { rowsOf } from '@rapport/kernel/spec';
import { customerProfile } from './customer-profile.projection';
import { profileCompleteness } from './profile-completeness.projection';

const customerId = 'c-1';
const at = '2024-01-02T00:00:00.000Z';
const from = { source: 'REFERRAL', grade: 'REGULAR', keyAccount: false, strategicPartner: false } as const;
const acme = {
  ...{ customerId, name: 'ACME', industry: 'Retail', zone: 'UTC', registeredAt: at },
  ...from,
};
const registered = events.CustomerRegistered.of(acme, at);
const larger = events.CustomerRegistered.of({ ...acme, size: 'LARGE' }, at);
const told = (field: ProfileField) =>
  events.CustomerProfileUpdated.of({ customerId, field, to: 'known', source: 'call' }, at);

describe('the completeness of a profile', () => {
  const { given } = rowsOf(profileCompleteness);

  it('is the share of mandatory fields that say something', () => {
    const missing = ['SIZE', 'CONSUMPTION_PREFERENCE', 'BUSINESS_MODEL', 'COOPERATION_HISTORY'] as const;
    given(registered).row(customerId).is({ completenessPercent: 20, missing, gaps: missing.join() });
    given(larger, told('BUSINESS_MODEL'), told('BUSINESS_MODEL'), told('ZONE'))
      .row(customerId)
      .is({ completenessPercent: 60, gaps: 'CONSUMPTION_PREFERENCE,COOPERATION_HISTORY' });
    given(larger, ...MANDATORY_FIELDS.map(told))
      .row(customerId)
      .is({ completenessPercent: 100, missing: [], gaps: '' });
  });

  it('is the same that the profile itself tells', () => {
    const story = [larger, told('COOPERATION_HISTORY'), told('GRADE')];
    const { completenessPercent, missing, gaps } = rowsOf(customerProfile)
      .given(...story)
      .row(customerId)
      .value();
    given(...story)
      .row(customerId)
      .is({ completenessPercent, missing, gaps });
  });

  it('has no column for a name, since what is kept of the past is not folded anew', () => {
    expect(Object.keys(profileCompleteness.table.columns)).toEqual([
      'completenessPercent',
      'missing',
      'gaps',
    ]);
  });
});
