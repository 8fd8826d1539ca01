import { reject, type Actor } from '@rapport/kernel';
import { IMPORTING_ROLES, SUPERVISING_ROLES } from './ticket.values';

/** May say who speaks in the place of an owner (handbook 10). */
const SPONSORS = new Set(['SUPERVISOR', 'DEPARTMENT_HEAD']);

/** A specialist takes a ticket on alone: nobody else has named that person (SYS-15.2). */
export const takesItAtTheDesk = ({ id, role }: Actor, ownerId: string): boolean =>
  role === 'SERVICE_SPECIALIST' && id === ownerId;
export const mayDelegate = ({ role }: Actor): boolean => SPONSORS.has(role);
export const mayCloseUnanswered = ({ role }: Actor): boolean => SUPERVISING_ROLES.includes(role);
export const mayOverridePriority = ({ role }: Actor): boolean => SUPERVISING_ROLES.includes(role);
/** May let a complaint become lighter (handbook 10). */
const LIGHTENERS = new Set(['SUPERVISOR', 'DEPARTMENT_HEAD', 'SENIOR_MANAGEMENT', ...IMPORTING_ROLES]);
export const mayLowerComplaint = ({ role }: Actor): boolean => LIGHTENERS.has(role);
/**
 * Why nobody stands for what needs approval; null: the approver does. It takes somebody of the role who is not the owner
 * to send it: a name that the owner, or somebody below, writes down proves nothing. Whoever sends it may name somebody
 * else than the owner who decided it (SYS-14.7, SYS-24, SYS-28).
 */
export const unapproved = (
  actor: Actor,
  ownerId: string | undefined,
  approverId: string,
  may: (actor: Actor) => boolean = mayOverridePriority,
): 'BY_OWNER' | 'ROLE_NOT_ALLOWED' | null => {
  if (actor.id === ownerId || approverId === ownerId) return 'BY_OWNER';
  return may(actor) ? null : 'ROLE_NOT_ALLOWED';
};
/** Nobody stands behind it: a policy acts by itself. */
export const isAutomatic = ({ role }: Actor): boolean => role === 'POLICY';
export const isImporter = ({ role }: Actor): boolean => IMPORTING_ROLES.includes(role);

/** A priority follows from the quadrant; only what another system brings was ranked there. */
export const asRankedElsewhere = (actor: Actor, priority: number | undefined): number | undefined =>
  priority === undefined || isImporter(actor)
    ? priority
    : reject(
        'PRIORITY_BY_RANKING',
        'priority',
        'a priority follows from urgency and importance: rank the ticket with PrioritiseTicket',
      );

/** A word of the source system: taken from an import only, so that nobody writes a verdict on their own work. */
export const asImporter = <T>(actor: Actor, field: string, word: T | undefined): T | undefined =>
  word === undefined || isImporter(actor)
    ? word
    : reject('SOURCE_WORD_BY_PERSON', field, `${field} may only come from an import`);
