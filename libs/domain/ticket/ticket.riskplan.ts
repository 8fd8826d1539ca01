import { RiskPlanTriggered } from './ticket.strategy.events';
import { present, type Facts } from './ticket.state';

/** The risk plan of the strategy that holds, set in motion: once for each version. Nothing, where there is none. */
export const riskPlanInForce = (of: Facts, triggeredAt: string) => {
  const { riskTrigger, riskAction, riskDepartment, ownerId, version, riskTriggered } = of.strategy ?? {};
  if (riskTrigger === undefined || riskAction === undefined) return [];
  if (ownerId === undefined || version === undefined || riskTriggered === version) return [];
  const plan = { riskTrigger, riskAction, ownerId, version, triggeredAt, ...present({ riskDepartment }) };
  return [RiskPlanTriggered.of({ ...of, ...plan }, triggeredAt)];
};
