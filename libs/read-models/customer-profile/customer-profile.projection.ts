import * as events from '@rapport/domain/events';
import {
  isPriorityCustomer,
  type ContactRole,
  type CustomerGrade,
  type ProfileField,
} from '@rapport/domain/values';
import { flag, integer, json, maybe, projection, text, type RowOf } from '@rapport/kernel';
import {
  completenessOf,
  inDecisionChain,
  missingOf,
  uncoveredRoles,
  type KnownField,
  type KnownFields,
  type ProfileContact,
} from './customer-profile.rules';

const columns = {
  name: text(),
  taxId: maybe(text()),
  registeredAt: text(),
  grade: text<CustomerGrade>('PROSPECT'),
  priority: flag(),
  industry: text(),
  zone: text(),
  /** Value, source and date of each field (SYS-01.2). */
  fields: json<KnownFields>({}),
  completenessPercent: integer(),
  missing: json<readonly ProfileField[]>([]),
  /** The same list as one text, to be counted by. */
  gaps: text(),
  /** Those who are contacts now, in the order of the decision chain (SYS-02.1). */
  contacts: json<readonly ProfileContact[]>([]),
  contactsFormer: integer(),
  uncoveredRoles: json<readonly ContactRole[]>([]),
  updatedAt: text(),
};
type Profile = RowOf<typeof columns>;

/** What do we know of a customer, from where and since when; what is missing; and whom do we talk to there? */
export const customerProfile = projection(events, {
  name: 'customer-profile',
  version: 1,
  about: 'What is known of a customer, from where and since when, what is missing, and whom to talk to.',
  columns,
  indexes: [['gaps'], ['completenessPercent'], ['industry']],
  key: 'customerId',
}).on({
  CustomerRegistered: (row, data, { occurredAt: updatedAt }) => ({
    ...{ name: data.name, taxId: data.taxId ?? null, registeredAt: data.registeredAt, updatedAt },
    ...withFields(registeredFields(data)),
    ...withContacts(row.contacts),
  }),
  CustomerProfileUpdated: ({ fields }, { field, to: value, source, reason }, { occurredAt: at }) => ({
    updatedAt: at,
    ...withFields({ ...fields, [field]: { value, source, at, ...(reason !== undefined && { reason }) } }),
  }),
  ContactAdded: ({ contacts }, { customerId: _, ...contact }, { occurredAt: updatedAt }) => ({
    updatedAt,
    ...withContacts([...contacts, contact]),
  }),
  ContactUpdated: ({ contacts }, { customerId: _, contactId, ...changes }, { occurredAt: updatedAt }) => ({
    updatedAt,
    ...withContacts(changed(contacts, contactId, changes)),
  }),
  ContactRoleAssigned: ({ contacts }, { contactId, to: roles, influence }, { occurredAt: updatedAt }) => ({
    updatedAt,
    ...withContacts(changed(contacts, contactId, { roles, influence })),
  }),
  ContactDeactivated: ({ contacts, contactsFormer }, { contactId }, { occurredAt: updatedAt }) => ({
    ...{ updatedAt, contactsFormer: contactsFormer + 1 },
    ...withContacts(contacts.filter((contact) => contact.contactId !== contactId)),
  }),
});

const registeredFields = (data: Readonly<events.CustomerRegistered>): KnownFields => {
  const known = (value: string): KnownField => ({ value, source: data.source, at: data.registeredAt });
  return {
    INDUSTRY: known(data.industry),
    ...(data.size !== undefined && { SIZE: known(data.size) }),
    ZONE: known(data.zone),
    GRADE: known(data.grade),
    KEY_ACCOUNT: known(data.keyAccount ? 'YES' : 'NO'),
    STRATEGIC_PARTNER: known(data.strategicPartner ? 'YES' : 'NO'),
  };
};

/** The fields, and the columns that follow from them. */
const withFields = (fields: KnownFields): Partial<Profile> => {
  const grade = (fields.GRADE?.value ?? 'PROSPECT') as CustomerGrade;
  const is = (field: ProfileField) => fields[field]?.value === 'YES';
  const missing = missingOf(fields);
  return {
    ...{ fields, grade, missing, gaps: missing.join(), completenessPercent: completenessOf(missing) },
    ...{ industry: fields.INDUSTRY?.value ?? '', zone: fields.ZONE?.value ?? '' },
    priority: isPriorityCustomer({
      ...{ grade, keyAccount: is('KEY_ACCOUNT'), strategicPartner: is('STRATEGIC_PARTNER') },
    }),
  };
};

const withContacts = (contacts: readonly ProfileContact[]): Partial<Profile> => ({
  contacts: inDecisionChain(contacts),
  uncoveredRoles: uncoveredRoles(contacts),
});
const changed = (contacts: readonly ProfileContact[], id: string, changes: Partial<ProfileContact>) =>
  contacts.map((contact) => (contact.contactId === id ? { ...contact, ...changes } : contact));
