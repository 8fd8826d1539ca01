import { scenario } from '@rapport/kernel/spec';
import * as c from './escalation.commands';
import { escalation } from './escalation.decider';
import * as e from './escalation.events';
import type { EscalationLevel } from './escalation.values';

const RAISED = '2024-03-01T08:00:00.000Z';
const T0 = '2024-03-01T09:00:00.000Z';
const T30 = '2024-03-01T09:30:00.000Z';
const T60 = '2024-03-01T10:00:00.000Z';
const T30_AND = '2024-03-01T09:30:00.001Z';
const as = (role: string, now = T0, id = 'uma') => scenario(escalation, { now, actor: { id, role } }).given;
const given = as('SERVICE_SPECIALIST');
const ids = { ticketId: 't-1', customerId: 'c-1' };
const about = { ...ids, type: 'SERVICE', urgency: 'URGENT', raisedAt: RAISED } as const;
const ticket = { stage: 'working', of: { ...about, ownerId: 'ann' } };
const known = {
  ...{ ticket, complaint: { stage: 'none' }, value: { tier: 'STANDARD' } },
  customer: { stage: 'known', profile: {}, contacts: {} },
};
const vip = { ...known, customer: { stage: 'known', profile: { GRADE: 'VIP' }, contacts: {} } };
const major = { ...known, complaint: { stage: 'graded', level: 'MAJOR' } };
const asked = { ticketId: 't-1', askedBy: 'CUSTOMER', reason: 'nothing moves' } as const;

const called = (level: EscalationLevel, escalatedAt: string, more: Partial<e.TicketEscalated> = {}) =>
  e.TicketEscalated.of(
    {
      ...{ ...about, escalation: 1, level, escalatedAt, priorityCustomer: false, causedById: 'ann' },
      ...{ trigger: 'CUSTOMER', reason: 'nothing moves', ...more },
    },
    escalatedAt,
  );
const first = called('SUPERVISOR', T0, { acceptBy: T30 });
const unaccepted = { trigger: 'NOT_ACCEPTED', reason: 'nobody accepted it within 30 minutes' } as const;
const second = called('DEPARTMENT_HEAD', T30, { ...unaccepted, from: 'SUPERVISOR', acceptBy: T60 });
const top = called('SENIOR_MANAGEMENT', T60, { ...unaccepted, from: 'DEPARTMENT_HEAD' });
const accepted = (acceptedById: string, level: EscalationLevel = 'SUPERVISOR', escalatedAt = T0) =>
  e.EscalationAccepted.of({ ...about, escalation: 1, level, escalatedAt, acceptedById, acceptedAt: T0 });
const resolvedWith = (note: string) =>
  e.EscalationResolved.of({
    ...{ ...about, escalation: 1, level: 'SUPERVISOR', escalatedAt: T0, note, resolvedAt: T0 },
  });
const resolved = resolvedWith('done');

describe('a ticket', () => {
  it('is escalated to the supervisor first, who has half an hour', () => {
    given()
      .when(c.EscalateTicket.of({ ...asked, onDutyId: 'uma' }), known)
      .then(called('SUPERVISOR', T0, { acceptBy: T30, onDutyId: 'uma' }));
  });

  it('of a priority customer, or that is a major complaint, begins with the head of the department', () => {
    const begins = (with_: object) => given().when(c.EscalateTicket.of(asked), with_).decided()[0]?.data;
    expect(begins(vip)).toMatchObject({ level: 'DEPARTMENT_HEAD', priorityCustomer: true });
    expect(begins({ ...known, value: { tier: 'HIGH_VALUE' } })).toMatchObject({ level: 'DEPARTMENT_HEAD' });
    expect(begins(major)).toMatchObject({ level: 'DEPARTMENT_HEAD', complaintLevel: 'MAJOR' });
    given()
      .when(c.EscalateTicket.of({ ...asked, level: 'SUPERVISOR' }), vip)
      .thenRefused('ESCALATION_BELOW_ENTRY');
  });

  it('that is escalated again goes one level up, at the top no further', () => {
    const again = c.EscalateTicket.of({ ...asked, askedBy: 'OWNER' });
    const up = { trigger: 'OWNER', from: 'SUPERVISOR', acceptBy: T30 } as const;
    given(first)
      .when(again, known)
      .then(called('DEPARTMENT_HEAD', T0, up));
    given(first, accepted('uma'))
      .when(again, known)
      .then(called('DEPARTMENT_HEAD', T0, up));
    as('SUPERVISOR', T60)(first, second, top).when(again, known).thenNothing();
  });

  it('is escalated to each level once, and never downward', () => {
    const to = (level: EscalationLevel) => c.EscalateTicket.of({ ...asked, level });
    given(first).when(to('SUPERVISOR'), known).thenNothing();
    as('SUPERVISOR', T30)(first, second).when(to('SUPERVISOR'), known).thenRefused('ESCALATION_DOWNWARD');
    const [event] = given(first).when(to('SENIOR_MANAGEMENT'), known).decided();
    expect(event?.data).toMatchObject({ from: 'SUPERVISOR', level: 'SENIOR_MANAGEMENT' });
    expect(event?.data).not.toHaveProperty('acceptBy');
  });

  it('may be escalated anew when the first escalation is settled', () => {
    const [event] = given(first, resolved).when(c.EscalateTicket.of(asked), known).decided();
    expect(event?.data).toMatchObject({ escalation: 2, level: 'SUPERVISOR' });
  });

  it('is there and open', () => {
    const ofTicket = (found: object) => given().when(c.EscalateTicket.of(asked), { ...known, ticket: found });
    ofTicket({ stage: 'unregistered' }).thenRefused('TICKET_UNKNOWN');
    ofTicket({ ...ticket, stage: 'closed', closedAt: T0 }).thenRefused('TICKET_CLOSED');
    ofTicket({ ...ticket, stage: 'withdrawn' }).thenRefused('TICKET_WITHDRAWN');
  });
});

describe('an escalation', () => {
  const accept = c.AcceptEscalation.of({ ticketId: 't-1' });

  it('is accepted by the level that was called, or one above it, once', () => {
    as('SUPERVISOR')(first).when(accept).then(accepted('uma'));
    expect(as('SENIOR_MANAGEMENT')(first).when(accept).decided()).toHaveLength(1);
    as('SUPERVISOR', T30)(first, second).when(accept).thenRefused('ROLE_NOT_ALLOWED');
    given(first).when(accept).thenRefused('ROLE_NOT_ALLOWED');
    as('SUPERVISOR')(first, accepted('uma')).when(accept).thenNothing();
    as('SUPERVISOR')(first, accepted('tom')).when(accept).thenRefused('ESCALATION_ACCEPTED');
  });

  it('is not accepted by whoever it is about', () => {
    as('SUPERVISOR', T0, 'ann')(first).when(accept).thenRefused('CONFLICT_OF_INTEREST');
    const [event] = given()
      .when(c.EscalateTicket.of({ ...asked, causedById: 'uma' }), known)
      .decided();
    as('SUPERVISOR')(event!).when(accept).thenRefused('CONFLICT_OF_INTEREST');
  });

  it('that nobody accepted in time moves up, dated at the deadline; the last moment is in time', () => {
    const raise = c.RaiseUnacceptedEscalation.of({ ticketId: 't-1', level: 'SUPERVISOR', acceptBy: T30 });
    expect(as('NONE', T30_AND)(first).when(raise).decided()).toEqual([second]);
    as('NONE', T30)(first).when(raise).thenRefused('ESCALATION_NOT_OVERDUE');
    as('NONE', T30_AND)(first, second).when(raise).thenNothing();
    as('NONE', T30_AND)(first, accepted('uma')).when(raise).thenNothing();
    as('NONE', T30_AND)(first, resolved).when(raise).thenNothing();
    expect(as('SUPERVISOR', T30)(first).when(accept).decided()).toHaveLength(1);
  });

  it('has moved up for whoever comes too late, though no timer has fired', () => {
    as('SUPERVISOR', T30_AND)(first).when(accept).thenRefused('ROLE_NOT_ALLOWED');
    const late = as('SENIOR_MANAGEMENT', '2024-03-01T11:00:00.000Z')(first).when(accept).decided();
    expect(late.slice(0, 2)).toEqual([second, top]);
    expect(late[2]?.data).toMatchObject({ level: 'SENIOR_MANAGEMENT', acceptedById: 'uma' });
  });

  it('is settled with a note, accepted or not, once', () => {
    const resolve = c.ResolveEscalation.of({ ticketId: 't-1', note: 'done' });
    as('SUPERVISOR')(first).when(resolve).then(resolved);
    const [event] = given(first, accepted('uma')).when(resolve).decided();
    expect(event?.data).toMatchObject({ acceptedById: 'uma' });
    given(first, resolved).when(resolve).thenNothing();
    const silent = given(first).when(c.ResolveEscalation.of({ ticketId: 't-1', note: ' ' }));
    expect(silent.decided).toThrow('note must not be empty');
    given().when(resolve).thenRefused('ESCALATION_UNKNOWN');
    as('SUPERVISOR')(first, resolved).when(accept).thenRefused('ESCALATION_RESOLVED');
  });

  it('is settled by who accepted it, or by its level or one above; never by whoever it is about', () => {
    const resolve = c.ResolveEscalation.of({ ticketId: 't-1', note: 'all is well' });
    given(first).when(resolve).thenRefused('ROLE_NOT_ALLOWED');
    given(first, accepted('tom')).when(resolve).thenRefused('ROLE_NOT_ALLOWED');
    as('SUPERVISOR', T0, 'ann')(first).when(resolve).thenRefused('CONFLICT_OF_INTEREST');
    as('SUPERVISOR', T0, 'ann')(first, accepted('tom')).when(resolve).thenRefused('CONFLICT_OF_INTEREST');
    expect(as('SENIOR_MANAGEMENT')(first, accepted('tom')).when(resolve).decided()).toHaveLength(1);
    as('SUPERVISOR', T30_AND)(first).when(resolve).thenRefused('ROLE_NOT_ALLOWED');
  });

  it('is settled by the house when its ticket is over', () => {
    const over = c.ResolveEscalation.of({ ticketId: 't-1', note: 'the ticket was closed' });
    as('POLICY')(first).when(over).then(resolvedWith('the ticket was closed'));
  });
});

describe('a deadline that was missed', () => {
  const clock = { ticketId: 't-1', moment: 'PLAN', clockRound: 1, dueAt: T0 } as const;
  const breach = (level: EscalationLevel, percent = 100) =>
    c.EscalateBreachedClock.of({ ...clock, level, percent });
  const about = { moment: 'PLAN', clockRound: 1, trigger: 'SLA_BREACH' } as const;
  const reason = `PLAN was due ${T0}: 100 % of its time has passed`;
  const missed = called('SUPERVISOR', T0, { ...about, reason, acceptBy: T30 });
  const settle = c.SettleBreachedClock.of({ ...clock, note: 'done' });

  it('calls the level it asks for, beside what somebody asked for (R-21)', () => {
    given().when(breach('SUPERVISOR'), known).then(missed);
    const [beside] = given(first).when(breach('SUPERVISOR'), known).decided();
    expect(beside?.data).toMatchObject({ escalation: 2, level: 'SUPERVISOR', causedById: 'ann' });
    const [another] = given(missed).when(c.EscalateTicket.of(asked), known).decided();
    expect(another?.data).toMatchObject({ escalation: 2, trigger: 'CUSTOMER' });
  });

  it('calls each level once, also when somebody has settled it or moved it up meanwhile', () => {
    given(missed).when(breach('SUPERVISOR'), known).thenNothing();
    const [up] = given(missed).when(breach('DEPARTMENT_HEAD', 150), known).decided();
    expect(up?.data).toMatchObject({ escalation: 1, from: 'SUPERVISOR', level: 'DEPARTMENT_HEAD' });
    as('NONE', T30_AND)(missed).when(breach('DEPARTMENT_HEAD', 150), known).thenNothing();
    const done = e.EscalationResolved.of({ ...resolved.data, moment: 'PLAN', clockRound: 1 });
    given(missed, done).when(breach('SUPERVISOR'), known).thenNothing();
    const [again] = given(missed, done).when(breach('SENIOR_MANAGEMENT', 200), known).decided();
    expect(again?.data).toMatchObject({ escalation: 2, level: 'SENIOR_MANAGEMENT' });
  });

  it('is settled when it is reached, and nothing else with it (SYS-22.5)', () => {
    const [event, ...more] = as('POLICY')(missed, called('SUPERVISOR', T0, { escalation: 2 }))
      .when(settle)
      .decided();
    expect([event?.data, more]).toMatchObject([{ escalation: 1, moment: 'PLAN', note: 'done' }, []]);
    given(first).when(settle).thenNothing();
    given().when(settle).thenNothing();
    given(missed).when(settle).thenRefused('ROLE_NOT_ALLOWED');
  });

  it('is accepted by its number, or with all that wait', () => {
    const both = [missed, called('DEPARTMENT_HEAD', T0, { escalation: 2, acceptBy: T30 })];
    const numbers = (role: string, escalation?: number) =>
      as(role)(...both)
        .when(c.AcceptEscalation.of({ ticketId: 't-1', ...(escalation && { escalation }) }))
        .decided()
        .map(({ data }) => (data as e.EscalationAccepted).escalation);
    expect(numbers('DEPARTMENT_HEAD')).toEqual([1, 2]);
    expect(numbers('SUPERVISOR')).toEqual([1]);
    expect(numbers('DEPARTMENT_HEAD', 2)).toEqual([2]);
    expect(() => numbers('SUPERVISOR', 2)).toThrow('only the level that was called');
    expect(() => numbers('SUPERVISOR', 3)).toThrow('has not been escalated');
    const resolve = c.ResolveEscalation.of({ ticketId: 't-1', note: 'done' });
    for (const [role, settled] of [
      ['SUPERVISOR', 1],
      ['DEPARTMENT_HEAD', 2],
    ] as const)
      expect(
        as(role)(...both)
          .when(resolve)
          .decided(),
      ).toHaveLength(settled);
  });
});

it('a ticket of quadrant 1 begins with the head of the department (SYS-22.4)', () => {
  const q1 = { ...known, ticket: { ...ticket, of: { ...ticket.of, priority: 1 } } };
  const [event] = given().when(c.EscalateTicket.of(asked), q1).decided();
  expect(event?.data).toMatchObject({ level: 'DEPARTMENT_HEAD' });
});
