import { refuse, reject, type Actor } from '@rapport/kernel';
import type { Rulebook } from '../sla/sla.rulebook';
import { assertTheirs, assign, disputed, refuseIn, taskFor } from './ticket.handover';
import { openTicket, type Decide, type Facts } from './ticket.state';
import * as events from './ticket.tasks.events';
import type { AssignedTask, DisputedTask } from './ticket.tasks.state';
import { DECLINES_MAX, type RulingLevel } from './ticket.tasks.values';
import type { Department } from './ticket.values';

/** Whose task it is: taken on, passed on, and, when it only goes to and fro, ruled (SYS-17.3 to SYS-17.5). */
export const responsibility = {
  AcceptDepartmentTask: (ticket, { taskId, department }, { now, actor }) => {
    const { of } = openTicket(ticket, now);
    const task = taskFor(of, taskId);
    assertTheirs(task, department);
    if (task.state === 'accepted') return [];
    if (task.state !== 'assigned') return refuseIn(task);
    const { assignedAt, acceptBy } = task;
    const accepted = { acceptedById: actor.id, assignedAt, acceptedAt: now, late: now > acceptBy };
    return [events.DepartmentTaskAccepted.of({ ...of, ...task.of, ...accepted })];
  },

  DeclineDepartmentTask: (ticket, { taskId, department, reason, proposed }, { now, actor, known }) => {
    const { of } = openTicket(ticket, now);
    const task = taskFor(of, taskId);
    if (task.declinedBy.includes(department)) return declinedBefore(of, taskId, department);
    assertTheirs(task, department);
    if (task.state !== 'assigned') return refuseIn(task);
    if (proposed === department)
      return reject('PROPOSED_ITSELF', 'proposed', 'whoever declines names another department');
    const { assignedAt, acceptBy, declinedBy } = task;
    const why = { reason, proposed, declinedById: actor.id, declines: declinedBy.length + 1 };
    const when = { assignedAt, declinedAt: now, late: now > acceptBy };
    const declined = events.DepartmentTaskDeclined.of({ ...of, ...task.of, ...why, ...when });
    return [declined, passedOn(of, task, proposed, { now, ...known })];
  },

  RuleResponsibility: (ticket, { taskId, department, reason, rulerDepartment }, { now, actor }) => {
    const { of } = openTicket(ticket, now);
    const task = taskFor(of, taskId);
    if (task.state === 'accepted' && task.ruled && task.of.department === department) return [];
    if (task.state !== 'disputed')
      return refuse('TASK_NOT_DISPUTED', 'nobody disputes whose task it is', { state: task.state });
    const level = rulingLevel(task, of, actor, rulerDepartment);
    const { parties, between, disputedAt, rulingBy } = task.dispute;
    const ruling = {
      department,
      from: task.of.department,
      parties,
      between,
      reason,
      rulerId: actor.id,
      level,
    };
    const when = { disputedAt, rulingBy, ruledAt: now, late: now > rulingBy };
    return [events.ResponsibilityRuled.of({ ...of, ...task.of, ...ruling, ...when })];
  },
} satisfies Partial<Decide>;

/** A department that has declined says so again: nothing new, unless a ruling made it its task. */
const declinedBefore = (of: Facts, taskId: string, department: Department): [] => {
  const task = taskFor(of, taskId);
  const isTheirs = task.of.department === department && task.state === 'accepted';
  return isTheirs ? refuseIn(task) : [];
};

/** To the department that was proposed; after a second decline nobody passes it on any more. */
const passedOn = (
  of: Facts,
  task: AssignedTask,
  to: Department,
  { now, rulebook }: { readonly now: string; readonly rulebook: Rulebook },
) => {
  const { department: from } = task.of;
  const declinedBy = [...task.declinedBy, from];
  const [before] = task.declinedBy;
  if (declinedBy.length < DECLINES_MAX || before === undefined)
    return assign(of, { ...task.of, department: to }, { origin: 'PASSED_ON', from, now, rulebook });
  return disputed(of, task.of, {
    ...{ cause: 'DECLINED_TWICE', declinedBy, to, now },
    between: [before, from],
  });
};

/** Nobody rules in a case of their own (SYS-17.4). */
const rulingLevel = (
  { dispute }: DisputedTask,
  of: Facts,
  { role }: Actor,
  whose: Department | undefined,
): RulingLevel => {
  if (role === 'SENIOR_MANAGEMENT') return role;
  if (role !== 'DEPARTMENT_HEAD')
    return refuse('ROLE_NOT_ALLOWED', 'the head of the lead department rules, or senior management');
  if (whose === undefined)
    return reject('RULER_DEPARTMENT_MISSING', 'rulerDepartment', 'a head of department says of which one');
  if (dispute.parties.includes(whose))
    return refuse('CONFLICT_OF_INTEREST', `${whose} is a party to the dispute`, { parties: dispute.parties });
  if (dispute.level === 'SENIOR_MANAGEMENT' || whose !== of.department)
    return refuse('ROLE_NOT_ALLOWED', 'only the head of a lead department that is no party may rule', {
      level: dispute.level,
    });
  return role;
};
