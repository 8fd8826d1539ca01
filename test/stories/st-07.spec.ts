import * as c from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import { SpokenComplaint } from '@rapport/domain/values';
import { hydrate, type Actor } from '@rapport/kernel';
import { Stage } from '../support/stage';

/** By the clock in Shanghai, 2024: `on('04-15', '10:00')`. */
const on = (date: string, time: string) => new Date(`2024-${date}T${time}:00+08:00`).toISOString();
const ANN: Actor = { id: 'ann', role: 'SERVICE_SPECIALIST' };
const CARE: Actor = { id: 'cai', role: 'CRM_MANAGER' };
const customerId = 'c-07';
const survey = { customerId, kind: 'QUARTERLY_SURVEY_WITH_BENEFIT' } as const;

/** STANDARD customer C-07, last activity 2024-01-02. */
const lastSeen = async (): Promise<Stage> => {
  const stage = await new Stage().at(on('01-02', '10:00'));
  const customer = { customerId, name: 'C-07', industry: 'Retail', source: 'REFERRAL' } as const;
  await stage.wants(ANN, c.RegisterCustomer.of({ ...customer, zone: 'Asia/Shanghai', grade: 'REGULAR' }));
  const consent = { act: 'SIGNED', textVersion: 'privacy-3', channel: 'EMAIL' } as const;
  const marketing = { customerId, purpose: 'MARKETING', subject: 'ADULT' } as const;
  expect(await stage.wants(ANN, c.GrantConsent.of({ ...marketing, ...consent }))).toEqual(['ConsentGranted']);
  const bought = { purchaseId: 'o-1', amount: { currency: 'CNY', minor: 10_000 } } as const;
  const purchasedAt = '2023-05-04T02:00:00.000Z';
  await stage.wants(ANN, c.RecordPurchase.of({ customerId, ...bought, purchasedAt }));
  return stage;
};
const silent = async (): Promise<Stage> => (await lastSeen()).at(on('04-01', '10:00'));

/** ST-07, silent-customer wake-up (沉默客户). */
describe('ST-07', () => {
  let stage: Stage;
  beforeAll(async () => (stage = await lastSeen()));

  it('1. On 2024-03-31 the daily check emits nothing; on 2024-04-01 (90 days) CustomerTurnedSilent, LifecycleStageChanged GROWTH→DECLINE', async () => {
    await stage.at(on('03-31', '23:00'));
    expect(stage.all(e.CustomerTurnedSilent)).toEqual([]);
    await stage.at(on('04-01', '10:00'));
    expect(stage.all(e.CustomerTurnedSilent)).toMatchObject([
      { tier: 'STANDARD', thresholdDays: 90, lastActivityAt: on('01-02', '10:00') },
    ]);
    expect(stage.all(e.LifecycleStageChanged).at(-1)).toMatchObject({ from: 'GROWTH', to: 'DECLINE' });
  });

  it.todo('2. A newsletter sent on 2024-03-20 is not activity (waits for SYS-47 campaigns)');

  it('3. When StartWakeUp with quarterly survey + benefit (R-29), then WakeUpStarted, WakeUpActionTaken', async () => {
    expect(await stage.wants(CARE, c.StartWakeUp.of({ ...survey, actionId: 'w-1' }))).toEqual([
      'WakeUpStarted',
      'WakeUpActionTaken',
    ]);
  });
  it.todo('3. at 22:00 local it is delayed to 09:00 (waits for SYS-47 quiet hours)');
  it.todo('4. CampaignResponseRecorded (waits for SYS-47 campaigns)');

  it('4. When the customer acts again on 2024-04-15, then CustomerReawakened attributed to that action, stage back to GROWTH', async () => {
    await stage.at(on('04-15', '10:00'));
    const said = { verbatim: 'here is our survey', collectorId: 'ann', raisedAt: on('04-15', '10:00') };
    const need = { ticketId: 't-07', customerId, urgency: 'ROUTINE', channel: 'QUESTIONNAIRE' } as const;
    await stage.wants(ANN, c.RegisterTicket.of({ ...need, type: 'SERVICE', ...said }));
    expect(stage.all(e.CustomerReawakened)).toMatchObject([
      { activity: 'INBOUND_CONTACT', activityAt: on('04-15', '10:00'), wakeUpActionId: 'w-1' },
    ]);
    expect(stage.all(e.LifecycleStageChanged).at(-1)).toMatchObject({
      ...{ from: 'DECLINE', to: 'GROWTH', cause: 'REAWAKENED' },
    });
  });

  it('6. Then 1 of 1 wake-ups was answered within 14 days; a look back at 2024-04-10 still shows silent', async () => {
    expect(await stage.row('lifecycle', customerId)).toMatchObject({
      ...{ stage: 'GROWTH', silentSince: null, wakeUpActions: 1, wakeUpsAnswered: 1 },
    });
    const back = await stage.get(`/lifecycle/${customerId}?asOf=${on('04-10', '10:00')}`);
    expect(back.body.data).toMatchObject({ stage: 'DECLINE', silentSince: on('04-01', '10:00') });
  });
});

describe('ST-07, variants of step 5', () => {
  it('no answer to three actions: automatic messages stop, a person may still try', async () => {
    const stage = await silent();
    const attempt = (actionId: string, automatic = true) =>
      c.RecordWakeUpAction.of({ ...survey, actionId, automatic });
    await stage.wants(CARE, c.StartWakeUp.of({ ...survey, actionId: 'w-1', automatic: true }));
    for (const actionId of ['w-2', 'w-3']) await stage.wants(CARE, attempt(actionId));
    expect(await stage.wants(CARE, attempt('w-4'))).toBe('WAKE_UP_UNANSWERED');
    expect(await stage.wants(CARE, attempt('w-4', false))).toEqual(['WakeUpActionTaken']);
  });

  it('no activity until 2024-06-30 (twice the threshold) is long silent, risk HIGH', async () => {
    const stage = await silent();
    await stage.at(on('06-30', '09:59'));
    expect((await stage.row('churn-risk', customerId))?.['level']).not.toBe('HIGH');
    await stage.at(on('06-30', '10:00'));
    expect(await stage.row('churn-risk', customerId)).toMatchObject({ level: 'HIGH' });
    const [now] = stage.all(e.ChurnRiskLevelChanged).slice(-1);
    expect(now).toMatchObject({ to: 'HIGH' });
  });

  it('180 days after having turned silent (2024-09-28): churn candidate that a person confirms', async () => {
    const stage = await silent();
    await stage.at(on('09-28', '09:59'));
    expect((await stage.report('lifecycle'))['churnCandidates']).toMatchObject({ count: 0 });
    await stage.at(on('09-28', '10:00'));
    expect((await stage.report('lifecycle'))['churnCandidates']).toMatchObject({
      ...{ count: 1, longest: [{ customerId, silentSince: on('04-01', '10:00') }] },
    });
    expect(stage.all(e.CustomerChurned)).toEqual([]);
    expect(await stage.wants(CARE, c.RecordChurn.of({ customerId, reason: 'NEED_ENDED' }))).toContain(
      'CustomerChurned',
    );
  });

  it('an open complaint blocks the wake-up', async () => {
    const stage = await lastSeen();
    await stage.at(on('01-02', '11:00'));
    const complaint = hydrate(SpokenComplaint, { causes: ['POOR_QUALITY'], emotion: 'UPSET' });
    const need = { ticketId: 't-7', customerId, type: 'COMPLAINT', urgency: 'ROUTINE', complaint } as const;
    const said = { channel: 'PHONE', verbatim: 'it broke', collectorId: 'ann' } as const;
    await stage.wants(ANN, c.RegisterTicket.of({ ...need, ...said, raisedAt: on('01-02', '11:00') }));
    await stage.at(on('04-01', '11:00'));
    expect(stage.all(e.CustomerTurnedSilent)).toHaveLength(1);
    expect(await stage.wants(CARE, c.StartWakeUp.of({ ...survey, actionId: 'w-1' }))).toBe('COMPLAINT_OPEN');
  });
});
