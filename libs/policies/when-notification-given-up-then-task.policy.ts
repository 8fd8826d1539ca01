import { AssignDepartmentTask } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import { Department, hoursAfter } from '@rapport/domain/values';
import { policy } from '@rapport/kernel';

/** So long somebody has to tell a customer by hand what no message could tell [D]. */
const TOLD_BY_HAND_WITHIN_HOURS = 4;

/** What could not be sent after three retries becomes a task: a person tells the customer (SYS-23.3). */
export const whenNotificationGivenUpThenTask = policy(events, {
  name: 'when-notification-given-up-then-task',
  about: 'gives the leading department the task to tell a customer whom no message has reached',
  key: 'notificationId',
}).on({
  ProgressNotificationFailed: (
    _,
    { notificationId: taskId, ticketId, retryAt, failedAt, department, ...of },
  ) => {
    if (retryAt !== undefined) return undefined;
    const status = of.status.toLowerCase().replaceAll('_', ' ');
    const duty = `tell the customer that the ticket is ${status}: no message reached them by ${of.channel}`;
    const by = {
      department: departmentOf(department),
      dueAt: hoursAfter(failedAt, TOLD_BY_HAND_WITHIN_HOURS),
    };
    return { send: [AssignDepartmentTask.of({ ticketId, taskId, duty, ...by })] };
  },
});

/** A group of another help desk is none of ours: then customer service does it. */
const departmentOf = (name: string | undefined): Department =>
  name !== undefined && name in Department ? (name as Department) : 'CUSTOMER_SERVICE';
