import { scenario } from '@rapport/kernel/spec';
import { RegisterCustomer, UpdateCustomerProfile } from './customer.commands';
import { customer } from './customer.decider';
import { CustomerProfileUpdated, CustomerRegistered } from './customer.events';
import { isPriorityCustomer, isZone } from './customer.values';

const NOW = '2024-03-01T09:00:00.000Z';
const { given } = scenario(customer, { now: NOW });
const customerId = 'c-1';
const acme = { customerId, name: 'ACME Ltd.', industry: 'Retail', source: 'SALES_HANDOVER' } as const;
const defaults = {
  grade: 'PROSPECT',
  keyAccount: false,
  strategicPartner: false,
  zone: 'Asia/Shanghai',
} as const;
const registered = CustomerRegistered.of({ ...acme, ...defaults, registeredAt: NOW });

describe('the registration of a customer', () => {
  it('makes a prospect in Shanghai time of whoever says nothing else', () =>
    given().when(RegisterCustomer.of(acme)).then(registered));

  it('keeps what is said', () => {
    const said = {
      size: 'LARGE',
      grade: 'VIP',
      keyAccount: true,
      strategicPartner: true,
      taxId: '91-X',
    } as const;
    const command = { ...acme, ...said, zone: 'Europe/Berlin' };
    given()
      .when(RegisterCustomer.of(command))
      .then(CustomerRegistered.of({ ...command, registeredAt: NOW }));
  });

  it('may have happened earlier, never later than now', () => {
    const registeredAt = '2019-05-01T00:00:00.000Z';
    const [event] = given()
      .when(RegisterCustomer.of({ ...acme, registeredAt }))
      .decided();
    expect(event?.at).toBe(registeredAt);
    given()
      .when(RegisterCustomer.of({ ...acme, registeredAt: NOW }))
      .then(registered);
    given()
      .when(RegisterCustomer.of({ ...acme, registeredAt: '2024-03-01T09:00:00.001Z' }))
      .thenRefused('REGISTERED_IN_FUTURE');
  });

  it('knows IANA time zones only', () => {
    given()
      .when(RegisterCustomer.of({ ...acme, zone: 'Mars/Base' }))
      .thenRefused('ZONE_UNKNOWN');
    expect(['Asia/Shanghai', 'UTC', 'nowhere', ''].map(isZone)).toEqual([true, true, false, false]);
  });

  it('happens once per id', () =>
    given(registered).when(RegisterCustomer.of(acme)).thenRefused('DUPLICATE_CUSTOMER'));

  it('claims name and industry as people would read them, and the tax id', () => {
    const claimed = (command: Partial<RegisterCustomer>) =>
      customer.claims?.RegisterCustomer?.({ ...acme, ...command }).map(({ scope, value }) => [scope, value]);
    const key = ['registration-key', 'acme ltd\nretail'];
    expect(claimed({})).toEqual([key]);
    expect(claimed({ name: ' ＡＣＭＥ,  ltd ', industry: 'RETAIL' })).toEqual([key]);
    expect(claimed({ taxId: '91-x' })).toEqual([key, ['tax-id', '91 x']]);
    expect(claimed({ industry: 'Energy' })).not.toEqual([key]);
    const refusals = customer.claims
      ?.RegisterCustomer?.({ ...acme, taxId: '1' })
      .map(({ refusal }) => refusal);
    expect(refusals).toEqual(['DUPLICATE_CUSTOMER', 'DUPLICATE_CUSTOMER']);
  });
});

describe('the profile of a customer', () => {
  const toEnergy = { customerId, field: 'INDUSTRY', value: 'Energy', source: 'call of 2024-03-01' } as const;
  const energy = {
    customerId,
    field: 'INDUSTRY',
    from: 'Retail',
    to: 'Energy',
    source: toEnergy.source,
  } as const;

  it('changes field by field, with the old value and where the new one is known from', () => {
    given(registered).when(UpdateCustomerProfile.of(toEnergy)).then(CustomerProfileUpdated.of(energy));
    const reason = 'they sold their shops';
    given(registered)
      .when(UpdateCustomerProfile.of({ ...toEnergy, reason }))
      .then(CustomerProfileUpdated.of({ ...energy, reason }));
  });

  it('had no old value where nothing was known', () => {
    const model = { customerId, field: 'BUSINESS_MODEL', source: 'report' } as const;
    given(registered)
      .when(UpdateCustomerProfile.of({ ...model, value: 'franchise' }))
      .then(CustomerProfileUpdated.of({ ...model, to: 'franchise' }));
  });

  it('stays as it is when it says so already, also after a change', () => {
    given(registered)
      .when(UpdateCustomerProfile.of({ ...toEnergy, value: 'Retail' }))
      .thenNothing();
    given(registered, CustomerProfileUpdated.of(energy))
      .when(UpdateCustomerProfile.of(toEnergy))
      .thenNothing();
  });

  it('takes no change without a source', () => {
    const { source: _, ...unsourced } = toEnergy;
    given(registered).when(UpdateCustomerProfile.of(unsourced)).thenRefused('PROVENANCE_REQUIRED');
  });

  it.each([
    ['SIZE', 'LARGE', 'huge'],
    ['GRADE', 'VIP', 'GOLD'],
    ['KEY_ACCOUNT', 'YES', 'true'],
    ['STRATEGIC_PARTNER', 'YES', 'maybe'],
    ['ZONE', 'Europe/Berlin', 'Berlin'],
  ] as const)('knows which values %s can have', (field, legal, illegal) => {
    const change = (value: string) =>
      UpdateCustomerProfile.of({ customerId, field, value, source: 'contract' });
    expect(given(registered).when(change(legal)).decided()).toHaveLength(1);
    given(registered).when(change(illegal)).thenRefused('PROFILE_VALUE_UNKNOWN');
  });

  it('belongs to a customer that is known', () =>
    given().when(UpdateCustomerProfile.of(toEnergy)).thenRefused('CUSTOMER_UNKNOWN'));
});

it('a VIP, a key account and a strategic partner are priority customers', () => {
  const nobody = { grade: 'REGULAR', keyAccount: false, strategicPartner: false } as const;
  expect(isPriorityCustomer(nobody)).toBe(false);
  expect(isPriorityCustomer({ ...nobody, grade: 'VIP' })).toBe(true);
  expect(isPriorityCustomer({ ...nobody, keyAccount: true })).toBe(true);
  expect(isPriorityCustomer({ ...nobody, strategicPartner: true })).toBe(true);
});
