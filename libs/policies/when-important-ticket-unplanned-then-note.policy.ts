import { NotePlanningOverdue } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import { justAfter } from '@rapport/domain/values';
import { at, policy } from '@rapport/kernel';

/**
 * What is important and not urgent gets a place in a plan within a working day, or it is noted that it has none. A
 * ticket that is closed meanwhile keeps its timer: it may be reopened before the time has passed.
 */
export const whenImportantTicketUnplannedThenNote = policy(events, {
  name: 'when-important-ticket-unplanned-then-note',
  about: 'Notes that a ticket of quadrant 2 has no place in a plan when its working day has passed.',
  key: 'ticketId',
}).on({
  TicketPrioritised: (_, ranked) => planned(ranked),
  TicketPriorityOverridden: (_, ranked) => planned(ranked),
  TicketScheduledInPlan: (_, { to: { kind } }) => (kind === 'ITERATION' ? undefined : FORGET),
  PlanningOverdue: () => FORGET,
});

const FORGET = { remember: null };
interface Ranked {
  readonly ticketId: string;
  readonly planBy?: string;
}
const planned = ({ ticketId, planBy }: Ranked) =>
  planBy === undefined
    ? FORGET
    : { wake: at(justAfter(planBy), NotePlanningOverdue.of({ ticketId, planBy })) };
