import * as events from '@rapport/domain/events';
import type { PlanKind, Quadrant } from '@rapport/domain/values';
import { flag, howMany, instant, maybe, projection, text } from '@rapport/kernel';

/** What is planned for a week, a month, a special plan or a later iteration. */
export const planPeriod = projection(events, {
  name: 'plan-period',
  version: 1,
  about: 'Which tickets lie in which plan: the week, the month, the special plan, or the iteration backlog?',
  // prettier-ignore
  columns: {
    customerId: text().says('Whose ticket it is (SYS-14.3)'),
    open: flag().says('Still to be worked on: neither closed nor withdrawn (SYS-14.3)'),
    kind: text<PlanKind>('WEEKLY').says('WEEKLY, MONTHLY, SPECIAL or ITERATION (SYS-14.3, SYS-14.4)'),
    period: maybe(text()).says('The week, 2024-W10, or the month, 2024-03; null: a plan of another kind (R-14)'),
    planName: maybe(text()).says('What a special plan is called; null: a plan of another kind (R-14)'),
    reviewOn: maybe(text()).says('When a ticket in the iteration backlog is looked at; null: another kind (SYS-14.4)', 'day'),
    quadrant: text<Quadrant>('Q4').says('Q1 urgent and important, Q2 important, Q3 urgent, Q4 neither, when it was planned (SYS-14.1)'),
    scheduledAt: instant().says('When it got this place (SYS-14.3)'),
    late: flag().says('After the working day within which it had to be planned (R-14)'),
    moves: howMany().says('How often it had another place before (SYS-14.3)'),
    raisedAt: instant().says('When the customer raised it (SYS-12.1)'),
  },
  indexes: [['kind', 'period'], ['open', 'reviewOn'], ['customerId']],
  history: true,
  key: 'ticketId',
  per: 'ticket with a place in a plan',
}).on({
  TicketScheduledInPlan: ({ late: before, moves }, { customerId, quadrant, from, to, ...data }) => {
    const { kind, period = null, name: planName = null, reviewOn = null } = to;
    const { scheduledAt, late, raisedAt } = data;
    return {
      ...{ customerId, open: true, kind, period, planName, reviewOn, quadrant, scheduledAt, raisedAt },
      ...{ late: before || late, moves: from === undefined ? moves : moves + 1 },
    };
  },
  // A place in the iteration backlog is none for what has become important.
  TicketPriorityOverridden: ({ kind, ...row }, { important }) =>
    isPlanned(row) && kind === 'ITERATION' && important ? null : undefined,
  TicketClosed: (row) => (isPlanned(row) ? { open: false } : undefined),
  TicketWithdrawn: (row) => (isPlanned(row) ? { open: false } : undefined),
  TicketReopened: (row) => (isPlanned(row) ? { open: true } : undefined),
});

/** Tickets without a plan have no row: what happens to them must not make one. */
const isPlanned = ({ customerId }: { readonly customerId: string }): boolean => customerId !== '';
