import * as events from '@rapport/domain/events';
import type {
  ChurnSignal,
  ChurnSignalCode,
  LifecycleStage,
  RiskLevel,
  ValueTier,
} from '@rapport/domain/values';
import { flag, integer, json, maybe, projection, text, type RowOf } from '@rapport/kernel';

const columns = {
  score: integer(),
  level: text<RiskLevel>('LOW'),
  /** Sorts by level first, then by score. */
  rank: integer(),
  signals: json<readonly ChurnSignal[]>([]),
  /** The signal that makes it HIGH whatever the score. */
  forcedBy: maybe(text<ChurnSignalCode>()),
  mainSignal: maybe(text<ChurnSignalCode>()),
  ruleVersion: integer(),
  flagged: flag(),
  flagReason: maybe(text()),
  stage: text<LifecycleStage>('ACQUISITION'),
  tier: text<ValueTier>('STANDARD'),
  /** When the level became what it is; null: it never was another. */
  lastChangeAt: maybe(text()),
  assessedAt: maybe(text()),
  /** False: the customer has left. */
  active: flag(true),
};
export type ChurnRiskRow = RowOf<typeof columns>;

const LEVEL_RANK: Readonly<Record<RiskLevel, number>> = { LOW: 0, MEDIUM: 1000, HIGH: 2000 };

/** Where each customer stands between staying and leaving, with every signal and the event it came from (SYS-41). */
export const churnRisk = projection(events, {
  name: 'churn-risk',
  version: 1,
  about: 'Which customers are likely to leave, how likely, and what points to it?',
  columns,
  indexes: [['level', 'score'], ['active', 'rank'], ['tier']],
  history: true,
  key: 'customerId',
}).on({
  CustomerRegistered: () => ({}),
  ChurnRiskAssessed: (_, { score, level, signals, forcedBy, mainSignal, ruleVersion }, { occurredAt }) => ({
    ...{ score, level, signals, ruleVersion, rank: LEVEL_RANK[level] + score, assessedAt: occurredAt },
    ...{ forcedBy: forcedBy ?? null, mainSignal: mainSignal ?? null },
  }),
  ChurnRiskLevelChanged: (_, __, { occurredAt }) => ({ lastChangeAt: occurredAt }),
  ChurnRiskFlagged: (_, { reason }) => ({ flagged: true, flagReason: reason }),
  ChurnFlagCleared: () => ({ flagged: false, flagReason: null }),
  LifecycleStageChanged: (_, { to }) => ({ stage: to }),
  ValueTierChanged: (_, { to }) => ({ tier: to }),
  CustomerChurned: () => ({ active: false }),
  CustomerWonBack: () => ({ active: true }),
});
