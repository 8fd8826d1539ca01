import type * as events from '@rapport/domain/events';
import type { DataOf, KeyedBy } from '@rapport/kernel';

type Events = typeof events;
export type TimelineKind = KeyedBy<Events, 'customerId'>;
type Sentences = { readonly [T in TimelineKind]: (data: DataOf<Events[T]>) => string };

/** Every event that names a customer, as one sentence. Nothing that somebody wrote freely goes in: it may name people. */
export const sentences: Sentences = {
  CustomerRegistered: ({ source, grade }) => `Registered as ${words(grade)} (${words(source)})`,
  CustomerProfileUpdated: ({ field }) => `Profile: ${words(field)} changed`,
  ContactAdded: ({ contactId, roles }) => `Contact ${contactId} added as ${list(roles)}`,
  ContactUpdated: ({ contactId }) => `Contact ${contactId} is reached otherwise`,
  ContactRoleAssigned: ({ contactId, to }) => `Contact ${contactId} is now ${list(to)}`,
  ContactDeactivated: ({ contactId, roles }) => `Contact ${contactId} left (${list(roles)})`,

  PurchaseRecorded: ({ purchaseId, amount }) => `Bought for ${money(amount)} (${purchaseId})`,
  RefundRecorded: ({ purchaseId, amount }) => `Refunded ${money(amount)} of ${purchaseId}`,

  LifecycleStageChanged: ({ from, to, cause, manual }) =>
    `Stage ${words(from)} to ${words(to)}: ${words(cause)}${manual ? ', by hand' : ''}`,
  DeclineReasonRecorded: ({ reason }) => `Declines because of ${words(reason)}`,
  CustomerTurnedSilent: ({ thresholdDays, lastActivityAt }) =>
    `Silent: nothing heard for ${thresholdDays} days since ${day(lastActivityAt)}`,
  CustomerReawakened: ({ activity, wakeUpActionId }) =>
    `Active again by ${words(activity)}, ${wakeUpActionId === undefined ? 'spontaneously' : `after ${wakeUpActionId}`}`,
  WakeUpStarted: ({ tier }) => `Wake-up started (${words(tier)})`,
  WakeUpActionTaken: ({ attempt, kind }) => `Wake-up attempt ${attempt}: ${words(kind)}`,
  WakeUpsHeld: ({ ticketId }) => `No wake-ups while complaint ${ticketId} is open`,
  WakeUpsReleased: ({ ticketId }) => `Wake-ups allowed again after complaint ${ticketId}`,
  CustomerChurned: ({ reason, stageBefore }) =>
    `Lost because of ${words(reason)}, was in ${words(stageBefore)}`,
  CustomerWonBack: ({ purchaseId }) => `Won back with ${purchaseId}`,

  ChurnRiskAssessed: ({ score, level }) => `Churn risk weighed: ${score}, ${words(level)}`,
  ChurnRiskLevelChanged: ({ from, to, score }) => `Churn risk ${words(from)} to ${words(to)} (${score})`,
  ChurnRiskFlagged: () => 'Flagged as likely to leave',
  ChurnFlagCleared: () => 'No longer flagged as likely to leave',
  RfmScored: ({ month, r, f, m, tier }) => `Scored for ${month}: R${r} F${f} M${m}, ${words(tier)}`,
  ValueTierChanged: ({ from, to, month }) => `Value tier ${words(from)} to ${words(to)} with ${month}`,

  TicketRegistered: ({ ticketId, type, urgency, channel }) =>
    `Ticket ${ticketId} raised by ${words(channel)}: ${kindOf(type)}, ${words(urgency)}`,
  TicketNumbered: ({ ticketId, ticketNumber }) => `Ticket ${ticketId} is number ${ticketNumber}`,
  TicketDetailsAmended: ({ ticketId }) => `Ticket ${ticketId}: details amended`,
  TicketAttachmentAdded: ({ ticketId }) => `Ticket ${ticketId}: attachment filed`,
  TicketClassified: ({ ticketId, from, to }) => `Ticket ${ticketId}: ${kindOf(from)} became ${kindOf(to)}`,
  TicketSplit: ({ ticketId, newTicketIds }) => `Ticket ${ticketId} split: also ${newTicketIds.join(', ')}`,
  TicketPartSplitOff: ({ ticketId, newTicketId, newType }) =>
    `Ticket ${ticketId}: its part ${newTicketId} is ${words(newType)}`,
  TicketUrgencyChanged: ({ ticketId, from, to }) => `Ticket ${ticketId}: ${words(from)} became ${words(to)}`,
  TicketWithdrawn: ({ ticketId }) => `Ticket ${ticketId} withdrawn`,
  TicketOwnerAssigned: ({ ticketId, to }) => `Ticket ${ticketId}: ${to} is the owner`,
  LeadDepartmentAssigned: ({ ticketId, to }) => `Ticket ${ticketId}: ${words(to)} leads`,
  TicketAcknowledged: ({ ticketId }) => `Ticket ${ticketId} acknowledged`,
  FirstResponseRecorded: ({ ticketId }) => `Ticket ${ticketId}: first response`,
  ExecutionStepRecorded: ({ ticketId, step }) => `Ticket ${ticketId}: step ${step} recorded`,
  PlanPresented: ({ ticketId, options }) =>
    `Ticket ${ticketId}: plan with ${options.length} options presented`,
  TicketWaitingForCustomer: ({ ticketId }) => `Ticket ${ticketId} waits for the customer`,
  TicketResumed: ({ ticketId }) => `Ticket ${ticketId} goes on`,
  SolutionDelivered: ({ ticketId, round }) => `Ticket ${ticketId}: solution delivered (round ${round})`,
  CustomerConfirmedSatisfied: ({ ticketId }) => `Ticket ${ticketId}: the customer is satisfied`,
  CustomerReportedDissatisfied: ({ ticketId, round }) => `Ticket ${ticketId}: round ${round} did not satisfy`,
  SecondCommunicationStarted: ({ ticketId, round }) => `Ticket ${ticketId}: round ${round} begins`,
  TicketClosed: ({ ticketId, outcome }) => `Ticket ${ticketId} closed, ${words(outcome)}`,
  ClosureReminderDue: ({ ticketId, afterDays }) =>
    `Ticket ${ticketId}: no word on the solution after ${afterDays} days`,
  TicketArchived: ({ ticketId, outcome }) => `Ticket ${ticketId} archived, ${words(outcome)}`,
  TicketAnalysed: ({ ticketId, verdict }) => `Ticket ${ticketId} analysed: can it be done? ${words(verdict)}`,
  TicketAnalysisRevised: ({ ticketId, version, verdict }) =>
    `Ticket ${ticketId}: analysis ${version} says ${words(verdict)}`,
  VerdictTold: ({ ticketId, verdict }) => `Ticket ${ticketId}: verdict told, ${words(verdict)}`,
  AlternativeOffered: ({ ticketId, alternativeId }) =>
    `Ticket ${ticketId}: alternative ${alternativeId} offered`,
  AlternativeAccepted: ({ ticketId, alternativeId }) =>
    `Ticket ${ticketId}: alternative ${alternativeId} accepted`,
  AlternativeRejected: ({ ticketId, alternativeId }) =>
    `Ticket ${ticketId}: alternative ${alternativeId} rejected`,
  TicketPrioritised: ({ ticketId, quadrant, level }) =>
    `Ticket ${ticketId} in quadrant ${quadrant}, priority ${level}`,
  TicketPriorityOverridden: ({ ticketId, from, to, approverId }) =>
    `Ticket ${ticketId}: ${to} instead of ${from}, approved by ${approverId}`,
  TicketScheduledInPlan: ({ ticketId, to }) =>
    `Ticket ${ticketId} planned: ${words(to.kind)} ${to.period ?? to.reviewOn ?? ''}`.trimEnd(),
  PlanningOverdue: ({ ticketId, planBy }) => `Ticket ${ticketId}: not planned by ${planBy}`,
  CommunicationStrategySet: ({ ticketId, ownerId, keyNodes }) =>
    `Ticket ${ticketId}: ${ownerId} talks to the customer, ${keyNodes.length} key nodes`,
  CommunicationStrategyRevised: ({ ticketId, version, keyNodes }) =>
    `Ticket ${ticketId}: strategy ${version}, ${keyNodes.length} key nodes`,
  RiskPlanTriggered: ({ ticketId, ownerId, riskDepartment }) =>
    `Ticket ${ticketId}: risk plan in motion, ${riskDepartment === undefined ? ownerId : words(riskDepartment)} acts`,
  TicketReopened: ({ ticketId, withinRecurrence }) =>
    `Ticket ${ticketId} reopened${withinRecurrence ? ' within 30 days' : ''}`,

  CommitmentTied: ({ ticketId, commitmentId }) => `Ticket ${ticketId}: promise ${commitmentId} belongs to it`,

  VoiceDelegated: ({ ticketId, to }) => `Ticket ${ticketId}: ${to} may speak for the owner`,
  CoordinationMeetingHeld: ({ ticketId, duties }) =>
    `Ticket ${ticketId}: the departments met, ${duties.length} duties`,
  DepartmentTaskAssigned: ({ ticketId, taskId, department }) =>
    `Ticket ${ticketId}: task ${taskId} goes to ${words(department)}`,
  DepartmentTaskAccepted: ({ ticketId, taskId, department }) =>
    `Ticket ${ticketId}: ${words(department)} accepts task ${taskId}`,
  DepartmentTaskDeclined: ({ ticketId, taskId, department, proposed }) =>
    `Ticket ${ticketId}: ${words(department)} declines task ${taskId}, proposes ${words(proposed)}`,
  ResponsibilityDisputed: ({ ticketId, taskId, parties }) =>
    `Ticket ${ticketId}: ${list(parties)} dispute whose task ${taskId} is`,
  ResponsibilityRuled: ({ ticketId, taskId, department }) =>
    `Ticket ${ticketId}: ruled that task ${taskId} is for ${words(department)}`,
  DepartmentTaskCompleted: ({ ticketId, taskId, department }) =>
    `Ticket ${ticketId}: ${words(department)} completed task ${taskId}`,
  DepartmentTaskCancelled: ({ ticketId, taskId }) => `Ticket ${ticketId}: task ${taskId} given up`,
  DepartmentTaskOverdue: ({ ticketId, taskId, wait }) =>
    `Ticket ${ticketId}: ${words(wait)} of task ${taskId} is overdue`,
  CustomerTellingDue: ({ ticketId, tasks }) => `Ticket ${ticketId}: ${tasks} tasks done, to be told`,

  RequirementDeviationDeclared: ({ ticketId, items }) =>
    `Ticket ${ticketId}: ${items.length} items depart from the plan`,
  RequirementMatrixRecorded: ({ ticketId, coreItems, additionalItems }) =>
    `Ticket ${ticketId}: ${coreItems} items core, ${additionalItems} additional`,
  FeasibilityAssessed: ({ ticketId, itemId, compatibility }) =>
    `Ticket ${ticketId}: item ${itemId} is ${words(compatibility)}`,
  RevisedPlanIssued: ({ ticketId, plan }) => `Ticket ${ticketId}: revised plan ${plan} issued`,
  RevisedPlanAccepted: ({ ticketId, plan }) => `Ticket ${ticketId}: revised plan ${plan} accepted`,
  RevisedPlanRejected: ({ ticketId, plan }) => `Ticket ${ticketId}: revised plan ${plan} rejected`,
  AcceptancePhasesDefined: ({ ticketId, phases }) =>
    `Ticket ${ticketId}: to be accepted in ${phases.length} phases`,
  PhaseAccepted: ({ ticketId, phase, phases }) => `Ticket ${ticketId}: phase ${phase} of ${phases} accepted`,
  PhaseRejected: ({ ticketId, phase, phases }) => `Ticket ${ticketId}: phase ${phase} of ${phases} rejected`,

  ComplaintLodged: ({ ticketId, causes }) => `Complaint ${ticketId} about ${list(causes)}`,
  ComplaintGraded: ({ ticketId, level }) => `Complaint ${ticketId} is ${words(level)}`,
  ComplaintLevelRaised: ({ ticketId, from, to }) =>
    `Complaint ${ticketId} rose from ${words(from)} to ${words(to)}`,
  ComplaintResolved: ({ ticketId, level }) => `Complaint ${ticketId} resolved (${words(level)})`,
  ObjectionRecorded: ({ ticketId }) => `Objection answered (${ticketId})`,

  TicketEscalated: ({ ticketId, level, trigger }) =>
    `Ticket ${ticketId} escalated to ${words(level)} (${words(trigger)})`,
  EscalationAccepted: ({ ticketId, level, acceptedById }) =>
    `Ticket ${ticketId}: ${acceptedById} accepts the escalation to ${words(level)}`,
  EscalationResolved: ({ ticketId, level }) => `Ticket ${ticketId}: escalation to ${words(level)} settled`,

  SlaClockStarted: ({ ticketId, moment, round, dueAt, winner }) =>
    `Ticket ${ticketId}: ${words(moment)} (round ${round}) due ${dueAt} by ${winner.rule}`,
  SlaClockRescheduled: ({ ticketId, moment, from, to, cause }) =>
    `Ticket ${ticketId}: ${words(moment)} due ${to}${from === to ? ' as before' : ` instead of ${from}`} (${words(cause)})`,
  SlaClockPaused: ({ ticketId, moment }) => `Ticket ${ticketId}: the clock of ${words(moment)} stands still`,
  SlaClockResumed: ({ ticketId, moment, dueAt }) =>
    `Ticket ${ticketId}: ${words(moment)} goes on, due ${dueAt}`,
  SlaClockWarned: ({ ticketId, moment, dueAt }) =>
    `Ticket ${ticketId}: ${words(moment)} comes near, due ${dueAt}`,
  SlaClockMet: ({ ticketId, moment }) => `Ticket ${ticketId}: ${words(moment)} in time`,
  SlaClockBreached: ({ ticketId, moment, breachedAt }) =>
    `Ticket ${ticketId}: ${words(moment)} missed at ${breachedAt}`,
  SlaClockLeftOverdue: ({ ticketId, moment, percent }) =>
    `Ticket ${ticketId}: ${words(moment)} still missing at ${percent} % of its time`,
  SlaClockMetLate: ({ ticketId, moment, reachedAt }) =>
    `Ticket ${ticketId}: ${words(moment)} late, at ${reachedAt}`,
  SlaClockCancelled: ({ ticketId, moment }) => `Ticket ${ticketId}: ${words(moment)} no longer awaited`,
  BreachReasonRecorded: ({ ticketId, moment, reason }) =>
    `Ticket ${ticketId}: ${words(moment)} was missed because of ${words(reason)}`,

  BehaviourRecorded: ({ kind, sourceEventId }) => `Did something: ${words(kind)} (${sourceEventId})`,

  ProgressSynced: ({ ticketId, nextAt }) => `Ticket ${ticketId}: told how it stands, again by ${nextAt}`,
  GreenChannelOpened: ({ ticketId, cause, planBy }) =>
    `Ticket ${ticketId}: green channel (${words(cause)}), plan by ${planBy}`,
  TaskForceFormed: ({ ticketId, leaderId, departments }) =>
    `Ticket ${ticketId}: task force under ${leaderId} of ${list(departments)}`,
  TaskForceChanged: ({ ticketId, leaderId, departments }) =>
    `Ticket ${ticketId}: task force now under ${leaderId} of ${list(departments)}`,
  GreenChannelClosed: ({ ticketId, end }) => `Ticket ${ticketId}: green channel closed (${words(end)})`,
  ProgressNotificationSent: ({ ticketId, status, channel, attempt }) =>
    `Ticket ${ticketId}: told by ${words(channel)} that it is ${words(status)}, attempt ${attempt}`,
  ProgressNotificationFailed: ({ ticketId, status, retryAt }) =>
    `Ticket ${ticketId}: could not be told that it is ${words(status)}, ${retryAt === undefined ? 'a person has to' : 'tried again'}`,

  TrustRepairOpened: ({ repairId, breach, planBy }) =>
    `Trust repair ${repairId} opened (${words(breach)}), plan by ${planBy}`,
  EmergencyPlanActivated: ({ repairId, version, planOwnerId, late }) =>
    `Trust repair ${repairId}: emergency plan ${version} of ${planOwnerId}${late ? ', late' : ''}`,
  EmergencyPlanOverdue: ({ repairId, planBy }) => `Trust repair ${repairId}: no emergency plan by ${planBy}`,
  RepairCauseStated: ({ repairId, cause }) => `Trust repair ${repairId}: the cause was ${words(cause)}`,
  SupervisorCallMade: ({ repairId, calledById }) => `Trust repair ${repairId}: ${calledById} called`,
  RepairImprovementNamed: ({ repairId, improvementId, kind }) =>
    `Trust repair ${repairId}: ${words(kind)} is improved (${improvementId})`,
  TrustRepairRaised: ({ repairId, level, brokenPromises }) =>
    `Trust repair ${repairId}: ${words(level)} called after ${brokenPromises} broken promises`,
  TrustRepairClosed: ({ repairId }) => `Trust repair ${repairId}: accepted by the customer`,

  CommitmentMade: ({ commitmentId, kind, makerId, dueAt }) =>
    `Promise ${commitmentId} by ${makerId}: ${words(kind)} until ${dueAt}`,
  CommitmentConfirmedInWriting: ({ commitmentId }) => `Promise ${commitmentId} is in writing`,
  CommitmentDueSoon: ({ commitmentId, hoursLeft }) => `Promise ${commitmentId} is due in ${hoursLeft} hours`,
  CommitmentRescheduled: ({ commitmentId, from, to }) =>
    `Promise ${commitmentId}: ${to} instead of ${from}, as agreed`,
  CommitmentFulfilled: ({ commitmentId, late }) =>
    `Promise ${commitmentId} ${late ? 'fulfilled late' : 'kept'}`,
  CommitmentBroken: ({ commitmentId, kind }) => `Promise ${commitmentId} broken (${words(kind)})`,
  CommitmentWithdrawn: ({ commitmentId }) => `Promise ${commitmentId} withdrawn`,
  UsageDeclineDetected: ({ recentSeconds, beforeSeconds }) =>
    `Uses features less: ${recentSeconds} seconds in 30 days after ${beforeSeconds} in the 30 before`,
  UsageDeclineEnded: ({ how }) => `The use of features no longer declines (${words(how)})`,

  ConsentGranted: ({ purpose, textVersion, channel }) =>
    `Allows ${words(purpose)} by text ${textVersion} (${words(channel)})`,
  ConsentWithdrawn: ({ purpose, channel }) => `No longer allows ${words(purpose)} (${words(channel)})`,
};

const words = (code: string): string => code.toLowerCase().replaceAll('_', ' ');
const list = (codes: readonly string[]): string => codes.map(words).join(', ');
const kindOf = (type: string | undefined): string => (type === undefined ? 'unclassified' : words(type));
const day = (instant: string): string => instant.slice(0, 10);

/** 12345 fen as "123.45 CNY", with the decimals that the currency has. */
export const money = ({ minor, currency }: { readonly minor: number; readonly currency: string }): string => {
  const decimals = decimalsOf(currency);
  return `${(minor / 10 ** decimals).toFixed(decimals)} ${currency}`;
};
const decimals = new Map<string, number>();
/** Asked once a currency: there are some three hundred of them. */
const decimalsOf = (currency: string): number => {
  const known = decimals.get(currency) ?? decimalsIn(currency);
  decimals.set(currency, known);
  return known;
};
const decimalsIn = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
