import * as commands from '@rapport/domain/commands';
import type { Row } from '@rapport/kernel';
import type { Application } from '@rapport/platform';
import { storyFrom } from '../support/story';

const customerId = 'c-1';
const START = '2024-01-02T00:00:00.000Z';

const story = async () => {
  const told = await storyFrom(START, { id: 'mia', role: 'CRM_MANAGER' });
  return { ...told, row: (question: string, time?: string) => rowOf(told.application, question, time) };
};
const rowOf = async (
  { plan, rows }: Application,
  question: string,
  time?: string,
): Promise<Row | undefined> => {
  const model = plan.readModels.find((each) => each.question === question);
  if (!model) throw new Error(`there is no read model ${question}`);
  const [row] = await rows.load(model.table, [customerId], time === undefined ? undefined : { time });
  return row;
};

describe('a customer', () => {
  let told: Awaited<ReturnType<typeof story>>;
  beforeEach(async () => {
    told = await story();
    await told.send(commands.RegisterCustomer, {
      ...{ customerId, name: 'Yunfan Chain', industry: 'Retail', source: 'SALES_HANDOVER' },
    });
  });
  afterEach(() => told.application.stop());
  const buys = (purchaseId: string, yuan: number) =>
    told.send(commands.RecordPurchase, {
      purchaseId,
      customerId,
      amount: { minor: yuan * 100, currency: 'CNY' },
    });

  it('who is silent for twice the threshold is at HIGH risk, until it acts again (ST-07)', async () => {
    await told.until('2024-06-29T23:59:59.999Z');
    expect(await told.row('churn-risk')).toMatchObject({ score: 25, level: 'LOW', mainSignal: 'SILENCE' });
    await told.until('2024-06-30T00:00:00.000Z');
    expect(await told.row('churn-risk')).toMatchObject({
      ...{ score: 25, level: 'HIGH', forcedBy: 'LONG_SILENCE', lastChangeAt: '2024-06-30T00:00:00.000Z' },
      stage: 'DECLINE',
    });
    await told.until('2024-07-10T00:00:00.000Z');
    await buys('p-1', 100);
    expect(await told.row('churn-risk')).toMatchObject({ score: 0, level: 'LOW', signals: [] });
    expect(await told.row('churn-risk', '2024-07-01T00:00:00.000Z')).toMatchObject({ level: 'HIGH' });
  });

  it('who complained gravely counts as a risk until 30 days after the closing', async () => {
    const complaint = {
      ...{ causes: ['SYSTEM_OUTAGE'], text: 'down', emotion: 'ANGRY' },
      ...{ businessInterrupted: true, dataLeak: false, publicThreat: false, safety: false },
    };
    await told.send(commands.RegisterTicket, {
      ...{ ticketId: 't-1', customerId, type: 'COMPLAINT', urgency: 'URGENT', channel: 'PHONE' },
      ...{ verbatim: 'The shop is down!', collectorId: 'ann', raisedAt: START, complaint },
    });
    expect(await told.row('churn-risk')).toMatchObject({ score: 20, mainSignal: 'SERIOUS_COMPLAINT' });
    await told.send(commands.WithdrawTicket, { ticketId: 't-1', reason: 'it was the power plug' });
    await told.until('2024-01-31T23:59:59.999Z');
    expect(await told.row('churn-risk')).toMatchObject({ score: 20 });
    await told.until('2024-02-01T00:00:00.000Z');
    expect(await told.row('churn-risk')).toMatchObject({ score: 0, signals: [] });
    expect(await told.row('churn-risk', '2024-01-15T00:00:00.000Z')).toMatchObject({ score: 20 });
  });

  it('who is flagged by a person is at HIGH risk until the flag is cleared', async () => {
    await told.send(commands.FlagChurnRisk, { customerId, reason: 'their buyer said so' });
    expect(await told.row('churn-risk')).toMatchObject({
      level: 'HIGH',
      forcedBy: 'MANUAL_FLAG',
      stage: 'DECLINE',
    });
    await told.send(commands.ClearChurnFlag, { customerId, reason: 'a mistake' });
    expect(await told.row('churn-risk')).toMatchObject({
      level: 'LOW',
      flagged: false,
      stage: 'ACQUISITION',
    });
  });

  it('who buys much rises when the month is over, and falls with the second lower score in a row', async () => {
    for (let n = 1; n <= 6; n++) await buys(`p-${n}`, 20_000);
    expect(await told.row('value')).toMatchObject({ tier: 'STANDARD', purchases: 6 });
    await told.until('2024-02-01T00:00:00.000Z');
    expect(await told.row('value')).toMatchObject({ tier: 'HIGH_VALUE', month: '2024-01', r: 5, f: 4, m: 4 });
    await told.until('2025-06-30T00:00:00.000Z');
    expect(await told.row('value')).toMatchObject({
      tier: 'STANDARD',
      frequency: 0,
      downgradePending: false,
    });
    const then = async (time: string) => told.row('value', time);
    expect(await then('2024-03-31T00:00:00.000Z')).toMatchObject({
      tier: 'HIGH_VALUE',
      downgradePending: false,
    });
    expect(await then('2024-04-01T00:00:00.000Z')).toMatchObject({
      tier: 'HIGH_VALUE',
      downgradePending: true,
    });
    expect(await then('2024-05-01T00:00:00.000Z')).toMatchObject({ tier: 'GROWTH', month: '2024-04' });
  });
});
