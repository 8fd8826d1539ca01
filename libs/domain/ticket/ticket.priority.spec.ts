import { hydrate } from '@rapport/kernel';
import { scenario } from '@rapport/kernel/spec';
import { TicketAnalysed } from './ticket.analysis.events';
import { ChangeTicketUrgency } from './ticket.commands';
import { ticket } from './ticket.decider';
import * as t from './ticket.events';
import { samePlace, weekOf } from './ticket.plans.rules';
import { GreenChannelOpened } from './ticket.greenchannel.events';
import * as c from './ticket.priority.commands';
import * as e from './ticket.priority.events';
import { PlanPlace, PrincipleScores, type Quadrant } from './ticket.priority.values';

const raisedAt = '2024-03-01T09:00:00.000Z';
/** Saturday 2 March 2024, 11:00 in Shanghai. */
const NOW = '2024-03-02T03:00:00.000Z';
const MONDAY_18 = '2024-03-04T10:00:00.000Z';
const uma = { id: 'uma', role: 'SUPERVISOR' };
const ann = { id: 'ann', role: 'SERVICE_SPECIALIST' };
const at = (now: string, actor = ann) => scenario(ticket, { now, actor }).given;
const given = at(NOW);

const customer = { stage: 'known', profile: { ZONE: 'Asia/Shanghai' }, contacts: {} };
const known = { customer, value: { tier: 'STANDARD', months: [], scoredTier: 'STANDARD' } };

const of = {
  ticketId: 't-1',
  customerId: 'c-1',
  type: 'FUNCTIONAL',
  urgency: 'IMPORTANT',
  raisedAt,
} as const;
const told = { channel: 'EMAIL', verbatim: 'export all orders', collectorId: 'sam' } as const;
const registered = t.TicketRegistered.of({ ...of, ...told, isEnquiry: false, isComplex: false }, raisedAt);
const owned = t.TicketOwnerAssigned.of({ ...of, to: 'ann', reassignment: false });
const analysed = TicketAnalysed.of({
  ...{ ...of, version: 1, verdict: 'PARTIAL', inScope: true, matchesIndustryNorm: true, operable: false },
  ...{ suggestionCode: 'NEEDS_COORDINATION', suggestionText: 'x', alternativeRequired: false },
  ...{ noAlternative: true, resources: { people: [], budget: { minor: 0, currency: 'CNY' } } },
  ...{ responsibleDepartment: 'RND', analystId: 'uma', analysedOn: '2024-03-02', isComplex: false },
  mustBeTold: true,
});

/** Nobody weighed anything: 50, a STANDARD customer 30, PARTIAL 50. */
const scores = { impact: 50, returnOnCost: 50, customerValue: 30, feasibility: 50 };
const score = 35 * 50 + 25 * 50 + 25 * 30 + 15 * 50;
const ranking: Omit<e.TicketPrioritised, 'emergency' | 'prioritisedAt'> = {
  ...{ ...of, priority: 2, quadrant: 'Q2', level: 2, urgent: false, important: true, scores, score },
  ...{ handling: 'SPECIAL_PLAN', planBy: MONDAY_18 },
};
const ranked = (changes: Partial<e.TicketPrioritised> = {}) =>
  e.TicketPrioritised.of({ ...ranking, emergency: false, prioritisedAt: NOW, ...changes });
const inQuadrant = (quadrant: Quadrant, urgent: boolean, important: boolean) => {
  const { planBy: _, ...rest } = ranking;
  const level = Number(quadrant[1]);
  return { ...rest, quadrant, level, priority: level, urgent, important };
};
const q1 = { ...inQuadrant('Q1', true, true), handling: 'START_AT_ONCE' } as const;
const q3 = {
  ...inQuadrant('Q3', true, false),
  handling: 'STANDARD_ANSWER',
  standardAnswer: 'HOW_TO_USE',
} as const;
const q4 = { ...inQuadrant('Q4', false, false), handling: 'LATER_ITERATION' } as const;
/** Starts at once: the green channel opens in the same decision. */
const channel = { cause: 'QUADRANT_1', openedAt: NOW, planBy: '2024-03-02T05:00:00.000Z' } as const;
const opened = GreenChannelOpened.of({ ...of, priority: 1, ...channel });
const dated = { emergency: false, prioritisedAt: NOW };

const place = (data: PlanPlace) => hydrate(PlanPlace, data);
const scheduled = (to: PlanPlace, changes: Partial<e.TicketScheduledInPlan> = {}) =>
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
const backlogged = (reviewOn: string) => {
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

const prioritise = (urgent: boolean, important: boolean, more: Partial<c.PrioritiseTicket> = {}) =>
  c.PrioritiseTicket.of({ ticketId: 't-1', urgent, important, ...more });

describe('a ticket gets its quadrant', () => {
  it('as in WE-01: important and not urgent is Q2, level 2, to be planned until Monday 18:00', () => {
    given(registered, analysed).when(prioritise(false, true), known).then(ranked());
  });
  it('urgent and important is Q1 and starts at once', () => {
    given(registered, analysed)
      .when(prioritise(true, true), known)
      .then(e.TicketPrioritised.of({ ...q1, ...dated }), opened);
  });
  it('urgent only is Q3, and a standard answer for its type is proposed', () => {
    given(registered, analysed)
      .when(prioritise(true, false), known)
      .then(e.TicketPrioritised.of({ ...q3, ...dated }));
  });
  it('neither is Q4, and goes into the iteration backlog with a day on which it is looked at', () => {
    given(registered, analysed)
      .when(prioritise(false, false), known)
      .then(e.TicketPrioritised.of({ ...q4, ...dated }), backlogged('2024-04-01'));
    given(registered, analysed)
      .when(prioritise(false, false, { reviewOn: '2024-06-01' }), known)
      .then(e.TicketPrioritised.of({ ...q4, ...dated }), backlogged('2024-06-01'));
    given(registered, analysed)
      .when(prioritise(false, false, { reviewOn: '2024-03-02' }), known)
      .thenRefused('PLAN_OVER');
  });
  it('after the analysis, but what is urgent and important cannot wait for it', () => {
    for (const [urgent, important] of [
      [false, true],
      [true, false],
      [false, false],
    ] as const)
      given(registered).when(prioritise(urgent, important), known).thenRefused('ANALYSIS_REQUIRED');
    const emergency = { ...dated, emergency: true };
    given(registered)
      .when(prioritise(true, true), known)
      .then(e.TicketPrioritised.of({ ...q1, ...emergency }), opened);
  });
  it('once: the same again changes nothing, another one is an override', () => {
    given(registered, analysed, ranked()).when(prioritise(false, true), known).thenNothing();
    given(registered, analysed, ranked())
      .when(prioritise(true, true), known)
      .thenRefused('TICKET_PRIORITISED');
    given(registered, analysed, ranked())
      .when(ChangeTicketUrgency.of({ ticketId: 't-1', priority: 1, reason: 'now' }))
      .thenRefused('PRIORITY_ASSIGNED');
  });
  it('with the four principles as they were weighed, or by default', () => {
    const weighed = { impact: 90, returnOnCost: 20, feasibility: 10 };
    const valued = { ...known, value: { ...known.value, tier: 'HIGH_VALUE' } };
    const its = hydrate(PrincipleScores, { ...weighed, customerValue: 100 });
    given(registered, analysed)
      .when(prioritise(false, true, weighed), valued)
      .then(ranked({ scores: { ...its }, score: 35 * 90 + 25 * 20 + 25 * 100 + 15 * 10 }));
    const partner = { ...customer, profile: { ...customer.profile, STRATEGIC_PARTNER: 'YES' } };
    const core = { impact: 100, returnOnCost: 50, customerValue: 100, feasibility: 50 };
    given(registered, analysed)
      .when(prioritise(false, true, { coreBusinessImpact: true }), { ...known, customer: partner })
      .then(ranked({ scores: core, score: 35 * 100 + 25 * 50 + 25 * 100 + 15 * 50 }));
  });
});

describe('a priority is overridden', () => {
  const override = (level: number, more: Partial<c.OverridePriority> = {}) =>
    c.OverridePriority.of({ ticketId: 't-1', level, reason: 'a key account waits', ...more });
  const because = { from: 'Q2', reason: 'a key account waits', overriddenAt: NOW } as const;
  const by = at(NOW, uma);

  it('with reason and approver', () => {
    by(registered, analysed, ranked())
      .when(override(1), known)
      .then(e.TicketPriorityOverridden.of({ ...q1, ...because, to: 'Q1', approverId: 'uma' }), opened);
    by(registered, owned, analysed, ranked({ ownerId: 'ann' }))
      .when(override(3, { approverId: 'hua' }), known)
      .then(
        e.TicketPriorityOverridden.of({ ...q3, ...because, to: 'Q3', approverId: 'hua', ownerId: 'ann' }),
      );
    by(registered, analysed, ranked()).when(override(2), known).thenNothing();
  });
  it('to Q4 with a place in the backlog, and back to Q2 with a new time to plan it', () => {
    const down = e.TicketPriorityOverridden.of({ ...q4, ...because, to: 'Q4', approverId: 'uma' });
    by(registered, analysed, ranked()).when(override(4), known).then(down, backlogged('2024-04-01'));
    const TUESDAY = '2024-03-05T03:00:00.000Z';
    at(TUESDAY, uma)(registered, analysed, ranked(), down, backlogged('2024-04-01'))
      .when(override(2), known)
      .then(
        e.TicketPriorityOverridden.of({
          ...{ ...ranking, ...because, from: 'Q4', to: 'Q2', approverId: 'uma', overriddenAt: TUESDAY },
          planBy: '2024-03-06T10:00:00.000Z',
        }),
      );
  });
  it('never by the owner alone, and by nobody below a supervisor', () => {
    const umas = t.TicketOwnerAssigned.of({ ...of, to: 'uma', reassignment: false });
    by(registered, umas, analysed, ranked()).when(override(1), known).thenRefused('OVERRIDE_BY_OWNER');
    given(registered, analysed, ranked()).when(override(1), known).thenRefused('ROLE_NOT_ALLOWED');
    given(registered, owned, analysed, ranked()).when(override(1), known).thenRefused('OVERRIDE_BY_OWNER');
    by(registered, analysed).when(override(1), known).thenRefused('PRIORITY_REQUIRED');
  });
  it('to a level from 1 to 4 and no other', () => {
    for (const level of [0, 5, 1.5])
      expect(() => by(registered, analysed, ranked()).when(override(level), known).thenNothing()).toThrow(
        /level/,
      );
  });
});

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
