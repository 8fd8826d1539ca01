import { refuse, type Aggregate } from '@rapport/kernel';
import { isImporter, mayCloseUnanswered } from '../ticket/ticket.roles';
import type { Department } from '../ticket/ticket.values';
import * as commands from './staff.commands';
import * as events from './staff.events';

/** What one of us can do at a time; nothing: nobody has said it. */
export interface Staff {
  readonly capacity?: number;
  readonly department?: Department;
}

/** One of us, as far as work is shared out (SYS-62). */
export const staff: Aggregate<Staff, typeof events, typeof commands> = {
  name: 'staff',
  id: 'staffId',
  events,
  commands,
  initial: {},

  evolve: {
    CapacitySet: (was, { to: capacity, department }) => ({
      ...{ ...was, capacity },
      ...(department !== undefined && { department }),
    }),
  },

  decide: {
    SetCapacity: (was, { staffId, openTickets: to, department = was.department, reason }, { now, actor }) => {
      if (!mayCloseUnanswered(actor) && !isImporter(actor))
        refuse('ROLE_NOT_ALLOWED', 'only a supervisor or somebody above says what somebody can do at a time');
      if (was.capacity === to && was.department === department) return [];
      return [
        events.CapacitySet.of({
          ...{ staffId, to, setById: actor.id, setAt: now },
          ...(department !== undefined && { department }),
          ...(was.capacity !== undefined && { from: was.capacity }),
          ...(reason !== undefined && { reason }),
        }),
      ];
    },
  },
};
