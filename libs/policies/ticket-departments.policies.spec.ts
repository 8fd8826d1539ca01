import {
  ConfirmCommitmentInWriting,
  EscalateTicket,
  FulfilCommitment,
  LeadTicketByType,
  MakeCommitment,
  TieCommitment,
  WithdrawCommitment,
} from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import { PlanDate } from '@rapport/domain/values';
import { hydrate, reactionTo, type NewEvent } from '@rapport/kernel';
import { reactionsOf, recorded } from '@rapport/kernel/spec';
import { whenCommitmentMadeThenTieToTicket } from './when-commitment-made-then-tie-to-ticket.policy';
import { whenRevisedPlanAcceptedThenPromiseDates } from './when-revised-plan-accepted-then-promise-dates.policy';
import { whenThirdRoundBeginsThenEscalate } from './when-third-round-begins-then-escalate.policy';
import { whenTicketClassifiedThenLeadByType } from './when-ticket-classified-then-lead-by-type.policy';

const raisedAt = '2024-03-01T09:00:00.000Z';
const later = '2024-03-14T09:00:00.000Z';
const due = '2024-04-15T10:00:00.000Z';
const of = { ticketId: 't-1', customerId: 'c-1', type: 'SERVICE', urgency: 'ROUTINE', raisedAt } as const;
const said = {
  isEnquiry: false,
  isComplex: false,
  channel: 'PHONE',
  verbatim: 'x',
  collectorId: 's',
} as const;
/** What an import told: the same event under another role. */
const imported = (event: NewEvent) => {
  const known = recorded(event, 0);
  return { ...known, meta: { ...known.meta, actorRole: 'MIGRATION' } };
};

describe('the department of its type', () => {
  const { given } = reactionsOf(whenTicketClassifiedThenLeadByType);
  const { type: _, ...untyped } = of;
  const lead = LeadTicketByType.of({ ticketId: 't-1' });

  it('leads a ticket from its registration or classification on', () => {
    given(e.TicketRegistered.of({ ...of, ...said })).then(lead);
    given(e.TicketRegistered.of({ ...untyped, ...said })).then();
    given(e.TicketClassified.of({ ...of, to: 'SERVICE', isEnquiry: false, channel: 'PHONE' })).then(lead);
  });
  it('does not lead what was imported', () => {
    const event = imported(e.TicketRegistered.of({ ...of, ...said }));
    expect(reactionTo(whenTicketClassifiedThenLeadByType, null, 't-1', event).send).toEqual([]);
  });
});

describe('a promise that is made for a ticket', () => {
  it('is tied to it, so that it is not closed over it', () => {
    const { given } = reactionsOf(whenCommitmentMadeThenTieToTicket);
    const promise = { commitmentId: 'k-1', customerId: 'c-1', kind: 'DELIVERY', makerId: 'ann' } as const;
    const made = { ...promise, madeAt: raisedAt, dueAt: due, text: 'soon', channel: 'PHONE' } as const;
    given(e.CommitmentMade.of({ ...made, ticketId: 't-1' })).then(
      TieCommitment.of({ ticketId: 't-1', commitmentId: 'k-1' }),
    );
    given(e.CommitmentMade.of(made)).then();
  });
});

describe('an accepted plan', () => {
  const { given } = reactionsOf(whenRevisedPlanAcceptedThenPromiseDates);
  const accepted = (more: Partial<e.RevisedPlanAccepted> = {}) =>
    e.RevisedPlanAccepted.of({
      ...{ ...of, deviation: 1, plan: 1, milestoneIds: ['api'], makerId: 'pm1', channel: 'EMAIL' },
      dates: [hydrate(PlanDate, { commitmentId: 'k-1', what: 'core', dueAt: due, phase: 1, final: false })],
      ...{ replacedCommitmentIds: [], answeredAt: later, ...more },
    });
  // prettier-ignore
  const made = {
    commitmentId: 'k-1', customerId: 'c-1', ticketId: 't-1', kind: 'DELIVERY', text: 'core',
    makerId: 'pm1', channel: 'EMAIL', madeAt: later, dueAt: due,
  } as const;

  it('is promised date by date, in writing where it was accepted so', () => {
    given(accepted()).then(MakeCommitment.of(made));
    const told = { contactId: 'lin', department: 'PRODUCT' };
    given(accepted({ ...told, writtenId: 'mail-7' })).then(
      MakeCommitment.of({ ...made, ...told }),
      ConfirmCommitmentInWriting.of({ commitmentId: 'k-1', writtenId: 'mail-7', confirmedAt: later }),
    );
  });
  it('promises the solution with its last date', () => {
    const last = hydrate(PlanDate, { commitmentId: 'k-1', what: 'core', dueAt: due, final: true });
    given(accepted({ dates: [last] })).then(MakeCommitment.of({ ...made, kind: 'RESOLUTION_TIME' }));
  });
  it('takes the place of promises that an earlier plan had made', () => {
    const reason = 'a revised plan that the customer accepted has other dates';
    given(accepted({ replacedCommitmentIds: ['k-0'] })).then(
      WithdrawCommitment.of({ commitmentId: 'k-0', reason }),
      MakeCommitment.of(made),
    );
  });
  it('is kept phase by phase', () => {
    const phase = (more: Partial<e.PhaseAccepted> = {}) =>
      e.PhaseAccepted.of({
        ...{ ...of, phaseSet: 1, phase: 1, phases: 2, name: 'core', evidenceId: 'paper' },
        ...{ acceptedAt: later, last: false, ...more },
      });
    given(phase({ commitmentId: 'k-1' })).then(
      FulfilCommitment.of({ commitmentId: 'k-1', evidenceId: 'paper', fulfilledAt: later }),
    );
    given(phase()).then();
  });
});

describe('the third round', () => {
  const second = (round: number) => e.SecondCommunicationStarted.of({ ...of, startedAt: later, round });
  const reopened = (round: number) => {
    const back = { reason: 'again', reopenedAt: later, withinRecurrence: true, isEnquiry: false } as const;
    return e.TicketReopened.of({ ...of, ...back, channel: 'PHONE', round });
  };
  it('calls the head of the department, no other round does', () => {
    const { given } = reactionsOf(whenThirdRoundBeginsThenEscalate);
    const reason = 'the customer was not satisfied twice: the third round begins';
    given(second(3)).then(
      EscalateTicket.of({ ticketId: 't-1', level: 'DEPARTMENT_HEAD', askedBy: 'CUSTOMER', reason }),
    );
    given(second(2)).then();
    given(second(4)).then();
  });
  it('calls that head too when the problem comes back after the second one', () => {
    const { given } = reactionsOf(whenThirdRoundBeginsThenEscalate);
    const reason = 'the problem is back after two attempts: the third round begins';
    given(reopened(3)).then(
      EscalateTicket.of({ ticketId: 't-1', level: 'DEPARTMENT_HEAD', askedBy: 'CUSTOMER', reason }),
    );
    given(reopened(2)).then();
  });
  it('of an imported ticket calls nobody', () => {
    for (const event of [imported(second(3)), imported(reopened(3))])
      expect(reactionTo(whenThirdRoundBeginsThenEscalate, null, 't-1', event).send).toEqual([]);
  });
});
