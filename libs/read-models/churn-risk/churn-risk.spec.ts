import { MemoryRowStore } from '@rapport/adapters/memory';
import * as events from '@rapport/domain/events';
import type { ChurnSignalCode, RiskLevel, ValueTier } from '@rapport/domain/values';
import type { NewEvent } from '@rapport/kernel';
import { modelsOf, rowsOf } from '@rapport/kernel/spec';
import { churnRisk } from './churn-risk.projection';
import { churnRiskReport, churnRiskWhy, type ChurnRiskParams } from './churn-risk.queries';
import { churnRiskLevels } from './churn-risk.rollup';

const JAN = '2024-01-01T00:00:00.000Z';
const FEB = '2024-02-01T00:00:00.000Z';
const MAR = '2024-03-01T00:00:00.000Z';
const NOW = '2024-12-01T00:00:00.000Z';
const customerId = 'a';

const WEIGHTS: Partial<Record<ChurnSignalCode, number>> = { SILENCE: 25, SERIOUS_COMPLAINT: 20 };
const signal = (code: ChurnSignalCode) => ({
  ...{ code, weight: WEIGHTS[code] ?? 0, because: `has ${code}`, sourceEventId: `e-${code}`, since: JAN },
});
const assessed = (
  id: string,
  at: string,
  level: RiskLevel,
  codes: ChurnSignalCode[],
  forcedBy?: ChurnSignalCode,
) => {
  const signals = codes.map(signal);
  const score = signals.reduce((sum, { weight }) => sum + weight, 0);
  const main = forcedBy ?? codes[0];
  return events.ChurnRiskAssessed.of(
    {
      ...{ customerId: id, score, level, signals, ruleVersion: 1 },
      ...{ ...(forcedBy && { forcedBy }), ...(main && { mainSignal: main }) },
    },
    at,
  );
};
const changed = (id: string, at: string, from: RiskLevel, to: RiskLevel) =>
  events.ChurnRiskLevelChanged.of({ customerId: id, from, to, score: 1 }, at);
const registered = (id: string) =>
  events.CustomerRegistered.of(
    {
      ...{ customerId: id, name: id, industry: 'Retail', source: 'REFERRAL', grade: 'PROSPECT', zone: 'UTC' },
      ...{ keyAccount: false, strategicPartner: false, registeredAt: JAN },
    },
    JAN,
  );
const tier = (id: string, to: ValueTier) =>
  events.ValueTierChanged.of(
    { customerId: id, from: 'STANDARD', to, month: '2023-12', ruleScope: 'default', ruleVersion: 1 },
    JAN,
  );
const churned = (id: string, at: string) =>
  events.CustomerChurned.of({ customerId: id, reason: 'PRICE', stageBefore: 'DECLINE' }, at);

describe('a row', () => {
  const { given } = rowsOf(churnRisk);
  const medium = assessed('a', FEB, 'MEDIUM', ['SILENCE', 'SERIOUS_COMPLAINT']);

  it('begins with no risk', () =>
    given(registered('a'))
      .row('a')
      .is({ score: 0, level: 'LOW', signals: [], active: true, lastChangeAt: null }));
  it('holds score, level and every signal with the event it came from', () =>
    given(medium, changed('a', FEB, 'LOW', 'MEDIUM'))
      .row('a')
      .is({
        ...{ score: 45, level: 'MEDIUM', rank: 1045, forcedBy: null, mainSignal: 'SILENCE', ruleVersion: 1 },
        ...{ signals: [signal('SILENCE'), signal('SERIOUS_COMPLAINT')], assessedAt: FEB, lastChangeAt: FEB },
      }));
  it('forgets what no longer counts', () =>
    given(assessed('a', JAN, 'HIGH', ['LONG_SILENCE'], 'LONG_SILENCE'), assessed('a', FEB, 'LOW', []))
      .row('a')
      .is({ score: 0, level: 'LOW', forcedBy: null, mainSignal: null, signals: [], assessedAt: FEB }));
  it('knows the flag and its reason', () => {
    const flagged = events.ChurnRiskFlagged.of({ customerId, reason: 'they said so' });
    given(flagged).row('a').is({ flagged: true, flagReason: 'they said so' });
    const cleared = events.ChurnFlagCleared.of({ customerId, reason: 'a mistake' });
    given(flagged, cleared).row('a').is({ flagged: false, flagReason: null });
  });
  it('knows stage and tier', () => {
    const moved = events.LifecycleStageChanged.of({
      ...{ customerId, from: 'GROWTH', to: 'DECLINE', cause: 'SILENCE', manual: false, wonBack: false },
    });
    given(moved, tier('a', 'GROWTH')).row('a').is({ stage: 'DECLINE', tier: 'GROWTH' });
  });
  it('is no longer active once the customer has left, until won back', () => {
    given(churned('a', FEB)).row('a').is({ active: false });
    const back = events.CustomerWonBack.of({ customerId, purchaseId: 'p-1' });
    given(churned('a', FEB), back).row('a').is({ active: true });
  });
});

/** a: medium; b: high by force since February, tier GROWTH; c: never assessed; d: high and gone in March. */
const history = [
  ...[registered('a'), registered('b'), registered('c'), registered('d'), tier('b', 'GROWTH')],
  ...[assessed('a', JAN, 'MEDIUM', ['SILENCE', 'SERIOUS_COMPLAINT']), assessed('b', JAN, 'LOW', ['SILENCE'])],
  ...[
    assessed('b', FEB, 'HIGH', ['SILENCE', 'LONG_SILENCE'], 'LONG_SILENCE'),
    changed('b', FEB, 'LOW', 'HIGH'),
  ],
  ...[assessed('d', FEB, 'HIGH', ['MANUAL_FLAG'], 'MANUAL_FLAG'), churned('d', MAR)],
];
const models = modelsOf(() => new MemoryRowStore(), [churnRisk, churnRiskLevels]);
interface Listed {
  readonly customerId: string;
}
type Answer = Record<'levels' | 'signals' | 'mainSignals', readonly object[]> & {
  readonly customers: number;
  readonly flagged: number;
  readonly top: readonly Listed[];
};
const asked = async (params: ChurnRiskParams = {}, given: readonly NewEvent[] = history, asOf?: string) =>
  (await models.told(...given)).ask<Answer>(churnRiskReport, NOW, params, asOf);
const top = async (params: ChurnRiskParams) => (await asked(params)).top.map(({ customerId: id }) => id);

describe('the report', () => {
  it('counts customers per level without those who left', async () => {
    const { customers, levels } = await asked();
    expect(customers).toBe(3);
    expect(levels).toEqual([
      { level: 'HIGH', customers: 1 },
      { level: 'MEDIUM', customers: 1 },
      { level: 'LOW', customers: 1 },
    ]);
  });
  it('tells the mix of signals, and the main ones by level', async () => {
    const { signals, mainSignals } = await asked();
    expect(signals).toEqual([
      { code: 'SILENCE', customers: 2 },
      { code: 'LONG_SILENCE', customers: 1 },
      { code: 'SERIOUS_COMPLAINT', customers: 1 },
    ]);
    expect(mainSignals).toEqual([
      { level: 'HIGH', mainSignal: 'LONG_SILENCE', customers: 1 },
      { level: 'MEDIUM', mainSignal: 'SILENCE', customers: 1 },
    ]);
  });
  it('lists by level first, then by score', async () => {
    expect(await top({})).toEqual(['b', 'a', 'c']);
    expect(await top({ limit: 1 })).toEqual(['b']);
    expect(await top({ level: 'MEDIUM' })).toEqual(['a']);
    expect(await top({ tier: 'GROWTH' })).toEqual(['b']);
  });
  it('can be asked for a moment of the past', async () => {
    const january = await asked({}, history, '2024-01-15T00:00:00.000Z');
    expect(january.levels).toEqual([
      { level: 'HIGH', customers: 0 },
      { level: 'MEDIUM', customers: 1 },
      { level: 'LOW', customers: 3 },
    ]);
    expect(january.top.map(({ customerId: id }) => id)).toEqual(['a', 'b', 'd', 'c']);
    expect((await asked({}, history, FEB)).levels[0]).toEqual({ level: 'HIGH', customers: 2 });
  });
  it('has an answer when there is nobody', async () =>
    expect(await asked({}, [])).toMatchObject({ customers: 0, signals: [], mainSignals: [], top: [] }));
});

describe('the reasons', () => {
  const why = async (id: string, asOf?: string) =>
    (await models.told(...history)).ask<object>(churnRiskWhy, NOW, { customerId: id }, asOf);

  it('are each signal with weight, sentence and source event (SYS-41.1)', async () =>
    expect(await why('a')).toMatchObject({
      ...{
        score: 45,
        weights: 45,
        level: 'MEDIUM',
        signals: [signal('SILENCE'), signal('SERIOUS_COMPLAINT')],
      },
      because: 'MEDIUM by score 45: the customer has SILENCE; has SERIOUS_COMPLAINT.',
    }));
  it('say what makes it HIGH whatever the score', async () =>
    expect(await why('b')).toMatchObject({
      ...{ forcedBy: 'LONG_SILENCE', lastChangeAt: FEB },
      because: 'HIGH whatever the score (25): the customer has LONG_SILENCE.',
    }));
  it('can be asked for a moment of the past', async () =>
    expect(await why('b', '2024-01-15T00:00:00.000Z')).toMatchObject({
      score: 25,
      level: 'LOW',
      forcedBy: null,
    }));
  it('say so when there is none, or when the customer has left', async () => {
    expect(await why('c')).toMatchObject({ because: 'LOW: no signal is active.' });
    expect(await why('d')).toMatchObject({ because: 'The customer has left.' });
  });
  it('are refused for a customer who was not known then', async () => {
    await expect(why('x')).rejects.toMatchObject({ code: 'CUSTOMER_UNKNOWN' });
    await expect(why('a', '2023-12-31T00:00:00.000Z')).rejects.toMatchObject({ code: 'CUSTOMER_UNKNOWN' });
  });
});
