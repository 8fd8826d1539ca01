import * as events from '@rapport/domain/events';
import type { TicketType } from '@rapport/domain/values';
import { flag, instant, integer, maybe, projection, rollup, text } from '@rapport/kernel';

/** REOPENED: the ticket itself was taken up again; NEW_TICKET: a new one names it, since it was closed or archived. */
export type RecurrenceKind = 'REOPENED' | 'NEW_TICKET';

/** Every time that a problem came back after it had been solved. */
export const recurrence = projection(events, {
  name: 'recurrence',
  version: 1,
  about: 'Which problems came back after they had been solved, and within 30 days?',
  // prettier-ignore
  columns: {
    ticketId: text().says('The ticket in which it came back (SYS-19.5)'),
    earlierTicketId: text().says('The ticket in which it had been solved: the same one if it was reopened (SYS-19.5)'),
    customerId: text().says('Whose problem it is (SYS-19.5)'),
    type: maybe(text<TicketType>('SERVICE')).says('FUNCTIONAL, SERVICE, COMPLAINT or COOPERATION; null: not classified then (R-41)'),
    kind: text<RecurrenceKind>('REOPENED').says('REOPENED, or NEW_TICKET that names the earlier one (SYS-19.5)'),
    at: instant().says('When it came back (SYS-19.5)'),
    withinRecurrence: flag().says('Within 30 days of its end: it counts as recurrence (SYS-19.5)'),
    closedAt: maybe(instant()).says('When the earlier ticket had been closed; null: not closed, or a new ticket (SYS-19.5)'),
    round: integer(1).says('The round that began with it; 1 for a new ticket (SYS-19.2)', 'ordinal'),
    department: maybe(text()).says('Who faced the customer then; null: not assigned, or a new ticket (SYS-17.1)'),
  },
  indexes: [['customerId', 'at'], ['earlierTicketId'], ['withinRecurrence', 'at']],
  history: true,
  key: 'ticketId',
  per: 'return of a problem',
  keys: {
    TicketRegistered: ({ ticketId, recurrenceOf }) => (recurrenceOf === undefined ? [] : [`${ticketId}|1`]),
    TicketReopened: ({ ticketId, round }) => [`${ticketId}|${round}`],
  },
}).on({
  TicketRegistered: (_, { ticketId, recurrenceOf, customerId, type = null, raisedAt: at, ...told }) => ({
    ...{ ticketId, earlierTicketId: recurrenceOf ?? '', customerId, type, at, kind: 'NEW_TICKET' },
    withinRecurrence: told.withinRecurrence ?? false,
  }),
  TicketReopened: (_, { ticketId, customerId, type = null, reopenedAt: at, withinRecurrence, ...told }) => ({
    ...{ ticketId, earlierTicketId: ticketId, customerId, type, at, kind: 'REOPENED', withinRecurrence },
    ...{ closedAt: told.closedAt ?? null, round: told.round, department: told.department ?? null },
  }),
});

export const recurrenceFigures = rollup(recurrence, {
  name: 'recurrence-figures',
  version: 1,
  about: 'How many problems came back, by type, way and month?',
  source: 'SYS-19.5',
  by: {
    type: ({ type }) => type ?? 'UNCLASSIFIED',
    kind: ({ kind }) => kind,
    month: ({ at }) => at.slice(0, 7),
  },
  sums: { withinRecurrence: (row) => Number(row.withinRecurrence) },
  says: {
    type: 'FUNCTIONAL, SERVICE, COMPLAINT or COOPERATION; UNCLASSIFIED: not known then',
    kind: 'REOPENED or NEW_TICKET',
    month: ['The month in which they came back (UTC)', 'month'],
    rows: 'Problems that came back',
    withinRecurrence: 'Those of them that came back within 30 days of their end',
  },
});
