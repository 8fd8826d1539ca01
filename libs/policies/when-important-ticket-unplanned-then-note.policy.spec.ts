import { NotePlanningOverdue } from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import type { PlanPlace } from '@rapport/domain/values';
import { reactionsOf } from '@rapport/kernel/spec';
import { whenImportantTicketUnplannedThenNote } from './when-important-ticket-unplanned-then-note.policy';

const { given } = reactionsOf(whenImportantTicketUnplannedThenNote);
const raisedAt = '2024-03-01T09:00:00.000Z';
const NOW = '2024-03-02T03:00:00.000Z';
const MONDAY_18 = '2024-03-04T10:00:00.000Z';
const JUST_AFTER = '2024-03-04T10:00:00.001Z';
const of = {
  ticketId: 't-1',
  customerId: 'c-1',
  type: 'FUNCTIONAL',
  urgency: 'IMPORTANT',
  raisedAt,
} as const;
const scores = { impact: 50, returnOnCost: 50, customerValue: 30, feasibility: 50 };
const q2 = {
  ...{ ...of, quadrant: 'Q2', level: 2, urgent: false, important: true, scores, score: 4500 },
  ...{ handling: 'SPECIAL_PLAN', planBy: MONDAY_18 },
} as const;
const { planBy: _, ...q1 } = { ...q2, quadrant: 'Q1' as const, level: 1, urgent: true };
const prioritised = e.TicketPrioritised.of({
  ...{ ...q2, quadrant: 'Q2', handling: 'SPECIAL_PLAN', emergency: false, prioritisedAt: NOW },
});
const because = { reason: 'x', approverId: 'uma', overriddenAt: NOW };
const up = e.TicketPriorityOverridden.of({
  ...{ ...q1, ...because, quadrant: 'Q1', from: 'Q2', to: 'Q1', handling: 'START_AT_ONCE' },
});
const down = e.TicketPriorityOverridden.of({
  ...{ ...q2, ...because, quadrant: 'Q2', from: 'Q1', to: 'Q2', handling: 'SPECIAL_PLAN' },
});
const placed = (to: PlanPlace) =>
  e.TicketScheduledInPlan.of({ ...of, quadrant: 'Q2', to, scheduledAt: NOW, late: false });
const note = NotePlanningOverdue.of({ ticketId: 't-1', planBy: MONDAY_18 });

it('a ticket of quadrant 2 is noted just after its working day', () => {
  given(prioritised).waits('t-1', JUST_AFTER, note);
  given(prioritised, up, down).waits('t-1', JUST_AFTER, note);
});
it('not once it is planned, noted, or in another quadrant', () => {
  given(prioritised, placed({ kind: 'WEEKLY', period: '2024-W10' })).waitsNoMore('t-1');
  given(prioritised, up).waitsNoMore('t-1');
  given(prioritised, e.PlanningOverdue.of({ ...of, planBy: MONDAY_18 })).waitsNoMore('t-1');
});
it('a place in the iteration backlog is no plan for what is important', () => {
  given(prioritised, placed({ kind: 'ITERATION', reviewOn: '2024-04-01' })).waits('t-1', JUST_AFTER, note);
});
