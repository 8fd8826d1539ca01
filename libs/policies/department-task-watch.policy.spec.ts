import { NoteTaskOverdue } from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import type { TaskWait } from '@rapport/domain/values';
import { reactionsOf } from '@rapport/kernel/spec';
import { departmentTaskWatch } from './department-task-watch.policy';

const { given } = reactionsOf(departmentTaskWatch);
const at = (time: string) => `2024-03-13T${time}:00.000Z`;
const just = (time: string) => `2024-03-13T${time}:00.001Z`;
const of = {
  ticketId: 't-1',
  customerId: 'c-1',
  type: 'COMPLAINT',
  urgency: 'URGENT',
  raisedAt: at('01:00'),
} as const;
const task = {
  ...of,
  taskId: 'fault',
  duty: 'find it',
  department: 'TECHNICAL',
  dueAt: at('10:00'),
} as const;
const KEY = 't-1|fault';
const assigned = (acceptBy: string, dueAt = at('10:00')) =>
  e.DepartmentTaskAssigned.of({
    ...{ ...task, dueAt, origin: 'ASSIGNED', assignedAt: at('01:30'), acceptBy: at(acceptBy), green: false },
  });
const accepted = e.DepartmentTaskAccepted.of({
  ...{ ...task, acceptedById: 'bob', assignedAt: at('01:30'), acceptedAt: at('02:00'), late: false },
});
const declined = e.DepartmentTaskDeclined.of({
  ...{ ...task, proposed: 'RND', reason: 'x', declinedById: 'bob', declines: 1 },
  ...{ assignedAt: at('01:30'), declinedAt: at('02:10'), late: false },
});
const dispute = {
  ...{ parties: ['RND', 'TECHNICAL'], between: ['RND', 'TECHNICAL'] },
  ...{ disputedAt: at('02:40'), rulingBy: at('06:40') },
};
const disputed = e.ResponsibilityDisputed.of({
  ...{ ...task, ...dispute, cause: 'DECLINED_TWICE', level: 'SENIOR_MANAGEMENT' },
});
const ruled = e.ResponsibilityRuled.of({
  ...{ ...task, ...dispute, from: 'RND', reason: 'x', rulerId: 'boss', level: 'SENIOR_MANAGEMENT' },
  ...{ ruledAt: at('04:00'), late: false },
});
const completed = e.DepartmentTaskCompleted.of({
  ...{ ...task, result: 'x', completedById: 'bob', completedAt: at('09:00'), late: false },
});
const cancelled = e.DepartmentTaskCancelled.of({ ...task, reason: 'x', cancelledAt: at('09:00') });
const overdue = (wait: TaskWait, time: string) =>
  e.DepartmentTaskOverdue.of({ ...task, wait, overdueAt: at(time) }, at(time));
const note = (wait: TaskWait, time: string) =>
  NoteTaskOverdue.of({ ticketId: 't-1', taskId: 'fault', wait, dueAt: at(time) });

describe('a task of a department', () => {
  it('is waited for: for its answer first, then for the work', () => {
    given(assigned('05:30')).waits(KEY, just('05:30'), note('ACCEPTANCE', '05:30'));
    given(assigned('05:30'), accepted).waits(KEY, just('10:00'), note('OUTPUT', '10:00'));
    given(assigned('05:30'), overdue('ACCEPTANCE', '05:30')).waits(
      KEY,
      just('10:00'),
      note('OUTPUT', '10:00'),
    );
  });
  it('that has to be done sooner than answered is noticed in that order', () => {
    const soon = assigned('05:30', at('03:00'));
    given(soon).waits(KEY, just('03:00'), note('OUTPUT', '03:00'));
    given(soon, overdue('OUTPUT', '03:00')).waits(KEY, just('05:30'), note('ACCEPTANCE', '05:30'));
  });
  it('that is disputed waits for its ruling, then for the work again', () => {
    const passed = assigned('06:10');
    given(assigned('05:30'), declined, passed).waits(KEY, just('06:10'), note('ACCEPTANCE', '06:10'));
    const own = [assigned('05:30'), declined, passed, declined, disputed];
    given(...own).waits(KEY, just('06:40'), note('RULING', '06:40'));
    given(...own, overdue('RULING', '06:40')).waits(KEY, just('10:00'), note('OUTPUT', '10:00'));
    given(...own, ruled).waits(KEY, just('10:00'), note('OUTPUT', '10:00'));
  });
  it('is noticed as late once, whoever gets it after that', () => {
    const late = [assigned('05:30'), accepted, overdue('OUTPUT', '10:00')];
    given(...late).waitsNoMore(KEY);
    given(...late, assigned('12:00')).waits(KEY, just('12:00'), note('ACCEPTANCE', '12:00'));
    given(...late, assigned('12:00', at('11:00'))).waits(KEY, just('11:00'), note('OUTPUT', '11:00'));
  });
  it('is let go when it is done or given up', () => {
    given(assigned('05:30'), accepted, completed).waitsNoMore(KEY);
    given(assigned('05:30'), cancelled).waitsNoMore(KEY);
  });
});
