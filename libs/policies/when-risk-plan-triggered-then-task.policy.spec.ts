import { AssignDepartmentTask } from '@rapport/domain/commands';
import { RiskPlanTriggered } from '@rapport/domain/events';
import type { Department } from '@rapport/domain/values';
import { reactionsOf } from '@rapport/kernel/spec';
import { whenRiskPlanTriggeredThenTask } from './when-risk-plan-triggered-then-task.policy';

const { given } = reactionsOf(whenRiskPlanTriggeredThenTask);
const triggered = (more: { riskDepartment?: Department } = {}) =>
  RiskPlanTriggered.of({
    ...{ ticketId: 't-1', customerId: 'c-1', urgency: 'IMPORTANT', raisedAt: '2024-03-01T09:00:00.000Z' },
    ...{
      riskTrigger: 'insists on the first wish',
      riskAction: 'a detailed development plan',
      ownerId: 'mia',
    },
    ...{ version: 2, triggeredAt: '2024-03-05T08:00:00.000Z', ...more },
  });

it('a risk plan that comes about is a task for the department it names, within a day (WE-01 f)', () => {
  given(triggered({ riskDepartment: 'TECHNICAL' })).then(
    AssignDepartmentTask.of({
      ...{ ticketId: 't-1', taskId: 'risk-plan-2', department: 'TECHNICAL' },
      ...{ duty: 'a detailed development plan', dueAt: '2024-03-06T08:00:00.000Z' },
    }),
  );
});
it('one that names none is left to the owner', () => given(triggered()).then());
