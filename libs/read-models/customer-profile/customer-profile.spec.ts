import * as events from '@rapport/domain/events';
import type { ContactRole, ProfileField } from '@rapport/domain/values';
import { rowsOf } from '@rapport/kernel/spec';
import { customerProfile } from './customer-profile.projection';

const { ContactAdded, ContactDeactivated, ContactRoleAssigned, ContactUpdated } = events;
const { CustomerProfileUpdated, CustomerRegistered } = events;
const { given } = rowsOf(customerProfile);
const customerId = 'c-1';
const at = '2024-01-02T00:00:00.000Z';
const LATER = '2024-02-02T00:00:00.000Z';
const from = { source: 'REFERRAL', grade: 'REGULAR' } as const;
const flags = { keyAccount: false, strategicPartner: false };
const acme = {
  ...from,
  ...flags,
  customerId,
  name: 'ACME',
  industry: 'Retail',
  zone: 'UTC',
  registeredAt: at,
};
const registered = CustomerRegistered.of(acme, at);
const updated = (field: ProfileField, to: string, more = {}) =>
  CustomerProfileUpdated.of({ customerId, field, to, source: 'call', ...more }, LATER);
const contact = (contactId: string, roles: readonly ContactRole[], influence: number) =>
  ContactAdded.of({ customerId, contactId, name: contactId, roles, influence, phone: '1' }, LATER);

describe('a profile', () => {
  it('says of each field what is known, from where and since when', () => {
    const source = { source: 'REFERRAL', at };
    given(registered)
      .row(customerId)
      .is({
        ...{ name: 'ACME', taxId: null, registeredAt: at, industry: 'Retail', zone: 'UTC', grade: 'REGULAR' },
        fields: {
          INDUSTRY: { value: 'Retail', ...source },
          ZONE: { value: 'UTC', ...source },
          GRADE: { value: 'REGULAR', ...source },
          KEY_ACCOUNT: { value: 'NO', ...source },
          STRATEGIC_PARTNER: { value: 'NO', ...source },
        },
      });
    const { fields, updatedAt } = given(
      registered,
      updated('INDUSTRY', 'Energy', { from: 'Retail', reason: 'sold' }),
    )
      .row(customerId)
      .value();
    expect(fields.INDUSTRY).toEqual({ value: 'Energy', source: 'call', at: LATER, reason: 'sold' });
    expect(fields.ZONE?.at).toBe(at);
    expect(updatedAt).toBe(LATER);
  });

  it('is as complete as its mandatory fields, and names those that are missing', () => {
    const missing = ['SIZE', 'CONSUMPTION_PREFERENCE', 'BUSINESS_MODEL', 'COOPERATION_HISTORY'] as const;
    given(registered).row(customerId).is({ completenessPercent: 20, missing, gaps: missing.join() });
    given(CustomerRegistered.of({ ...acme, size: 'LARGE' }))
      .row(customerId)
      .is({ completenessPercent: 40, missing: missing.slice(1) });
    given(registered, ...missing.map((field) => updated(field, 'known')))
      .row(customerId)
      .is({ completenessPercent: 100, missing: [], gaps: '' });
  });

  it('knows a priority customer by grade, key account or partnership', () => {
    const priority = (...changes: events.CustomerProfileUpdated[]) =>
      given(registered, ...changes.map((change) => CustomerProfileUpdated.of(change)))
        .row(customerId)
        .value().priorityCustomer;
    expect(priority()).toBe(false);
    expect(priority(updated('GRADE', 'VIP').data)).toBe(true);
    expect(priority(updated('KEY_ACCOUNT', 'YES').data)).toBe(true);
    expect(priority(updated('STRATEGIC_PARTNER', 'YES').data)).toBe(true);
    expect(priority(updated('KEY_ACCOUNT', 'YES').data, updated('KEY_ACCOUNT', 'NO').data)).toBe(false);
  });
});

describe('the decision chain', () => {
  const li = contact('li', ['DAILY_CONTACT'], 2);
  const wang = contact('wang', ['DECISION_MAKER'], 1);
  const an = contact('an', ['FINANCIAL_REVIEWER'], 2);
  const chain = (...history: Parameters<typeof given>) =>
    given(registered, ...history)
      .row(customerId)
      .value()
      .contacts.map(({ contactId }) => contactId);

  it('has the most influence first, equals by id', () =>
    expect(chain(li, wang, an)).toEqual(['wang', 'an', 'li']));

  it('follows new roles, places and ways to reach somebody', () => {
    const risen = ContactRoleAssigned.of({
      ...{ customerId, contactId: 'li', from: ['DAILY_CONTACT'], to: ['DECISION_MAKER'] },
      ...{ influenceBefore: 2, influence: 1 },
    });
    expect(chain(li, wang, an, risen)).toEqual(['li', 'wang', 'an']);
    const reached = ContactUpdated.of({ customerId, contactId: 'li', email: 'li@example.org' });
    const [first] = given(registered, li, risen, reached).row(customerId).value().contacts;
    expect(first).toEqual({
      ...{ contactId: 'li', name: 'li', roles: ['DECISION_MAKER'], influence: 1 },
      ...{ phone: '1', email: 'li@example.org' },
    });
  });

  it('loses those who leave, and says which role nobody holds any more', () => {
    const left = ContactDeactivated.of({ customerId, contactId: 'li', roles: ['DAILY_CONTACT'] });
    given(registered)
      .row(customerId)
      .is({ uncoveredRoles: ['DECISION_MAKER', 'DAILY_CONTACT'] });
    given(registered, li, wang).row(customerId).is({ uncoveredRoles: [], contactsFormer: 0 });
    given(registered, li, wang, left)
      .row(customerId)
      .is({ uncoveredRoles: ['DAILY_CONTACT'], contactsFormer: 1 });
    expect(chain(li, wang, left)).toEqual(['wang']);
  });
});
