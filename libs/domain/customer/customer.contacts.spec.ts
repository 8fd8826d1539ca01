import { scenario } from '@rapport/kernel/spec';
import { AddContact, AssignContactRole, DeactivateContact, UpdateContact } from './customer.commands';
import { customer } from './customer.decider';
import {
  ContactAdded,
  ContactDeactivated,
  ContactRoleAssigned,
  ContactUpdated,
  CustomerRegistered,
} from './customer.events';

const { given } = scenario(customer);
const customerId = 'c-1';
const ids = { customerId, contactId: 'k-1' };
const registered = CustomerRegistered.of({
  ...{ customerId, name: 'ACME', industry: 'Retail', source: 'REFERRAL', grade: 'REGULAR', zone: 'UTC' },
  ...{ keyAccount: false, strategicPartner: false, registeredAt: '2024-01-01T00:00:00.000Z' },
});
const li = { ...ids, name: 'Li Na', roles: ['DECISION_MAKER'], phone: '+86 10 1' } as const;
const added = ContactAdded.of({ ...li, influence: 1 });
const deactivated = ContactDeactivated.of({ ...ids, roles: ['DECISION_MAKER'] });

describe('a contact', () => {
  it('enters the decision chain after everybody who is there', () => {
    given(registered).when(AddContact.of(li)).then(added);
    const wang = { ...li, contactId: 'k-2', name: 'Wang' };
    given(registered, added)
      .when(AddContact.of(wang))
      .then(ContactAdded.of({ ...wang, influence: 2 }));
    given(registered, ContactAdded.of({ ...li, influence: 99 }))
      .when(AddContact.of(wang))
      .then(ContactAdded.of({ ...wang, influence: 99 }));
  });

  it('enters it where it is told to', () =>
    given(registered)
      .when(AddContact.of({ ...li, influence: 7 }))
      .then(ContactAdded.of({ ...li, influence: 7 })));

  it.each(['phone', 'email', 'wecomId'] as const)('can be reached by %s alone', (way) => {
    const { phone: _, ...unreachable } = li;
    given(registered).when(AddContact.of(unreachable)).thenRefused('UNREACHABLE_CONTACT');
    const reachable = { ...unreachable, [way]: 'x' };
    given(registered)
      .when(AddContact.of(reachable))
      .then(ContactAdded.of({ ...reachable, influence: 1 }));
  });

  it('is added once, to a customer that is known', () => {
    given(registered, added).when(AddContact.of(li)).thenRefused('CONTACT_EXISTS');
    given().when(AddContact.of(li)).thenRefused('CUSTOMER_UNKNOWN');
  });

  it('has a name and a role', () => {
    expect(() =>
      given(registered)
        .when(AddContact.of({ ...li, name: ' ' }))
        .decided(),
    ).toThrow('name');
    expect(() =>
      given(registered)
        .when(AddContact.of({ ...li, roles: [] }))
        .decided(),
    ).toThrow('roles');
  });

  it('is reached otherwise: only what changed is told', () => {
    given(registered, added)
      .when(UpdateContact.of({ ...ids, name: 'Li Na', phone: '+86 10 2', email: 'li@example.org' }))
      .then(ContactUpdated.of({ ...ids, phone: '+86 10 2', email: 'li@example.org' }));
    const moved = ContactUpdated.of({ ...ids, phone: '+86 10 2' });
    given(registered, added, moved)
      .when(UpdateContact.of({ ...ids, phone: '+86 10 2' }))
      .thenNothing();
  });

  it('gets other roles and another place', () => {
    const to = ['DAILY_CONTACT', 'FINANCIAL_REVIEWER'] as const;
    const before = { from: ['DECISION_MAKER'], influenceBefore: 1 } as const;
    const assigned = ContactRoleAssigned.of({ ...ids, ...before, to, influence: 3 });
    given(registered, added)
      .when(AssignContactRole.of({ ...ids, roles: to, influence: 3 }))
      .then(assigned);
    given(registered, added)
      .when(AssignContactRole.of({ ...ids, roles: ['DECISION_MAKER'], influence: 2 }))
      .then(ContactRoleAssigned.of({ ...ids, ...before, to: ['DECISION_MAKER'], influence: 2 }));
    given(registered, added, assigned)
      .when(AssignContactRole.of({ ...ids, roles: ['FINANCIAL_REVIEWER', 'DAILY_CONTACT'] }))
      .thenNothing();
  });

  it('leaves once, and names the roles it leaves', () => {
    given(registered, added).when(DeactivateContact.of(ids)).then(deactivated);
    given(registered, added, deactivated).when(DeactivateContact.of(ids)).thenNothing();
  });

  it('is not touched any more after it left', () => {
    given(registered, added, deactivated)
      .when(UpdateContact.of({ ...ids, phone: '1' }))
      .thenRefused('CONTACT_INACTIVE');
    given(registered, added, deactivated)
      .when(AssignContactRole.of({ ...ids, roles: ['DAILY_CONTACT'] }))
      .thenRefused('CONTACT_INACTIVE');
  });

  it('must be one of this customer', () => {
    const others = { customerId, contactId: 'k-9' };
    given(registered).when(UpdateContact.of(others)).thenRefused('CONTACT_UNKNOWN');
    given(registered).when(DeactivateContact.of(others)).thenRefused('CONTACT_UNKNOWN');
    given(registered)
      .when(AssignContactRole.of({ ...others, roles: ['DAILY_CONTACT'] }))
      .thenRefused('CONTACT_UNKNOWN');
  });
});
