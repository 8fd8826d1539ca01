import * as events from '@rapport/domain/events';
import {
  isPriorityCustomer,
  type ContactRole,
  type CustomerGrade,
  type ProfileField,
} from '@rapport/domain/values';
import { flag, howMany, instant, integer, json, maybe, projection, text, type RowOf } from '@rapport/kernel';
import {
  completenessOf,
  inDecisionChain,
  missingOf,
  uncoveredRoles,
  type KnownField,
  type KnownFields,
  type ProfileContact,
} from './customer-profile.rules';

// prettier-ignore
const columns = {
  name: text().says('What the customer is called: personal (SYS-01.1)'),
  taxId: maybe(text()).says('The number by which the tax office knows it: personal; null: not told (SYS-01.1)'),
  registeredAt: instant().says('When the relationship began (SYS-01.1)'),
  grade: text<CustomerGrade>('PROSPECT').says('By contract: VIP, REGULAR or PROSPECT (C-11)'),
  priorityCustomer: flag().says('VIP, key account or strategic partner by what is known of it; being of high value is not looked at here (C-11)'),
  industry: text().says('The trade the customer is in (SYS-01.1)'),
  zone: text().says('The time zone of the customer, such as Asia/Shanghai (SYS-01.1)', 'IANA time zone'),
  fields: json<KnownFields>({}).says('What is known, field by field: value, where it is from, and since when (SYS-01.2)'),
  completenessPercent: integer().says('The share of the mandatory fields that say something (SYS-01.4)', '%'),
  missing: json<readonly ProfileField[]>([]).says('The mandatory fields that say nothing yet (SYS-01.4)'),
  gaps: text().says('The same list as one text, to be counted by (SYS-01.4)'),
  contacts: json<readonly ProfileContact[]>([]).says('Who to talk to, most influence first: personal (SYS-02.1)'),
  contactsFormer: howMany().says('People who were contacts once (SYS-02.2)'),
  uncoveredRoles: json<readonly ContactRole[]>([]).says('Of DECISION_MAKER and DAILY_CONTACT those that no contact has (SYS-02.2)'),
  updatedAt: instant().says('When anything of it changed last (SYS-01.2)'),
};
type Profile = RowOf<typeof columns>;

/** What do we know of a customer, from where and since when; what is missing; and whom do we talk to there? */
export const customerProfile = projection(events, {
  name: 'customer-profile',
  version: 2,
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
    priorityCustomer: isPriorityCustomer({
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
