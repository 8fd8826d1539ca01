import * as c from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import { PlanOption, SpokenComplaint } from '@rapport/domain/values';
import { hydrate, type Actor } from '@rapport/kernel';
import { Stage } from '../support/stage';

/** By the clock in Shanghai, March 2024. */
const on = (day: string, time: string) => new Date(`2024-03-${day}T${time}:00+08:00`).toISOString();
const ANN: Actor = { id: 'ann', role: 'SERVICE_SPECIALIST' };
const ticketId = 't-16';
const customerId = 'c-16';

/** ST-16, return/exchange dispute and objection. */
describe('ST-16', () => {
  const stage = new Stage();

  it('1. Given retail C-16', async () => {
    await stage.at(on('11', '09:00'));
    const customer = { customerId, name: 'C-16', industry: 'Retail', source: 'REFERRAL' } as const;
    expect(
      await stage.wants(ANN, c.RegisterCustomer.of({ ...customer, zone: 'Asia/Shanghai', grade: 'REGULAR' })),
    ).toContain('CustomerRegistered');
  });

  it('2. When the customer asks "why this period?", then ObjectionRecorded answered with limits and alternatives, and no complaint', async () => {
    const asked = { type: 'SERVICE', urgency: 'ROUTINE', channel: 'PHONE', isEnquiry: true } as const;
    const words = { verbatim: 'why this period?', collectorId: 'ann', raisedAt: on('11', '09:00') };
    await stage.wants(ANN, c.RegisterTicket.of({ ticketId, customerId, ...asked, ...words }));
    await stage.wants(ANN, c.AssignTicketOwner.of({ ticketId, ownerId: 'ann' }));
    const doubt = {
      objection: 'why this period?',
      answer: 'seven days for what was worn; an exchange or a voucher is possible for thirty',
    };
    expect(await stage.wants(ANN, c.RecordObjection.of({ ticketId, ...doubt }))).toEqual([
      'ObjectionRecorded',
    ]);
    expect(stage.all(e.ObjectionRecorded)).toMatchObject([{ ticketId, customerId, ...doubt }]);
    expect(stage.all(e.ComplaintLodged)).toEqual([]);
  });

  it('3. When not accepted, then complaint RETURN_EXCHANGE, 1 h / 24 h from the moment of the rise', async () => {
    await stage.at(on('11', '09:10'));
    const complaint = hydrate(SpokenComplaint, { causes: ['RETURN_EXCHANGE'], emotion: 'UPSET' });
    const insisted = await stage.wants(ANN, c.ClassifyTicket.of({ ticketId, type: 'COMPLAINT', complaint }));
    expect(insisted).toEqual(
      expect.arrayContaining(['TicketClassified', 'ComplaintLodged', 'ComplaintGraded']),
    );
    expect(stage.all(e.ComplaintLodged)).toMatchObject([{ causes: ['RETURN_EXCHANGE'] }]);
    expect(stage.all(e.ComplaintGraded)).toMatchObject([{ level: 'ORDINARY' }]);
    expect(await stage.row('sla-status', `${ticketId}|FIRST_RESPONSE|1`)).toMatchObject({
      dueAt: on('11', '10:10'),
    });
    expect(await stage.row('sla-status', `${ticketId}|RESOLVE|1`)).toMatchObject({
      dueAt: on('12', '09:10'),
    });
  });

  it('4. Then solution with two options; chosen one is a commitment', async () => {
    await stage.at(on('11', '09:40'));
    const answer = {
      respondedAt: on('11', '09:40'),
      direction: 'there are two ways',
      interactionId: 'call-1',
    };
    await stage.wants(ANN, c.RecordFirstResponse.of({ ticketId, ...answer }));
    const options = [
      hydrate(PlanOption, { summary: 'another size', readyAt: on('12', '08:00'), limits: 'unworn' }),
      hydrate(PlanOption, { summary: 'a voucher', readyAt: on('11', '18:00') }),
    ];
    const plan = c.PresentPlan.of({ ticketId, options, presentedAt: on('11', '09:40') });
    expect(await stage.wants(ANN, plan)).toEqual(['PlanPresented']);
    expect(stage.all(e.PlanPresented)[0]?.options).toHaveLength(2);
    const chosen = {
      commitmentId: 'p-16',
      customerId,
      ticketId,
      kind: 'RESOLUTION_TIME',
      makerId: 'ann',
    } as const;
    const word = {
      text: 'another size',
      channel: 'PHONE',
      writtenId: 'mail-1',
      dueAt: on('12', '08:00'),
    } as const;
    expect(await stage.wants(ANN, c.MakeCommitment.of({ ...chosen, ...word }))).toContain('CommitmentMade');
    expect(await stage.row('sla-status', `${ticketId}|RESOLVE|1`)).toMatchObject({
      dueAt: on('12', '08:00'),
    });
  });

  it('4. and the ticket is not closed before it was kept', async () => {
    await stage.at(on('12', '07:30'));
    const solved = { ticketId, solution: 'another size', deliveredAt: on('12', '07:30') };
    await stage.wants(ANN, c.DeliverSolution.of(solved));
    await stage.wants(ANN, c.ConfirmSatisfied.of({ ticketId, evidence: 'call-2' }));
    expect(await stage.wants(ANN, c.CloseTicket.of({ ticketId }))).toBe('OPEN_COMMITMENT');
    await stage.wants(ANN, c.FulfilCommitment.of({ commitmentId: 'p-16', evidenceId: 'call-2' }));
    expect(await stage.wants(ANN, c.CloseTicket.of({ ticketId }))).toContain('TicketClosed');
    expect(stage.all(e.SlaClockBreached)).toEqual([]);
  });
});
