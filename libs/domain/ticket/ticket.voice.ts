import { refuse, type Actor } from '@rapport/kernel';
import { LeadDepartmentAssigned } from './ticket.events';
import { isImporter, mayDelegate } from './ticket.roles';
import { openTicket, present, type Decide, type Facts } from './ticket.state';
import { VoiceDelegated } from './ticket.tasks.events';
import { LEAD_DEPARTMENT } from './ticket.tasks.values';

/** One voice toward the customer: who leads, and who else may speak (SYS-17.1). */
export const voice = {
  LeadTicketByType: (ticket, _, { now }) => {
    const { of } = openTicket(ticket, now);
    const { type, department: from, ledByType } = of;
    if (type === undefined || (from !== undefined && !ledByType)) return [];
    const to = LEAD_DEPARTMENT[type];
    if (from === to) return [];
    const reassignment = from !== undefined;
    return [LeadDepartmentAssigned.of({ ...of, to, reassignment, byType: true, ...present({ from }) })];
  },

  DelegateVoice: (ticket, { to }, { now, actor }) => {
    const { of } = openTicket(ticket, now);
    const { ownerId } = of;
    if (ownerId === undefined)
      return refuse('OWNER_MISSING', 'the ticket has no owner in whose place anybody could speak');
    if (actor.id !== ownerId && !mayDelegate(actor))
      refuse('ROLE_NOT_ALLOWED', 'only the owner or a superior lets somebody else speak', { ownerId });
    if (to === ownerId || to === of.department || isDelegated(of, to)) return [];
    return [VoiceDelegated.of({ ...of, to, ownerId, delegatedById: actor.id, delegatedAt: now })];
  },
} satisfies Partial<Decide>;

/**
 * What goes out to the customer is said by the lead department or the owner, or by whom the owner has let speak. Whoever
 * names no department speaks for the lead; what was imported has been said already.
 */
export const assertVoice = (of: Facts, speaking: string | undefined, actor: Actor): void => {
  const { department, ownerId } = of;
  if (speaking === undefined || speaking === department || actor.id === ownerId) return;
  if (isDelegated(of, speaking) || isDelegated(of, actor.id) || isImporter(actor)) return;
  refuse('VOICE_NOT_DELEGATED', 'the customer hears the lead department or the owner, nobody else', {
    ...present({ department, ownerId }),
  });
};

/** A delegation ends with the owner in whose place it was given. */
const isDelegated = ({ tasks, ownerId }: Facts, to: string): boolean =>
  (tasks?.voices ?? []).some((each) => each.to === to && each.ownerId === ownerId);
