import * as c from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import type { Actor } from '@rapport/kernel';
import { Stage } from '../support/stage';

/** By the clock in Shanghai, 2024. */
const on = (date: string, time: string) => new Date(`2024-${date}T${time}:00+08:00`).toISOString();
const CARE: Actor = { id: 'cai', role: 'CRM_MANAGER' };
const U: Actor = { id: 'uma', role: 'SUPERVISOR' };
const customerId = 'c-08';

/** "Yunfan Chain", MATURITY after three purchases within a year. */
const mature = async (): Promise<Stage> => {
  const stage = await new Stage().at(on('03-01', '10:00'));
  const customer = { customerId, name: 'Yunfan Chain', industry: 'Retail', source: 'REFERRAL' } as const;
  await stage.wants(CARE, c.RegisterCustomer.of({ ...customer, zone: 'Asia/Shanghai', grade: 'REGULAR' }));
  const amount = { currency: 'CNY', minor: 20_000_000 } as const;
  for (const [n, date] of ['01-10', '02-10', '03-01'].entries()) {
    const bought = { purchaseId: `o-${n}`, customerId, amount, purchasedAt: on(date, '09:00') };
    await stage.wants(CARE, c.RecordPurchase.of(bought));
  }
  return stage.at(on('03-13', '11:00'));
};
const moves = (stage: Stage) => stage.all(e.LifecycleStageChanged).map(({ from, to }) => `${from}→${to}`);
const flag = c.FlagChurnRisk.of({ customerId, reason: 'met rival X at a fair' });

/** ST-08, churn-risk customer with competitor contact (竞品接触): here a person flags what SYS-41 does not hear yet. */
describe('ST-08', () => {
  let stage: Stage;
  beforeAll(async () => (stage = await mature()));

  it.todo('1. RecordCompetitorContact, CompetitorContactRecorded (waits for SYS-11 competitor insight)');
  it('1. When somebody flags the risk Wed 2024-03-13 11:00, then ChurnRiskAssessed, ChurnRiskLevelChanged HIGH, stage DECLINE', async () => {
    expect(moves(stage).at(-1)).toBe('GROWTH→MATURITY');
    expect(await stage.wants(CARE, flag)).toEqual(
      expect.arrayContaining(['ChurnRiskFlagged', 'ChurnRiskAssessed', 'ChurnRiskLevelChanged']),
    );
    expect(stage.all(e.ChurnRiskLevelChanged).at(-1)).toMatchObject({ to: 'HIGH' });
    expect(moves(stage).at(-1)).toBe('MATURITY→DECLINE');
  });

  it.todo(
    '1. to 3. retention duty until 2024-03-15 18:00, OpenRetentionPlan, no second one (waits for SYS-42)',
  );
  it.todo('4. an offer of −12 % needs conditions and approval (waits for SYS-54 quotes)');
  it.todo('5. RetentionActionTaken, ExecutiveInteractionRecorded (waits for SYS-42 and SYS-48)');
  it.todo('6. RenewContract, ContractRenewed, RetentionPlanClosed RETAINED (waits for SYS-07 and SYS-42)');

  it('6. When the customer buys again on 2024-04-25 and nobody sees a risk any more, then the stage is back at MATURITY', async () => {
    await stage.at(on('04-25', '10:00'));
    const bought = { purchaseId: 'o-3', customerId, amount: { currency: 'CNY', minor: 20_000_000 } } as const;
    await stage.wants(CARE, c.RecordPurchase.of(bought));
    const clear = c.ClearChurnFlag.of({ customerId, reason: 'bought again on 25 April' });
    expect(await stage.wants(U, clear)).toEqual(
      expect.arrayContaining(['ChurnFlagCleared', 'ChurnRiskLevelChanged']),
    );
    expect(moves(stage).at(-1)).toBe('DECLINE→MATURITY');
  });

  it.todo(
    '7. no plan by 15 March 18:00 → escalation CRM_MANAGER; win-back budget view 5× (waits for SYS-42, SYS-43)',
  );
  it('7. Variant: lost, then CustomerChurned reason PRICE, competitor X', async () => {
    const lost = await mature();
    await lost.wants(CARE, flag);
    const said = c.RecordChurn.of({ customerId, reason: 'PRICE', competitor: 'X' });
    expect(await lost.wants(CARE, said)).toContain('CustomerChurned');
    expect(await lost.row('lifecycle', customerId)).toMatchObject({
      ...{ stage: 'CHURNED', churnReason: 'PRICE', competitor: 'X' },
    });
  });

  it('8. Then the level history is HIGH → LOW, with signals and links to their events', async () => {
    const levels = stage.all(e.ChurnRiskLevelChanged).map(({ to }) => to);
    expect(levels.slice(-2)).toEqual(['HIGH', 'LOW']);
    const high = stage.all(e.ChurnRiskAssessed).find(({ level }) => level === 'HIGH');
    const flagged = stage.events.find(({ type }) => type === 'ChurnRiskFlagged');
    expect(high?.signals).toMatchObject([{ code: 'MANUAL_FLAG', sourceEventId: flagged?.id }]);
    const back = await stage.get(`/churn-risk/${customerId}?asOf=${on('03-20', '10:00')}`);
    expect(back.body.data).toMatchObject({ level: 'HIGH' });
    expect(await stage.row('churn-risk', customerId)).toMatchObject({ level: 'LOW' });
  });
  it.todo('8. ValueAtRisk falls by the expected loss (waits for SYS-65)');
});
