import type { Contract } from './contract';
import { churnRiskLevelChanged } from './contracts/churn-risk-level-changed.v1';
import { commitmentBroken } from './contracts/commitment-broken.v1';
import { complaintGraded } from './contracts/complaint-graded.v1';
import { complaintLodged } from './contracts/complaint-lodged.v1';
import { complaintResolved } from './contracts/complaint-resolved.v1';
import { customerChurned } from './contracts/customer-churned.v1';
import { customerRegistered } from './contracts/customer-registered.v1';
import { customerWonBack } from './contracts/customer-won-back.v1';
import { lifecycleStageChanged } from './contracts/lifecycle-stage-changed.v1';
import { progressNotification } from './contracts/progress-notification.v1';
import { ticketClosed } from './contracts/ticket-closed.v1';
import { ticketEscalated } from './contracts/ticket-escalated.v1';
import { ticketRegistered } from './contracts/ticket-registered.v1';
import { ticketReopened } from './contracts/ticket-reopened.v1';
import { ticketResolved } from './contracts/ticket-resolved.v1';

/** Everything that we tell others, in the order in which it is told when one event has several contracts. */
export const contracts: readonly Contract[] = [
  customerRegistered,
  lifecycleStageChanged,
  churnRiskLevelChanged,
  customerChurned,
  customerWonBack,
  ticketRegistered,
  ticketEscalated,
  ticketResolved,
  ticketClosed,
  ticketReopened,
  complaintLodged,
  complaintGraded,
  complaintResolved,
  commitmentBroken,
  progressNotification,
];
