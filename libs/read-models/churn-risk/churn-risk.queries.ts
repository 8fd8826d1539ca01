import { RiskLevel, ValueTier } from '@rapport/domain/values';
import {
  Count,
  Id,
  keptGroups,
  OneOf,
  Optional,
  question,
  reject,
  type Asking,
  type Condition,
  type Group,
} from '@rapport/kernel';
import { sumOf } from '../figures';
import { churnRisk, type ChurnRiskRow } from './churn-risk.projection';
import { churnRiskLevels, SIGNAL_CODES } from './churn-risk.rollup';

const TOP = 20;
const TOP_MAX = 500;
const LEVELS = (Object.keys(RiskLevel) as RiskLevel[]).reverse();

export class ChurnRiskParams {
  @Optional() @OneOf(RiskLevel) level?: RiskLevel;
  @Optional() @OneOf(ValueTier) tier?: ValueTier;
  /** How many customers to list (default 20). */
  @Optional() @Count(1, TOP_MAX) limit?: number;
}

/** Who is most likely to leave, how many stand where, and what points to it (SYS-41.5). */
export const churnRiskReport = question({
  name: 'churn-risk',
  about: 'Customers most likely to leave, customers per risk level, and the mix of signals.',
  params: ChurnRiskParams,
  reads: [churnRisk],
  answer: async (params: Readonly<ChurnRiskParams>, asking: Asking) => {
    const groups = await keptGroups(asking.rows, churnRiskLevels);
    return {
      asOf: asking.now,
      customers: sumOf(groups, 'rows'),
      levels: LEVELS.map((level) => ({ level, customers: sumOf(ofLevel(groups, level), 'rows') })),
      flagged: sumOf(groups, 'flagged'),
      mainSignals: mainSignals(groups),
      signals: SIGNAL_CODES.map((code) => ({ code, customers: sumOf(groups, code) })).filter(some),
      top: await top(params, asking),
    };
  },
});

const ofLevel = (groups: readonly Group[], level: string) =>
  groups.filter((group) => group['level'] === level);
const some = ({ customers }: { customers: number }) => customers > 0;

const mainSignals = (groups: readonly Group[]) =>
  LEVELS.flatMap((level) =>
    ofLevel(groups, level)
      .filter((group) => group['mainSignal'] !== '')
      .map((group) => ({ level, mainSignal: String(group['mainSignal']), customers: group.rows }))
      .sort((one, other) => other.customers - one.customers || (one.mainSignal < other.mainSignal ? -1 : 1)),
  );

const top = async ({ level, tier, limit = TOP }: Readonly<ChurnRiskParams>, { rows }: Asking) => {
  const where: readonly Condition[] = [
    ['active', '=', true],
    ...(level === undefined ? [] : [['level', '=', level] as const]),
    ...(tier === undefined ? [] : [['tier', '=', tier] as const]),
  ];
  const orderBy = { column: 'rank', descending: true };
  const found = await rows.find(churnRisk.table, { where, orderBy, limit });
  return (found as readonly ChurnRiskRow[]).map(inShort);
};
const inShort = ({ key: customerId, score, level, forcedBy, mainSignal, ...row }: ChurnRiskRow) => ({
  ...{
    customerId,
    score,
    level,
    forcedBy,
    mainSignal,
    flagged: row.flagged,
    stage: row.stage,
    tier: row.tier,
  },
  ...{ lastChangeAt: row.lastChangeAt, signals: row.signals.map(({ code }) => code) },
});

export class ChurnRiskWhyParams {
  @Id() customerId!: string;
}

/** Why one customer's risk is what it is: each signal with its weight, its sentence and the event it came from (SYS-41.1). */
export const churnRiskWhy = question({
  name: 'churn-risk-why',
  about: 'Why the churn risk of one customer is what it is, signal by signal.',
  params: ChurnRiskWhyParams,
  reads: [churnRisk],
  answer: async ({ customerId }: Readonly<ChurnRiskWhyParams>, { rows, now }: Asking) => {
    const [row] = await rows.load(churnRisk.table, [customerId]);
    if (!row) return reject('CUSTOMER_UNKNOWN', 'customerId', `${customerId} is not known`);
    const { score, level, forcedBy, mainSignal, ruleVersion, signals, ...rest } = row as ChurnRiskRow;
    return {
      ...{ customerId, asOf: now, score, level, forcedBy, mainSignal, ruleVersion },
      ...{ assessedAt: rest.assessedAt, lastChangeAt: rest.lastChangeAt, flagReason: rest.flagReason },
      because: sentence(row as ChurnRiskRow),
      /** More than the score when it was capped at 100. */
      weights: signals.reduce((sum, { weight }) => sum + weight, 0),
      signals,
    };
  },
});

const sentence = ({ level, score, forcedBy, signals, active }: ChurnRiskRow): string => {
  if (!active) return 'The customer has left.';
  const forced = signals.find(({ code }) => code === forcedBy);
  if (forced) return `${level} whatever the score (${score}): the customer ${forced.because}.`;
  const reasons = [...new Set(signals.map(({ because }) => because))];
  return reasons.length === 0
    ? `${level}: no signal is active.`
    : `${level} by score ${score}: the customer ${reasons.join('; ')}.`;
};
