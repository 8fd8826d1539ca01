import * as events from '@rapport/domain/events';
import type { ClosureOutcome, TicketType } from '@rapport/domain/values';
import { flag, howMany, instant, integer, json, maybe, projection, text } from '@rapport/kernel';

/** What was filed for good: an archive is read-only, so a row never changes. */
export const archiveIndex = projection(events, {
  name: 'archive-index',
  version: 1,
  about: 'Which tickets have been archived, by number, customer and type, and what was filed with each?',
  // prettier-ignore
  columns: {
    number: maybe(text()).says('Its number of the year, such as 需-2024-001; null: it had none (R-59)'),
    customerId: text().says('Whose ticket it was (SYS-19.4)'),
    type: maybe(text<TicketType>('SERVICE')).says('FUNCTIONAL, SERVICE, COMPLAINT or COOPERATION; null: never classified (R-41)'),
    outcome: text<ClosureOutcome>('CONFIRMED').says('CONFIRMED by the customer, or UNCONFIRMED (SYS-19.3)'),
    raisedAt: instant().says('When the customer had raised it (SYS-12.1)'),
    closedAt: instant().says('When the customer or the fortnight of silence had ended it (SYS-19.1)'),
    archivedAt: instant().says('When it was filed for good (SYS-19.4)'),
    steps: howMany().says('Lines of its tracking table (SYS-19.4)'),
    plans: howMany().says('Plans that were presented, revised ones too (SYS-19.4)'),
    solutions: howMany().says('Solutions that were delivered (SYS-19.4)'),
    rounds: integer(1).says('Attempts to solve it, the first one included (SYS-19.2)', 'count'),
    attachments: json<readonly string[]>([]).says('Documents and pictures by name, as they were filed (SYS-19.4)'),
    complaint: flag().says('A complaint lies beside it under the same id (SYS-19.4)'),
    parts: json<readonly string[]>([]).says('The tickets that its parts became (SYS-12.4)'),
    splitFrom: maybe(text()).says('The ticket it was a part of; null: it was none (SYS-12.4)'),
    recurrenceOf: maybe(text()).says('The closed ticket whose problem came back with it; null: none (SYS-19.5)'),
  },
  indexes: [['number'], ['customerId', 'archivedAt'], ['type', 'archivedAt']],
  history: true,
  key: 'ticketId',
  per: 'archived ticket',
}).on({
  TicketArchived: (_, { customerId, type = null, outcome, raisedAt, closedAt, archivedAt, ...filed }) => {
    const { steps, plans, solutions, rounds, attachments, complaint, parts, ...from } = filed.manifest;
    return {
      ...{ number: filed.ticketNumber ?? null, customerId, type, outcome, raisedAt, closedAt, archivedAt },
      ...{ steps, plans, solutions, rounds, attachments, complaint, parts },
      ...{ splitFrom: from.splitFrom ?? null, recurrenceOf: from.recurrenceOf ?? null },
    };
  },
});
