import type * as commands from '@rapport/domain/commands';
import { Rebuild } from '@rapport/kernel';
import { Edge } from '../support/edge';
import { storyFrom, type Story } from '../support/story';

/** A time of March 2024 at a desk in Shanghai: `at(11, 10)` is Monday the 11th at 10:00. */
const at = (day: number, hour: number, minute = 0, second = 0, ms = 0): string =>
  new Date(Date.UTC(2024, 2, day, hour - 8, minute, second, ms)).toISOString();
const START = at(1, 17);
const customerId = 'c-1';
const ann = { id: 'ann', role: 'SERVICE_SPECIALIST' };
const uma = { id: 'uma', role: 'SUPERVISOR' };

interface Told extends Story {
  readonly edge: Edge;
  /** Sends a command over HTTP, and waits for all that follows from it. */
  post(type: keyof typeof commands, body: object, actor?: typeof ann): Promise<number>;
  refused(type: keyof typeof commands, body: object, actor?: typeof ann): Promise<string>;
  clock(moment: string, round?: number): Promise<Readonly<Record<string, unknown>>>;
  /** What became of clocks and escalations, in the words of the timeline and in the order of time. */
  lines(...kinds: string[]): Promise<readonly (readonly [at: string, text: string])[]>;
}
const story = async (): Promise<Told> => {
  const told = await storyFrom(START, ann);
  const edge = await Edge.of(told.application, {}, false);
  const send = async (type: string, body: object, { id, role } = ann) => {
    const reply = await edge.post(type, body, { 'x-actor-id': id, 'x-actor-role': role });
    await told.application.settle();
    return reply;
  };
  return {
    ...told,
    edge,
    post: async (...sent) => (await send(...sent)).status,
    refused: async (...sent) => (await send(...sent)).body.code,
    clock: async (moment, round = 1) =>
      (await edge.get(`/sla-status/${encodeURIComponent(`t-1|${moment}|${round}`)}`)).body.data,
    lines: async (...kinds) => {
      const { body } = await edge.get(`/customer-timeline?customerId=${customerId}&limit=500&orderBy=place`);
      return (body.data as unknown as readonly { at: string; kind: string; text: string }[])
        .filter(({ kind }) => kinds.includes(kind))
        .map(({ at: when, text }) => [when, text.replace('Ticket t-1: ', '')] as const);
    },
  };
};

/** Whatever was told: read from the beginning, every row comes out the same. */
const assertRebuilt = async ({ application: { rows, store, plan } }: Told): Promise<void> => {
  const rebuild = new Rebuild({ rows, store }, plan.readModels, plan.rollups);
  await rebuild.run();
  expect((await rebuild.compare()).filter(({ identical }) => !identical)).toEqual([]);
};

const ticket = {
  ...{ ticketId: 't-1', customerId, type: 'FUNCTIONAL', urgency: 'IMPORTANT', channel: 'EMAIL' },
  ...{ verbatim: 'the report misses a column', collectorId: 'ann', raisedAt: START },
};
let told: Told;
beforeEach(async () => {
  told = await story();
  const acme = { customerId, name: 'Acme', industry: 'Retail', source: 'SALES_HANDOVER' };
  expect(await told.post('RegisterCustomer', acme)).toBe(200);
});
afterEach(async () => {
  await assertRebuilt(told);
  await told.edge.stop();
});

describe('deadlines over HTTP (SYS-21)', () => {
  const respond = (respondedAt: string) => ({
    ...{ ticketId: 't-1', respondedAt, direction: 'R&D looks at it', interactionId: 'mail-1' },
  });

  it('explain themselves: each stretch of time that was counted, and the promise that moved one', async () => {
    expect(await told.post('RegisterTicket', ticket)).toBe(200);
    const upcoming = await told.edge.get('/upcoming-deadlines/t-1');
    expect(upcoming.body.data).toMatchObject({ dueAt: at(2, 17), moment: 'FIRST_RESPONSE' });
    const promise = {
      ...{ commitmentId: 'k-1', customerId, ticketId: 't-1', kind: 'RESOLUTION_TIME', makerId: 'ann' },
      ...{ text: 'the column in March', channel: 'EMAIL', dueAt: at(27, 0) },
    };
    expect(await told.post('MakeCommitment', promise)).toBe(200);
    const written = { commitmentId: 'k-1', writtenId: 'mail-9' };
    expect(await told.post('ConfirmCommitmentInWriting', written)).toBe(200);
    expect(await told.clock('RESOLVE')).toMatchObject({ commitmentId: 'k-1', reschedules: 1 });

    const explained = await told.edge.get('/tickets/REQ-2024-001/deadlines?moment=PLAN');
    expect(explained.body.data).toMatchObject({
      ...{ ticketId: 't-1', clocks: [{ moment: 'PLAN', rule: 'SLA-IMP', state: 'OPEN' }] },
    });
    expect(explained.text).toContain(
      '3 working days from RAISED Fri 2024-03-01 17:00 gives Wed 2024-03-06 18:00',
    );
    expect((await told.edge.get('/tickets/t-1/deadlines')).text).toContain('promise k-1 names the deadline');
    expect((await told.edge.get('/tickets/t-9/deadlines')).status).toBe(404);
    expect((await told.edge.get('/tickets/t-1/deadlines?form=x')).status).toBe(400);
  });

  it('of an after-sale problem are told of every day, and end at the node that the customer was given (SLA-ASP, R-11)', async () => {
    const problem = { ...ticket, type: 'SERVICE', urgency: 'ROUTINE', servicePhase: 'AFTER_SALE' };
    expect(await told.post('RegisterTicket', problem)).toBe(200);
    await told.until(at(2, 10));
    const answer = respond(at(2, 10));
    expect(await told.refused('RecordFirstResponse', answer)).toBe('OWNER_MISSING');
    expect(await told.refused('RecordFirstResponse', { ...answer, ownerId: 'ann' })).toBe(
      'RESOLUTION_NODE_MISSING',
    );
    const node = { ownerId: 'ann', resolutionDue: at(8, 18) };
    expect(await told.post('RecordFirstResponse', { ...answer, ...node })).toBe(200);
    expect(await told.clock('PROGRESS_SYNC')).toMatchObject({ dueAt: at(3, 10), rule: 'SLA-ASP' });
    expect(await told.clock('RESOLVE')).toMatchObject({ dueAt: at(8, 18), ownerId: 'ann' });
    expect((await told.edge.get('/tickets/t-1/deadlines?moment=RESOLVE')).text).toContain(
      'the resolution node given with the first response (R-11) names the deadline',
    );
    expect((await told.edge.get('/ticket/t-1')).body.data).toMatchObject({ servicePhase: 'AFTER_SALE' });
  });

  it('that passed while the process slept have called management at their own times (SYS-21.3)', async () => {
    expect(await told.post('RegisterTicket', ticket)).toBe(200);
    expect(await told.post('AssignTicketOwner', { ticketId: 't-1', ownerId: 'ann' })).toBe(200);
    await told.at(at(4, 9));
    await told.until(at(4, 9));
    expect(await told.clock('FIRST_RESPONSE')).toMatchObject({
      ...{ breachedAt: at(2, 17), warnedAt: at(2, 12, 12), overduePercent: 200 },
    });
    expect(await told.lines('SlaClockBreached', 'SlaClockLeftOverdue', 'TicketEscalated')).toEqual([
      [at(2, 17), 'first response missed at 2024-03-02T09:00:00.000Z'],
      [at(2, 17), 'Ticket t-1 escalated to supervisor (sla breach)'],
      [at(2, 17, 30), 'Ticket t-1 escalated to department head (not accepted)'],
      [at(2, 18), 'Ticket t-1 escalated to senior management (not accepted)'],
      [at(3, 5), 'first response still missing at 150 % of its time'],
      [at(3, 17), 'first response still missing at 200 % of its time'],
    ]);

    expect(await told.post('RecordFirstResponse', respond(at(4, 9)))).toBe(200);
    expect((await told.edge.get('/escalation-inbox?ticketId=t-1')).body.data).toEqual([]);
    const reason = { ticketId: 't-1', moment: 'FIRST_RESPONSE', reason: 'STAFF_SHORTAGE' };
    expect(await told.refused('RecordBreachReason', { ...reason, moment: 'PLAN' })).toBe(
      'CLOCK_NOT_BREACHED',
    );
    expect(await told.post('RecordBreachReason', reason)).toBe(200);
    const breach = await told.edge.get(`/breach-list/${encodeURIComponent('t-1|FIRST_RESPONSE|1')}`);
    expect(breach.body.data).toMatchObject({ reason: 'STAFF_SHORTAGE', reasonLate: false, ownerId: 'ann' });
    const report = await told.edge.get('/reports/timeliness-report?ownerId=ann&moment=FIRST_RESPONSE');
    expect(report.body.data).toMatchObject({
      ...{ overall: { metLate: 1, compliance: 0 }, reasons: [{ reason: 'STAFF_SHORTAGE', breaches: 1 }] },
    });
  });

  it('are not satisfied by what is entered after them without evidence (SYS-16.4)', async () => {
    expect(await told.post('RegisterTicket', ticket)).toBe(200);
    await told.until(at(2, 18));
    expect(await told.post('RecordFirstResponse', respond(at(2, 16)))).toBe(200);
    expect(await told.clock('FIRST_RESPONSE')).toMatchObject({
      ...{ state: 'MET_LATE', breachedAt: at(2, 17), endedAt: at(2, 18), notedAt: at(2, 18) },
    });
    const proven = await told.edge.get('/reports/timeliness-report?moment=FIRST_RESPONSE');
    expect(proven.body.data).toMatchObject({ overall: { metLate: 1, provenLater: 0 } });
  });

  it('of a plan go on while a specialist waits, stand still by the word of a supervisor, and go on with the answer (SYS-21.5)', async () => {
    expect(await told.post('RegisterTicket', { ...ticket, urgency: 'URGENT' })).toBe(200);
    await told.until(at(1, 19));
    const asks = { ticketId: 't-1', question: 'which?', interactionId: 'm-1' };
    expect(await told.post('WaitForCustomer', asks)).toBe(200);
    expect(await told.clock('PLAN')).toMatchObject({ state: 'OPEN', questionId: null });
    const still = { ticketId: 't-1', moment: 'PLAN', reason: 'WAITING_FOR_CUSTOMER', questionId: 'm-1' };
    expect(await told.refused('PauseSlaClock', still)).toBe('ROLE_NOT_ALLOWED');
    expect(await told.post('PauseSlaClock', still, uma)).toBe(200);
    expect(await told.clock('PLAN')).toMatchObject({ state: 'PAUSED', questionId: 'm-1' });
    expect(await told.clock('FIRST_RESPONSE')).toMatchObject({ state: 'OPEN' });
    await told.until(at(3, 19));
    expect(await told.post('ResumeTicket', { ticketId: 't-1' })).toBe(200);
    expect(await told.clock('PLAN')).toMatchObject({
      state: 'OPEN',
      dueAt: at(4, 17),
      pausedMs: 48 * 3_600_000,
    });
    const pause = {
      ticketId: 't-1',
      moment: 'FIRST_RESPONSE',
      reason: 'WAITING_FOR_CUSTOMER',
      questionId: 'm-2',
    };
    expect(await told.refused('PauseSlaClock', pause, uma)).toBe('MOMENT_NOT_PAUSABLE');
    const { questionId: _, ...silent } = { ...pause, moment: 'PLAN' };
    expect(await told.refused('PauseSlaClock', silent, uma)).toBe('QUESTION_MISSING');
    expect(await told.post('PauseSlaClock', { ...pause, moment: 'PLAN' }, uma)).toBe(200);
    await told.until(at(3, 20));
    expect(await told.post('ResumeSlaClock', { ticketId: 't-1', moment: 'PLAN' }, uma)).toBe(200);
    expect(await told.clock('PLAN')).toMatchObject({ state: 'OPEN', dueAt: at(4, 18) });
  });

  it('are missed while a specialist waits and nobody above has let them stand still (SYS-21.3)', async () => {
    expect(await told.post('RegisterTicket', { ...ticket, urgency: 'URGENT' })).toBe(200);
    const asks = { ticketId: 't-1', question: 'which?', interactionId: 'm-1' };
    expect(await told.post('WaitForCustomer', asks)).toBe(200);
    await told.until(at(2, 18));
    expect(await told.clock('PLAN')).toMatchObject({ state: 'BREACHED', breachedAt: at(2, 17) });
  });

  it('stand still with the ticket where a supervisor notes that it waits (SYS-21.5)', async () => {
    expect(await told.post('RegisterTicket', { ...ticket, urgency: 'URGENT' })).toBe(200);
    await told.until(at(1, 19));
    const asks = { ticketId: 't-1', question: 'which?', interactionId: 'm-1' };
    expect(await told.post('WaitForCustomer', asks, uma)).toBe(200);
    expect(await told.clock('PLAN')).toMatchObject({ state: 'PAUSED', questionId: 'm-1' });
    expect(await told.clock('FIRST_RESPONSE')).toMatchObject({ state: 'OPEN' });
    await told.until(at(2, 19));
    expect(await told.post('ResumeTicket', { ticketId: 't-1' })).toBe(200);
    expect(await told.clock('PLAN')).toMatchObject({ state: 'OPEN', pausedMs: 24 * 3_600_000 });
  });

  it('of an ordinary complaint: the clock that was missed stays, a second one starts (2.4)', async () => {
    const complaint = { causes: ['POOR_QUALITY'], emotion: 'CALM' };
    expect(await told.post('RegisterTicket', { ...ticket, type: 'COMPLAINT', complaint })).toBe(200);
    expect(await told.clock('PLAN')).toMatchObject({ dueAt: at(2, 17), clippedBy: 'RESOLVE' });
    await told.until(at(2, 18));
    expect(await told.clock('RESOLVE')).toMatchObject({ state: 'BREACHED', breachedAt: at(2, 17) });
    expect(await told.clock('RESOLVE', 2)).toMatchObject({
      ...{ state: 'OPEN', opener: 'RISEN', startAt: at(2, 17), dueAt: at(3, 17), complaintLevel: 'SERIOUS' },
    });
  });

  it('begin anew with each round, and end when the need is taken back (SLA-2ND, SYS-21.6)', async () => {
    expect(await told.post('RegisterTicket', ticket)).toBe(200);
    await told.until(at(2, 9));
    const solution = { ticketId: 't-1', solution: 'x', deliveredAt: at(2, 9) };
    expect(await told.post('DeliverSolution', solution)).toBe(200);
    expect(await told.post('ReportDissatisfied', { ticketId: 't-1', reason: 'not yet' })).toBe(200);
    expect(await told.clock('FIRST_RESPONSE', 2)).toMatchObject({ dueAt: at(3, 9), rule: 'SLA-2ND' });
    await told.until(at(3, 8));
    expect(await told.post('RecordFirstResponse', respond(at(3, 8)))).toBe(200);
    expect(await told.clock('FIRST_RESPONSE', 2)).toMatchObject({ state: 'MET' });
    expect(await told.post('WithdrawTicket', { ticketId: 't-1', reason: 'no more' })).toBe(200);
    expect(await told.clock('PLAN', 2)).toMatchObject({ state: 'CANCELLED', endedAt: at(3, 8) });
    expect((await told.edge.get('/upcoming-deadlines/t-1')).status).toBe(404);
  });
});
