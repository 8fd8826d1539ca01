import { NoteTaskOverdue } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import { justAfter, type TaskWait } from '@rapport/domain/values';
import { at, maybe, policy, text, type RowOf } from '@rapport/kernel';

const columns = {
  ticketId: text(),
  taskId: text(),
  /** Until when the department answers, somebody rules, the work is done; null: that is not waited for. */
  acceptBy: maybe(text()),
  rulingBy: maybe(text()),
  workBy: maybe(text()),
  /** The due time of the work that has been noted as passed: it is not noted again when the task is passed on. */
  workNoted: maybe(text()),
};
type Watched = Omit<RowOf<typeof columns>, 'key'>;

interface OfTask {
  readonly ticketId: string;
  readonly taskId: string;
}
/** `t-1|print`: tasks are told apart within their ticket. */
const ofTask = ({ ticketId, taskId }: OfTask): readonly string[] => [`${ticketId}|${taskId}`];

/** What a task waits for has its time: an answer, a ruling, the work. One timer, from deadline to deadline (R-22, SYS-17). */
export const departmentTaskWatch = policy(events, {
  name: 'department-task-watch',
  about: 'Notes when the time of an answer, a ruling or the work of a department has passed.',
  key: 'taskId',
  columns,
  keys: {
    ...{ DepartmentTaskAssigned: ofTask, DepartmentTaskAccepted: ofTask, DepartmentTaskDeclined: ofTask },
    ...{ ResponsibilityDisputed: ofTask, ResponsibilityRuled: ofTask, DepartmentTaskOverdue: ofTask },
    ...{ DepartmentTaskCompleted: ofTask, DepartmentTaskCancelled: ofTask },
  },
}).on({
  DepartmentTaskAssigned: ({ workNoted }, { ticketId, taskId, acceptBy, dueAt }) => {
    const workBy = dueAt === workNoted ? null : dueAt;
    return watching({ ticketId, taskId, workNoted, acceptBy, rulingBy: null, workBy });
  },
  DepartmentTaskAccepted: (memory) => watching({ ...memory, acceptBy: null }),
  DepartmentTaskDeclined: (memory) => watching({ ...memory, acceptBy: null }),
  ResponsibilityDisputed: (memory, { rulingBy }) => watching({ ...memory, acceptBy: null, rulingBy }),
  ResponsibilityRuled: (memory) => watching({ ...memory, rulingBy: null }),
  DepartmentTaskOverdue: (memory, { wait, overdueAt }) => watching({ ...memory, ...passed(wait, overdueAt) }),
  DepartmentTaskCompleted: () => FORGET,
  DepartmentTaskCancelled: () => FORGET,
});

const FORGET = { remember: null };

const passed = (wait: TaskWait, at: string): Partial<Watched> => {
  if (wait === 'ACCEPTANCE') return { acceptBy: null };
  return wait === 'RULING' ? { rulingBy: null } : { workBy: null, workNoted: at };
};

/** What is remembered, and the timer of the next deadline. */
const watching = ({ ticketId, taskId, acceptBy, rulingBy, workBy, workNoted }: Watched) => {
  const remember = { ticketId, taskId, acceptBy, rulingBy, workBy, workNoted };
  const waits: readonly (readonly [TaskWait, string | null])[] = [
    ['ACCEPTANCE', acceptBy],
    ['RULING', rulingBy],
    ['OUTPUT', workBy],
  ];
  const [next] = waits
    .flatMap(([wait, dueAt]) => (dueAt === null ? [] : [{ wait, dueAt }]))
    .sort((one, other) => (one.dueAt < other.dueAt ? -1 : 1));
  const note = next && NoteTaskOverdue.of({ ticketId, taskId, ...next });
  return { remember, wake: next && note ? at(justAfter(next.dueAt), note) : null };
};
