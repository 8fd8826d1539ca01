import * as c from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import { ForceMember, PlanOption, SpokenComplaint, ToldFindings } from '@rapport/domain/values';
import { hydrate, type Actor } from '@rapport/kernel';
import { Stage } from '../support/stage';
import { weighedAsUsual } from '../support/weighed';

/** By the clock in Shanghai, Monday 18 March 2024. */
const at = (time: string) => new Date(`2024-03-18T${time}:00+08:00`).toISOString();
const SUPPORT: Actor = { id: 'ann', role: 'SERVICE_SPECIALIST' };
const HEAD: Actor = { id: 'hua', role: 'DEPARTMENT_HEAD' };
const ticketId = 't-03';
const customerId = 'c-03a';
const raise = (more: Partial<c.RegisterTicket>) =>
  c.RegisterTicket.of({
    ...{ ticketId, customerId, type: 'SERVICE', urgency: 'URGENT', channel: 'PHONE', collectorId: 'ann' },
    ...{ verbatim: 'nothing loads', raisedAt: at('09:10'), ...more },
  });
const registered = async (): Promise<Stage> => {
  const stage = new Stage();
  await stage.at(at('09:10'));
  const customer = { customerId, name: 'C-03a', industry: 'Retail', source: 'REFERRAL' } as const;
  await stage.wants(SUPPORT, c.RegisterCustomer.of({ ...customer, zone: 'Asia/Shanghai', grade: 'VIP' }));
  return stage;
};

/** ST-03 as far as its green channels go: incidents, emotion stages and compensation belong to SYS-29, SYS-31 and SYS-32. */
describe('ST-03, the green channel', () => {
  it('1. one Q1 ticket per customer, GreenChannelOpened 09:12, plan due 11:12', async () => {
    const stage = await registered();
    await stage.wants(SUPPORT, raise({}));
    await stage.wants(HEAD, c.AssignTicketOwner.of({ ticketId, ownerId: 'ann' }));
    await stage.wants(SUPPORT, c.AssignLeadDepartment.of({ ticketId, department: 'TECHNICAL' }));
    await stage.at(at('09:12'));
    const first = c.PrioritiseTicket.of({
      ticketId,
      urgent: true,
      important: true,
      coreBusinessImpact: true,
    });
    expect(await stage.wants(SUPPORT, first)).toEqual([
      ...['TicketPrioritised', 'GreenChannelOpened', 'TaskForceFormed'],
    ]);
    expect(stage.all(e.GreenChannelOpened)).toMatchObject([{ cause: 'QUADRANT_1', planBy: at('11:12') }]);
    expect(
      stage
        .all(e.SlaClockRescheduled)
        .filter(({ moment }) => moment === 'PLAN')
        .at(-1),
    ).toMatchObject({
      dueAt: at('11:12'),
    });
    expect(await stage.row('green-channel-board', ticketId)).toMatchObject({
      ...{ state: 'OPEN', planBy: at('11:12'), leaderId: 'ann', departments: ['TECHNICAL'] },
    });
    expect(await stage.row('ticket-queue', ticketId)).toMatchObject({ green: true });
  });

  it('2. a complaint that is graded MAJOR (business interrupted) opens it by itself, whatever its quadrant', async () => {
    const stage = await registered();
    await stage.at(at('09:15'));
    const findings = hydrate(ToldFindings, { businessInterrupted: true });
    const complaint = hydrate(SpokenComplaint, { causes: ['SYSTEM_OUTAGE'], emotion: 'ANGRY', ...findings });
    const happened = await stage.wants(
      SUPPORT,
      raise({ type: 'COMPLAINT', complaint, raisedAt: at('09:15') }),
    );
    expect(happened).toEqual(
      expect.arrayContaining(['ComplaintLodged', 'ComplaintGraded', 'GreenChannelOpened']),
    );
    expect(stage.all(e.GreenChannelOpened)).toMatchObject([
      { cause: 'MAJOR_COMPLAINT', planBy: at('11:15') },
    ]);
    const again = c.OpenGreenChannel.of({ ticketId, reason: 'it is urgent' });
    expect(await stage.wants(SUPPORT, again)).toBe('GREEN_CHANNEL_OPEN');
  });

  it('4. and 5. the plan is presented, all works again, and only then the channel is closed', async () => {
    const stage = await registered();
    await stage.wants(SUPPORT, raise({}));
    await stage.at(at('09:12'));
    await stage.wants(SUPPORT, c.PrioritiseTicket.of({ ticketId, urgent: true, important: true }));
    const members = ['ann', 'tom'].map((staffId) =>
      hydrate(ForceMember, { staffId, department: 'TECHNICAL' }),
    );
    expect(await stage.wants(HEAD, c.FormTaskForce.of({ ticketId, leaderId: 'hua', members }))).toEqual([
      'TaskForceFormed',
    ]);
    const close = c.CloseGreenChannel.of({ ticketId, result: 'the second copy serves' });
    expect(await stage.wants(HEAD, close)).toBe('PLAN_REQUIRED');
    await stage.at(at('09:40'));
    const options = [hydrate(PlanOption, { summary: 'restored by 11:40, today is free' })];
    await stage.wants(SUPPORT, c.PresentPlan.of({ ticketId, options, presentedAt: at('09:40') }));
    await stage.at(at('11:25'));
    expect(await stage.wants(HEAD, close)).toEqual(['GreenChannelClosed']);
    expect(await stage.row('green-channel-board', ticketId)).toMatchObject({
      ...{
        state: 'CLOSED',
        end: 'RESTORED',
        plannedAt: at('09:40'),
        planLate: false,
        restoredAt: at('11:25'),
      },
    });
    expect(await stage.row('ticket-queue', ticketId)).toMatchObject({ green: false });
  });

  it('a Q3 ticket goes through it only with an approver', async () => {
    const stage = await registered();
    await stage.wants(SUPPORT, raise({}));
    const opening = { ticketId, reason: 'a minister visits' };
    await stage.wants(HEAD, weighedAsUsual(ticketId, '2024-03-18'));
    await stage.wants(SUPPORT, c.PrioritiseTicket.of({ ticketId, urgent: true, important: false }));
    expect(await stage.wants(SUPPORT, c.OpenGreenChannel.of(opening))).toBe('APPROVER_REQUIRED');
    const named = c.OpenGreenChannel.of({ ...opening, approverId: 'hua' });
    expect(await stage.wants(SUPPORT, named)).toBe('APPROVER_REQUIRED');
    expect(await stage.wants(HEAD, c.OpenGreenChannel.of(opening))).toEqual(['GreenChannelOpened']);
    expect(stage.all(e.GreenChannelOpened)).toMatchObject([{ cause: 'BY_HAND', approverId: 'hua' }]);
  });
});
