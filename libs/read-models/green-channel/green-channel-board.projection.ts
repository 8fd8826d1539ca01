import * as events from '@rapport/domain/events';
import type {
  Department,
  ForceLeaderRole,
  ForceMember,
  ForcePurpose,
  GreenChannelCause,
  GreenChannelEnd,
} from '@rapport/domain/values';
import { flag, instant, json, maybe, projection, text } from '@rapport/kernel';

/** NONE: a task force for closer care, without a channel. */
export type ChannelState = 'OPEN' | 'CLOSED' | 'NONE';

/** Tickets that pass before all others, and the people who work on them together. */
export const greenChannelBoard = projection(events, {
  name: 'green-channel-board',
  version: 2,
  about: 'Which tickets go through the green channel, why, is there a plan, and who works on them?',
  // prettier-ignore
  columns: {
    customerId: text().says('Whose ticket it is (SYS-24.1)'),
    state: text<ChannelState>('NONE').says('OPEN, CLOSED, or NONE: a task force for closer care without a channel (SYS-24.1, SYS-24.2)'),
    cause: maybe(text<GreenChannelCause>('QUADRANT_1')).says('QUADRANT_1, MAJOR_COMPLAINT or BY_HAND; null: no channel (R-12, R-13)'),
    approverId: maybe(text()).says('Who stood for it, where neither quadrant nor level did; null: nobody had to (SYS-24.1)'),
    openedAt: maybe(instant()).says('When the channel was opened; null: none was (R-12)'),
    planBy: maybe(instant()).says('Until when a plan is laid before the customer; null: no channel (R-12)'),
    plannedAt: maybe(instant()).says('The first plan in this channel; null: none yet (R-12)'),
    planLate: flag().says('The first plan came after it was due, or none came before the channel was closed (R-12)'),
    purpose: maybe(text<ForcePurpose>('GREEN_CHANNEL')).says('GREEN_CHANNEL or UPGRADED_CARE; null: no task force (SYS-24.2)'),
    leaderId: maybe(text()).says('Who leads the task force; null: it is still to be formed (SYS-24.1)'),
    leaderRole: maybe(text<ForceLeaderRole>('OWNER')).says('OWNER, SUPERVISOR, DEPARTMENT_HEAD or SENIOR_MANAGEMENT; null: no task force (SYS-24.2)'),
    members: json<readonly ForceMember[]>([]).says('Who belongs to it, and for which department (SYS-24.1)'),
    departments: json<readonly Department[]>([]).says('The departments that owe somebody to it (SYS-24.1)'),
    formedAt: maybe(instant()).says('When it was formed; null: it was not (SYS-24.1)'),
    ownerId: maybe(text()).says('Who answered to the customer when the channel was opened; null: nobody yet (SYS-17.1)'),
    department: maybe(text()).says('Who faced the customer then; null: not assigned (SYS-17.1)'),
    end: maybe(text<GreenChannelEnd>('RESTORED')).says('RESTORED, TICKET_CLOSED or TICKET_WITHDRAWN; null: it is not over (SYS-24.4)'),
    result: maybe(text()).says('What came of it; null: not over, or the ticket ended before (SYS-24.4)'),
    restoredAt: maybe(instant()).says('Since when it works again for the customer; null: it does not yet (SYS-24.4)'),
    closedAt: maybe(instant()).says('When the channel was closed; null: it is not (SYS-24.4)'),
  },
  indexes: [['state', 'planBy'], ['customerId'], ['leaderId']],
  history: true,
  key: 'ticketId',
  per: 'ticket with a green channel or a task force',
}).on({
  GreenChannelOpened: ({ state }, { customerId, cause, approverId = null, openedAt, planBy, ...told }) => ({
    ...{ customerId, state: 'OPEN', cause, approverId, openedAt, planBy, plannedAt: null, planLate: false },
    ...{ ownerId: told.ownerId ?? null, department: told.department ?? null },
    ...{ end: null, result: null, restoredAt: null, closedAt: null },
    ...(state === 'CLOSED' && NO_FORCE),
  }),
  TaskForceFormed: (_, { formedAt, ...force }) => ({ ...forceIn(force), formedAt }),
  TaskForceChanged: (_, force) => forceIn(force),
  PlanPresented: ({ state, openedAt, planBy, plannedAt }, { presentedAt }) =>
    state !== 'OPEN' || plannedAt !== null || presentedAt < String(openedAt)
      ? undefined
      : { plannedAt: presentedAt, planLate: presentedAt > String(planBy) },
  GreenChannelClosed: ({ planLate }, { end, result = null, restoredAt = null, closedAt, ...told }) => ({
    ...{ state: 'CLOSED', end, result, restoredAt, closedAt, planLate: planLate || told.planLate },
  }),
});

/** With a channel its task force ends: another channel has another one, or none yet. */
const NO_FORCE = {
  ...{ purpose: null, leaderId: null, leaderRole: null, formedAt: null },
  ...{ members: [], departments: [] },
};
const forceIn = ({
  customerId,
  purpose,
  leaderId,
  leaderRole,
  members,
  departments,
}: Omit<Readonly<events.TaskForceFormed>, 'formedAt'>) => ({
  ...{ customerId, purpose, leaderId, leaderRole, members, departments },
});
