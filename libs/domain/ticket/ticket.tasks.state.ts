import type { DataOf } from '@rapport/kernel';
import type * as events from './ticket.tasks.events';
import type { Department } from './ticket.values';

type Assigned = DataOf<typeof events.DepartmentTaskAssigned>;
type Disputed = DataOf<typeof events.ResponsibilityDisputed>;

/** What a task is, whoever has it. */
export interface TaskOf {
  readonly taskId: string;
  readonly department: Department;
  readonly duty: string;
  readonly output?: string;
  readonly dueAt: string;
}
interface Known {
  readonly of: TaskOf;
  /** In the order in which they declined it. */
  readonly declinedBy: readonly Department[];
  /** Deadlines that have been noted as passed, as in `OUTPUT/2024-03-01T09:00:00.000Z`. */
  readonly overdue: readonly string[];
}
export type AssignedTask = Known & {
  readonly state: 'assigned';
  readonly assignedAt: string;
  readonly acceptBy: string;
};
/** `ruled`: by a ruling, which cannot be declined. */
export type AcceptedTask = Known & { readonly state: 'accepted'; readonly ruled: boolean };
export type DisputedTask = Known & {
  readonly state: 'disputed';
  readonly dispute: Pick<Disputed, 'parties' | 'between' | 'level' | 'disputedAt' | 'rulingBy'>;
};
export type OverTask = Known & { readonly state: 'completed' | 'cancelled' };
export type DepartmentTask = AssignedTask | AcceptedTask | DisputedTask | OverTask;
export type OpenTask = AssignedTask | AcceptedTask | DisputedTask;

/** What the departments have to do for one ticket, and who may speak. */
export interface Tasks {
  /** In the order in which they were assigned first; ended ones too. */
  readonly all: readonly DepartmentTask[];
  /** Departments whose duties a coordination meeting has fixed. */
  readonly coordinated: readonly string[];
  readonly voices: readonly { readonly to: string; readonly ownerId: string }[];
  /** Since when all is done and the customer has not been told. */
  readonly toTellSince?: string;
  /** How many of those that are done the customer has heard of; absent: of none. */
  readonly told?: number;
}
export const NO_TASKS: Tasks = { all: [], coordinated: [], voices: [] };

type Was = Tasks | undefined;
type Move<E> = (was: Was, data: E) => Tasks;
const held = (was: Was): Tasks => was ?? NO_TASKS;

/** How events move them. */
export const taskMoves = {
  VoiceDelegated: (was: Was, { to, ownerId }: DataOf<typeof events.VoiceDelegated>): Tasks => ({
    ...held(was),
    voices: [...held(was).voices, { to, ownerId }],
  }),
  CoordinationMeetingHeld: (was: Was, { duties }: DataOf<typeof events.CoordinationMeetingHeld>): Tasks => ({
    ...held(was),
    coordinated: [...new Set([...held(was).coordinated, ...duties.map(({ department }) => department)])],
  }),
  DepartmentTaskAssigned: (was: Was, data: Assigned): Tasks => {
    const { declinedBy = [], overdue = [] } = findTask(was, data.taskId) ?? {};
    const { assignedAt, acceptBy } = data;
    const task = { of: taskIn(data), assignedAt, acceptBy, declinedBy, overdue };
    return notYet(withTask(was, { state: 'assigned', ...task }));
  },
  DepartmentTaskAccepted: moving(({ of, declinedBy, overdue }): DepartmentTask => ({
    ...{ state: 'accepted', of, declinedBy, overdue, ruled: false },
  })),
  DepartmentTaskDeclined: (was: Was, data: DataOf<typeof events.DepartmentTaskDeclined>): Tasks => {
    const task = taskOf(was, data.taskId);
    return withTask(was, { ...task, declinedBy: [...task.declinedBy, data.department] });
  },
  ResponsibilityDisputed: (was: Was, data: Disputed): Tasks => {
    const { declinedBy, overdue } = taskOf(was, data.taskId);
    const { parties, between, level, disputedAt, rulingBy } = data;
    const dispute = { parties, between, level, disputedAt, rulingBy };
    return withTask(was, { state: 'disputed', of: taskIn(data), declinedBy, overdue, dispute });
  },
  ResponsibilityRuled: (was: Was, data: DataOf<typeof events.ResponsibilityRuled>): Tasks => {
    const { declinedBy, overdue } = taskOf(was, data.taskId);
    return withTask(was, { state: 'accepted', of: taskIn(data), declinedBy, overdue, ruled: true });
  },
  DepartmentTaskCompleted: moving(({ of, declinedBy, overdue }): DepartmentTask => ({
    ...{ state: 'completed', of, declinedBy, overdue },
  })),
  DepartmentTaskCancelled: moving(({ of, declinedBy, overdue }): DepartmentTask => ({
    ...{ state: 'cancelled', of, declinedBy, overdue },
  })),
  DepartmentTaskOverdue: (was: Was, data: DataOf<typeof events.DepartmentTaskOverdue>): Tasks => {
    const task = taskOf(was, data.taskId);
    return withTask(was, { ...task, overdue: [...task.overdue, overdueMark(data.wait, data.overdueAt)] });
  },
  CustomerTellingDue: (was: Was, { since }: DataOf<typeof events.CustomerTellingDue>): Tasks => ({
    ...{ ...held(was), toTellSince: since },
  }),
};

/** There is work again: what was done is told with the rest. */
const notYet = ({ toTellSince: _, ...tasks }: Tasks): Tasks => tasks;
/** The customer has heard of all that is done by now. */
export const told = (tasks: Tasks): Tasks => ({ ...notYet(tasks), told: doneIn(tasks) });
/** So many tasks are done. */
const doneIn = (tasks: Was): number => held(tasks).all.filter(({ state }) => state === 'completed').length;
/** So many tasks are done of which the customer has not heard. */
export const untoldIn = (tasks: Was): number => doneIn(tasks) - (held(tasks).told ?? 0);

/** Names one deadline of a task. */
export const overdueMark = (wait: string, dueAt: string): string => `${wait}/${dueAt}`;

function moving(to: (task: DepartmentTask) => DepartmentTask): Move<{ readonly taskId: string }> {
  return (was, { taskId }) => withTask(was, to(taskOf(was, taskId)));
}
const withTask = (was: Was, task: DepartmentTask): Tasks => {
  const { all, ...rest } = held(was);
  const isNew = findTask(was, task.of.taskId) === undefined;
  const others = all.map((each) => (each.of.taskId === task.of.taskId ? task : each));
  return { ...rest, all: isNew ? [...all, task] : others };
};
/** The log holds nothing of a task before it was assigned. */
const taskOf = (was: Was, taskId: string): DepartmentTask => {
  const found = findTask(was, taskId);
  if (!found) throw new Error(`the task ${taskId} has a history but was never assigned`);
  return found;
};
const taskIn = ({ taskId, department, duty, output, dueAt }: TaskOf): TaskOf => ({
  ...{ taskId, department, duty, dueAt },
  ...(output !== undefined && { output }),
});

export const findTask = (tasks: Was, taskId: string): DepartmentTask | undefined =>
  held(tasks).all.find(({ of }) => of.taskId === taskId);
/** The tasks that somebody still has to do something about. */
export const openTasksOf = (tasks: Was): readonly OpenTask[] =>
  held(tasks).all.filter(
    (task): task is OpenTask => task.state !== 'completed' && task.state !== 'cancelled',
  );
