import {
  EscalateBreachedClock,
  RaiseUnacceptedEscalation,
  ResolveEscalation,
  SettleBreachedClock,
} from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import type { EscalationLevel } from '@rapport/domain/values';
import { reactionsOf } from '@rapport/kernel/spec';
import { whenEscalationUnacceptedThenRaise } from './when-escalation-unaccepted-then-raise.policy';
import { whenSlaClockBreachedThenEscalate } from './when-sla-clock-breached-then-escalate.policy';
import { whenTicketEndedThenResolveEscalation } from './when-ticket-ended-then-resolve-escalation.policy';

const ticketId = 't-1';
const escalatedAt = '2024-03-01T09:00:00.000Z';
const acceptBy = '2024-03-01T09:30:00.000Z';
const ticket = { ticketId, customerId: 'c-1', urgency: 'URGENT', raisedAt: escalatedAt } as const;
const call = (level: EscalationLevel) => ({ ...ticket, escalation: 1, level, escalatedAt });
const escalated = (level: EscalationLevel, due: { acceptBy?: string } = { acceptBy }) =>
  e.TicketEscalated.of({
    ...{ ...call(level), trigger: 'CUSTOMER', reason: 'nothing moves', priorityCustomer: false, ...due },
  });
const accepted = e.EscalationAccepted.of({
  ...{ ...call('SUPERVISOR'), acceptedById: 'uma', acceptedAt: escalatedAt },
});
const resolved = e.EscalationResolved.of({ ...call('SUPERVISOR'), note: 'done', resolvedAt: escalatedAt });

describe('an escalation', () => {
  const { given } = reactionsOf(whenEscalationUnacceptedThenRaise);
  const raise = (level: EscalationLevel) =>
    RaiseUnacceptedEscalation.of({ ticketId, escalation: 1, level, acceptBy });

  it('moves up just after the half hour in which it could be accepted', () => {
    given(escalated('SUPERVISOR')).waits('t-1|1', '2024-03-01T09:30:00.001Z', raise('SUPERVISOR'));
    given(escalated('SUPERVISOR'), escalated('DEPARTMENT_HEAD')).waits(
      ...(['t-1|1', '2024-03-01T09:30:00.001Z', raise('DEPARTMENT_HEAD')] as const),
    );
  });

  it('waits beside another one of the same ticket', () => {
    const other = e.TicketEscalated.of({ ...escalated('SUPERVISOR').data, escalation: 2 });
    const rows = given(escalated('SUPERVISOR'), other, resolved);
    rows.waitsNoMore('t-1|1');
    const second = RaiseUnacceptedEscalation.of({ ticketId, escalation: 2, level: 'SUPERVISOR', acceptBy });
    rows.waits('t-1|2', '2024-03-01T09:30:00.001Z', second);
  });

  it('waits no more once it is accepted, settled or at the top', () => {
    given(escalated('SUPERVISOR'), accepted).waitsNoMore('t-1|1');
    given(escalated('SUPERVISOR'), resolved).waitsNoMore('t-1|1');
    given(escalated('SUPERVISOR'), escalated('SENIOR_MANAGEMENT', {})).waitsNoMore('t-1|1');
  });
});

describe('the escalation of a ticket', () => {
  const { given } = reactionsOf(whenTicketEndedThenResolveEscalation);
  const closed = e.TicketClosed.of({ ...ticket, outcome: 'CONFIRMED', closedAt: escalatedAt, round: 1 });
  const withdrawn = e.TicketWithdrawn.of({ ...ticket, reason: 'x', withdrawnAt: escalatedAt });

  it('is settled when the ticket is closed or withdrawn', () => {
    given(escalated('SUPERVISOR'), accepted, closed).then(
      ResolveEscalation.of({ ticketId, note: 'the ticket was closed' }),
    );
    given(escalated('SUPERVISOR'), withdrawn).then(
      ResolveEscalation.of({ ticketId, note: 'the ticket was withdrawn' }),
    );
  });

  it('is settled at the end as long as one of several is not', () => {
    const other = e.TicketEscalated.of({ ...escalated('SUPERVISOR').data, escalation: 2 });
    given(escalated('SUPERVISOR'), other, resolved, closed).then(
      ResolveEscalation.of({ ticketId, note: 'the ticket was closed' }),
    );
  });

  it('is nothing to settle when there is none', () => {
    given(closed).then();
    given(escalated('SUPERVISOR'), resolved, closed).then();
  });
});

describe('a deadline that is missed', () => {
  const { given } = reactionsOf(whenSlaClockBreachedThenEscalate);
  const due = { startAt: escalatedAt, dueAt: acceptBy, heard: 1, isEnquiry: false };
  const clock = { ...ticket, ...due, moment: 'PLAN', round: 2, breachedAt: acceptBy } as const;
  const call = { ticketId, moment: 'PLAN', clockRound: 2, dueAt: acceptBy } as const;
  const later = '2024-03-02T09:00:00.000Z';

  it('calls the level of the ladder (R-21)', () => {
    const alone = { priorityCustomer: false, reasonDueAt: later, level: 'SUPERVISOR' } as const;
    given(e.SlaClockBreached.of({ ...clock, ...alone })).then(
      EscalateBreachedClock.of({ ...call, level: 'SUPERVISOR', percent: 100 }),
    );
    const overdue = { percent: 150, level: 'DEPARTMENT_HEAD', overdueAt: later } as const;
    given(e.SlaClockLeftOverdue.of({ ...clock, ...overdue })).then(
      EscalateBreachedClock.of({ ...call, level: 'DEPARTMENT_HEAD', percent: 150 }),
    );
  });

  it('is settled when it is reached after all', () => {
    const late = { reachedBy: 'PLAN', reachedAt: later, elapsedMs: 1, delayMs: 1 } as const;
    given(e.SlaClockMetLate.of({ ...clock, ...late })).then(
      SettleBreachedClock.of({
        ...{ ticketId, moment: 'PLAN', clockRound: 2 },
        note: `PLAN was reached by PLAN at ${later}`,
      }),
    );
  });
});
