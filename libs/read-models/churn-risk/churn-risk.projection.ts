import * as events from '@rapport/domain/events';
import type {
  ChurnSignal,
  ChurnSignalCode,
  LifecycleStage,
  RiskLevel,
  ValueTier,
} from '@rapport/domain/values';
import { flag, instant, integer, json, maybe, projection, text, type RowOf } from '@rapport/kernel';

// prettier-ignore
const columns = {
  score: integer().says('The weights of all its signals together, at most 100 (SYS-41.1)', 'points 0–100'),
  level: text<RiskLevel>('LOW').says('LOW, MEDIUM from 30 points on, HIGH from 60 on (SYS-41.1)'),
  rank: integer().says('To sort by level first: the score, plus 1000 if MEDIUM or 2000 if HIGH (SYS-41.5)', 'points'),
  signals: json<readonly ChurnSignal[]>([]).says('Each with its weight in points, reason, source event and end (SYS-41.1)'),
  forcedBy: maybe(text<ChurnSignalCode>()).says('The signal that makes it HIGH whatever the score (SYS-41.2)'),
  mainSignal: maybe(text<ChurnSignalCode>()).says('The signal that counts most; null: there is none (SYS-41.5)'),
  ruleVersion: integer().says('The table of weights it was assessed by; 0: it never was (SYS-41.4)', 'version'),
  flagged: flag().says('A person marked the customer as likely to leave (SYS-41)'),
  flagReason: maybe(text()).says('Why, in the words of that person; null: not marked (SYS-41)'),
  stage: text<LifecycleStage>('ACQUISITION').says('ACQUISITION, GROWTH, MATURITY, DECLINE or CHURNED (R-48, SYS-06)'),
  tier: text<ValueTier>('STANDARD').says('HIGH_VALUE, GROWTH or STANDARD (SYS-36.2)'),
  lastChangeAt: maybe(instant()).says('When the level became what it is; null: it never was another (SYS-41.3)'),
  assessedAt: maybe(instant()).says('When the signals were weighed last; null: never (SYS-41.4)'),
  active: flag(true).says('False: the customer has left and was not won back (SYS-43.1)'),
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
