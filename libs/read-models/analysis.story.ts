import * as e from '@rapport/domain/events';
import {
  HANDLING,
  levelOf,
  flagsOf,
  type KeyNode,
  type PlanPlace,
  type Quadrant,
} from '@rapport/domain/values';

export const RAISED = '2024-03-01T09:00:00.000Z';
/** The instant that lies so many hours after the ticket was raised. */
export const hour = (n: number): string => new Date(Date.parse(RAISED) + n * 3_600_000).toISOString();

const people = [
  { department: 'TECHNICAL' as const, people: 2 },
  { department: 'PRODUCT' as const, people: 1 },
];
const resources = { people, technology: 'an export service', budget: { minor: 500_00, currency: 'CNY' } };
const scores = { impact: 50, returnOnCost: 50, customerValue: 30, feasibility: 50 };
const alternative = { alternativeId: 'a-1', version: 1 };

/** One ticket and what may be made of it on its way from analysis to strategy, in hours after it was raised. */
export const weighedTicket = (ticketId: string, customerId = 'c-1', raisedAt = RAISED) => {
  const of = { ticketId, customerId, type: 'FUNCTIONAL', urgency: 'IMPORTANT', raisedAt } as const;
  return { of, ...asTicket(of), ...asNeed(of), ...asRanked(of), ...asTalk(of) };
};
interface Of {
  readonly ticketId: string;
  readonly customerId: string;
  readonly type: 'FUNCTIONAL';
  readonly urgency: 'IMPORTANT';
  readonly raisedAt: string;
}

/** What befalls any ticket. */
const asTicket = (of: Of) => ({
  registered: e.TicketRegistered.of(
    { ...of, channel: 'EMAIL', verbatim: 'x', collectorId: 'sam', isEnquiry: false, isComplex: false },
    of.raisedAt,
  ),
  owned: (to: string) => e.TicketOwnerAssigned.of({ ...of, to, reassignment: false }, hour(60)),
  led: (to: string) => e.LeadDepartmentAssigned.of({ ...of, to, reassignment: false }, hour(60)),
  classified: e.TicketClassified.of(
    { ...of, type: 'SERVICE', from: 'FUNCTIONAL', to: 'SERVICE', isEnquiry: false, channel: 'EMAIL' },
    hour(61),
  ),
  urgent: e.TicketUrgencyChanged.of(
    { ...of, urgency: 'URGENT', from: 'IMPORTANT', to: 'URGENT', reason: 'x' },
    hour(62),
  ),
  closed: e.TicketClosed.of({ ...of, outcome: 'CONFIRMED', closedAt: hour(200), round: 1 }, hour(200)),
  withdrawn: e.TicketWithdrawn.of({ ...of, reason: 'x', withdrawnAt: hour(200) }, hour(200)),
  reopened: e.TicketReopened.of(
    {
      ...{ ...of, reason: 'x', reopenedAt: hour(210), withinRecurrence: true, round: 2 },
      ...{ isEnquiry: false, channel: 'EMAIL' },
    },
    hour(210),
  ),
});

/** It is weighed, and the customer hears of it (SYS-13). */
const asNeed = (of: Of) => {
  const assessment: Omit<e.TicketAnalysed, 'version'> = {
    ...{ ...of, verdict: 'PARTIAL', inScope: true, matchesIndustryNorm: true, operable: false },
    ...{ reason: 'x', suggestionCode: 'NEEDS_COORDINATION', suggestionText: 'x', resources },
    ...{ alternativeRequired: true, alternative: 'a template', noAlternative: false, isComplex: false },
    ...{ responsibleDepartment: 'RND', analystId: 'uma', analysedOn: '2024-03-02', mustBeTold: true },
  };
  return {
    analysed: e.TicketAnalysed.of({ ...assessment, version: 1 }, hour(18)),
    revised: e.TicketAnalysisRevised.of(
      {
        ...{ ...assessment, verdict: 'YES', mustBeTold: false, version: 2, from: 'PARTIAL' },
        ...{ revisionReason: 'x', responsibleDepartment: 'DESIGN', roadmapPosition: 'Q3' },
        resources: { people: [], budget: { minor: 0, currency: 'CNY' } },
      },
      hour(30),
    ),
    told: e.VerdictTold.of({ ...of, verdict: 'PARTIAL', version: 1, toldAt: hour(20) }, hour(20)),
    offered: e.AlternativeOffered.of(
      { ...of, ...alternative, alternative: 'a template', verdict: 'PARTIAL', offeredAt: hour(21) },
      hour(21),
    ),
    accepted: e.AlternativeAccepted.of({ ...of, ...alternative, answeredAt: hour(22) }, hour(22)),
    rejected: e.AlternativeRejected.of(
      { ...of, ...alternative, insists: true, answeredAt: hour(22) },
      hour(22),
    ),
  };
};

/** It gets its quadrant and its place in a plan (SYS-14). */
const asRanked = (of: Of) => {
  const ranking = (quadrant: Quadrant, score = 4500) => ({
    ...{ ...of, quadrant, level: levelOf(quadrant), ...flagsOf(quadrant), scores, score },
    ...{ handling: HANDLING[quadrant], ...(quadrant === 'Q2' && { planBy: hour(73) }) },
  });
  return {
    prioritised: (quadrant: Quadrant, score?: number) =>
      e.TicketPrioritised.of(
        { ...ranking(quadrant, score), emergency: false, prioritisedAt: hour(19) },
        hour(19),
      ),
    overridden: (from: Quadrant, to: Quadrant) =>
      e.TicketPriorityOverridden.of(
        { ...ranking(to), from, to, reason: 'x', approverId: 'uma', overriddenAt: hour(40) },
        hour(40),
      ),
    planned: (to: PlanPlace, from?: PlanPlace) =>
      e.TicketScheduledInPlan.of(
        {
          ...{ ...of, quadrant: 'Q2', to, scheduledAt: hour(50), late: false, planBy: hour(73) },
          ...(from && { from }),
        },
        hour(50),
      ),
    overdue: e.PlanningOverdue.of({ ...of, planBy: hour(73) }, hour(73)),
  };
};

/** The customer is talked to by a strategy (SYS-15). */
const asTalk = (of: Of) => {
  const strategy = (version: number, keyNodes: readonly KeyNode[]): e.CommunicationStrategySet => ({
    ...{ ...of, version, goals: ['CONFIRM_DETAILS'], modes: ['PHONE', 'EMAIL'] },
    ...{ firstResponseDue: hour(24), keyNodes, ownerId: 'mia', ownerCapacity: 'ACCOUNT_MANAGER' },
    ...{ adHoc: true, openingWords: 'hello', nextAction: 'report', nextActionAt: hour(97), riskTrigger: 'x' },
    ...{ riskAction: 'y', riskDepartment: 'TECHNICAL' },
  });
  return {
    strategySet: (...keyNodes: KeyNode[]) => e.CommunicationStrategySet.of(strategy(1, keyNodes), hour(19)),
    strategyRevised: (
      version: number,
      keyNodes: readonly KeyNode[],
      change: Pick<e.CommunicationStrategyRevised, 'movedNodes' | 'droppedNodeIds'>,
    ) =>
      e.CommunicationStrategyRevised.of(
        { ...strategy(version, keyNodes), ...change, reason: 'x' },
        hour(162),
      ),
    riskTriggered: e.RiskPlanTriggered.of(
      {
        ...{ ...of, riskTrigger: 'x', riskAction: 'y', riskDepartment: 'TECHNICAL', ownerId: 'mia' },
        ...{ version: 1, triggeredAt: hour(60) },
      },
      hour(60),
    ),
  };
};
