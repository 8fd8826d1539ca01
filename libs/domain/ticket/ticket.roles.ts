import { reject, type Actor } from '@rapport/kernel';

/** May close what the customer never answered, and override a priority (handbook 10). */
const CLOSERS = new Set(['SUPERVISOR', 'DEPARTMENT_HEAD', 'CRM_MANAGER', 'SENIOR_MANAGEMENT']);
/** Bring in what another system did: it was so, whatever our rules say. */
const IMPORTERS = new Set(['SYSTEM', 'MIGRATION']);

/** May say who speaks in the place of an owner (handbook 10). */
const SPONSORS = new Set(['SUPERVISOR', 'DEPARTMENT_HEAD']);

/** A specialist takes a ticket on alone: nobody else has named that person (SYS-15.2). */
export const takesItAtTheDesk = ({ id, role }: Actor, ownerId: string): boolean =>
  role === 'SERVICE_SPECIALIST' && id === ownerId;
export const mayDelegate = ({ role }: Actor): boolean => SPONSORS.has(role);
export const mayCloseUnanswered = ({ role }: Actor): boolean => CLOSERS.has(role);
export const mayOverridePriority = ({ role }: Actor): boolean => CLOSERS.has(role);
/** Nobody stands behind it: a policy acts by itself. */
export const isAutomatic = ({ role }: Actor): boolean => role === 'POLICY';
export const isImporter = ({ role }: Actor): boolean => IMPORTERS.has(role);

/** A word of the source system: taken from an import only, so that nobody writes a verdict on their own work. */
export const asImporter = <T>(actor: Actor, field: string, word: T | undefined): T | undefined =>
  word === undefined || isImporter(actor)
    ? word
    : reject('SOURCE_WORD_BY_PERSON', field, `${field} may only come from an import`);

/** A priority is taken as it stands only from an import: here it follows from a ticket's quadrant (R-13, SYS-14). */
export const assertRankedBy = (actor: Actor, priority: number | undefined): void => {
  if (priority !== undefined && !isImporter(actor))
    reject('PRIORITY_BY_RANKING', 'priority', 'a priority follows from the quadrant: use PrioritiseTicket');
};
