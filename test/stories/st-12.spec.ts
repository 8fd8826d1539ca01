import * as c from '@rapport/domain/commands';
import { PlanOption } from '@rapport/domain/values';
import { hydrate } from '@rapport/kernel';
import { M, on, ticketId, upToAnswer } from './we-01.story';

/** ST-12, audit by a third party (审计机构): what lies in it of looking back. */
describe('ST-12', () => {
  it.todo('1. EngageThirdParty (waits for SYS-67 third parties)');
  it.todo('2. OpenAuditSession (waits for SYS-67 audit sessions)');

  it('3. When A asks state of ticket 需-2024-001 at 2024-03-04 12:00, then replay shows Q2, strategy set, one log row, no plan presented', async () => {
    const stage = await upToAnswer('VIP', true);
    const [then, now] = [on('04', '12:00'), new Date('2024-04-08T10:00:00+08:00').toISOString()];
    const seen = async (model: string, asOf: string, key = ticketId) =>
      (await stage.get(`/${model}/${encodeURIComponent(key)}?asOf=${asOf}`)).body.data;
    const planClock = (asOf: string) => seen('sla-status', asOf, `${ticketId}|PLAN|1`);
    await stage.at(on('04', '10:00'));
    const line = { stage: 'talk', executedAt: on('04', '10:00'), executorId: 'm', progress: 'details noted' };
    await stage.wants(M, c.RecordExecutionStep.of({ ticketId, ...line, nextNode: 'technical evaluation' }));
    await stage.at(on('05', '18:00'));
    const options = [hydrate(PlanOption, { summary: 'an export of its own', readyAt: on('25', '18:00') })];
    await stage.wants(M, c.PresentPlan.of({ ticketId, options, presentedAt: on('05', '18:00') }));
    const second = { stage: 'plan', executedAt: on('05', '18:00'), executorId: 'm', progress: 'plan sent' };
    await stage.wants(M, c.RecordExecutionStep.of({ ticketId, ...second, nextNode: 'development' }));
    await stage.at(now);

    expect(await seen('ticket-index', then)).toMatchObject({ number: '需-2024-001' });
    expect(await seen('priority-queue', then)).toMatchObject({ quadrant: 'Q2' });
    expect(await seen('strategy', then, `${ticketId}|1`)).toMatchObject({ current: true, ownerId: 'm' });
    expect(await seen('current-node', then)).toMatchObject({ steps: 1, stage: 'talk' });
    expect(await planClock(then)).toMatchObject({ state: 'OPEN', endedAt: null });

    expect(await seen('current-node', now)).toMatchObject({ steps: 2, stage: 'plan' });
    expect(await planClock(now)).toMatchObject({ state: 'MET', endedAt: on('05', '18:00') });
  });

  it.todo('3. each query → AuditQueryExecuted (waits for SYS-66 audit trail)');
  it.todo('4. ComplaintAnalytics rebuilt into a side copy (waits for SYS-64 and SYS-66)');
  it.todo('5. CloseTicket → AccessDenied (waits for SYS-58 roles)');
  it.todo('6. to 8. findings, answers, FindingRegister, AccessLog (wait for SYS-66 and SYS-67)');
});
