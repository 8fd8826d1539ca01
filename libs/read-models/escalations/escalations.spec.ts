import * as e from '@rapport/domain/events';
import type { EscalationLevel } from '@rapport/domain/values';
import { rowsOf } from '@rapport/kernel/spec';
import { escalationHistory } from './escalation-history.projection';
import { escalationInbox } from './escalation-inbox.projection';

const T0 = '2024-03-01T09:00:00.000Z';
const T30 = '2024-03-01T09:30:00.000Z';
const T60 = '2024-03-01T10:00:00.000Z';
const call = (level: EscalationLevel, escalatedAt: string) => ({
  ...{ ticketId: 't-1', customerId: 'c-1', raisedAt: T0, escalation: 1, level, escalatedAt },
  urgency: 'URGENT' as const,
});
const asked = e.TicketEscalated.of({
  ...{ ...call('SUPERVISOR', T0), trigger: 'CUSTOMER', reason: 'nothing moves', priorityCustomer: false },
  ...{ onDutyId: 'uma', acceptBy: T30 },
});
const movedUp = e.TicketEscalated.of({
  ...{ ...call('DEPARTMENT_HEAD', T30), from: 'SUPERVISOR', trigger: 'NOT_ACCEPTED', reason: 'x' },
  ...{ priorityCustomer: false, acceptBy: T60 },
});
const accepted = e.EscalationAccepted.of({
  ...{ ...call('DEPARTMENT_HEAD', T30), acceptedById: 'hua', acceptedAt: T60 },
});
const resolved = e.EscalationResolved.of({
  ...{ ...call('DEPARTMENT_HEAD', T30), note: 'a second team helps', resolvedAt: T60, acceptedById: 'hua' },
});

describe('the inbox of escalations', () => {
  const { given } = rowsOf(escalationInbox);
  it('shows who is called now, and until when they have time', () => {
    given(asked)
      .row('t-1|1')
      .is({ level: 'SUPERVISOR', trigger: 'CUSTOMER', onDutyId: 'uma', acceptBy: T30 });
    given(asked, movedUp)
      .row('t-1|1')
      .is({ level: 'DEPARTMENT_HEAD', trigger: 'NOT_ACCEPTED', onDutyId: null, acceptBy: T60 });
  });

  it('shows who has accepted, until it is settled', () => {
    given(asked, movedUp, accepted).row('t-1|1').is({ acceptBy: null, acceptedById: 'hua', acceptedAt: T60 });
    given(asked, movedUp, accepted, resolved).row('t-1|1').isGone();
  });

  it('shows beside it what was called for because a deadline was missed', () => {
    const about = { escalation: 2, moment: 'PLAN', clockRound: 1, trigger: 'SLA_BREACH' } as const;
    const breach = e.TicketEscalated.of({ ...asked.data, ...about });
    const rows = given(asked, breach, resolved);
    rows.row('t-1|1').isGone();
    rows.row('t-1|2').is({ ticketId: 't-1', level: 'SUPERVISOR', ...about });
  });
});

describe('the history of escalations', () => {
  const { given } = rowsOf(escalationHistory);
  it('keeps every level that was called', () => {
    const rows = given(asked, movedUp, accepted, resolved);
    rows.row('t-1|1|SUPERVISOR').is({ from: null, trigger: 'CUSTOMER', acceptedAt: null, resolvedAt: null });
    rows.row('t-1|1|DEPARTMENT_HEAD').is({
      ...{ from: 'SUPERVISOR', trigger: 'NOT_ACCEPTED', escalatedAt: T30 },
      ...{ acceptedById: 'hua', acceptedAt: T60, resolvedAt: T60 },
    });
  });
});
