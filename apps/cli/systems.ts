/** The systems of the handbook and the words that belong to them: commands, events, read models and reports. */
const SYSTEMS: Readonly<Record<string, readonly string[]>> = {
  'SYS-01': [
    ...['RegisterCustomer', 'UpdateCustomerProfile', 'CustomerRegistered', 'CustomerProfileUpdated'],
    ...['customer-profile', 'customer-timeline', 'profile-completeness', 'profile-gaps', 'customer-standing'],
  ],
  'SYS-02': [
    ...[
      'AddContact',
      'UpdateContact',
      'AssignContactRole',
      'DeactivateContact',
      'ContactAdded',
      'ContactUpdated',
    ],
    ...['ContactRoleAssigned', 'ContactDeactivated'],
  ],
  'SYS-06': [
    ...['ChangeLifecycleStage', 'RecordDeclineReason', 'AdvanceLifecycle', 'LifecycleStageChanged'],
    ...['DeclineReasonRecorded', 'lifecycle', 'lifecycle-moves'],
  ],
  'SYS-10': [
    ...['RecordPurchase', 'RecordRefund', 'PurchaseRecorded', 'RefundRecorded'],
    ...['RecordBehaviour', 'BehaviourRecorded', 'usage-trend', 'last-activity'],
    ...['DetectUsageDecline', 'EndUsageDecline', 'UsageDeclineDetected', 'UsageDeclineEnded'],
  ],
  'SYS-12': [
    ...['RegisterTicket', 'AmendTicketDetails', 'AttachToTicket', 'ClassifyTicket', 'ChangeTicketUrgency'],
    ...[
      'WithdrawTicket',
      'NumberTicket',
      'TicketRegistered',
      'TicketDetailsAmended',
      'TicketAttachmentAdded',
    ],
    ...['TicketClassified', 'TicketUrgencyChanged', 'TicketWithdrawn', 'TicketNumbered'],
    ...['SplitTicket', 'TicketSplit', 'TicketPartSplitOff', 'ticket', 'ticket-index', 'unclassified-tickets'],
  ],
  'SYS-13': [
    ...['AnalyseTicket', 'ReviseAnalysis', 'TellVerdict', 'OfferAlternative', 'RecordAlternativeAnswer'],
    ...[
      'TicketAnalysed',
      'TicketAnalysisRevised',
      'VerdictTold',
      'AlternativeOffered',
      'AlternativeAccepted',
    ],
    ...['AlternativeRejected', 'assessment', 'resource-demand'],
  ],
  'SYS-14': [
    ...['PrioritiseTicket', 'OverridePriority', 'ScheduleTicketInPlan', 'NotePlanningOverdue'],
    ...['TicketPrioritised', 'TicketPriorityOverridden', 'TicketScheduledInPlan', 'PlanningOverdue'],
    ...['priority-queue', 'plan-period', 'quadrant-matrix', 'unplanned-tickets', 'priority-proposal'],
  ],
  'SYS-15': [
    ...['SetCommunicationStrategy', 'ReviseCommunicationStrategy', 'TriggerRiskPlan'],
    ...['CommunicationStrategySet', 'CommunicationStrategyRevised', 'RiskPlanTriggered'],
    ...['strategy', 'strategy-proposal', 'upcoming-nodes'],
  ],
  'SYS-16': [
    ...['AcknowledgeTicket', 'RecordFirstResponse', 'RecordExecutionStep', 'PresentPlan', 'WaitForCustomer'],
    ...[
      'ResumeTicket',
      'DeliverSolution',
      'TicketAcknowledged',
      'FirstResponseRecorded',
      'ExecutionStepRecorded',
    ],
    ...['PlanPresented', 'TicketWaitingForCustomer', 'TicketResumed', 'SolutionDelivered'],
    ...['execution-log', 'current-node', 'no-progress-list'],
  ],
  'SYS-17': [
    ...['AssignTicketOwner', 'AssignLeadDepartment', 'TicketOwnerAssigned', 'LeadDepartmentAssigned'],
    ...['LeadTicketByType', 'DelegateVoice', 'VoiceDelegated', 'HoldCoordinationMeeting'],
    ...['AssignDepartmentTask', 'AcceptDepartmentTask', 'DeclineDepartmentTask', 'CompleteDepartmentTask'],
    ...['CancelDepartmentTask', 'RuleResponsibility', 'NoteTaskOverdue', 'CoordinationMeetingHeld'],
    ...['DepartmentTaskAssigned', 'DepartmentTaskAccepted', 'DepartmentTaskDeclined'],
    ...['DepartmentTaskCompleted', 'DepartmentTaskCancelled', 'DepartmentTaskOverdue'],
    ...['ResponsibilityDisputed', 'ResponsibilityRuled', 'CustomerTellingDue'],
    ...['department-task-board', 'handoff-graph', 'dispute-list'],
  ],
  'SYS-18': [
    ...['DeclareRequirementDeviation', 'RecordRequirementMatrix', 'AssessFeasibility', 'IssueRevisedPlan'],
    ...['AnswerRevisedPlan', 'DefineAcceptancePhases', 'AcceptPhase', 'RejectPhase'],
    ...['RequirementDeviationDeclared', 'RequirementMatrixRecorded', 'FeasibilityAssessed'],
    ...['RevisedPlanIssued', 'RevisedPlanAccepted', 'RevisedPlanRejected', 'AcceptancePhasesDefined'],
    ...['PhaseAccepted', 'PhaseRejected'],
    ...['requirement-matrix', 'plan-comparison', 'acceptance-progress'],
  ],
  'SYS-19': [
    ...[
      'ConfirmSatisfied',
      'ReportDissatisfied',
      'StartSecondCommunication',
      'CloseTicket',
      'CloseUnconfirmed',
    ],
    ...[
      'ReopenTicket',
      'CustomerConfirmedSatisfied',
      'CustomerReportedDissatisfied',
      'SecondCommunicationStarted',
    ],
    ...['TicketClosed', 'TicketReopened', 'RemindOfConfirmation', 'ClosureReminderDue'],
    ...['ArchiveTicket', 'TicketArchived', 'TieCommitment', 'CommitmentTied'],
    ...['closure', 'archive-index', 'recurrence'],
  ],
  'SYS-20': [
    ...['PublishSlaPolicy', 'RetireSlaPolicy', 'DeclarePublishedPromise', 'RetirePublishedPromise'],
    ...['PublishWorkingCalendar', 'SlaPolicyPublished', 'SlaPolicyRetired', 'PublishedPromiseDeclared'],
    ...['PublishedPromiseRetired', 'WorkingCalendarPublished', 'sla-policy', 'published-promises'],
    ...['working-calendar', 'sla-policy-in-force', 'working-calendar-in-force'],
  ],
  'SYS-21': [
    ...['EvaluateSlaClocks', 'PauseSlaClock', 'ResumeSlaClock', 'RecordBreachReason'],
    ...['SlaClockStarted', 'SlaClockRescheduled', 'SlaClockPaused', 'SlaClockResumed', 'SlaClockMet'],
    ...['SlaClockMetLate', 'SlaClockBreached', 'SlaClockCancelled', 'BreachReasonRecorded'],
    ...['sla-status', 'upcoming-deadlines', 'breach-list', 'deadlines', 'unexplained-breaches'],
  ],
  'SYS-22': [
    ...['EscalateBreachedClock', 'SettleBreachedClock', 'SlaClockWarned', 'SlaClockLeftOverdue'],
    ...['EscalateTicket', 'AcceptEscalation', 'ResolveEscalation', 'RaiseUnacceptedEscalation'],
    ...['TicketEscalated', 'EscalationAccepted', 'EscalationResolved'],
    ...['escalation-inbox', 'escalation-history'],
  ],
  'SYS-23': [
    ...['SyncProgress', 'SendProgressNotification', 'RetryProgressNotification', 'ReportNotificationFailure'],
    ...['ProgressSynced', 'ProgressNotificationSent', 'ProgressNotificationFailed'],
    ...['sync-schedule', 'customer-facing-status'],
  ],
  'SYS-24': [
    ...['OpenGreenChannel', 'FormTaskForce', 'ChangeTaskForce', 'CloseGreenChannel', 'GreenChannelOpened'],
    ...['TaskForceFormed', 'TaskForceChanged', 'GreenChannelClosed', 'green-channel-board'],
  ],
  'SYS-25': [
    ...['MakeCommitment', 'ConfirmCommitmentInWriting', 'RescheduleCommitment', 'FulfilCommitment'],
    ...['WithdrawCommitment', 'WarnOfCommitment', 'BreakCommitment'],
    ...['CommitmentMade', 'CommitmentConfirmedInWriting', 'CommitmentDueSoon', 'CommitmentRescheduled'],
    ...['CommitmentFulfilled', 'CommitmentBroken', 'CommitmentWithdrawn'],
    ...['commitment-ledger', 'unwritten-commitments', 'commitment-keep-rate'],
  ],
  'SYS-27': [
    ...['OpenTrustRepair', 'ActivateEmergencyPlan', 'StateRepairCause', 'RecordSupervisorCall'],
    ...['NameRepairImprovement', 'CloseTrustRepair', 'RaiseTrustRepair', 'NoteEmergencyPlanOverdue'],
    ...['TrustRepairOpened', 'EmergencyPlanActivated', 'EmergencyPlanOverdue', 'RepairCauseStated'],
    ...['SupervisorCallMade', 'RepairImprovementNamed', 'TrustRepairRaised', 'TrustRepairClosed'],
    ...['trust-repair-board', 'promise-gap', 'promise-gap-report'],
  ],
  'SYS-28': [
    ...['LodgeComplaint', 'GradeComplaint', 'RaiseComplaintLevel', 'RecordObjection', 'ComplaintLodged'],
    ...['ComplaintGraded', 'ComplaintLevelRaised', 'ObjectionRecorded'],
  ],
  'SYS-33': ['ResolveComplaint', 'ComplaintResolved', 'complaint-loop'],
  'SYS-36': [
    ...['ScoreRfm', 'PublishTieringRules', 'RfmScored', 'ValueTierChanged', 'TieringRulesPublished', 'value'],
  ],
  'SYS-40': [
    ...[
      'DetectSilence',
      'NoteActivity',
      'StartWakeUp',
      'RecordWakeUpAction',
      'HoldWakeUps',
      'ReleaseWakeUps',
    ],
    ...['CustomerTurnedSilent', 'CustomerReawakened', 'WakeUpStarted', 'WakeUpActionTaken', 'WakeUpsHeld'],
    ...['WakeUpsReleased'],
  ],
  'SYS-41': [
    ...['AssessChurnRisk', 'FlagChurnRisk', 'ClearChurnFlag', 'ChurnRiskAssessed', 'ChurnRiskLevelChanged'],
    ...['ChurnRiskFlagged', 'ChurnFlagCleared', 'churn-risk'],
    ...['churn-risk-why'],
  ],
  'SYS-43': ['RecordChurn', 'RecordWinBack', 'CustomerChurned', 'CustomerWonBack'],
  'SYS-55': ['GrantConsent', 'WithdrawConsent', 'ConsentGranted', 'ConsentWithdrawn', 'consent'],
  'SYS-62': [
    ...['SetCapacity', 'CapacitySet', 'ticket-queue', 'backlog', 'progress-items', 'progress-board'],
    ...['staff-capacity', 'workload'],
  ],
  'SYS-65': ['revenue', 'purchase-rhythm'],
  'SYS-64': ['ticket-timeliness', 'timeliness', 'timeliness-report', 'complaints'],
};

/** Sent and stored by policies only: nobody outside asks for them. */
export const INTERNAL: ReadonlySet<string> = new Set([
  ...['AdvanceLifecycle', 'NoteActivity', 'HoldWakeUps', 'ReleaseWakeUps', 'NumberTicket'],
  ...['RemindOfConfirmation', 'WarnOfCommitment', 'BreakCommitment', 'NotePlanningOverdue'],
  ...['RaiseUnacceptedEscalation', 'DetectUsageDecline', 'EndUsageDecline'],
  ...['LeadTicketByType', 'NoteTaskOverdue', 'TieCommitment', 'CommitmentTied'],
  ...['SendProgressNotification', 'RetryProgressNotification', 'RaiseTrustRepair'],
  ...['NoteEmergencyPlanOverdue'],
  ...['EvaluateSlaClocks', 'EscalateBreachedClock', 'SettleBreachedClock'],
  ...['WakeUpsHeld', 'WakeUpsReleased'],
]);

const systems = new Map(
  Object.entries(SYSTEMS).flatMap(([system, words]) => words.map((word) => [word, system])),
);

/** `SYS-12`, or null for a word that has no system yet: a test finds it. */
export const systemOf = (word: string): string | null => systems.get(word) ?? null;
