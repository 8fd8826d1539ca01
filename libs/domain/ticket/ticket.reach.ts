import { refuse, reject } from '@rapport/kernel';
import type { Customer } from '../customer/customer.decider';
import type { Contact } from '../customer/customer.contacts';
import type { CommunicationMode } from './ticket.strategy.values';

/** How a mode finds a person; what is not named here needs nothing. */
const WAY: Readonly<Partial<Record<CommunicationMode, (to: Contact) => boolean>>> = {
  PHONE: ({ phone }) => phone !== undefined,
  EMAIL: ({ email }) => email !== undefined,
  WECOM: ({ wecomId }) => wecomId !== undefined,
  // An invitation has to reach the person somehow.
  ONLINE_MEETING: ({ email, wecomId, phone }) => (email ?? wecomId ?? phone) !== undefined,
};

/**
 * Refuses ways that do not reach the contact; where nobody is named, any active contact of the customer will do. A customer
 * of whom no contact is known, such as one from an import, cannot be checked.
 */
export const assertReachable = (
  customer: Customer,
  contactId: string | undefined,
  modes: readonly CommunicationMode[],
): void => {
  const contacts = customer.stage === 'known' ? Object.entries(customer.contacts) : [];
  const active = contacts.filter(
    ([id, contact]) => contact.active && (contactId === undefined || id === contactId),
  );
  if (active.length === 0)
    return contactId === undefined || contacts.length === 0
      ? undefined
      : refuse('CONTACT_UNKNOWN', 'there is no such active contact at this customer', { contactId });
  const lost = modes.find((mode) => !active.some(([, contact]) => WAY[mode]?.(contact) ?? true));
  if (lost !== undefined) reject('MODE_UNREACHABLE', 'modes', `the contact cannot be reached by ${lost}`);
};
