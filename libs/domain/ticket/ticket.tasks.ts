import { refuse, reject } from '@rapport/kernel';
import { assertTheirs, assign, handedOver, isOver, refuseIn, taskFor } from './ticket.handover';
import { assertCoordinated, taskCancelled, tellingDue } from './ticket.loop';
import { openTicket, present, registered, timely, type Decide, type Facts } from './ticket.state';
import * as events from './ticket.tasks.events';
import { findTask, overdueMark, type DepartmentTask } from './ticket.tasks.state';
import { TASKS_MAX, type DepartmentDuty, type TaskWait, type ToldDuty } from './ticket.tasks.values';

/** Departments work together: what each owes, who gets which task, and when it is done (SYS-17). */
export const tasks = {
  HoldCoordinationMeeting: (ticket, command, { now, actor, known: { rulebook } }) => {
    const found = openTicket(ticket, now);
    const { of } = found;
    const { participants, leaderId = of.ownerId ?? actor.id } = command;
    const heldAt = timely(found, 'heldAt', command.heldAt ?? now, now);
    const duties = command.duties.map((duty, n) => dutyIn(duty, now, `duties.${n}.dueAt`));
    assertSeveral(duties);
    const meant = duties.filter(isTask);
    assertNewTasks(of, meant);
    const held = { leaderId, duties, heldAt, ...present({ participants }) };
    const assigned = meant.map((task) => assign(of, task, { origin: 'MEETING', now, rulebook }));
    return [events.CoordinationMeetingHeld.of({ ...of, ...held }, heldAt), ...assigned];
  },

  AssignDepartmentTask: (
    ticket,
    { taskId, department, duty, output, dueAt },
    { now, known: { rulebook } },
  ) => {
    const { of } = openTicket(ticket, now);
    const before = findTask(of.tasks, taskId);
    const task = { taskId, department, duty, dueAt: dueIn(dueAt, now, 'dueAt'), ...present({ output }) };
    if (before) return handedOver(of, before, task, { now, rulebook });
    assertNewTasks(of, [task]);
    return [assign(of, task, { origin: 'ASSIGNED', now, rulebook })];
  },

  CompleteDepartmentTask: (ticket, { taskId, department, result, completedAt }, { now, actor }) => {
    const found = openTicket(ticket, now);
    const { of } = found;
    const task = taskFor(of, taskId);
    assertTheirs(task, department);
    if (task.state === 'completed') return [];
    if (task.state === 'assigned') return refuse('TASK_NOT_ACCEPTED', 'the department has not taken it on');
    if (task.state !== 'accepted') return refuseIn(task);
    const at = timely(found, 'completedAt', completedAt ?? now, now);
    assertCoordinated(of, actor);
    const done = { result, completedById: actor.id, completedAt: at, late: at > task.of.dueAt };
    return [
      events.DepartmentTaskCompleted.of({ ...of, ...task.of, ...done }, at),
      ...tellingDue(of, taskId, 1, at),
    ];
  },

  CancelDepartmentTask: (ticket, { taskId, reason }, { now }) => {
    const { of } = openTicket(ticket, now);
    const task = taskFor(of, taskId);
    if (task.state === 'cancelled') return [];
    if (isOver(task)) return refuseIn(task);
    return [taskCancelled(of, task, reason, now), ...tellingDue(of, taskId, 0, now)];
  },

  NoteTaskOverdue: (ticket, { taskId, wait, dueAt }, { now }) => {
    const { of } = registered(ticket, now);
    const task = findTask(of.tasks, taskId);
    if (!task || deadlineOf(task, wait) !== dueAt || task.overdue.includes(overdueMark(wait, dueAt)))
      return [];
    if (now <= dueAt) return refuse('TASK_NOT_OVERDUE', 'its time has not passed yet', { dueAt });
    return [events.DepartmentTaskOverdue.of({ ...of, ...task.of, wait, overdueAt: dueAt }, dueAt)];
  },
} satisfies Partial<Decide>;

/** Until when a task in its state waits for this; undefined: it does not. */
const deadlineOf = (task: DepartmentTask, wait: TaskWait): string | undefined => {
  if (isOver(task)) return undefined;
  if (wait === 'OUTPUT') return task.of.dueAt;
  if (wait === 'RULING') return task.state === 'disputed' ? task.dispute.rulingBy : undefined;
  return task.state === 'assigned' ? task.acceptBy : undefined;
};

const dueIn = (dueAt: string | undefined, now: string, field: string): string => {
  if (dueAt === undefined) return reject('DUE_REQUIRED', field, 'a department needs to know until when');
  return dueAt <= now ? reject('DUE_IN_PAST', field, 'a task is due in the future') : dueAt;
};
const dutyIn = ({ dueAt, ...duty }: ToldDuty, now: string, field: string): DepartmentDuty => ({
  ...duty,
  dueAt: dueIn(dueAt, now, field),
});
const isTask = (duty: DepartmentDuty): duty is DepartmentDuty & { readonly taskId: string } =>
  duty.taskId !== undefined;

const assertSeveral = (duties: readonly DepartmentDuty[]): void => {
  if (new Set(duties.map(({ department }) => department)).size < 2)
    reject('DEPARTMENTS_TOO_FEW', 'duties', 'a coordination meeting fixes the duties of several departments');
};
const assertNewTasks = ({ tasks: known }: Facts, some: readonly { readonly taskId: string }[]): void => {
  const ids = some.map(({ taskId }) => taskId);
  const repeated = ids.find((id, n) => ids.indexOf(id) !== n);
  if (repeated !== undefined)
    reject('TASK_REPEATED', 'duties', `${repeated} is the id of more than one duty`);
  const taken = ids.find((id) => findTask(known, id));
  if (taken !== undefined) refuse('TASK_EXISTS', 'there is a task of that id already', { taskId: taken });
  if ((known?.all.length ?? 0) + ids.length > TASKS_MAX)
    refuse('TASKS_TOO_MANY', `a ticket has ${TASKS_MAX} tasks at most`);
};
