import type { Projection, Question, Rollup } from '@rapport/kernel';
import { lastActivity } from './activity/last-activity.projection';
import { usageTrend } from './activity/usage-trend.projection';
import { churnRisk } from './churn-risk/churn-risk.projection';
import { churnRiskReport, churnRiskWhy } from './churn-risk/churn-risk.queries';
import { churnRiskLevels } from './churn-risk/churn-risk.rollup';
import { commitmentFigures, commitments } from './commitments/commitments.projection';
import { commitmentKeepRate, unwrittenCommitments } from './commitments/commitments.question';
import { complaintLoop } from './complaint-loop/complaint-loop.projection';
import { complaintFigures, complaints } from './complaints/complaints.projection';
import { complaintsReport } from './complaints/complaints.question';
import { consent } from './consent/consent.projection';
import { customerProfile } from './customer-profile/customer-profile.projection';
import { customerStanding } from './customer-profile/customer-standing.projection';
import { profileGaps, profileGapsReport } from './customer-profile/customer-profile.queries';
import { profileCompleteness } from './customer-profile/profile-completeness.projection';
import { customerTimeline } from './customer-timeline/customer-timeline.projection';
import { escalationHistory } from './escalations/escalation-history.projection';
import { escalationInbox } from './escalations/escalation-inbox.projection';
import { lifecycleMoves } from './lifecycle/lifecycle-moves.projection';
import { lifecycle } from './lifecycle/lifecycle.projection';
import { lifecycleReport } from './lifecycle/lifecycle.queries';
import { lifecycleStages, lifecycleTransitions } from './lifecycle/lifecycle.rollups';
import { assessment } from './assessment/assessment.projection';
import { resourceDemand, resourceDemandFigures } from './assessment/resource-demand.projection';
import { resourceDemandReport } from './assessment/resource-demand.question';
import { planPeriod } from './priority-queue/plan-period.projection';
import { priorityQueue, quadrantFigures } from './priority-queue/priority-queue.projection';
import { priorityProposal, quadrantMatrix, unplannedTickets } from './priority-queue/priority.question';
import { strategy } from './strategy/strategy.projection';
import { nodesAhead, strategyProposal } from './strategy/strategy.question';
import { upcomingNodes } from './strategy/upcoming-nodes.projection';
import { publishedPromises } from './sla-policy/published-promises.projection';
import { slaPolicy } from './sla-policy/sla-policy.projection';
import { slaPolicyInForce } from './sla-policy/sla-policy.question';
import { backlog } from './ticket-queue/backlog.question';
import { ticketBacklog, ticketQueue } from './ticket-queue/ticket-queue.projection';
import { ticketTimeliness, timelinessFigures } from './ticket-timeliness/ticket-timeliness.projection';
import { timeliness } from './ticket-timeliness/timeliness.question';
import { purchaseRhythm } from './value/purchase-rhythm.projection';
import { revenue } from './value/revenue.projection';
import { value } from './value/value.projection';
import { valueReport } from './value/value.queries';
import { revenueFigures, valueCohorts, valueTiers } from './value/value.rollups';
import { breachList } from './breach-list/breach-list.projection';
import { unexplainedBreaches } from './breach-list/breach-list.question';
import { deadlines } from './sla-status/deadlines.question';
import { slaStatus } from './sla-status/sla-status.projection';
import { slaFigures } from './sla-status/sla-status.rollup';
import { timelinessReport } from './sla-status/timeliness-report.question';
import { upcomingDeadlines } from './upcoming-deadlines/upcoming-deadlines.projection';
import { archiveIndex } from './closure/archive-index.projection';
import { closure } from './closure/closure.projection';
import { recurrence, recurrenceFigures } from './closure/recurrence.projection';
import { departmentTaskBoard } from './departments/department-task-board.projection';
import { disputeFigures, disputeList } from './departments/dispute-list.projection';
import { handoffGraph } from './departments/handoff-graph.projection';
import { acceptanceProgress } from './deviation/acceptance-progress.projection';
import { planComparison } from './deviation/plan-comparison.projection';
import { requirementMatrix } from './deviation/requirement-matrix.projection';
import { currentNode } from './execution/current-node.projection';
import { executionLog } from './execution/execution-log.projection';
import { noProgressList } from './execution/no-progress-list.question';
import { ticketIndex } from './tickets/ticket-index.projection';
import { ticketFile } from './tickets/ticket.projection';
import { unclassifiedTickets } from './tickets/unclassified-tickets.projection';
import { workingCalendar } from './working-calendar/working-calendar.projection';
import { workingCalendarInForce } from './working-calendar/working-calendar.question';
import { greenChannelBoard } from './green-channel/green-channel-board.projection';
import { progressBoard } from './progress-board/progress-board.question';
import { progressItems } from './progress-board/progress-items.projection';
import { staffCapacity } from './progress-board/staff-capacity.projection';
import { workload } from './progress-board/workload.question';
import { customerFacingStatus } from './progress/customer-facing-status.projection';
import { syncSchedule } from './progress/sync-schedule.projection';
import { promiseGap, promiseGapFigures } from './trust-repair/promise-gap.projection';
import { promiseGapReport } from './trust-repair/promise-gap.question';
import { trustRepairBoard } from './trust-repair/trust-repair-board.projection';

/** The door for the host: what we know. */
export const readModels: readonly Projection[] = [
  lifecycle,
  lifecycleMoves,
  customerProfile,
  profileCompleteness,
  customerTimeline,
  ticketQueue,
  ticketTimeliness,
  complaints,
  complaintLoop,
  churnRisk,
  value,
  revenue,
  purchaseRhythm,
  consent,
  lastActivity,
  usageTrend,
  commitments,
  escalationInbox,
  escalationHistory,
  ticketFile,
  ticketIndex,
  unclassifiedTickets,
  executionLog,
  currentNode,
  departmentTaskBoard,
  handoffGraph,
  disputeList,
  requirementMatrix,
  planComparison,
  acceptanceProgress,
  closure,
  archiveIndex,
  recurrence,
  customerStanding,
  assessment,
  resourceDemand,
  priorityQueue,
  planPeriod,
  strategy,
  upcomingNodes,
  slaStatus,
  upcomingDeadlines,
  breachList,
  slaPolicy,
  publishedPromises,
  workingCalendar,
  greenChannelBoard,
  syncSchedule,
  customerFacingStatus,
  trustRepairBoard,
  promiseGap,
  progressItems,
  staffCapacity,
];
/** Figures over rows, kept true as rows change. */
export const rollups: readonly Rollup[] = [
  lifecycleStages,
  lifecycleTransitions,
  profileGaps,
  ticketBacklog,
  timelinessFigures,
  complaintFigures,
  churnRiskLevels,
  valueTiers,
  valueCohorts,
  revenueFigures,
  commitmentFigures,
  slaFigures,
  disputeFigures,
  recurrenceFigures,
  resourceDemandFigures,
  quadrantFigures,
  promiseGapFigures,
];
/** Reports: questions with parameters of their own. */
export const questions: readonly Question[] = [
  lifecycleReport,
  profileGapsReport,
  backlog,
  timeliness,
  complaintsReport,
  churnRiskReport,
  churnRiskWhy,
  valueReport,
  unwrittenCommitments,
  commitmentKeepRate,
  noProgressList,
  deadlines,
  unexplainedBreaches,
  timelinessReport,
  resourceDemandReport,
  quadrantMatrix,
  unplannedTickets,
  priorityProposal,
  strategyProposal,
  nodesAhead,
  slaPolicyInForce,
  workingCalendarInForce,
  promiseGapReport,
  progressBoard,
  workload,
];

/** The four templates of a ticket, filled from its own history (section 4). */
export { ticketFileOf, type Happened, type TicketFile } from './ticket-templates/ticket-file';
export { TEMPLATE_LANGUAGES, type TemplateLanguage } from './ticket-templates/template.labels';
export { TEMPLATE_FORMATS, tableText, type TemplateFormat } from './ticket-templates/table-text';
export { TICKET_TEMPLATES, type TemplateTable } from './ticket-templates/templates';
