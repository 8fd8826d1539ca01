import { hydrate } from '@rapport/kernel';
import { scenario } from '@rapport/kernel/spec';
import * as c from './ticket.commands';
import { ticket } from './ticket.decider';
import * as e from './ticket.events';
import { Attachment, PlanOption } from './ticket.values';

const raisedAt = '2024-03-01T09:00:00.000Z';
const solvedAt = '2024-03-02T09:00:00.000Z';
const NOW = '2024-03-05T09:00:00.000Z';
const at = (now: string) => scenario(ticket, { now }).given;
const given = at(NOW);

const of = { ticketId: 't-1', customerId: 'c-1', type: 'SERVICE', urgency: 'ROUTINE', raisedAt } as const;
const told = { channel: 'PHONE', verbatim: 'the printer is broken', collectorId: 'sam' } as const;
const flags = { isEnquiry: false, isComplex: false };
const registered = e.TicketRegistered.of({ ...of, ...told, ...flags }, raisedAt);
const delivered = (deliveredAt = solvedAt, round = 1) =>
  e.SolutionDelivered.of({ ...of, solution: 'a new printer', deliveredAt, round });
const confirmed = e.CustomerConfirmedSatisfied.of({ ...of, confirmedAt: NOW, round: 1 });
const closed = e.TicketClosed.of({ ...of, outcome: 'CONFIRMED', closedAt: NOW, round: 1 });
const withdrawn = e.TicketWithdrawn.of({ ...of, reason: 'x', withdrawnAt: NOW });
const second = e.SecondCommunicationStarted.of({ ...of, startedAt: NOW, round: 2 });

describe('the word of the customer is missing', () => {
  const remind = (afterDays: number, about = solvedAt) =>
    c.RemindOfConfirmation.of({ ticketId: 't-1', solvedAt: about, afterDays });
  const due = (afterDays: number) => e.ClosureReminderDue.of({ ...of, solvedAt, afterDays, round: 1 });

  it('so somebody should ask, once the days have passed and not a moment earlier', () => {
    given(registered, delivered()).when(remind(3)).then(due(3));
    at('2024-03-05T08:59:59.999Z')(registered, delivered()).when(remind(3)).thenRefused('REMINDER_NOT_DUE');
    at('2024-03-09T09:00:00.000Z')(registered, delivered(), due(3)).when(remind(7)).then(due(7));
  });
  it('also when a question to the customer is open; the owner is named', () => {
    const owned = e.TicketOwnerAssigned.of({ ...of, to: 'ann', reassignment: false });
    const asked = e.TicketWaitingForCustomer.of({ ...of, question: 'is it well?', waitingSince: solvedAt });
    given(registered, owned, delivered(), asked)
      .when(remind(3))
      .then(e.ClosureReminderDue.of({ ...of, solvedAt, afterDays: 3, round: 1, ownerId: 'ann' }));
  });
  it('and is missed once only for each solution', () => {
    given(registered, delivered(), due(3)).when(remind(3)).thenNothing();
    given(registered, delivered(), due(3), second, delivered(solvedAt, 2))
      .when(remind(3))
      .then(e.ClosureReminderDue.of({ ...of, solvedAt, afterDays: 3, round: 2 }));
  });
  it('unless it has come, the ticket is over, or the solution is no longer the one it stands on', () => {
    given(registered, delivered(), confirmed).when(remind(3)).thenNothing();
    given(registered, delivered(), second).when(remind(3)).thenNothing();
    given(registered, delivered(), closed).when(remind(3)).thenNothing();
    given(registered, delivered(), withdrawn).when(remind(3)).thenNothing();
    given(registered, delivered('2024-03-02T10:00:00.000Z')).when(remind(3)).thenNothing();
    given(registered).when(remind(3)).thenNothing();
    given().when(remind(3)).thenNothing();
  });
});

describe('a closed ticket is archived', () => {
  const archive = c.ArchiveTicket.of({ ticketId: 't-1' });
  const none = { register: { last: 0, numbered: [] } };
  const numbered = { register: { last: 1, numbered: [new Map([['t-1', '需-2024-001']])] } };
  const empty = { steps: 0, plans: 0, solutions: 0, rounds: 1, attachments: [], parts: [], complaint: false };
  const archived = (told: Partial<e.TicketArchived> = {}) =>
    e.TicketArchived.of({
      ...{ ...of, archivedAt: NOW, closedAt: NOW, outcome: 'CONFIRMED', manifest: empty, ...told },
    });

  it('once, under its number, if it has one', () => {
    given(registered, closed).when(archive, none).then(archived());
    given(registered, closed)
      .when(archive, numbered)
      .then(archived({ ticketNumber: '需-2024-001' }));
    given(registered, closed, archived()).when(archive, none).thenNothing();
  });
  it('after it was closed, not before', () => {
    given(registered, delivered(), confirmed).when(archive, none).thenRefused('NOT_CLOSED');
    given(registered, withdrawn).when(archive, none).thenRefused('NOT_CLOSED');
    given().when(archive, none).thenRefused('TICKET_UNKNOWN');
  });
  it('with a manifest of all that was filed with it', () => {
    const file = (name: string) => hydrate(Attachment, { name });
    const origin = { splitFrom: 't-0', recurrenceOf: 't-9' };
    const intake = { ...of, ...told, ...flags, type: 'COMPLAINT', ...origin } as const;
    const step = { stage: 'x', executedAt: raisedAt, executorId: 'a', progress: 'x', step: 1 };
    const plan = { options: [hydrate(PlanOption, { summary: 'x' })], presentedAt: raisedAt, round: 1 };
    given(
      e.TicketRegistered.of({ ...intake, attachments: [file('a.png')] }),
      e.TicketAttachmentAdded.of({ ...of, attachment: file('b.pdf') }),
      e.TicketSplit.of({ ...of, newTicketIds: ['t-2', 't-3'] }),
      e.ExecutionStepRecorded.of({ ...of, ...step, final: true, lateEntry: false }),
      e.PlanPresented.of({ ...of, ...plan }),
      delivered(),
      second,
      delivered(NOW, 2),
      closed,
    )
      .when(archive, none)
      .then(
        archived({
          type: 'COMPLAINT',
          manifest: {
            ...{ steps: 1, plans: 1, solutions: 2, rounds: 2, attachments: ['a.png', 'b.pdf'] },
            ...{ parts: ['t-2', 't-3'], complaint: true, ...origin },
          },
        }),
      );
  });
  it('and is read-only from then on: nothing is changed, and it is not reopened', () => {
    const over = given(registered, closed, archived());
    over.when(c.ReopenTicket.of({ ticketId: 't-1', reason: 'again' }), none).thenRefused('TICKET_ARCHIVED');
    over.when(c.AmendTicketDetails.of({ ticketId: 't-1', background: 'x' })).thenRefused('TICKET_ARCHIVED');
    over
      .when(c.AttachToTicket.of({ ticketId: 't-1', attachment: hydrate(Attachment, { name: 'a' }) }))
      .thenRefused('TICKET_ARCHIVED');
    over.when(c.WithdrawTicket.of({ ticketId: 't-1', reason: 'x' })).thenRefused('TICKET_ARCHIVED');
    over.when(c.ConfirmSatisfied.of({ ticketId: 't-1' })).thenRefused('TICKET_ARCHIVED');
    over.when(c.CloseTicket.of({ ticketId: 't-1' })).thenNothing();
  });
});
