import { hydrate } from '@rapport/kernel';
import { scenario } from '@rapport/kernel/spec';
import { publishedSince } from '../sla/sla.story';
import { ChangeTicketUrgency } from './ticket.commands';
import { ticket } from './ticket.decider';
import * as t from './ticket.events';
import { GreenChannelOpened } from './ticket.greenchannel.events';
import * as c from './ticket.priority.commands';
import * as e from './ticket.priority.events';
import { PrincipleScores } from './ticket.priority.values';
import {
  NOW,
  uma,
  ann,
  customer,
  known,
  of,
  registered,
  owned,
  analysed,
  ranking,
  raisedAt,
  ranked,
  q1,
  q3,
  q4,
  dated,
  backlogged,
  prioritise,
} from './ticket.ranked.story';

const at = (now: string, actor = ann) => scenario(ticket, { now, actor }).given;
const given = at(NOW);

/** Starts at once: the green channel opens in the same decision. */
const channel = { cause: 'QUADRANT_1', openedAt: NOW, planBy: '2024-03-02T05:00:00.000Z' } as const;
const opened = GreenChannelOpened.of({ ...of, priority: 1, ...channel });

describe('a ticket gets its quadrant', () => {
  it('as in WE-01: important and not urgent is Q2, level 2, to be planned until Monday 18:00', () => {
    given(registered, analysed).when(prioritise(false, true), known).then(ranked());
  });
  it('is planned within a working day of the calendar that holds: a holiday is none', () => {
    const holidays = [{ day: '2024-03-04', name: 'Founding day' }];
    given(registered, analysed)
      .when(prioritise(false, true), {
        ...known,
        rulebook: publishedSince(raisedAt, { calendar: { holidays } }),
      })
      .then(ranked({ planBy: '2024-03-05T10:00:00.000Z' }));
  });
  it('or of the one that the policy in force counts by', () => {
    const holidays = [{ day: '2024-03-04', name: 'Founding day' }];
    const rulebook = publishedSince(raisedAt, { policy: { calendarId: 'plant' }, calendar: { holidays } });
    given(registered, analysed)
      .when(prioritise(false, true), { ...known, rulebook })
      .then(ranked({ planBy: '2024-03-05T10:00:00.000Z' }));
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
    const fromOutside = ChangeTicketUrgency.of({ ticketId: 't-1', priority: 1, reason: 'now' });
    at(NOW, { id: 'help-desk', role: 'MIGRATION' })(registered, analysed, ranked())
      .when(fromOutside)
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
  it('not by a name that the owner or somebody below a supervisor writes down', () => {
    const umas = t.TicketOwnerAssigned.of({ ...of, to: 'uma', reassignment: false });
    const named = override(1, { approverId: 'hua' });
    by(registered, umas, analysed, ranked()).when(named, known).thenRefused('OVERRIDE_BY_OWNER');
    given(registered, analysed, ranked()).when(named, known).thenRefused('ROLE_NOT_ALLOWED');
    const asked = override(1, { approverId: 'ann' });
    by(registered, owned, analysed, ranked()).when(asked, known).thenRefused('OVERRIDE_BY_OWNER');
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
