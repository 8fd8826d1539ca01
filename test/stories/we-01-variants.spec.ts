import * as c from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import { hydrate } from '@rapport/kernel';
import * as we from './we-01.story';
import { M, of, on, S, ticketId, U } from './we-01.story';

describe('WE-01, negative variants', () => {
  it('(a) first response at 17:00:00, then met; at 17:00:01, then breached', async () => {
    for (const [time, met, breached] of [
      ['17:00:00', 1, 0],
      ['17:00:01', 0, 1],
    ] as const) {
      const stage = await we.customerA();
      await we.registers(stage);
      await stage.at(on('02', time));
      expect(await stage.wants(S, we.answer(on('02', time)))).toEqual(['FirstResponseRecorded']);
      const first = of('FIRST_RESPONSE');
      expect([
        stage.all(e.SlaClockMet).filter(first).length,
        stage.all(e.SlaClockBreached).filter(first).length,
      ]).toEqual([met, breached]);
      if (breached) expect(stage.all(e.SlaClockMetLate).filter(first)).toMatchObject([{ delayMs: 1_000 }]);
    }
  });

  it('(c) strategy with first response 18:00, then LATER_THAN_SLA', async () => {
    const stage = await we.customerA();
    await we.registers(stage);
    await stage.at(on('02', '11:00'));
    for (const command of [we.analysis, we.ranking]) await stage.wants(U, command);
    const before = stage.events.length;
    expect(await stage.wants(M, we.strategy(true, on('02', '18:00')))).toBe('LATER_THAN_SLA');
    expect(stage.events).toHaveLength(before);
  });

  it('(d) second ticket of the year, then 需-2024-002; first of 2025, then 需-2025-001', async () => {
    const stage = await we.customerA();
    await we.registers(stage);
    await we.registers(stage, { ticketId: 't-02' });
    await stage.at('2025-01-02T02:00:00.000Z');
    await we.registers(stage, { ticketId: 't-03', raisedAt: '2025-01-02T02:00:00.000Z' });
    expect(stage.all(e.TicketNumbered).map(({ ticketNumber }) => ticketNumber)).toEqual([
      ...['需-2024-001', '需-2024-002', '需-2025-001'],
    ]);
    expect((await stage.get('/tickets/REQ-2025-001/deadlines')).body.data).toMatchObject({
      ticketId: 't-03',
    });
  });

  it('(e) verdict PARTIAL without alternative, then refused', async () => {
    const stage = await we.customerA();
    await we.registers(stage);
    await stage.at(on('02', '11:00'));
    const { alternative: _, ...without } = we.analysis;
    expect(await stage.wants(U, hydrate(c.AnalyseTicket, without))).toBe('ALTERNATIVE_MISSING');
  });

  it('(f) the customer insists, then the risk plan becomes a task for TECHNICAL', async () => {
    const stage = await we.upToAnswer('VIP', true);
    const offer = { ticketId, alternativeId: 'template', interactionId: 'call-2' };
    const offered = { alternative: 'a spreadsheet template', offeredAt: on('02', '14:30') };
    await stage.wants(U, c.OfferAlternative.of({ ...offer, ...offered }));
    const insists = { answer: 'REJECTED', insists: true, answeredAt: on('02', '14:30') } as const;
    expect(await stage.wants(U, c.RecordAlternativeAnswer.of({ ...offer, ...insists }))).toEqual([
      ...['AlternativeRejected', 'RiskPlanTriggered', 'DepartmentTaskAssigned'],
    ]);
    expect(await stage.row('department-task-board', `${ticketId}|risk-plan-1`)).toMatchObject({
      ...{ department: 'TECHNICAL', duty: 'a development plan', dueAt: on('03', '14:30') },
    });
  });

  it('(g) a step dated 2024-03-01 after the step of 2 March, then the late-entry flag', async () => {
    const stage = await we.upToAnswer('VIP', true);
    const step = (executedAt: string) =>
      c.RecordExecutionStep.of({
        ticketId,
        stage: 'INTAKE',
        executedAt,
        executorId: 's',
        progress: 'x',
        nextNode: 'y',
      });
    await stage.wants(S, step(on('02', '14:30')));
    await stage.wants(S, step(on('01', '18:00')));
    expect(stage.all(e.ExecutionStepRecorded).map(({ lateEntry }) => lateEntry)).toEqual([false, true]);
  });
  // (b) and (h) are told in we-01-syncs.spec.ts
});
