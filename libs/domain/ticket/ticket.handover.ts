import { refuse } from '@rapport/kernel';
import { hoursAfter } from '../commitment/commitment.values';
import { dueOf } from '../sla/calendar.rules';
import { lawAt, type Rulebook } from '../sla/sla.rulebook';
import { present, type Facts } from './ticket.state';
import { DepartmentTaskAssigned, ResponsibilityDisputed } from './ticket.tasks.events';
import {
  findTask,
  type AssignedTask,
  type DepartmentTask,
  type OverTask,
  type TaskOf,
} from './ticket.tasks.state';
import {
  GREEN_TASK_ACCEPTED_WITHIN_MINUTES,
  RULED_WITHIN_HOURS,
  TASK_ACCEPTED_WITHIN_MINUTES,
  type DisputeCause,
  type RulingLevel,
  type TaskOrigin,
} from './ticket.tasks.values';
import type { Department } from './ticket.values';

interface Handing {
  readonly origin: TaskOrigin;
  readonly from?: Department;
  readonly now: string;
  readonly rulebook: Rulebook;
}
/** A task goes to a department, which has to answer: within 4 working hours, or 15 minutes in a green channel. */
export const assign = (of: Facts, task: TaskOf, { now, rulebook, ...how }: Handing) => {
  const green = of.green?.open === true;
  const { calendar } = lawAt(rulebook, now);
  const kind = green ? 'CONTINUOUS' : 'SERVICE_WINDOW';
  const minutes = green ? GREEN_TASK_ACCEPTED_WITHIN_MINUTES : TASK_ACCEPTED_WITHIN_MINUTES;
  const acceptBy = dueOf(now, { within: { kind, minutes }, calendar, tier: 'STANDARD' });
  return DepartmentTaskAssigned.of({ ...of, ...task, ...how, assignedAt: now, acceptBy, green });
};
interface Dispute {
  readonly cause: DisputeCause;
  readonly declinedBy: readonly Department[];
  /** To whom it would have gone. */
  readonly to: Department;
  readonly between: readonly [Department, Department];
  readonly now: string;
}
/** Nobody takes it: whoever is no party to it has to rule (SYS-17.4). */
export const disputed = (of: Facts, task: TaskOf, { declinedBy, to, between, now, cause }: Dispute) => {
  const parties = [...new Set([...declinedBy, to])];
  const lead = of.department;
  const level: RulingLevel =
    lead === undefined || (parties as readonly string[]).includes(lead)
      ? 'SENIOR_MANAGEMENT'
      : 'DEPARTMENT_HEAD';
  const when = { disputedAt: now, rulingBy: hoursAfter(now, RULED_WITHIN_HOURS) };
  const about = { cause, parties, between: [...between].sort(), level, ...when };
  return ResponsibilityDisputed.of({ ...of, ...task, ...about, ...present({ leadDepartment: lead }) });
};

/** A task that is there already goes to another department, unless that one has declined it before. */
export const handedOver = (
  of: Facts,
  before: DepartmentTask,
  task: TaskOf,
  { now, rulebook }: Pick<Handing, 'now' | 'rulebook'>,
) => {
  const { department: from } = before.of;
  if (isOver(before) || before.state === 'disputed') return refuseIn(before);
  if (task.department === from)
    return isSameWork(task, before.of)
      ? []
      : refuse('TASK_EXISTS', `${task.taskId} lies with ${from}: cancel it, or hand it over`, { from });
  if (before.state === 'accepted' && before.ruled)
    return refuse('TASK_RULED', 'it was ruled whose task it is', { department: from });
  const { declinedBy } = before;
  if (!declinedBy.includes(task.department))
    return [assign(of, task, { origin: 'ASSIGNED', from, now, rulebook })];
  const back = { cause: 'HANDED_BACK', declinedBy, to: task.department, now } as const;
  return [disputed(of, before.of, { ...back, between: [from, task.department] })];
};

/** What is to be handed over need not be said again. */
const isSameWork = ({ duty, dueAt, output }: TaskOf, known: TaskOf): boolean =>
  duty === known.duty && dueAt === known.dueAt && (output ?? known.output) === known.output;

/** The task, if the ticket has it. */
export const taskFor = (of: Facts, taskId: string): DepartmentTask =>
  findTask(of.tasks, taskId) ?? refuse('TASK_UNKNOWN', 'the ticket has no such task', { taskId });

/** Only the department that a task lies with speaks for it. */
export const assertTheirs = ({ of }: DepartmentTask, department: Department): void => {
  if (of.department !== department)
    refuse('TASK_OF_ANOTHER', `the task lies with ${of.department}`, { department: of.department });
};

export const isOver = (task: DepartmentTask): task is OverTask =>
  task.state === 'completed' || task.state === 'cancelled';
/** Why nothing can be done with a task that is not in the state that is needed. */
export const refuseIn = (task: Exclude<DepartmentTask, AssignedTask>): never => {
  if (task.state === 'disputed')
    return refuse('TASK_DISPUTED', 'whose task it is has to be ruled first', { ...task.dispute });
  if (task.state === 'accepted')
    return task.ruled
      ? refuse('TASK_RULED', 'it was ruled whose task it is: it cannot be declined')
      : refuse('TASK_ACCEPTED', 'the department has taken it on');
  return refuse('TASK_OVER', `the task is ${task.state}`);
};
