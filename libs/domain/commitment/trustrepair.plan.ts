import { refuse, reject } from '@rapport/kernel';
import type { BreachReason } from '../sla/slaclocks.values';
import type { ActivateEmergencyPlan } from './trustrepair.commands';
import type { OpenRepair, Plan } from './trustrepair.state';
import type { EmergencyStep, EmergencyStepKind } from './trustrepair.values';

/** An emergency plan is who, until when, and what the customer gets for it (SYS-27.1). */
export const toldPlan = (wanted: Readonly<ActivateEmergencyPlan>, now: string): Omit<Plan, 'version'> => {
  const { planOwnerId, dueAt, steps, summary, compensation, withoutCompensation = false } = wanted;
  if (planOwnerId === undefined)
    return reject('PLAN_OWNER_MISSING', 'planOwnerId', 'an emergency plan has somebody who answers for it');
  if (dueAt === undefined)
    return reject('PLAN_DUE_MISSING', 'dueAt', 'an emergency plan says until when it is done');
  if (dueAt <= now) reject('PLAN_DUE_IN_PAST', 'dueAt', 'what is planned lies in the future');
  if (steps.length === 0) reject('PLAN_WITHOUT_STEP', 'steps', 'a plan holds at least one step');
  if ((compensation === undefined) !== withoutCompensation)
    reject('COMPENSATION_UNDECIDED', 'compensation', 'propose a compensation, or say that there is none');
  return {
    ...{ planOwnerId, dueAt, steps, compensates: compensation !== undefined },
    ...(summary !== undefined && { summary }),
    ...(compensation !== undefined && { compensation }),
  };
};

/** Whoever is short of people sends some; whoever has broken a promise to a priority customer calls (SYS-27.1, SYS-27.2). */
export const assertPlanFits = (
  steps: readonly EmergencyStep[],
  priorityCustomer: boolean,
  cause: BreachReason | undefined,
): void => {
  if (priorityCustomer && !holds(steps, 'SUPERVISOR_CALL'))
    refuse('SUPERVISOR_CALL_REQUIRED', 'the supervisor calls a priority customer: plan the call');
  if (cause === 'STAFF_SHORTAGE' && !holds(steps, 'STAFFING'))
    refuse('STAFFING_STEP_REQUIRED', 'there were too few people: plan who helps out');
};
const holds = (steps: readonly EmergencyStep[], kind: EmergencyStepKind): boolean =>
  steps.some((step) => step.kind === kind);

/** What has to be so before the customer's word ends a repair. */
export const assertMadeGood = ({ of, plan, cause, calls, improvements }: OpenRepair): void => {
  if (!plan) return refuse('PLAN_REQUIRED', 'there is no emergency plan yet');
  if (of.priorityCustomer && calls.length === 0)
    refuse('SUPERVISOR_CALL_MISSING', 'the supervisor has not called this priority customer');
  if (cause !== 'STAFF_SHORTAGE') return;
  assertPlanFits(plan.steps, false, cause);
  if (!improvements.some(({ kind }) => kind === 'CAPACITY'))
    refuse('CAPACITY_ACTION_REQUIRED', 'there were too few people: name the improvement that changes it');
};
