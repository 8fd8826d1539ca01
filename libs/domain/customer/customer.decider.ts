import { refuse, reject, type Aggregate } from '@rapport/kernel';
import * as commands from './customer.commands';
import { contactRules, moveContacts, type Contact } from './customer.contacts';
import * as events from './customer.events';
import {
  CompanySize,
  CustomerGrade,
  DEFAULT_ZONE,
  isZone,
  YesNo,
  type ProfileField,
} from './customer.values';

export type Customer =
  | { readonly stage: 'unknown' }
  | { readonly stage: 'known'; readonly profile: Profile; readonly contacts: Contacts };
type Profile = Partial<Readonly<Record<ProfileField, string>>>;
export type Contacts = Readonly<Record<string, Contact>>;

const { CustomerRegistered, CustomerProfileUpdated } = events;

/** One customer: who they are, what we know of them, and whom to talk to there (SYS-01, SYS-02). */
export const customer: Aggregate<Customer, typeof events, typeof commands> = {
  name: 'customer',
  id: 'customerId',
  events,
  commands,
  initial: { stage: 'unknown' },

  evolve: {
    CustomerRegistered: (_, registered) => ({ stage: 'known', profile: profileOf(registered), contacts: {} }),
    CustomerProfileUpdated: (state, { field, to }) => ({
      ...knownCustomer(state),
      profile: { ...knownCustomer(state).profile, [field]: to },
    }),
    ContactAdded: (state, added) => withContacts(state, moveContacts.added(contactsOf(state), added)),
    ContactUpdated: (state, updated) => withContacts(state, moveContacts.updated(contactsOf(state), updated)),
    ContactRoleAssigned: (state, { contactId, to, influence }) =>
      withContacts(state, moveContacts.assigned(contactsOf(state), contactId, to, influence)),
    ContactDeactivated: (state, { contactId }) =>
      withContacts(state, moveContacts.deactivated(contactsOf(state), contactId)),
  },

  claims: {
    RegisterCustomer: ({ name, industry, taxId }) => [
      { scope: 'registration-key', value: registrationKey(name, industry), refusal: DUPLICATE },
      ...(taxId === undefined ? [] : [{ scope: 'tax-id', value: normalized(taxId), refusal: DUPLICATE }]),
    ],
  },

  decide: {
    RegisterCustomer: (state, command, { now }) => {
      const { customerId, registeredAt = now, zone = DEFAULT_ZONE } = command;
      if (state.stage === 'known')
        refuse(DUPLICATE, `${customerId} is registered already`, { existingId: customerId });
      if (registeredAt > now)
        reject('REGISTERED_IN_FUTURE', 'registeredAt', 'nobody can have been registered in the future');
      if (!isZone(zone)) reject('ZONE_UNKNOWN', 'zone', `${zone} is no IANA time zone`);
      const flags = {
        keyAccount: command.keyAccount ?? false,
        strategicPartner: command.strategicPartner ?? false,
      };
      const event = { ...command, ...flags, grade: command.grade ?? 'PROSPECT', zone, registeredAt };
      return [CustomerRegistered.of(event, registeredAt)];
    },

    UpdateCustomerProfile: (state, { customerId, field, value: to, source, reason }) => {
      const from = knownCustomer(state).profile[field];
      if (source === undefined)
        return reject(
          'PROVENANCE_REQUIRED',
          'source',
          'say where this is known from: a change needs a source',
        );
      if (!isLegal(field, to))
        reject('PROFILE_VALUE_UNKNOWN', 'value', `${to} is no value that ${field} can have`);
      if (from === to) return [];
      const before = from === undefined ? {} : { from };
      const why = reason === undefined ? {} : { reason };
      return [CustomerProfileUpdated.of({ customerId, field, ...before, to, source, ...why })];
    },

    AddContact: (state, command) => contactRules.add(contactsOf(state), command),
    UpdateContact: (state, command) => contactRules.update(contactsOf(state), command),
    AssignContactRole: (state, command) => contactRules.assignRole(contactsOf(state), command),
    DeactivateContact: (state, command) => contactRules.deactivate(contactsOf(state), command),
  },
};

const DUPLICATE = 'DUPLICATE_CUSTOMER';

/** The state of a customer that exists; anything that needs one is refused otherwise. */
export const knownCustomer = (state: Customer) =>
  state.stage === 'known'
    ? state
    : refuse('CUSTOMER_UNKNOWN', 'there is no such customer: register it first');

/** The same, where a contact may be named: it must be one of this customer and active. */
export const knownWithContact = (state: Customer, contactId: string | undefined) => {
  const found = knownCustomer(state);
  if (contactId !== undefined && !found.contacts[contactId]?.active)
    return refuse('CONTACT_UNKNOWN', 'there is no such active contact at this customer', { contactId });
  return found;
};

const contactsOf = (state: Customer): Contacts => knownCustomer(state).contacts;
const withContacts = (state: Customer, contacts: Contacts): Customer => ({
  ...knownCustomer(state),
  contacts,
});

const profileOf = (registered: events.CustomerRegistered): Profile => ({
  INDUSTRY: registered.industry,
  ...(registered.size !== undefined && { SIZE: registered.size }),
  ZONE: registered.zone,
  GRADE: registered.grade,
  KEY_ACCOUNT: yesNo(registered.keyAccount),
  STRATEGIC_PARTNER: yesNo(registered.strategicPartner),
});
const yesNo = (is: boolean): YesNo => (is ? 'YES' : 'NO');

/** Fields that cannot say just anything; the others are free text. */
const isLegal = (field: ProfileField, value: string): boolean => {
  const legal: Partial<Record<ProfileField, (value: string) => boolean>> = {
    SIZE: (size) => size in CompanySize,
    GRADE: (grade) => grade in CustomerGrade,
    KEY_ACCOUNT: (answer) => answer in YesNo,
    STRATEGIC_PARTNER: (answer) => answer in YesNo,
    ZONE: isZone,
  };
  return legal[field]?.(value) ?? true;
};

/** "ACME, Ltd." and "acme ltd" are one name: case, width, blanks and punctuation do not count. */
const normalized = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\p{S}\s]+/gu, ' ')
    .trim();
const registrationKey = (name: string, industry: string): string =>
  `${normalized(name)}\n${normalized(industry)}`;
