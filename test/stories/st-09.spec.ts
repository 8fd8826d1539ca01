import * as c from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import type { Actor } from '@rapport/kernel';
import { Stage } from '../support/stage';

/** By the clock in Shanghai, March 2024. */
const on = (day: string, time: string) => new Date(`2024-03-${day}T${time}:00+08:00`).toISOString();
const ANN: Actor = { id: 'ann', role: 'SERVICE_SPECIALIST' };
const M1: Actor = { id: 'm1', role: 'ACCOUNT_MANAGER' };
const U1: Actor = { id: 'u1', role: 'SUPERVISOR' };
const customerId = 'c-09';
const wish = 't-09';
const open = ['t-09-1', 't-09-2', wish];
const promises = ['p-09-1', 'p-09-2'];

/** ST-09, customer asks for another account manager without business reason: what lies in it of tickets, promises and clocks. */
describe('ST-09', () => {
  const stage = new Stage();
  const need = (ticketId: string, verbatim: string) =>
    c.RegisterTicket.of({
      ...{ ticketId, customerId, type: 'SERVICE', urgency: 'ROUTINE', channel: 'PHONE', verbatim },
      ...{ collectorId: 'ann', raisedAt: on('14', '10:00') },
    });
  const ownersOf = async () =>
    Promise.all(open.map(async (id) => (await stage.row('ticket-queue', id))?.['ownerId']));

  it('Fixtures: VIP C-09, ACCOUNT_MANAGER M1, 3 open tickets, 2 commitments', async () => {
    await stage.at(on('14', '10:00'));
    const customer = {
      customerId,
      name: 'C-09',
      industry: 'Retail',
      source: 'REFERRAL',
      grade: 'VIP',
    } as const;
    await stage.wants(ANN, c.RegisterCustomer.of({ ...customer, zone: 'Asia/Shanghai' }));
    for (const ticketId of open.slice(0, 2)) await stage.wants(ANN, need(ticketId, 'please send the list'));
    for (const [n, commitmentId] of promises.entries()) {
      const of = {
        commitmentId,
        customerId,
        ticketId: open[n]!,
        makerId: 'm1',
        kind: 'FEEDBACK_TIME',
      } as const;
      const word = { text: 'you hear from us', channel: 'EMAIL', writtenId: `mail-${n}` } as const;
      await stage.wants(M1, c.MakeCommitment.of({ ...of, ...word, dueAt: on('18', '18:00') }));
    }
    expect(stage.all(e.CommitmentMade)).toHaveLength(2);
  });

  it.todo(
    '1. AccountManagerChangeRequested, ServicePersonSignalRaised (PERSONAL_QUALITY, weight 10) (waits for SYS-03 account team)',
  );

  it('1. When the contact asks on 2024-03-14 10:00 "we would like somebody else", then first response due 24 h', async () => {
    expect(await stage.wants(ANN, need(wish, 'we would like somebody else'))).toContain('TicketRegistered');
    expect(await stage.row('sla-status', `${wish}|FIRST_RESPONSE|1`)).toMatchObject({
      dueAt: on('15', '10:00'),
    });
    for (const ticketId of open)
      expect(await stage.wants(U1, c.AssignTicketOwner.of({ ticketId, ownerId: 'm1' }))).toEqual([
        'TicketOwnerAssigned',
      ]);
  });

  it.todo('2. M1 decides his own case, then CONFLICT_OF_INTEREST (waits for SYS-03 account team)');
  it.todo('2. M1\'s screen shows only "reassignment" (waits for SYS-03 account team and SYS-58 roles)');
  it.todo(
    '3. U1 talks to the contact: interaction with neutral questions (waits for SYS-09 interaction log)',
  );
  it.todo(
    '3. StartAccountHandover, all items accepted, AccountManagerChanged M1→M2; birthday 20 March (waits for SYS-03 account team and SYS-46 care calendar)',
  );

  it('3. and on 2024-03-15 the 3 open tickets are in the hands of M2, with the 2 commitments that belong to them; no clock begins anew', async () => {
    await stage.at(on('15', '09:00'));
    const started = stage.all(e.SlaClockStarted).length;
    for (const ticketId of open) {
      const to = c.AssignTicketOwner.of({ ticketId, ownerId: 'm2', reason: 'reassignment' });
      expect(await stage.wants(U1, to)).toEqual(['TicketOwnerAssigned']);
    }
    expect(await ownersOf()).toEqual(['m2', 'm2', 'm2']);
    expect(stage.all(e.TicketOwnerAssigned).slice(-3)).toMatchObject(
      open.map((ticketId) => ({ ticketId, from: 'm1', to: 'm2', reassignment: true })),
    );
    for (const [n, commitmentId] of promises.entries())
      expect(await stage.row('commitment-ledger', commitmentId)).toMatchObject({
        ...{ state: 'OPEN', ticketId: open[n] },
      });
    expect(stage.all(e.SlaClockStarted)).toHaveLength(started);
  });

  it.todo('4. item 3 is not accepted, then CompleteAccountHandover refused (waits for SYS-03 account team)');
  it.todo('5. category BUSINESS, then PROFESSIONAL signal, no personal one (waits for SYS-03 account team)');
  it.todo(
    '6. a second signal on M1 within 90 days, then coaching action proposed (waits for SYS-03 account team and SYS-61 improvement actions)',
  );
  it.todo(
    '7. ServicePersonSignals and ChurnSignalHistory each 1 (waits for SYS-03 account team); RelationshipRadar (waits for SYS-35 relationship satisfaction)',
  );
});
