import { RaiseUnacceptedEscalation, ResolveEscalation } from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import type { EscalationLevel } from '@rapport/domain/values';
import { reactionsOf } from '@rapport/kernel/spec';
import { whenEscalationUnacceptedThenRaise } from './when-escalation-unaccepted-then-raise.policy';
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
  const raise = (level: EscalationLevel) => RaiseUnacceptedEscalation.of({ ticketId, level, acceptBy });

  it('moves up just after the half hour in which it could be accepted', () => {
    given(escalated('SUPERVISOR')).waits(ticketId, '2024-03-01T09:30:00.001Z', raise('SUPERVISOR'));
    given(escalated('SUPERVISOR'), escalated('DEPARTMENT_HEAD')).waits(
      ...([ticketId, '2024-03-01T09:30:00.001Z', raise('DEPARTMENT_HEAD')] as const),
    );
  });

  it('waits no more once it is accepted, settled or at the top', () => {
    given(escalated('SUPERVISOR'), accepted).waitsNoMore(ticketId);
    given(escalated('SUPERVISOR'), resolved).waitsNoMore(ticketId);
    given(escalated('SUPERVISOR'), escalated('SENIOR_MANAGEMENT', {})).waitsNoMore(ticketId);
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

  it('is nothing to settle when there is none', () => {
    given(closed).then();
    given(escalated('SUPERVISOR'), resolved, closed).then();
  });
});
