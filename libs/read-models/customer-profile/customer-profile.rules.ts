import { MANDATORY_FIELDS, type ContactRole, type ProfileField } from '@rapport/domain/values';

/** What one field says, since when, and from where it is known (SYS-01.2). */
export interface KnownField {
  readonly value: string;
  readonly source: string;
  readonly at: string;
  readonly reason?: string;
}
export type KnownFields = Readonly<Partial<Record<ProfileField, KnownField>>>;

/** A person in the decision chain. */
export interface ProfileContact {
  readonly contactId: string;
  readonly name: string;
  readonly roles: readonly ContactRole[];
  readonly influence: number;
  readonly phone?: string;
  readonly email?: string;
  readonly wecomId?: string;
}

/** The mandatory fields that say nothing yet (SYS-01.4). */
export const missingOf = (fields: KnownFields): readonly ProfileField[] =>
  MANDATORY_FIELDS.filter((field) => fields[field] === undefined);

/** The share of the mandatory fields that are not among the missing ones, in whole per cent. */
export const completenessOf = (missing: readonly ProfileField[]): number =>
  Math.floor((100 * (MANDATORY_FIELDS.length - missing.length)) / MANDATORY_FIELDS.length);

/** The most influence first; equal places by id, so that the order is the same everywhere (SYS-02.1). */
export const inDecisionChain = (contacts: readonly ProfileContact[]): readonly ProfileContact[] =>
  [...contacts].sort((a, b) => a.influence - b.influence || (a.contactId < b.contactId ? -1 : 1));

const ROLES_TO_COVER: readonly ContactRole[] = ['DECISION_MAKER', 'DAILY_CONTACT'];
/** The roles without which we have nobody to talk to (SYS-02.2). */
export const uncoveredRoles = (contacts: readonly ProfileContact[]): readonly ContactRole[] =>
  ROLES_TO_COVER.filter((role) => !contacts.some(({ roles }) => roles.includes(role)));
