import { hydrate } from '@rapport/kernel';
import { scenario } from '@rapport/kernel/spec';
import * as c from './ticket.commands';
import { ticket } from './ticket.decider';
import * as e from './ticket.events';
import { PlanOption } from './ticket.values';

const raisedAt = '2024-03-01T09:00:00.000Z';
const solvedAt = '2024-03-02T09:00:00.000Z';
const fortnight = '2024-03-16T09:00:00.000Z';
const ann = { id: 'ann', role: 'SERVICE_SPECIALIST' };
const boss = { id: 'uma', role: 'SUPERVISOR' };
const importer = { id: 'importer', role: 'MIGRATION' };
const at = (now: string, actor = ann) => scenario(ticket, { now, actor }).given;
const NOW = '2024-03-04T09:00:00.000Z';
const given = at(NOW);

const of = { ticketId: 't-1', customerId: 'c-1', type: 'SERVICE', urgency: 'ROUTINE', raisedAt } as const;
const told = { channel: 'PHONE', verbatim: 'the printer is broken', collectorId: 'sam' } as const;
const registered = e.TicketRegistered.of({ ...of, ...told, isEnquiry: false, isComplex: false }, raisedAt);
const delivered = e.SolutionDelivered.of({
  ...of,
  solution: 'a new printer',
  deliveredAt: solvedAt,
  round: 1,
});
const confirmed = e.CustomerConfirmedSatisfied.of({ ...of, confirmedAt: NOW, round: 1 });
const closedAt = (time: string, outcome: 'CONFIRMED' | 'UNCONFIRMED' = 'CONFIRMED') =>
  e.TicketClosed.of({ ...of, outcome, closedAt: time, round: 1 });
const asked = e.TicketWaitingForCustomer.of({ ...of, question: 'is it well?', waitingSince: solvedAt });
const resumed = e.TicketResumed.of({ ...of, waitingSince: solvedAt, resumedAt: NOW });
const withdrawn = e.TicketWithdrawn.of({ ...of, reason: 'found it', withdrawnAt: NOW });

const confirm = c.ConfirmSatisfied.of({ ticketId: 't-1' });
const complain = c.ReportDissatisfied.of({ ticketId: 't-1', reason: 'it smokes' });
const close = c.CloseTicket.of({ ticketId: 't-1' });
const closeUnconfirmed = c.CloseUnconfirmed.of({ ticketId: 't-1' });

describe('the customer has the last word', () => {
  it('a solution is confirmed, once', () => {
    given(registered, delivered).when(confirm).then(confirmed);
    given(registered, delivered, confirmed).when(confirm).thenNothing();
    given(registered).when(confirm).thenRefused('TICKET_NOT_SOLVED');
    given(registered, delivered, asked).when(confirm).then(resumed, confirmed);
  });
  it('the owner must show evidence of it', () => {
    const owned = e.TicketOwnerAssigned.of({ ...of, to: 'ann', reassignment: false });
    given(registered, owned, delivered).when(confirm).thenRefused('EVIDENCE_MISSING');
    given(registered, owned, delivered)
      .when(c.ConfirmSatisfied.of({ ticketId: 't-1', evidence: 'mail of 4 March' }))
      .then(
        e.CustomerConfirmedSatisfied.of({ ...of, confirmedAt: NOW, round: 1, evidence: 'mail of 4 March' }),
      );
    at(NOW, boss)(registered, owned, delivered).when(confirm).then(confirmed);
  });
  it('a dissatisfied customer starts a second communication at once', () => {
    const reported = e.CustomerReportedDissatisfied.of({
      ...of,
      reason: 'it smokes',
      reportedAt: NOW,
      round: 1,
    });
    const second = e.SecondCommunicationStarted.of({ ...of, startedAt: NOW, round: 2 });
    given(registered, delivered).when(complain).then(reported, second);
    given(registered, delivered, confirmed).when(complain).then(reported, second);
    given(registered, delivered, asked).when(complain).then(resumed, reported, second);
    given(registered, delivered, reported, second).when(complain).thenRefused('TICKET_NOT_SOLVED');
  });
  it('a second communication begins with the cause and an adjusted plan, then comes another solution', () => {
    const second = e.SecondCommunicationStarted.of({ ...of, startedAt: NOW, round: 2 });
    const again = c.DeliverSolution.of({ ticketId: 't-1', solution: 'another', deliveredAt: NOW });
    const options = [hydrate(PlanOption, { summary: 'a printer without smoke' })];
    const plan = { options, presentedAt: NOW };
    const adjusted = { ...plan, cause: 'the old fan' };
    given(registered, delivered, second).when(again).thenRefused('ADJUSTED_PLAN_REQUIRED');
    given(registered, delivered, second)
      .when(c.PresentPlan.of({ ticketId: 't-1', ...plan }))
      .thenRefused('CAUSE_REQUIRED');
    given(registered, delivered, second)
      .when(c.PresentPlan.of({ ticketId: 't-1', ...adjusted }))
      .then(e.PlanPresented.of({ ...of, ...adjusted, round: 2 }));
    given(registered, delivered, second, e.PlanPresented.of({ ...of, ...adjusted, round: 2 }))
      .when(again)
      .then(e.SolutionDelivered.of({ ...of, solution: 'another', deliveredAt: NOW, round: 2 }));
    at(NOW, importer)(registered, delivered, second)
      .when(again)
      .then(e.SolutionDelivered.of({ ...of, solution: 'another', deliveredAt: NOW, round: 2 }));
  });
  it('a second communication is also started by hand', () => {
    const start = c.StartSecondCommunication.of({ ticketId: 't-1' });
    const second = e.SecondCommunicationStarted.of({ ...of, startedAt: NOW, round: 2 });
    given(registered, delivered).when(start).then(second);
    given(registered, delivered, second).when(start).thenNothing();
    given(registered).when(start).thenRefused('TICKET_NOT_SOLVED');
  });
});

describe('a ticket is closed', () => {
  it('only after the customer confirmed', () => {
    given(registered).when(close).thenRefused('NOT_CONFIRMED');
    given(registered, delivered).when(close).thenRefused('NOT_CONFIRMED');
    given(registered, delivered, confirmed).when(close).then(closedAt(NOW));
    given(registered, delivered, confirmed, closedAt(NOW)).when(close).thenNothing();
    given(registered, withdrawn).when(close).thenRefused('TICKET_WITHDRAWN');
  });
  it('not over a promise that is still open; a broken one is no longer waited for', () => {
    const tied = e.CommitmentTied.of({ ...of, commitmentId: 'k-1' });
    const promise = (stage: string) => ({ commitments: [{ stage, of: { commitmentId: 'k-1' } }] });
    const done = given(registered, tied, delivered, confirmed);
    done.when(close, promise('open')).thenRefused('OPEN_COMMITMENT');
    for (const stage of ['fulfilled', 'withdrawn', 'broken'])
      done.when(close, promise(stage)).then(closedAt(NOW));
    at(fortnight, boss)(registered, tied, delivered)
      .when(closeUnconfirmed, promise('open'))
      .thenRefused('OPEN_COMMITMENT');
    at(NOW, importer)(registered, tied, delivered)
      .when(closeUnconfirmed, promise('open'))
      .then(closedAt(NOW, 'UNCONFIRMED'));
  });
  it('knows each promise that was made for it, once', () => {
    const tie = c.TieCommitment.of({ ticketId: 't-1', commitmentId: 'k-1' });
    const tied = e.CommitmentTied.of({ ...of, commitmentId: 'k-1' });
    given(registered).when(tie).then(tied);
    given(registered, tied).when(tie).thenNothing();
  });
  it('names who was in charge', () => {
    const owned = e.TicketOwnerAssigned.of({ ...of, to: 'ann', reassignment: false });
    const led = e.LeadDepartmentAssigned.of({ ...of, to: 'TECHNICAL', reassignment: false });
    given(registered, owned, led, delivered, confirmed)
      .when(close)
      .then(
        e.TicketClosed.of({
          ...{ ...of, outcome: 'CONFIRMED', closedAt: NOW, round: 1 },
          ...{ ownerId: 'ann', department: 'TECHNICAL' },
        }),
      );
  });
  it('unconfirmed by a supervisor after 14 days without an answer, not a moment earlier', () => {
    at(fortnight, boss)(registered, delivered)
      .when(closeUnconfirmed)
      .then(closedAt(fortnight, 'UNCONFIRMED'));
    at('2024-03-16T08:59:59.999Z', boss)(registered, delivered)
      .when(closeUnconfirmed)
      .thenRefused('ANSWER_AWAITED');
    at(fortnight)(registered, delivered).when(closeUnconfirmed).thenRefused('ROLE_NOT_ALLOWED');
    at(fortnight, boss)(registered).when(closeUnconfirmed).thenRefused('TICKET_NOT_SOLVED');
    at(fortnight, boss)(registered, delivered, confirmed)
      .when(closeUnconfirmed)
      .thenRefused('ALREADY_CONFIRMED');
    at(fortnight, boss)(registered, closedAt(NOW)).when(closeUnconfirmed).thenNothing();
  });
  it('by an import from wherever it stands, with the verdict of its source', () => {
    const imported = c.CloseUnconfirmed.of({ ticketId: 't-1', sourceVerdict: 'MISSED' });
    const missed = e.TicketClosed.of({
      ...{ ...of, outcome: 'UNCONFIRMED', closedAt: NOW, round: 1, sourceVerdict: 'MISSED' },
    });
    for (const role of ['MIGRATION', 'SYSTEM']) {
      at(NOW, { id: 'importer', role })(registered).when(imported).then(missed);
      at(NOW, { id: 'importer', role })(registered, delivered).when(imported).then(missed);
    }
    at(NOW, importer)(registered, delivered, asked).when(imported).then(resumed, missed);
    at(fortnight, boss)(registered, delivered).when(imported).thenRefused('SOURCE_WORD_BY_PERSON');
    const kept = c.CloseTicket.of({ ticketId: 't-1', sourceVerdict: 'MET' });
    given(registered, delivered, confirmed).when(kept).thenRefused('SOURCE_WORD_BY_PERSON');
    at(NOW, importer)(registered, delivered, confirmed)
      .when(kept)
      .then(
        e.TicketClosed.of({ ...of, outcome: 'CONFIRMED', closedAt: NOW, round: 1, sourceVerdict: 'MET' }),
      );
  });
});

describe('a ticket is taken up again', () => {
  const reopen = c.ReopenTicket.of({ ticketId: 't-1', reason: 'it broke again' });
  const numbered = { register: { last: 1, numbered: [new Map([['t-1', '需-2024-001']])] } };
  const none = { register: { last: 0, numbered: [] } };
  const again = {
    ...of,
    reason: 'it broke again',
    round: 2,
    isEnquiry: false,
    channel: 'PHONE',
    withinRecurrence: true,
  } as const;
  const wasClosed = closedAt(NOW);

  it('within 30 days of its closing it is a recurrence, a moment later it is none', () => {
    const thirty = '2024-04-03T09:00:00.000Z';
    const later = '2024-04-03T09:00:00.001Z';
    at(thirty)(registered, wasClosed)
      .when(reopen, none)
      .then(e.TicketReopened.of({ ...again, reopenedAt: thirty, closedAt: NOW }));
    at(later)(registered, wasClosed)
      .when(reopen, none)
      .then(e.TicketReopened.of({ ...again, reopenedAt: later, closedAt: NOW, withinRecurrence: false }));
  });
  it('with its number, owner and department, for those who had let it go', () => {
    const owned = e.TicketOwnerAssigned.of({ ...of, to: 'ann', reassignment: false });
    const led = e.LeadDepartmentAssigned.of({ ...of, to: 'TECHNICAL', reassignment: false });
    const whose = { ticketNumber: '需-2024-001', ownerId: 'ann', department: 'TECHNICAL' };
    given(registered, owned, led, wasClosed)
      .when(reopen, numbered)
      .then(e.TicketReopened.of({ ...again, ...whose, reopenedAt: NOW, closedAt: NOW }));
  });
  it('with what the customer was at intake: whoever lists tickets of VIPs lists it again (SYS-62.2)', () => {
    given(e.TicketRegistered.of({ ...registered.data, grade: 'VIP' }), wasClosed)
      .when(reopen, none)
      .then(e.TicketReopened.of({ ...again, grade: 'VIP', reopenedAt: NOW, closedAt: NOW }));
  });
  it('when it was only solved, too; a wait for the customer ends with it', () => {
    given(registered, delivered)
      .when(reopen, none)
      .then(e.TicketReopened.of({ ...again, reopenedAt: NOW }));
    given(registered, delivered, asked)
      .when(reopen, none)
      .then(resumed, e.TicketReopened.of({ ...again, reopenedAt: NOW }));
    given(registered, delivered, confirmed)
      .when(reopen, none)
      .then(e.TicketReopened.of({ ...again, reopenedAt: NOW }));
  });
  it('not when nothing had been solved', () => {
    given(registered).when(reopen, none).thenRefused('TICKET_NOT_SOLVED');
    given(registered, wasClosed, e.TicketReopened.of({ ...again, reopenedAt: NOW, closedAt: NOW }))
      .when(reopen, none)
      .thenRefused('TICKET_NOT_SOLVED');
  });
});
