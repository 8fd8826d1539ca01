import { AssignDepartmentTask } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import { hoursAfter } from '@rapport/domain/values';
import { policy } from '@rapport/kernel';

/** So long the department has to do what the risk plan provides for [D]. */
const RISK_PLAN_WITHIN_HOURS = 24;

/** What a risk plan provides for becomes the task of the department that it names; without one the owner acts (SYS-15.5, WE-01 f). */
export const whenRiskPlanTriggeredThenTask = policy(events, {
  name: 'when-risk-plan-triggered-then-task',
  about: 'gives the department that a risk plan names the task to do what it provides for',
  key: 'ticketId',
}).on({
  RiskPlanTriggered: (
    _,
    { ticketId, version, riskAction: duty, riskDepartment: department, triggeredAt },
  ) => {
    if (department === undefined) return undefined;
    const task = { ticketId, taskId: `risk-plan-${version}`, department, duty };
    return {
      send: [AssignDepartmentTask.of({ ...task, dueAt: hoursAfter(triggeredAt, RISK_PLAN_WITHIN_HOURS) })],
    };
  },
});
