import { hydrate } from '@rapport/kernel';
import { TicketAnalysed } from './ticket.analysis.events';
import * as t from './ticket.events';
import * as e from './ticket.greenchannel.events';
import { ForceMember } from './ticket.greenchannel.values';
import { TicketPrioritised } from './ticket.priority.events';
import type { Quadrant } from './ticket.priority.values';
import type { Department } from './ticket.values';

/** The words of the specs about green channels and task forces: a ticket, and what may happen to it. */
export const RAISED = '2024-03-18T01:00:00.000Z';
export const T0 = '2024-03-18T01:12:00.000Z';
export const T2H = '2024-03-18T03:12:00.000Z';
export const of = {
  ticketId: 't-1',
  customerId: 'c-1',
  type: 'SERVICE',
  urgency: 'URGENT',
  raisedAt: RAISED,
} as const;
const told = { channel: 'PHONE', verbatim: 'nothing loads', collectorId: 'sam' } as const;
export const registered = t.TicketRegistered.of(
  { ...of, ...told, isEnquiry: false, isComplex: false },
  RAISED,
);
export const owned = t.TicketOwnerAssigned.of({ ...of, to: 'ann', reassignment: false });
export const led = t.LeadDepartmentAssigned.of({ ...of, to: 'CUSTOMER_SERVICE', reassignment: false });
export const analysed = TicketAnalysed.of({
  ...{ ...of, version: 1, verdict: 'YES', inScope: true, matchesIndustryNorm: true, operable: true },
  ...{ suggestionCode: 'IMMEDIATELY_SATISFIABLE', suggestionText: 'x', alternativeRequired: false },
  ...{ noAlternative: false, resources: { people: [], budget: { minor: 0, currency: 'CNY' } } },
  ...{ responsibleDepartment: 'TECHNICAL', analystId: 'uma', analysedOn: '2024-03-18', isComplex: false },
  mustBeTold: false,
});
const scores = { impact: 50, returnOnCost: 50, customerValue: 30, feasibility: 100 };
export const ranked = (quadrant: Quadrant) => {
  const level = Number(quadrant[1]);
  return TicketPrioritised.of({
    ...{ ...of, priority: level, quadrant, level, urgent: level % 2 === 1, important: level < 3 },
    ...{ scores, score: 5250, handling: 'START_AT_ONCE', emergency: false, prioritisedAt: T0 },
  });
};
export const opened = (more: Partial<e.GreenChannelOpened> = {}) =>
  e.GreenChannelOpened.of({ ...of, cause: 'QUADRANT_1', openedAt: T0, planBy: T2H, ...more }, T0);
export const planned = (presentedAt: string) =>
  t.PlanPresented.of({ ...of, options: [{ summary: 'switch over' }], presentedAt, round: 1 }, presentedAt);
export const closed = (more: Partial<e.GreenChannelClosed> = {}) =>
  e.GreenChannelClosed.of({
    ...{ ...of, cause: 'QUADRANT_1', openedAt: T0, planBy: T2H, end: 'RESTORED' },
    ...{ planLate: false, closedAt: T2H, ...more },
  });
export const member = (staffId: string, department: Department) =>
  hydrate(ForceMember, { staffId, department });
export const formed = (more: Partial<e.TaskForceFormed> = {}) =>
  e.TaskForceFormed.of({
    ...{ ...of, purpose: 'GREEN_CHANNEL', leaderId: 'ann', leaderRole: 'OWNER', formedAt: T0 },
    members: [member('ann', 'CUSTOMER_SERVICE')],
    departments: ['CUSTOMER_SERVICE', 'TECHNICAL'],
    ...more,
  });
