import { hydrate } from '@rapport/kernel';
import { NOTHING_PUBLISHED } from '../sla/sla.story';
import { TicketAnalysed } from './ticket.analysis.events';
import * as t from './ticket.events';
import * as c from './ticket.priority.commands';
import * as e from './ticket.priority.events';
import { PlanPlace, type Quadrant } from './ticket.priority.values';

export const raisedAt = '2024-03-01T09:00:00.000Z';
/** Saturday 2 March 2024, 11:00 in Shanghai. */
export const NOW = '2024-03-02T03:00:00.000Z';
export const MONDAY_18 = '2024-03-04T10:00:00.000Z';
export const uma = { id: 'uma', role: 'SUPERVISOR' };
export const ann = { id: 'ann', role: 'SERVICE_SPECIALIST' };

export const customer = { stage: 'known', profile: { ZONE: 'Asia/Shanghai' }, contacts: {} };
export const known = {
  customer,
  value: { tier: 'STANDARD', months: [], scoredTier: 'STANDARD' },
  rulebook: NOTHING_PUBLISHED,
};

export const of = {
  ticketId: 't-1',
  customerId: 'c-1',
  type: 'FUNCTIONAL',
  urgency: 'IMPORTANT',
  raisedAt,
} as const;
export const told = { channel: 'EMAIL', verbatim: 'export all orders', collectorId: 'sam' } as const;
export const registered = t.TicketRegistered.of(
  { ...of, ...told, isEnquiry: false, isComplex: false },
  raisedAt,
);
export const owned = t.TicketOwnerAssigned.of({ ...of, to: 'ann', reassignment: false });
export const analysed = TicketAnalysed.of({
  ...{ ...of, version: 1, verdict: 'PARTIAL', inScope: true, matchesIndustryNorm: true, operable: false },
  ...{ suggestionCode: 'NEEDS_COORDINATION', suggestionText: 'x', alternativeRequired: false },
  ...{ noAlternative: true, resources: { people: [], budget: { minor: 0, currency: 'CNY' } } },
  ...{ responsibleDepartment: 'RND', analystId: 'uma', analysedOn: '2024-03-02', isComplex: false },
  mustBeTold: true,
});

/** Nobody weighed anything: 50, a STANDARD customer 30, PARTIAL 50. */
export const scores = { impact: 50, returnOnCost: 50, customerValue: 30, feasibility: 50 };
export const score = 35 * 50 + 25 * 50 + 25 * 30 + 15 * 50;
export const ranking: Omit<e.TicketPrioritised, 'emergency' | 'prioritisedAt'> = {
  ...{ ...of, priority: 2, quadrant: 'Q2', level: 2, urgent: false, important: true, scores, score },
  ...{ handling: 'SPECIAL_PLAN', planBy: MONDAY_18 },
};
export const ranked = (changes: Partial<e.TicketPrioritised> = {}) =>
  e.TicketPrioritised.of({ ...ranking, emergency: false, prioritisedAt: NOW, ...changes });
export const inQuadrant = (quadrant: Quadrant, urgent: boolean, important: boolean) => {
  const { planBy: _, ...rest } = ranking;
  const level = Number(quadrant[1]);
  return { ...rest, quadrant, level, priority: level, urgent, important };
};
export const q1 = { ...inQuadrant('Q1', true, true), handling: 'START_AT_ONCE' } as const;
export const q3 = {
  ...inQuadrant('Q3', true, false),
  handling: 'STANDARD_ANSWER',
  standardAnswer: 'HOW_TO_USE',
} as const;
export const q4 = { ...inQuadrant('Q4', false, false), handling: 'LATER_ITERATION' } as const;
export const dated = { emergency: false, prioritisedAt: NOW };

export const place = (data: PlanPlace) => hydrate(PlanPlace, data);
export const scheduled = (to: PlanPlace, changes: Partial<e.TicketScheduledInPlan> = {}) =>
  e.TicketScheduledInPlan.of({
    ...{
      ...of,
      priority: 2,
      quadrant: 'Q2',
      to,
      scheduledAt: NOW,
      planBy: MONDAY_18,
      late: false,
      ...changes,
    },
  });
export const backlogged = (reviewOn: string) => {
  const to = { kind: 'ITERATION', reviewOn } as const;
  return e.TicketScheduledInPlan.of({
    ...of,
    priority: 4,
    quadrant: 'Q4',
    to,
    scheduledAt: NOW,
    late: false,
  });
};

export const prioritise = (urgent: boolean, important: boolean, more: Partial<c.PrioritiseTicket> = {}) =>
  c.PrioritiseTicket.of({ ticketId: 't-1', urgent, important, ...more });
