import { refuse, reject } from '@rapport/kernel';
import type { AddContact, AssignContactRole, DeactivateContact, UpdateContact } from './customer.commands';
import { ContactAdded, ContactDeactivated, ContactRoleAssigned, ContactUpdated } from './customer.events';
import type { ContactRole } from './customer.values';

/** A person in the decision chain of a customer, as far as decisions need it. */
export interface Contact extends Reach {
  readonly name: string;
  readonly roles: readonly ContactRole[];
  readonly influence: number;
  readonly active: boolean;
}
interface Reach {
  readonly phone?: string;
  readonly email?: string;
  readonly wecomId?: string;
}
type Contacts = Readonly<Record<string, Contact>>;
type Wanted<Command> = Readonly<Command>;

/** What may be wanted of contacts, and what then happens (SYS-02.1). */
export const contactRules = {
  add: (contacts: Contacts, command: Wanted<AddContact>) => {
    const { contactId, influence = nextInfluence(contacts) } = command;
    if (contacts[contactId]) refuse('CONTACT_EXISTS', `${contactId} is a contact of this customer already`);
    if (!isReachable(command))
      reject(
        'UNREACHABLE_CONTACT',
        'phone',
        'a contact needs a phone number, an e-mail address or a WeCom id',
      );
    return [ContactAdded.of({ ...command, influence })];
  },

  update: (contacts: Contacts, { customerId, contactId, ...wanted }: Wanted<UpdateContact>) => {
    const known = activeContact(contacts, contactId);
    const changes = Object.entries(wanted).filter(
      ([field, value]) => value !== undefined && known[field as keyof Reach] !== value,
    );
    return changes.length === 0
      ? []
      : [ContactUpdated.of({ customerId, contactId, ...Object.fromEntries(changes) })];
  },

  assignRole: (contacts: Contacts, command: Wanted<AssignContactRole>) => {
    const { customerId, contactId, roles: to } = command;
    const { roles: from, influence: influenceBefore } = activeContact(contacts, contactId);
    const { influence = influenceBefore } = command;
    if (sameRoles(from, to) && influence === influenceBefore) return [];
    return [ContactRoleAssigned.of({ customerId, contactId, from, to, influenceBefore, influence })];
  },

  deactivate: (contacts: Contacts, command: Wanted<DeactivateContact>) => {
    const contact = knownContact(contacts, command.contactId);
    return contact.active ? [ContactDeactivated.of({ ...command, roles: contact.roles })] : [];
  },
};

/** How events move the contacts of a customer. */
export const moveContacts = {
  added: (contacts: Contacts, { customerId: _, contactId, ...contact }: Wanted<ContactAdded>): Contacts => ({
    ...contacts,
    [contactId]: { ...contact, active: true },
  }),
  updated: (contacts: Contacts, { customerId: _, contactId, ...changes }: Wanted<ContactUpdated>): Contacts =>
    changed(contacts, contactId, changes),
  assigned: (contacts: Contacts, id: string, roles: readonly ContactRole[], influence: number): Contacts =>
    changed(contacts, id, { roles, influence }),
  deactivated: (contacts: Contacts, id: string): Contacts => changed(contacts, id, { active: false }),
};

const changed = (contacts: Contacts, id: string, changes: Partial<Contact>): Contacts => ({
  ...contacts,
  [id]: { ...knownContact(contacts, id), ...changes },
});

const knownContact = (contacts: Contacts, id: string): Contact =>
  contacts[id] ?? refuse('CONTACT_UNKNOWN', `this customer has no contact ${id}`);

const activeContact = (contacts: Contacts, id: string): Contact => {
  const contact = knownContact(contacts, id);
  return contact.active
    ? contact
    : refuse('CONTACT_INACTIVE', `${id} is no contact of this customer any more`);
};

const isReachable = ({ phone, email, wecomId }: Reach): boolean =>
  phone !== undefined || email !== undefined || wecomId !== undefined;

const INFLUENCE_MAX = 99;
const nextInfluence = (contacts: Contacts): number =>
  Math.min(INFLUENCE_MAX, 1 + Math.max(0, ...Object.values(contacts).map(({ influence }) => influence)));

const sameRoles = (some: readonly ContactRole[], others: readonly ContactRole[]): boolean =>
  some.length === others.length && some.every((role) => others.includes(role));
