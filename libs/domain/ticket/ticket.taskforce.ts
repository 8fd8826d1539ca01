import { refuse, reject, type Actor, type Context } from '@rapport/kernel';
import { isPriority } from '../customer/customer.priority';
import * as events from './ticket.greenchannel.events';
import type { Force } from './ticket.greenchannel.state';
import {
  CARE_LEADERS,
  type ForceLeaderRole,
  type ForceMember,
  ForceLeaderRole as ROLES,
} from './ticket.greenchannel.values';
import { openTicket, type Decide, type Facts, type Known } from './ticket.state';
import { Department } from './ticket.values';

/** A task force: people of several departments who work on one ticket together (SYS-24). */
export const taskForce = {
  FormTaskForce: (ticket, { leaderId, leaderRole, members, departments }, { now, actor, known }) => {
    const { of } = openTicket(ticket, now);
    const role = leaderRole ?? roleOf(leaderId, actor);
    const wanted = { leaderId, leaderRole: role, ...puttingTogether(members, departments) };
    const { force } = of.green ?? {};
    if (force && isSame(force, wanted)) return [];
    if (force) return refuse('TASK_FORCE_EXISTS', 'the ticket has a task force: change it');
    const purpose = of.green?.open ? 'GREEN_CHANNEL' : closerCare(role, known);
    assertSeveral(of, wanted.departments);
    return [events.TaskForceFormed.of({ ...of, ...wanted, purpose, formedAt: now })];
  },

  ChangeTaskForce: (
    ticket,
    { reason, leaderId, leaderRole, members, departments },
    { now, actor, known },
  ) => {
    const { of } = openTicket(ticket, now);
    const { force } = of.green ?? {};
    if (!force) return refuse('TASK_FORCE_UNKNOWN', 'the ticket has no task force');
    const leader = leaderId ?? force.leaderId;
    const role = leaderRole ?? (leaderId === undefined ? force.leaderRole : roleOf(leaderId, actor));
    const people = puttingTogether(
      members ?? force.members,
      departments ?? (members ? [] : force.departments),
    );
    const wanted = { leaderId: leader, leaderRole: role, ...people };
    if (isSame(force, wanted)) return [];
    if (force.purpose === 'UPGRADED_CARE') closerCare(role, known);
    assertSeveral(of, wanted.departments);
    const before = { fromLeaderId: force.leaderId, fromMembers: force.members };
    return [
      events.TaskForceChanged.of({
        ...of,
        ...wanted,
        ...before,
        purpose: force.purpose,
        reason,
        changedAt: now,
      }),
    ];
  },
} satisfies Partial<Decide>;

/** The force that revises a plan, where no other works on the ticket already (SYS-18.1). */
export const revisingForce = (
  of: Facts,
  { leaderId, taskForce: members }: { readonly leaderId: string; readonly taskForce: readonly ForceMember[] },
  { now, actor }: Pick<Context, 'now' | 'actor'>,
) => {
  const people = puttingTogether(members);
  if (of.green?.force) return [];
  const led = { leaderId, leaderRole: roleOf(leaderId, actor), purpose: 'DEVIATION' } as const;
  return [events.TaskForceFormed.of({ ...of, ...led, ...people, formedAt: now })];
};

/** The force that a channel begins with: the owner, for the departments that lead and work. Without an owner somebody has to form it. */
export const automaticForce = (of: Facts, now: string) => {
  const { ownerId: leaderId, green } = of;
  const departments = departmentsOf(of).filter(isDepartment);
  const [first] = departments;
  if (leaderId === undefined || green?.force || !first) return [];
  const led = { leaderId, leaderRole: 'OWNER', purpose: 'GREEN_CHANNEL' } as const;
  const members = [{ staffId: leaderId, department: first }];
  return [events.TaskForceFormed.of({ ...of, ...led, members, departments, formedAt: now })];
};

const roleOf = (leaderId: string, { id, role }: Actor): ForceLeaderRole =>
  leaderId === id && role in ROLES ? (role as ForceLeaderRole) : 'OWNER';

/** Its departments are those of its members, and those named beside them. */
const puttingTogether = (members: readonly ForceMember[], named: readonly Department[] = []) => {
  if (members.length === 0) return reject('MEMBERS_MISSING', 'members', 'a task force has members');
  if (new Set(members.map(({ staffId }) => staffId)).size < members.length)
    reject('MEMBER_REPEATED', 'members', 'somebody is a member once');
  const departments = [...new Set([...members.map(({ department }) => department), ...named])].sort();
  return { members, departments };
};
const isSame = ({ purpose: _, ...force }: Force, wanted: Omit<Force, 'purpose'>): boolean =>
  force.leaderId === wanted.leaderId &&
  force.leaderRole === wanted.leaderRole &&
  JSON.stringify([told(force.members), force.departments]) ===
    JSON.stringify([told(wanted.members), wanted.departments]);
const told = (members: readonly ForceMember[]) =>
  members.map(({ staffId, department }) => `${staffId}/${department}`).sort();

/** Without a channel it is closer care: for a priority customer, under the head of a department (SYS-24.2). */
const closerCare = (role: ForceLeaderRole, { customer, value }: Known['FormTaskForce']): 'UPGRADED_CARE' => {
  if (!isPriority(customer, value.tier))
    return refuse('TASK_FORCE_UNFOUNDED', 'a task force is for an open green channel or a priority customer');
  if (!CARE_LEADERS.includes(role))
    return refuse('LEADER_TOO_LOW', 'the head of a department leads it', { leaderRole: role });
  return 'UPGRADED_CARE';
};

/** The departments that the case is known to touch: who faces the customer, and who does the work (C-17). */
const departmentsOf = ({ department, analysis }: Facts): readonly string[] =>
  [...new Set([department, analysis?.responsibleDepartment])].filter((each) => each !== undefined);
const isDepartment = (name: string): name is Department => name in Department;
const assertSeveral = (of: Facts, departments: readonly Department[]): void => {
  if (departmentsOf(of).length > 1 && departments.length < 2)
    refuse('TASK_FORCE_ONE_DEPARTMENT', 'several departments have to do with this ticket', {
      departments: departmentsOf(of),
    });
};
