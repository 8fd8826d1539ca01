import * as c from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import type { Actor } from '@rapport/kernel';
import { Stage } from '../support/stage';

/** By the clock in Shanghai, March 2024. */
const on = (day: string, time: string) => new Date(`2024-03-${day}T${time}:00+08:00`).toISOString();
const M4: Actor = { id: 'm4', role: 'ACCOUNT_MANAGER' };
const U: Actor = { id: 'uma', role: 'SUPERVISOR' };
const customerId = 'c-22';
const ticketIds = [1, 2, 3, 4, 5].map((n) => `t-22-${n}`);
const promiseIds = [1, 2, 3, 4].map((n) => `p-22-${n}`);

/** ST-22, staff leaves. (The three care dates are of SYS-46.) */
describe('ST-22', () => {
  const stage = new Stage();
  const loadOf = async (staffId: string) => stage.report('workload', { staffId });
  const ownersOf = async () =>
    Promise.all(ticketIds.map(async (id) => (await stage.row('ticket-queue', id))?.['ownerId']));
  const deadlinesOf = async () =>
    Promise.all(ticketIds.map(async (id) => (await stage.row('sla-status', `${id}|PLAN|1`))?.['dueAt']));

  it('1. Given M4 leaves with 5 tickets and 4 commitments', async () => {
    await stage.at(on('11', '10:00'));
    const customer = { customerId, name: 'C-22', industry: 'Retail', source: 'REFERRAL' } as const;
    await stage.wants(M4, c.RegisterCustomer.of({ ...customer, zone: 'Asia/Shanghai', grade: 'REGULAR' }));
    for (const ticketId of ticketIds) {
      const need = { ticketId, customerId, type: 'SERVICE', urgency: 'ROUTINE', channel: 'EMAIL' } as const;
      const said = { verbatim: 'please call back', collectorId: 'm4', raisedAt: on('11', '10:00') };
      await stage.wants(M4, c.RegisterTicket.of({ ...need, ...said }));
      await stage.wants(M4, c.AssignTicketOwner.of({ ticketId, ownerId: 'm4' }));
    }
    for (const [n, commitmentId] of promiseIds.entries()) {
      const of = {
        commitmentId,
        customerId,
        ticketId: ticketIds[n]!,
        makerId: 'm4',
        kind: 'FEEDBACK_TIME',
      } as const;
      const word = { text: 'you hear from us', channel: 'EMAIL', writtenId: `mail-${n}` } as const;
      const promise = c.MakeCommitment.of({ ...of, ...word, dueAt: on('15', '18:00') });
      expect(await stage.wants(M4, promise)).toEqual(['CommitmentMade', 'CommitmentTied']);
    }
    expect(await ownersOf()).toEqual(ticketIds.map(() => 'm4'));
    expect((await loadOf('m4'))['workload']).toMatchObject([{ staffId: 'm4', owned: 5 }]);
  });

  it.todo('2. When rights are revoked (waits for SYS-58 roles and SYS-03 hand-over)');

  it('2. before hand-over is complete, work is on the supervisor’s list: M4 has room for nothing and 5 tickets too many', async () => {
    const away = c.SetCapacity.of({ staffId: 'm4', openTickets: 0, reason: 'leaves the house' });
    expect(await stage.wants(M4, away)).toBe('ROLE_NOT_ALLOWED');
    await stage.wants(U, away);
    expect((await loadOf('m4'))['workload']).toMatchObject([
      { staffId: 'm4', capacity: 0, owned: 5, overloaded: true, free: -5 },
    ]);
  });

  it('2. and clocks run: 24 h later the supervisor is called to each of the five', async () => {
    await stage.at(on('12', '10:01'));
    const late = stage.all(e.SlaClockBreached).filter(({ moment }) => moment === 'FIRST_RESPONSE');
    expect(late.map(({ ticketId }) => ticketId).sort()).toEqual(ticketIds);
    const called = stage.all(e.TicketEscalated).filter(({ level }) => level === 'SUPERVISOR');
    expect(called.map(({ ticketId }) => ticketId).sort()).toEqual(ticketIds);
  });

  it('3. Then none of the 5 tickets is without owner, at no moment of the hand-over, and no deadline moves', async () => {
    const before = await deadlinesOf();
    for (const [n, ticketId] of ticketIds.entries()) {
      const to = c.AssignTicketOwner.of({ ticketId, ownerId: n < 3 ? 'm5' : 'm6', reason: 'm4 leaves' });
      expect(await stage.wants(U, to)).toEqual(['TicketOwnerAssigned']);
      expect(await ownersOf()).not.toContain(null);
    }
    expect(await ownersOf()).toEqual(['m5', 'm5', 'm5', 'm6', 'm6']);
    expect(stage.all(e.TicketOwnerAssigned).slice(-5)).toMatchObject(
      ticketIds.map((ticketId) => ({ ticketId, from: 'm4', reassignment: true, reason: 'm4 leaves' })),
    );
    expect(await deadlinesOf()).toEqual(before);
    expect((await loadOf('m4'))['workload']).toMatchObject([{ staffId: 'm4', owned: 0, overloaded: false }]);
  });

  it('3. and none of the 4 commitments: each belongs to a ticket with an owner, who can keep it', async () => {
    for (const commitmentId of promiseIds) {
      const row = await stage.row('commitment-ledger', commitmentId);
      expect(row).toMatchObject({ state: 'OPEN', makerId: 'm4' });
      expect(await stage.row('ticket-queue', String(row?.['ticketId']))).toMatchObject({
        ownerId: expect.stringMatching(/^m[56]$/) as string,
      });
    }
    const kept = c.FulfilCommitment.of({ commitmentId: 'p-22-1', evidenceId: 'mail-9' });
    expect(await stage.wants({ id: 'm5', role: 'ACCOUNT_MANAGER' }, kept)).toEqual(['CommitmentFulfilled']);
  });

  it.todo('3. and none of the 3 care dates (waits for SYS-46 care calendar)');
  it.todo('3. hand-over is accepted item by item (waits for SYS-03 hand-over)');
});
