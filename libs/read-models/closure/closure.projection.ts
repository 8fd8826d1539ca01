import * as events from '@rapport/domain/events';
import type { ClosureOutcome, SourceVerdict } from '@rapport/domain/values';
import { flag, howMany, instant, integer, maybe, projection, text } from '@rapport/kernel';

export type ClosureState =
  'SOLVED' | 'IN_REWORK' | 'CONFIRMED' | 'CLOSED' | 'ARCHIVED' | 'REOPENED' | 'WITHDRAWN';

/** How each ticket came, or comes, to its end: from its first solution on. */
export const closure = projection(events, {
  name: 'closure',
  version: 2,
  about:
    'What did the customer say to the solution of each ticket, how many rounds did it take, and how did it end?',
  // prettier-ignore
  columns: {
    customerId: text().says('Whose ticket it is (SYS-19.1)'),
    ownerId: maybe(text()).says('Who answered to the customer when it was closed; null: nobody, or not closed (SYS-19.1)'),
    department: maybe(text()).says('Who faced the customer when it was closed; null: nobody, or not closed (SYS-19.1)'),
    state: text<ClosureState>('SOLVED').says('SOLVED, IN_REWORK (another round), CONFIRMED, CLOSED, ARCHIVED, REOPENED, or WITHDRAWN by the customer (SYS-19.1)'),
    rounds: integer(1).says('Attempts to solve it, the first one included (SYS-19.2)', 'count'),
    solutions: howMany().says('Solutions that were delivered (SYS-19.1)'),
    dissatisfactions: howMany().says('How often the customer said that it was not solved (SYS-19.2)'),
    reminders: howMany().says('How often the word of the customer was missing, after 3 and 7 days (SYS-19.3)'),
    solvedAt: maybe(instant()).says('The solution it stands on; null: it did not hold (SYS-19.1)'),
    confirmedAt: maybe(instant()).says('When the customer said that it is solved; null: not said (SYS-19.1)'),
    evidenced: flag().says('The word of the customer came with evidence (SYS-19.1)'),
    closedAt: maybe(instant()).says('When it was closed; null: it is open (SYS-19.1)'),
    outcome: maybe(text<ClosureOutcome>('CONFIRMED')).says('CONFIRMED, or UNCONFIRMED: never counted as satisfied; null: it is open (SYS-19.3)'),
    sourceVerdict: maybe(text<SourceVerdict>('MET')).says('MET or MISSED by the system it was imported from; null: not told (SYS-19)'),
    archivedAt: maybe(instant()).says('When it was filed for good; null: it was not (SYS-19.4)'),
    reopenings: howMany().says('How often it was taken up again (SYS-19.5)'),
  },
  indexes: [
    ['customerId', 'closedAt'],
    ['state', 'solvedAt'],
    ['outcome', 'closedAt'],
    ['ownerId', 'closedAt'],
  ],
  history: true,
  key: 'ticketId',
  per: 'ticket that was solved',
}).on({
  SolutionDelivered: ({ solutions }, { customerId, deliveredAt: solvedAt, round: rounds }) => ({
    ...{ customerId, solvedAt, rounds, state: 'SOLVED', solutions: solutions + 1 },
    ...{ confirmedAt: null, evidenced: false },
  }),
  ClosureReminderDue: ({ reminders }) => ({ reminders: reminders + 1 }),
  CustomerConfirmedSatisfied: (_, { customerId, confirmedAt, evidence }) => ({
    ...{ customerId, state: 'CONFIRMED', confirmedAt, evidenced: evidence !== undefined },
  }),
  CustomerReportedDissatisfied: ({ dissatisfactions }, { customerId }) => ({
    ...{ customerId, state: 'IN_REWORK', dissatisfactions: dissatisfactions + 1 },
    ...{ solvedAt: null, confirmedAt: null, evidenced: false },
  }),
  SecondCommunicationStarted: (_, { customerId, round: rounds }) => ({
    ...{ customerId, rounds, state: 'IN_REWORK' },
    ...{ solvedAt: null, confirmedAt: null, evidenced: false },
  }),
  TicketClosed: (_, { customerId, closedAt, outcome, round: rounds, ...told }) => ({
    ...{ customerId, state: 'CLOSED', closedAt, outcome, rounds },
    ...{ ownerId: told.ownerId ?? null, department: told.department ?? null },
    sourceVerdict: told.sourceVerdict ?? null,
  }),
  TicketArchived: (_, { archivedAt }) => ({ state: 'ARCHIVED', archivedAt }),
  TicketWithdrawn: ({ customerId }) => (customerId === '' ? undefined : { state: 'WITHDRAWN' }),
  TicketReopened: ({ reopenings }, { customerId, round: rounds }) => ({
    ...{ customerId, state: 'REOPENED', rounds, reopenings: reopenings + 1 },
    ...{ solvedAt: null, confirmedAt: null, evidenced: false, closedAt: null, outcome: null },
    ...{ ownerId: null, department: null },
  }),
});
