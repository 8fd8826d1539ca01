import * as commands from '@rapport/domain/commands';
import type { Row } from '@rapport/kernel';
import type { Application } from '@rapport/platform';
import { storyFrom } from '../support/story';

const customerId = 'c-7';
const START = '2024-01-02T00:00:00.000Z';
const yuan = { minor: 100_00, currency: 'CNY' };

/** By the built-in rules a first purchase makes a GROWTH customer, who is silent sooner: this story is of a STANDARD one. */
const everybodyStandard = {
  ...{ scope: 'Retail', basis: 'everybody is STANDARD' },
  recency: [{ score: 1, from: 0 }],
  frequency: [{ score: 1, from: 0 }],
  monetary: [{ currency: 'CNY', bands: [{ score: 1, from: 0 }] }],
  highValue: { sumMin: 15, monetaryMin: 5 },
  growth: { sumMin: 8, sumMax: 11, recencyMin: 4, frequencyMax: 2 },
};

const story = async () => {
  const told = await storyFrom(START, { id: 'mia', role: 'CRM_MANAGER' });
  const { application } = told;
  return {
    ...told,
    relationship: (time?: string) => rowOf(application, time),
    timeline: () => linesOf(application),
  };
};
const modelOf = ({ plan }: Application, question: string) => {
  const model = plan.readModels.find((each) => each.question === question);
  if (!model) throw new Error(`there is no read model ${question}`);
  return model.table;
};
const rowOf = async (application: Application, time?: string): Promise<Row | undefined> => {
  const asOf = time === undefined ? undefined : { time };
  const [row] = await application.rows.load(modelOf(application, 'lifecycle'), [customerId], asOf);
  return row;
};
const linesOf = async (application: Application): Promise<readonly unknown[]> => {
  const table = modelOf(application, 'customer-timeline');
  const where = [['customerId', '=', customerId] as const];
  const rows = await application.rows.find(table, { where, orderBy: { column: 'place' }, limit: 100 });
  return rows.map(({ kind }) => kind);
};

describe('a customer who goes quiet', () => {
  let told: Awaited<ReturnType<typeof story>>;
  beforeEach(async () => {
    told = await story();
    await told.send(commands.RegisterCustomer, {
      ...{ customerId, name: 'Yunfan Chain', industry: 'Retail', source: 'SALES_HANDOVER' },
    });
    await told.send(commands.PublishTieringRules, everybodyStandard);
    await told.send(commands.RecordPurchase, { purchaseId: 'p-1', customerId, amount: yuan });
  });
  afterEach(() => told.application.stop());

  it('is silent after 90 days and not a millisecond before, and declines', async () => {
    await told.at('2024-03-31T23:59:59.999Z');
    expect(await told.relationship()).toMatchObject({ stage: 'GROWTH', silentSince: null });
    await told.at('2024-04-01T00:00:00.000Z');
    expect(await told.relationship()).toMatchObject({
      ...{
        stage: 'DECLINE',
        cause: 'SILENCE',
        silentSince: '2024-04-01T00:00:00.000Z',
        previousStage: 'GROWTH',
      },
      churnCandidateAt: '2024-09-28T00:00:00.000Z',
    });
  });

  it('is woken up, comes back to the stage before, and the past still shows the silence', async () => {
    await told.at('2024-04-01T00:00:00.000Z');
    const survey = { customerId, actionId: 'a-1', kind: 'QUARTERLY_SURVEY_WITH_BENEFIT' };
    await told.send(commands.StartWakeUp, survey);
    await told.at('2024-04-15T00:00:00.000Z');
    await told.send(commands.RecordPurchase, { purchaseId: 'p-2', customerId, amount: yuan });
    expect(await told.relationship()).toMatchObject({
      stage: 'GROWTH',
      silentSince: null,
      wakeUpsAnswered: 1,
    });
    expect(await told.relationship('2024-04-10T00:00:00.000Z')).toMatchObject({
      stage: 'DECLINE',
      silences: 1,
    });
    const kinds = await told.timeline();
    const expected = ['CustomerTurnedSilent', 'WakeUpStarted', 'WakeUpActionTaken', 'CustomerReawakened'];
    expect(kinds.filter((kind) => expected.includes(String(kind)))).toEqual(expected);
  });

  it('and is lost, is won back by a purchase', async () => {
    await told.at('2024-04-01T00:00:00.000Z');
    await told.send(commands.RecordChurn, { customerId, reason: 'PRICE', competitor: 'X' });
    expect(await told.relationship()).toMatchObject({
      stage: 'CHURNED',
      churnReason: 'PRICE',
      churnCandidateAt: null,
    });
    await told.at('2025-04-01T00:00:00.000Z');
    await told.send(commands.RecordPurchase, { purchaseId: 'p-2', customerId, amount: yuan });
    expect(await told.relationship()).toMatchObject({ stage: 'GROWTH', cause: 'WON_BACK', wonBack: true });
  });

  it('is the only one of that name and industry', async () => {
    const twin = { customerId: 'c-8', name: ' yunfan  CHAIN.', industry: 'retail', source: 'OTHER' };
    await expect(told.send(commands.RegisterCustomer, twin)).rejects.toMatchObject({
      ...{ code: 'DUPLICATE_CUSTOMER', detail: { existingId: customerId } },
    });
  });
});
