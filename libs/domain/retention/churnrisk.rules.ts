import type { ChurnSignal, ChurnSignalCode, RiskLevel, SentSignal } from './churnrisk.values';

interface RiskLine {
  readonly code: ChurnSignalCode;
  readonly weight: number;
  /** HIGH whatever the score (SYS-41.2). */
  readonly forcesHigh?: true;
  readonly because: string;
}

/** Raise it with every change of the table: an assessment says by which version it came about. */
export const RISK_RULE_VERSION = 1;

export const SCORE_MAX = 100;
/** HIGH from here on (handbook 2.5). */
export const HIGH_FROM = 60;
/** MEDIUM from here on (handbook 2.5). */
export const MEDIUM_FROM = 30;

/**
 * What each signal weighs (handbook 2.5, SYS-41). When a signal begins and ends is said by whoever sends it; the
 * table only weighs. Lines without a weight decide by themselves. Of equals the first line is the main signal.
 */
export const riskLines: readonly RiskLine[] = [
  {
    ...{ code: 'COMPETITOR_CONTACT', weight: 60, forcesHigh: true },
    because: 'was in contact with a competitor within the last 90 days',
  },
  {
    ...{ code: 'LONG_SILENCE', weight: 0, forcesHigh: true },
    because: 'has been silent for twice the threshold of the tier',
  },
  { code: 'MANUAL_FLAG', weight: 0, forcesHigh: true, because: 'was flagged by a person' },
  { code: 'SILENCE', weight: 25, because: 'has been silent for the threshold of the tier' },
  {
    ...{ code: 'SERIOUS_COMPLAINT', weight: 20 },
    because: 'has a serious or major complaint that is open or was closed within the last 30 days',
  },
  {
    ...{ code: 'USAGE_DECLINE', weight: 15 },
    because: 'uses the product at least 50 % less than in the 30 days before',
  },
  {
    ...{ code: 'BROKEN_COMMITMENT', weight: 15 },
    because: 'was given a commitment that was broken within the last 30 days',
  },
  {
    ...{ code: 'DISSATISFACTION', weight: 15 },
    because: 'was dissatisfied in a survey or gave 6 or less within the last 90 days',
  },
  {
    ...{ code: 'MANAGER_CHANGE', weight: 10 },
    because: 'asked for another account manager without a business reason',
  },
  {
    ...{ code: 'PRICE_OBJECTION', weight: 10 },
    because: 'objected to a price within the last 60 days',
  },
  {
    ...{ code: 'RENEWAL_UNCONTACTED', weight: 10 },
    because: 'renews within 60 days and has not been contacted for 30 days',
  },
  {
    ...{ code: 'SLA_BREACHES', weight: 10 },
    because: 'was let down by two missed deadlines within 30 days',
  },
];

/** True when these weights can make somebody HIGH at all: a table that cannot is of no use (SYS-41). */
export const canReachHigh = (lines: readonly Pick<RiskLine, 'weight' | 'forcesHigh'>[]): boolean =>
  lines.some(({ forcesHigh }) => forcesHigh) ||
  lines.reduce((sum, { weight }) => sum + weight, 0) >= HIGH_FROM;

export interface Risk {
  readonly score: number;
  readonly level: RiskLevel;
  readonly signals: readonly ChurnSignal[];
  readonly forcedBy?: ChurnSignalCode;
  readonly mainSignal?: ChurnSignalCode;
}
export const NO_RISK: Risk = { score: 0, level: 'LOW', signals: [] };

/** A signal counts from its beginning until just before its end. */
export const isActive = (
  { since, expiresAt }: Pick<SentSignal, 'since' | 'expiresAt'>,
  now: string,
): boolean => since <= now && (expiresAt === undefined || now < expiresAt);

/**
 * The risk at a moment. Signals of one code count once, however many there are: the oldest carries the weight, the
 * others are listed with none, so that the weights add up to the score before the cap.
 */
export const riskOf = (sent: readonly SentSignal[], now: string): Risk => {
  const active = distinct(sent.filter((signal) => isActive(signal, now)));
  if (active.length === 0) return NO_RISK;
  const lines = riskLines.filter(({ code }) => active.some((signal) => signal.code === code));
  const score = Math.min(
    SCORE_MAX,
    lines.reduce((sum, { weight }) => sum + weight, 0),
  );
  const forcing = lines.find(({ forcesHigh }) => forcesHigh);
  const main = forcing ?? heaviest(lines);
  return {
    ...{
      score,
      level: forcing ? 'HIGH' : levelOf(score),
      signals: lines.flatMap((line) => weighed(line, active)),
    },
    ...(forcing && { forcedBy: forcing.code }),
    ...(main && { mainSignal: main.code }),
  };
};

export const levelOf = (score: number): RiskLevel =>
  score >= HIGH_FROM ? 'HIGH' : score >= MEDIUM_FROM ? 'MEDIUM' : 'LOW';

const heaviest = (lines: readonly RiskLine[]): RiskLine | undefined =>
  lines.reduce<RiskLine | undefined>(
    (most, line) => (most && most.weight >= line.weight ? most : line),
    undefined,
  );

const weighed = ({ code, weight, because }: RiskLine, active: readonly SentSignal[]): ChurnSignal[] =>
  active
    .filter((signal) => signal.code === code)
    .map(({ sourceEventId, since, expiresAt }, n) => ({
      ...{ code, weight: n === 0 ? weight : 0, because, sourceEventId, since },
      ...(expiresAt !== undefined && { expiresAt }),
    }));

/** Oldest first, and the same signal of the same source only once: the order in which they were sent does not matter. */
const distinct = (signals: readonly SentSignal[]): readonly SentSignal[] => {
  const sorted = signals
    .map((signal) => ({ signal, order: orderOf(signal) }))
    .sort((a, b) => (a.order < b.order ? -1 : 1));
  const seen = new Set<string>();
  return sorted.flatMap(({ signal }) => {
    const source = `${signal.code} ${signal.sourceEventId}`;
    return seen.has(source) ? [] : (seen.add(source), [signal]);
  });
};
const orderOf = ({ since, sourceEventId, code, expiresAt }: SentSignal): string =>
  [since, sourceEventId, code, expiresAt ?? '~'].join(' ');
