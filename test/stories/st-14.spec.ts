import * as c from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import type { Actor } from '@rapport/kernel';
import { Stage } from '../support/stage';

/** By the clock in Shanghai, Monday 11 March 2024. */
const at = (time: string) => new Date(`2024-03-11T${time}:00+08:00`).toISOString();
const ANN: Actor = { id: 'ann', role: 'SERVICE_SPECIALIST' };
const ticketId = 't-14';

/** ST-14, technology-barrier customer. */
describe('ST-14', () => {
  const stage = new Stage();
  const met = () => stage.all(e.SlaClockMet).filter(({ moment }) => moment === 'FIRST_RESPONSE');

  it.todo('1. age group elderly, TECH_BARRIER with evidence (waits for SYS-05 accessibility)');
  it.todo('2. a response with only a self-service link is refused (waits for SYS-05 accessibility)');

  it('2. a word without a direction is no first response: it only counts as acknowledgement', async () => {
    await stage.at(at('10:00'));
    const customer = { customerId: 'c-14', name: 'C-14', industry: 'Private', source: 'REFERRAL' } as const;
    await stage.wants(ANN, c.RegisterCustomer.of({ ...customer, zone: 'Asia/Shanghai', grade: 'REGULAR' }));
    const need = {
      ticketId,
      customerId: 'c-14',
      type: 'SERVICE',
      urgency: 'ROUTINE',
      channel: 'PHONE',
    } as const;
    const said = { verbatim: 'I cannot find the button', collectorId: 'ann', raisedAt: at('10:00') } as const;
    await stage.wants(ANN, c.RegisterTicket.of({ ...need, ...said }));
    await stage.wants(ANN, c.AssignTicketOwner.of({ ticketId, ownerId: 'ann' }));
    const link = { respondedAt: at('10:00'), interactionId: 'sms-1' };
    expect(await stage.wants(ANN, c.RecordFirstResponse.of({ ticketId, ...link }))).toEqual([
      'TicketAcknowledged',
    ]);
    expect(met()).toEqual([]);
  });

  it('3. When phone guide + branch help task is recorded, then first response valid', async () => {
    await stage.at(at('11:00'));
    const help = {
      ticketId,
      taskId: 'branch',
      department: 'AFTER_SALES',
      duty: 'help at the branch',
    } as const;
    expect(await stage.wants(ANN, c.AssignDepartmentTask.of({ ...help, dueAt: at('18:00') }))).toEqual([
      'DepartmentTaskAssigned',
    ]);
    const guide = {
      respondedAt: at('11:00'),
      direction: 'we go through it on the phone',
      interactionId: 'call-1',
    };
    expect(await stage.wants(ANN, c.RecordFirstResponse.of({ ticketId, ...guide }))).toEqual([
      'FirstResponseRecorded',
    ]);
    expect(met()).toMatchObject([{ reachedAt: at('11:00') }]);
  });

  it.todo('4. friction points of the return visit (waits for SYS-08 return visit)');
});
