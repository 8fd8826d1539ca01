import { NoteEmergencyPlanOverdue } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import { justAfter } from '@rapport/domain/values';
import { at, policy } from '@rapport/kernel';

const FORGET = { remember: null };

/** Four hours after a broken promise somebody has said who makes it good (SYS-27.1). */
export const emergencyPlanWatch = policy(events, {
  name: 'emergency-plan-watch',
  about: 'notes that a trust repair had no emergency plan when it was due',
  key: 'repairId',
}).on({
  TrustRepairOpened: (_, { repairId, planBy }) => ({
    wake: at(justAfter(planBy), NoteEmergencyPlanOverdue.of({ repairId, planBy })),
  }),
  EmergencyPlanActivated: () => FORGET,
  TrustRepairClosed: () => FORGET,
});
