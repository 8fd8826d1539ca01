import { hydrate } from '@rapport/kernel';
import { scenario } from '@rapport/kernel/spec';
import * as c from './ticket.commands';
import { ticket } from './ticket.decider';
import * as e from './ticket.events';
import { PlanOption } from './ticket.values';

const NOW = '2024-03-04T09:00:00.000Z';
const raisedAt = '2024-03-01T09:00:00.000Z';
const noon = '2024-03-02T12:00:00.000Z';
const evening = '2024-03-02T18:00:00.000Z';
const { given } = scenario(ticket, { now: NOW });
const { given: imported } = scenario(ticket, { now: NOW, actor: { id: 'importer', role: 'MIGRATION' } });

const of = { ticketId: 't-1', customerId: 'c-1', type: 'SERVICE', urgency: 'ROUTINE', raisedAt } as const;
const told = { channel: 'PHONE', verbatim: 'the printer is broken', collectorId: 'sam' } as const;
const registered = e.TicketRegistered.of({ ...of, ...told, isEnquiry: false, isComplex: false }, raisedAt);
const waiting = e.TicketWaitingForCustomer.of({ ...of, question: 'which model?', waitingSince: noon }, noon);
const resumed = (resumedAt: string) => e.TicketResumed.of({ ...of, waitingSince: noon, resumedAt });
/** Whoever tells something later than it happened tells when that was, too. */
const noted = (at: string) => (at < NOW ? { notedAt: NOW } : {});
const delivered = (deliveredAt: string, round: number) =>
  e.SolutionDelivered.of(
    { ...of, solution: 'a new printer', deliveredAt, round, ...noted(deliveredAt) },
    deliveredAt,
  );
const closed = e.TicketClosed.of({ ...of, outcome: 'UNCONFIRMED', closedAt: NOW, round: 1 });
const withdrawn = e.TicketWithdrawn.of({ ...of, reason: 'found it', withdrawnAt: NOW });

const answer = { respondedAt: noon, direction: 'we send somebody', interactionId: 'call-1' };
const respond = c.RecordFirstResponse.of({ ticketId: 't-1', ...answer });
const acknowledge = c.AcknowledgeTicket.of({ ticketId: 't-1', acknowledgedAt: noon });
const work = {
  ...{ ticketId: 't-1', stage: 'INTAKE', executedAt: noon, executorId: 'ann' },
  ...{ progress: 'details confirmed', nextNode: 'technical evaluation' },
};
const option = (about: PlanOption) => hydrate(PlanOption, about);
const deliver = (deliveredAt: string) =>
  c.DeliverSolution.of({ ticketId: 't-1', solution: 'a new printer', deliveredAt });

const regular = { customer: { stage: 'known', profile: { GRADE: 'REGULAR' }, contacts: {} } } as const;

describe('a ticket has one owner and one lead department', () => {
  it('a first assignment is none again, a second one is', () => {
    const first = e.TicketOwnerAssigned.of({ ...of, to: 'ann', reassignment: false });
    given(registered)
      .when(c.AssignTicketOwner.of({ ticketId: 't-1', ownerId: 'ann' }), regular)
      .then(first);
    given(registered, first)
      .when(c.AssignTicketOwner.of({ ticketId: 't-1', ownerId: 'ann' }), regular)
      .thenNothing();
    given(registered, first)
      .when(c.AssignTicketOwner.of({ ticketId: 't-1', ownerId: 'bob', reason: 'holiday' }), regular)
      .then(
        e.TicketOwnerAssigned.of({ ...of, from: 'ann', to: 'bob', reassignment: true, reason: 'holiday' }),
      );
  });
  it('a department hands over to another, and every later event of the ticket is its own', () => {
    const first = e.LeadDepartmentAssigned.of({ ...of, to: 'PRODUCT', reassignment: false });
    given(registered)
      .when(c.AssignLeadDepartment.of({ ticketId: 't-1', department: 'PRODUCT' }))
      .then(first);
    given(registered, first)
      .when(c.AssignLeadDepartment.of({ ticketId: 't-1', department: 'PRODUCT' }))
      .thenNothing();
    given(registered, first)
      .when(c.AssignLeadDepartment.of({ ticketId: 't-1', department: 'RND', reason: 'a defect' }))
      .then(
        e.LeadDepartmentAssigned.of({
          ...of,
          from: 'PRODUCT',
          to: 'RND',
          reassignment: true,
          reason: 'a defect',
        }),
      );
  });
  it('an import may count a reassignment that its extract does not show; a person may not', () => {
    const counted = c.AssignLeadDepartment.of({
      ticketId: 't-1',
      department: 'group-56',
      sourceReassignment: true,
    });
    const first = e.LeadDepartmentAssigned.of({ ...of, to: 'group-56', reassignment: false });
    const again = e.LeadDepartmentAssigned.of({
      ...of,
      from: 'group-56',
      to: 'group-56',
      reassignment: true,
    });
    imported(registered, first).when(counted).then(again);
    given(registered, first).when(counted).thenRefused('SOURCE_WORD_BY_PERSON');
  });
  it('changes hands even when it is solved, not when it is closed', () => {
    const assign = c.AssignTicketOwner.of({ ticketId: 't-1', ownerId: 'ann' });
    given(registered, delivered(noon, 1))
      .when(assign, regular)
      .then(e.TicketOwnerAssigned.of({ ...of, to: 'ann', reassignment: false }));
    given(registered, closed).when(assign, regular).thenRefused('TICKET_CLOSED');
    given(registered, withdrawn).when(assign, regular).thenRefused('TICKET_WITHDRAWN');
  });
});

describe('the customer hears of us', () => {
  const acknowledged = e.TicketAcknowledged.of({ ...of, acknowledgedAt: noon, ...noted(noon) }, noon);
  const responded = e.FirstResponseRecorded.of({ ...of, ...answer, round: 1, ...noted(noon) }, noon);

  it('by an acknowledgement, once', () => {
    given(registered).when(acknowledge).then(acknowledged);
    given(registered, acknowledged).when(acknowledge).thenNothing();
    given(registered, responded).when(acknowledge).thenNothing();
  });
  it('by a first response, once, at the time it was given', () => {
    given(registered).when(respond).then(responded);
    expect(given(registered).when(respond).decided()[0]?.at).toBe(noon);
    given(registered, responded).when(respond).thenNothing();
    given(registered, acknowledged).when(respond).then(responded);
  });
  it('by a first response in each round anew', () => {
    const reported = e.CustomerReportedDissatisfied.of({ ...of, reason: 'no', reportedAt: NOW, round: 1 });
    const second = e.SecondCommunicationStarted.of({ ...of, startedAt: NOW, round: 2 });
    const again = e.FirstResponseRecorded.of({ ...responded.data, round: 2 }, noon);
    const round2 = [registered, responded, delivered(noon, 1), reported, second];
    given(...round2)
      .when(respond)
      .then(again);
    given(...round2, again)
      .when(respond)
      .thenNothing();
  });
  it('by a receipt of a machine, which leaves the word of a person to come', () => {
    const machine = scenario(ticket, { now: NOW, actor: { id: 'receipts', role: 'POLICY' } }).given;
    const receipt = e.TicketAcknowledged.of({ ...acknowledged.data, automatic: true }, noon);
    machine(registered).when(acknowledge).then(receipt);
    machine(registered, receipt).when(acknowledge).thenNothing();
    given(registered, receipt).when(acknowledge).then(acknowledged);
  });
  it('without a direction an answer only counts as acknowledgement', () => {
    const bare = c.RecordFirstResponse.of({ ticketId: 't-1', respondedAt: noon });
    given(registered).when(bare).then(acknowledged);
    given(registered, acknowledged).when(bare).thenNothing();
  });
  it('neither before the ticket was raised nor in the future; both ends are allowed', () => {
    for (const [at, code] of [
      ['2024-03-01T08:59:59.999Z', 'BEFORE_RAISED'],
      ['2024-03-04T09:00:00.001Z', 'IN_FUTURE'],
    ] as const) {
      given(registered)
        .when(c.AcknowledgeTicket.of({ ticketId: 't-1', acknowledgedAt: at }))
        .thenRefused(code);
      given(registered)
        .when(c.RecordFirstResponse.of({ ticketId: 't-1', respondedAt: at, direction: 'x' }))
        .thenRefused(code);
      given(registered)
        .when(c.RecordExecutionStep.of({ ...work, executedAt: at }))
        .thenRefused(code);
      given(registered)
        .when(c.PresentPlan.of({ ticketId: 't-1', options: [option({ summary: 'x' })], presentedAt: at }))
        .thenRefused(code);
      given(registered).when(deliver(at)).thenRefused(code);
    }
    given(registered).when(deliver(raisedAt)).then(delivered(raisedAt, 1));
    given(registered).when(deliver(NOW)).then(delivered(NOW, 1));
  });
});

describe('work is recorded', () => {
  const step = (n: number, executedAt: string, lateEntry = false) =>
    e.ExecutionStepRecorded.of({ ...of, ...work, executedAt, step: n, final: false, lateEntry }, executedAt);

  it('line by line; an entry from before the latest line is marked late', () => {
    given(registered).when(c.RecordExecutionStep.of(work)).then(step(1, noon));
    given(registered, step(1, noon)).when(c.RecordExecutionStep.of(work)).then(step(2, noon));
    given(registered, step(1, evening))
      .when(c.RecordExecutionStep.of(work))
      .then(step(2, noon, true));
    given(registered, step(1, evening), step(2, noon, true))
      .when(c.RecordExecutionStep.of(work))
      .then(step(3, noon, true));
  });
  it('with the next node, unless it is the final line', () => {
    const { nextNode: _, ...bare } = work;
    given(registered).when(c.RecordExecutionStep.of(bare)).thenRefused('NEXT_NODE_MISSING');
    given(registered)
      .when(c.RecordExecutionStep.of({ ...bare, final: true }))
      .then(e.ExecutionStepRecorded.of({ ...of, ...bare, step: 1, final: true, lateEntry: false }));
  });
  it('with progress, on an open ticket', () => {
    const empty = c.RecordExecutionStep.of({ ...work, progress: '  ' });
    expect(() => given(registered).when(empty).decided()).toThrow('progress must not be empty');
    given(registered, closed).when(c.RecordExecutionStep.of(work)).thenRefused('TICKET_CLOSED');
  });
  it('goes on after a solution was delivered, which still stands', () => {
    const confirm = c.ConfirmSatisfied.of({ ticketId: 't-1' });
    given(registered, delivered(noon, 1)).when(c.RecordExecutionStep.of(work)).then(step(1, noon));
    given(registered, delivered(noon, 1), step(1, evening))
      .when(confirm)
      .then(e.CustomerConfirmedSatisfied.of({ ...of, confirmedAt: NOW, round: 1 }));
  });
  it('a plan holds one or more options', () => {
    const options = [
      option({ summary: 'a new printer' }),
      option({ summary: 'repair', limits: 'takes a week' }),
    ];
    const plan = { ticketId: 't-1', options, presentedAt: noon };
    given(registered)
      .when(c.PresentPlan.of(plan))
      .then(e.PlanPresented.of({ ...of, options, presentedAt: noon, notedAt: NOW, round: 1 }));
    given(registered)
      .when(c.PresentPlan.of({ ...plan, options: [] }))
      .thenRefused('PLAN_WITHOUT_OPTION');
  });
});

describe('the customer is waited for', () => {
  const ask = c.WaitForCustomer.of({ ticketId: 't-1', question: 'which model?' });
  const resume = c.ResumeTicket.of({ ticketId: 't-1' });

  it('with a question, once, until the ticket goes on', () => {
    given(registered)
      .when(ask)
      .then(e.TicketWaitingForCustomer.of({ ...of, question: 'which model?', waitingSince: NOW }));
    given(registered, waiting).when(ask).thenNothing();
    given(registered, waiting).when(resume).then(resumed(NOW));
    given(registered, waiting, resumed(evening)).when(resume).thenNothing();
  });
  it('without a question it is no wait', () => {
    const silent = c.WaitForCustomer.of({ ticketId: 't-1', question: '' });
    expect(() => given(registered).when(silent).decided()).toThrow('question must not be empty');
  });
  it('a solution ends the wait, never before it began', () => {
    given(registered, waiting).when(deliver(evening)).then(resumed(evening), delivered(evening, 1));
    given(registered, waiting).when(deliver(raisedAt)).then(resumed(noon), delivered(raisedAt, 1));
  });
  it('steps do not end the wait', () => {
    given(registered, waiting)
      .when(c.RecordExecutionStep.of(work))
      .then(e.ExecutionStepRecorded.of({ ...of, ...work, step: 1, final: false, lateEntry: false }));
  });
});

describe('a solution is delivered', () => {
  it('straight after the ticket was raised, too', () => {
    given(registered).when(deliver(noon)).then(delivered(noon, 1));
    expect(given(registered).when(deliver(noon)).decided()[0]?.at).toBe(noon);
  });
  it('again in a later round; the same delivery told twice is one', () => {
    given(registered, delivered(noon, 1)).when(deliver(noon)).thenNothing();
    given(registered, delivered(noon, 1)).when(deliver(evening)).then(delivered(evening, 2));
  });
  it('again after a question that went out in between', () => {
    const asked = e.TicketWaitingForCustomer.of({ ...of, question: 'does it print?', waitingSince: noon });
    given(registered, delivered(noon, 1), asked)
      .when(deliver(evening))
      .then(resumed(evening), delivered(evening, 2));
  });
});
