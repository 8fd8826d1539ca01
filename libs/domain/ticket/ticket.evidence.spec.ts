import { hydrate } from '@rapport/kernel';
import { scenario } from '@rapport/kernel/spec';
import * as c from './ticket.commands';
import { ticket } from './ticket.decider';
import * as e from './ticket.events';
import { PlanOption } from './ticket.values';

const NOW = '2024-03-04T09:00:00.000Z';
const raisedAt = '2024-03-01T09:00:00.000Z';
const noon = '2024-03-02T12:00:00.000Z';
const { given } = scenario(ticket, { now: NOW });
const { given: imported } = scenario(ticket, { now: NOW, actor: { id: 'importer', role: 'MIGRATION' } });

const of = { ticketId: 't-1', customerId: 'c-1', type: 'SERVICE', urgency: 'ROUTINE', raisedAt } as const;
const told = { channel: 'PHONE', verbatim: 'the printer is broken', collectorId: 'sam' } as const;
const registered = e.TicketRegistered.of({ ...of, ...told, isEnquiry: false, isComplex: false }, raisedAt);
const work = {
  ...{ ticketId: 't-1', stage: 'INTAKE', executedAt: noon, executorId: 'ann' },
  ...{ progress: 'details confirmed', nextNode: 'technical evaluation' },
};
/** All of it is told two days later. */
const noted = { notedAt: NOW };
const option = (about: PlanOption) => hydrate(PlanOption, about);

describe('what the customer heard', () => {
  it('a direction counts only when an interaction brought it to the customer, or evidence shows that something did', () => {
    const unsent = { ticketId: 't-1', respondedAt: noon, direction: 'we send somebody' };
    given(registered).when(c.RecordFirstResponse.of(unsent)).thenRefused('INTERACTION_REQUIRED');
    given(registered)
      .when(c.RecordFirstResponse.of({ ...unsent, evidenceId: 'mail-1' }))
      .then(e.FirstResponseRecorded.of({ ...of, ...unsent, ...noted, evidenceId: 'mail-1', round: 1 }));
    imported(registered)
      .when(c.RecordFirstResponse.of(unsent))
      .then(e.FirstResponseRecorded.of({ ...of, ...unsent, ...noted, round: 1 }));
  });
  it('with evidence of when it was, where somebody notes it late', () => {
    const proof = { evidenceId: 'mail-1' };
    given(registered)
      .when(c.AcknowledgeTicket.of({ ticketId: 't-1', acknowledgedAt: noon, ...proof }))
      .then(e.TicketAcknowledged.of({ ...of, acknowledgedAt: noon, ...proof, ...noted }));
    const silent = { ticketId: 't-1', respondedAt: noon };
    given(registered)
      .when(c.RecordFirstResponse.of({ ...silent, interactionId: 'call-1' }))
      .then(e.TicketAcknowledged.of({ ...of, acknowledgedAt: noon, evidenceId: 'call-1', ...noted }));
    given(registered)
      .when(c.RecordExecutionStep.of({ ...work, ...proof }))
      .then(
        e.ExecutionStepRecorded.of({ ...of, ...work, ...proof, step: 1, final: false, lateEntry: false }),
      );
    const options = [option({ summary: 'a new printer' })];
    given(registered)
      .when(c.PresentPlan.of({ ticketId: 't-1', options, presentedAt: noon, ...proof }))
      .then(e.PlanPresented.of({ ...of, options, presentedAt: noon, round: 1, ...proof, ...noted }));
    const solved = { solution: 'a new printer', deliveredAt: noon, ...proof };
    given(registered)
      .when(c.DeliverSolution.of({ ticketId: 't-1', ...solved }))
      .then(e.SolutionDelivered.of({ ...of, ...solved, ...noted, round: 1 }));
  });
});
