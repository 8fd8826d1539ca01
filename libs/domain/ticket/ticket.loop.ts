import { refuse, type Actor } from '@rapport/kernel';
import { isImporter } from './ticket.roles';
import { present, type Facts } from './ticket.state';
import { CustomerTellingDue, DepartmentTaskCancelled } from './ticket.tasks.events';
import { openTasksOf, untoldIn, type OpenTask } from './ticket.tasks.state';

/** Need, response, feedback: what departments still owe holds the loop of a ticket open (SYS-17, SYS-19). */

/** Where several departments have tasks, a meeting has fixed the duty of each before any of it is carried out (SYS-17.2). */
export const assertCoordinated = ({ tasks }: Facts, actor: Actor): void => {
  const needed = (tasks?.all ?? []).filter(({ state }) => state !== 'cancelled');
  const departments = [...new Set(needed.map(({ of }) => of.department))];
  const missing = departments.filter((department) => !tasks?.coordinated.includes(department));
  if (departments.length > 1 && missing.length > 0 && !isImporter(actor))
    refuse('MEETING_REQUIRED', 'several departments have tasks: hold a coordination meeting first', {
      departments: missing,
    });
};

/** A ticket is not closed over a task that somebody still has, nor before the customer was told of what was done. */
export const assertLoopClosed = ({ tasks }: Facts): void => {
  const open = openTasksOf(tasks).map(({ of }) => of.taskId);
  if (open.length > 0) refuse('OPEN_TASK', 'departments still have tasks for this ticket', { taskIds: open });
  if (tasks?.toTellSince !== undefined)
    refuse('CUSTOMER_NOT_TOLD', 'all tasks are done, and the customer has not been told', {
      since: tasks.toTellSince,
    });
};

/** With the ticket end the tasks that nobody has done: none is lost. */
export const tasksCancelled = (of: Facts, reason: string, now: string) =>
  openTasksOf(of.tasks).map((task) => taskCancelled(of, task, reason, now));
export const taskCancelled = (of: Facts, task: OpenTask, reason: string, now: string) =>
  DepartmentTaskCancelled.of({ ...of, ...task.of, reason, cancelledAt: now });

/** When this was the last task that anybody had, the customer is told of what was done since they last heard (SYS-17.6). */
export const tellingDue = (of: Facts, taskId: string, doneNow: 0 | 1, at: string) => {
  const others = openTasksOf(of.tasks).filter((task) => task.of.taskId !== taskId);
  const done = untoldIn(of.tasks) + doneNow;
  if (others.length > 0 || done === 0) return [];
  return [CustomerTellingDue.of({ ...of, tasks: done, since: at, ...present({ ownerId: of.ownerId }) }, at)];
};
