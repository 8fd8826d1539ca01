import { scenario } from '@rapport/kernel/spec';
import { ticket } from './ticket.decider';
import * as t from './ticket.events';
import { samePlace, weekOf } from './ticket.plans.rules';
import * as c from './ticket.priority.commands';
import * as e from './ticket.priority.events';
import {
  NOW,
  MONDAY_18,
  ann,
  known,
  of,
  registered,
  analysed,
  ranked,
  q1,
  q4,
  dated,
  place,
  scheduled,
  backlogged,
} from './ticket.ranked.story';

const at = (now: string, actor = ann) => scenario(ticket, { now, actor }).given;
const given = at(NOW);

describe('a ticket gets a place in a plan', () => {
  const schedule = (to: Omit<c.ScheduleTicketInPlan, 'ticketId'>) =>
    c.ScheduleTicketInPlan.of({ ticketId: 't-1', ...to });
  const week = { kind: 'WEEKLY', period: '2024-W10' } as const;
  const month = { kind: 'MONTHLY', period: '2024-03' } as const;
  const special = { kind: 'SPECIAL', name: 'export' } as const;
  const story = [registered, analysed, ranked()];

  it('in a week, a month or a special plan', () => {
    for (const to of [week, month, special])
      given(...story)
        .when(schedule(to), known)
        .then(scheduled(to));
    given(...story, scheduled(place(week)))
      .when(schedule(week), known)
      .thenNothing();
    given(...story, scheduled(place(week)))
      .when(schedule(month), known)
      .then(scheduled(month, { from: place(week) }));
  });
  it('what is important is planned and not left to a later iteration', () => {
    given(...story)
      .when(schedule({ kind: 'ITERATION', reviewOn: '2024-04-01' }), known)
      .thenRefused('PLAN_UNFIT');
    given(registered, analysed, e.TicketPrioritised.of({ ...q4, ...dated }), backlogged('2024-04-01'))
      .when(schedule({ kind: 'ITERATION', reviewOn: '2024-05-01' }), known)
      .then(
        e.TicketScheduledInPlan.of({
          ...{ ...of, priority: 4, quadrant: 'Q4', scheduledAt: NOW, late: false },
          from: { kind: 'ITERATION', reviewOn: '2024-04-01' },
          to: { kind: 'ITERATION', reviewOn: '2024-05-01' },
        }),
      );
  });
  it('named as its kind is named, and not for a time that is over', () => {
    const refused: readonly (readonly [Omit<c.ScheduleTicketInPlan, 'ticketId'>, string])[] = [
      [{ kind: 'WEEKLY' }, 'PLAN_UNNAMED'],
      [{ kind: 'WEEKLY', period: '2024-03' }, 'PLAN_UNNAMED'],
      [{ kind: 'WEEKLY', period: '2024-W53' }, 'PLAN_UNNAMED'],
      [{ kind: 'WEEKLY', period: '2024-W08' }, 'PLAN_OVER'],
      [{ kind: 'MONTHLY', period: '2024-13' }, 'PLAN_UNNAMED'],
      [{ kind: 'MONTHLY', period: '2024-02' }, 'PLAN_OVER'],
      [{ kind: 'SPECIAL' }, 'PLAN_UNNAMED'],
    ];
    for (const [to, code] of refused)
      given(...story)
        .when(schedule(to), known)
        .thenRefused(code);
    given(...story)
      .when(schedule({ kind: 'WEEKLY', period: '2024-W09' }), known)
      .then(scheduled({ kind: 'WEEKLY', period: '2024-W09' }));
    given(registered, analysed).when(schedule(week), known).thenRefused('PRIORITY_REQUIRED');
  });
  it('late when the working day has passed, exactly at its end not', () => {
    at(MONDAY_18)(...story)
      .when(schedule(week), known)
      .then(scheduled(week, { scheduledAt: MONDAY_18 }));
    const after = '2024-03-04T10:00:00.001Z';
    at(after)(...story)
      .when(schedule(week), known)
      .then(scheduled(week, { scheduledAt: after, late: true }));
  });
  it('the weeks are those of ISO 8601', () => {
    const weeks = ['2024-01-01', '2024-12-29', '2024-12-30', '2021-01-03', '2020-12-31', '2024-03-03'];
    expect(weeks.map(weekOf)).toEqual([
      ...['2024-W01', '2024-W52', '2025-W01', '2020-W53', '2020-W53', '2024-W09'],
    ]);
  });
  it('a place is the same when all that is said of it is', () => {
    expect(samePlace(week, { ...week })).toBe(true);
    expect([undefined, month, { ...week, period: '2024-W11' }].map((one) => samePlace(one, week))).toEqual([
      ...[false, false, false],
    ]);
  });
});

describe('nobody has planned it', () => {
  const late = '2024-03-04T10:00:00.001Z';
  const note = c.NotePlanningOverdue.of({ ticketId: 't-1', planBy: MONDAY_18 });
  const overdue = e.PlanningOverdue.of({ ...of, priority: 2, planBy: MONDAY_18 });
  const week = scheduled(place({ kind: 'WEEKLY', period: '2024-W10' }));

  it('which is noted after the working day, once', () => {
    at(late)(registered, analysed, ranked()).when(note).then(overdue);
    at(MONDAY_18)(registered, analysed, ranked()).when(note).thenRefused('PLANNING_NOT_OVERDUE');
    at(late)(registered, analysed, ranked(), overdue).when(note).thenNothing();
  });
  it('unless it is planned by then, has another priority, or is over', () => {
    at(late)(registered, analysed, ranked(), week).when(note).thenNothing();
    const up = e.TicketPriorityOverridden.of({
      ...{ ...q1, from: 'Q2', to: 'Q1', reason: 'x', approverId: 'uma', overriddenAt: NOW },
    });
    at(late)(registered, analysed, ranked(), up).when(note).thenNothing();
    at(late)(registered, analysed).when(note).thenNothing();
    const withdrawn = t.TicketWithdrawn.of({ ...of, reason: 'x', withdrawnAt: NOW });
    const closed = t.TicketClosed.of({ ...of, outcome: 'UNCONFIRMED', closedAt: NOW, round: 1 });
    for (const end of [withdrawn, closed])
      at(late)(registered, analysed, ranked(), end).when(note).thenNothing();
  });
});
