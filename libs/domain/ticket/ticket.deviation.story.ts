import { hydrate } from '@rapport/kernel';
import * as base from './ticket.commands';
import * as c from './ticket.deviation.commands';
import { AcceptancePhase, DeviatingItem, MatrixEntry, Milestone } from './ticket.deviation.values';
import { ForceMember } from './ticket.greenchannel.values';
import { PlanOption, type Department } from './ticket.values';

/** Instants as stories tell them: by the clock in Shanghai. */
export const shanghai = (day: string, time: string): string =>
  new Date(`2024-${day}T${time}:00+08:00`).toISOString();

/** What the specs of deviations, revised plans and phases begin with. */
export const id = { ticketId: 't-1' };
export const RAISED = shanghai('03-11', '10:00');
export const register = base.RegisterTicket.of({
  ...{ ...id, customerId: 'c-02', type: 'FUNCTIONAL', urgency: 'IMPORTANT', channel: 'EMAIL' },
  ...{ verbatim: 'we need more functions', collectorId: 'pm1', raisedAt: RAISED },
});
export const CUSTOMER = { customer: { stage: 'known', profile: {}, contacts: {} } };
export const plan = base.PresentPlan.of({
  ...{ ...id, options: [hydrate(PlanOption, { summary: 'plan v1' })] },
  presentedAt: shanghai('03-11', '11:00'),
});

export const items = (n: number): readonly DeviatingItem[] =>
  Array.from({ length: n }, (_, at) =>
    hydrate(DeviatingItem, { itemId: `item-${at + 1}`, description: `function ${at + 1}` }),
  );
export const member = (department: Department) =>
  hydrate(ForceMember, { staffId: `of-${department}`, department });
/** The first so many of them are core. */
export const matrix = (n: number, core: number): readonly MatrixEntry[] =>
  items(n).map(({ itemId }, at) => {
    const isCore = at < core;
    const itemClass = isCore ? 'CORE' : 'ADDITIONAL';
    return hydrate(MatrixEntry, { itemId, urgent: isCore, important: isCore, itemClass });
  });
export const milestone = (milestoneId: string, startsAt: string, endsAt: string) =>
  hydrate(Milestone, { milestoneId, task: `build ${milestoneId}`, startsAt, endsAt });
export const CORE_PHASE = hydrate(AcceptancePhase, {
  ...{ name: 'core', itemClass: 'CORE', dueAt: shanghai('04-15', '18:00') },
  criteria: ['all core functions work'],
});
export const EXTENSION_PHASE = hydrate(AcceptancePhase, {
  ...{ name: 'extension', itemClass: 'ADDITIONAL', dueAt: shanghai('05-06', '18:00') },
  criteria: ['the rest works'],
});

export const declare = (n: number, ...departments: Department[]) =>
  c.DeclareRequirementDeviation.of({
    ...{ ...id, items: items(n), taskForce: departments.map(member) },
    agreed: [milestone('api', shanghai('03-15', '09:00'), shanghai('04-01', '18:00'))],
  });
export const sort = (n: number, core: number) =>
  c.RecordRequirementMatrix.of({ ...id, entries: matrix(n, core) });
export const assess = (itemId: string) =>
  c.AssessFeasibility.of({
    ...{ ...id, itemId, compatibility: 'COMPATIBLE', personDays: 6 },
    cost: { minor: 3_000_000, currency: 'CNY' },
  });
export const issue = (more: Partial<c.IssueRevisedPlan> = {}) =>
  c.IssueRevisedPlan.of({
    ...{ ...id, phases: [CORE_PHASE, EXTENSION_PHASE] },
    milestones: [milestone('api', shanghai('03-18', '09:00'), shanghai('04-15', '18:00'))],
    ...more,
  });
export const answer = (accepted: boolean, more: Partial<c.AnswerRevisedPlan> = {}) =>
  c.AnswerRevisedPlan.of({ ...id, plan: 1, accepted, channel: 'EMAIL', writtenId: 'mail-7', ...more });
export const acceptPhase = (phase: number) =>
  c.AcceptPhase.of({ ...id, phase, evidenceId: `paper-${phase}` });
export const rejectPhase = (phase: number) => c.RejectPhase.of({ ...id, phase, reason: 'it is slow' });
