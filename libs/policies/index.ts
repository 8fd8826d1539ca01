import type { Policy } from '@rapport/kernel';
import { churnWatch } from './churn-watch.policy';
import { commitmentWatch } from './commitment-watch.policy';
import { departmentTaskWatch } from './department-task-watch.policy';
import { whenCommitmentBrokenThenRepairTrust } from './when-commitment-broken-then-repair-trust.policy';
import { whenPublishedPromiseBreachedThenRepairTrust } from './when-published-promise-breached-then-repair-trust.policy';
import { emergencyPlanWatch } from './emergency-plan-watch.policy';
import { whenTicketMovesThenNotify } from './when-ticket-moves-then-notify.policy';
import { whenNotificationCountsThenSync } from './when-notification-counts-then-sync.policy';
import { whenNotificationGivenUpThenTask } from './when-notification-given-up-then-task.policy';
import { whenNotificationFailedThenRetry } from './when-notification-failed-then-retry.policy';
import { whenComplaintMajorThenOpenGreenChannel } from './when-complaint-major-then-open-green-channel.policy';
import { monthlyScoring } from './monthly-scoring.policy';
import { relationship } from './relationship.policy';
import { slaWatch } from './sla-watch.policy';
import { usageWatch } from './usage-watch.policy';
import { whenChurnRiskChangedThenAdvanceLifecycle } from './when-churn-risk-changed-then-advance-lifecycle.policy';
import { whenCommitmentMadeThenTieToTicket } from './when-commitment-made-then-tie-to-ticket.policy';
import { whenComplaintOpenThenHoldWakeUps } from './when-complaint-open-then-hold-wake-ups.policy';
import { whenComplaintLodgedThenGrade } from './when-complaint-lodged-then-grade.policy';
import { whenComplaintTicketRegisteredThenLodge } from './when-complaint-ticket-registered-then-lodge.policy';
import { whenEscalationUnacceptedThenRaise } from './when-escalation-unaccepted-then-raise.policy';
import { whenImportantTicketUnplannedThenNote } from './when-important-ticket-unplanned-then-note.policy';
import { whenOrdinaryComplaintUnresolvedThenRaise } from './when-ordinary-complaint-unresolved-then-raise.policy';
import { whenRevisedPlanAcceptedThenPromiseDates } from './when-revised-plan-accepted-then-promise-dates.policy';
import { whenRiskPlanTriggeredThenTask } from './when-risk-plan-triggered-then-task.policy';
import { whenSlaClockBreachedThenEscalate } from './when-sla-clock-breached-then-escalate.policy';
import { whenSolutionUnansweredThenRemind } from './when-solution-unanswered-then-remind.policy';
import { whenThirdRoundBeginsThenEscalate } from './when-third-round-begins-then-escalate.policy';
import { whenTicketClassifiedThenLeadByType } from './when-ticket-classified-then-lead-by-type.policy';
import { whenTicketEndedThenResolveEscalation } from './when-ticket-ended-then-resolve-escalation.policy';
import { whenTicketRegisteredThenNumber } from './when-ticket-registered-then-number.policy';
import { whenTicketSplitThenRegisterParts } from './when-ticket-split-then-register-parts.policy';
import { whenTicketWithdrawnThenWithdrawPromises } from './when-ticket-withdrawn-then-withdraw-promises.policy';
import { whenUsageDeclinedThenAdvanceLifecycle } from './when-usage-declined-then-advance-lifecycle.policy';

/** The door for the host: what we do when something has happened. */
export const policies: readonly Policy[] = [
  churnWatch,
  commitmentWatch,
  departmentTaskWatch,
  monthlyScoring,
  relationship,
  slaWatch,
  usageWatch,
  whenChurnRiskChangedThenAdvanceLifecycle,
  whenCommitmentMadeThenTieToTicket,
  whenComplaintOpenThenHoldWakeUps,
  whenComplaintLodgedThenGrade,
  whenComplaintTicketRegisteredThenLodge,
  whenEscalationUnacceptedThenRaise,
  whenImportantTicketUnplannedThenNote,
  whenOrdinaryComplaintUnresolvedThenRaise,
  whenRevisedPlanAcceptedThenPromiseDates,
  whenRiskPlanTriggeredThenTask,
  whenSlaClockBreachedThenEscalate,
  whenSolutionUnansweredThenRemind,
  whenThirdRoundBeginsThenEscalate,
  whenTicketClassifiedThenLeadByType,
  whenTicketEndedThenResolveEscalation,
  whenTicketRegisteredThenNumber,
  whenTicketSplitThenRegisterParts,
  whenTicketWithdrawnThenWithdrawPromises,
  whenUsageDeclinedThenAdvanceLifecycle,
  whenCommitmentBrokenThenRepairTrust,
  whenPublishedPromiseBreachedThenRepairTrust,
  emergencyPlanWatch,
  whenTicketMovesThenNotify,
  whenNotificationCountsThenSync,
  whenNotificationFailedThenRetry,
  whenNotificationGivenUpThenTask,
  whenComplaintMajorThenOpenGreenChannel,
];
