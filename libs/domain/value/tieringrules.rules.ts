import { reject } from '@rapport/kernel';
import type { Band, CurrencyBands, GrowthLine, HighValueLine } from './tieringrules.values';
import type { ValueTier } from './value.values';

export interface TieringRules {
  readonly version: number;
  readonly basis: string;
  readonly recency: readonly Band[];
  readonly frequency: readonly Band[];
  /** The first currency's numbers hold for currencies that are not listed. */
  readonly monetary: readonly CurrencyBands[];
  readonly highValue: HighValueLine;
  readonly growth: GrowthLine;
}

/** Lines from their lower ends, lowest first; the last is open. */
const bands = (...lines: readonly (readonly [from: number, score: number])[]): readonly Band[] =>
  lines.map(([from, score], n) => {
    const next = lines[n + 1];
    return { score, from, ...(next && { to: next[0] - 1 }) };
  });

/**
 * Version 1 (handbook 2.5). Money stands in minor units: 500 000 CNY are 50 000 000 fen. A currency without a table of
 * its own is scored by the same numbers of its own minor units: nothing is converted, and the score says so.
 */
export const BUILT_IN: TieringRules = {
  version: 1,
  basis: 'recency, frequency and monetary value of 365 days',
  recency: bands([0, 5], [31, 4], [61, 3], [91, 2], [181, 1]),
  frequency: bands([0, 1], [2, 2], [3, 3], [6, 4], [12, 5]),
  monetary: [
    {
      currency: 'CNY',
      bands: bands([0, 1], [500_000, 2], [2_000_000, 3], [10_000_000, 4], [50_000_000, 5]),
    },
  ],
  highValue: { sumMin: 12, monetaryMin: 4 },
  growth: { sumMin: 8, sumMax: 11, recencyMin: 4, frequencyMax: 2 },
};

/** The score of a number; below the first line the first, so that money that went back scores lowest. */
export const scoreBy = (lines: readonly Band[], number: number): number => {
  const sorted = [...lines].sort((a, b) => a.from - b.from);
  return (sorted.findLast(({ from }) => from <= number) ?? sorted[0])?.score ?? 1;
};

/** The monetary table for a currency, and what a person must know about it. */
export const monetaryFor = ({ monetary, basis }: TieringRules, currency: string) => {
  const own = monetary.find((table) => table.currency === currency);
  const [first] = monetary;
  const used = own ?? first ?? { currency, bands: [] };
  const note = own
    ? `thresholds in ${currency}`
    : `thresholds of ${used.currency} applied to ${currency} amounts, unconverted`;
  return { bands: used.bands, basis: `${basis}; ${note}` };
};

export interface Scores {
  readonly r: number;
  readonly f: number;
  readonly m: number;
}
/** The tier that scores give (handbook 2.5), as the table says it: what is neither HIGH_VALUE nor GROWTH is STANDARD. */
export const tierOf = ({ highValue, growth }: TieringRules, { r, f, m }: Scores): ValueTier => {
  const sum = r + f + m;
  if (sum >= highValue.sumMin && m >= highValue.monetaryMin) return 'HIGH_VALUE';
  if (sum >= growth.sumMin && sum <= growth.sumMax) return 'GROWTH';
  return r >= growth.recencyMin && f <= growth.frequencyMax ? 'GROWTH' : 'STANDARD';
};

/** Refuses tables with gaps, overlaps or scores that run the wrong way, and currencies that do not exist. */
export const assertSound = ({
  recency,
  frequency,
  monetary,
  growth,
}: Omit<TieringRules, 'version'>): void => {
  assertTable('recency', recency, -1);
  assertTable('frequency', frequency, 1);
  if (monetary.length === 0) reject('TIERING_GAP', 'monetary', 'at least one currency needs a table');
  for (const { currency, bands: table } of monetary) {
    if (!Intl.supportedValuesOf('currency').includes(currency))
      reject('CURRENCY_UNKNOWN', 'monetary', `${currency} is no ISO 4217 currency`);
    assertTable('monetary', table, 1);
  }
  if (new Set(monetary.map(({ currency }) => currency)).size < monetary.length)
    reject('TIERING_OVERLAP', 'monetary', 'a currency has two tables');
  if (growth.sumMax < growth.sumMin)
    reject('TIERING_ORDER', 'growth', 'growth: the sum ends before it begins');
};

const assertTable = (field: string, table: readonly Band[], direction: 1 | -1): void => {
  const lines = [...table].sort((a, b) => a.from - b.from);
  let next = 0;
  for (const [n, { from, to, score }] of lines.entries()) {
    if (from > next) gap(field, next, from - 1);
    if (from < next) reject('TIERING_OVERLAP', field, `${field}: two lines hold ${from}`);
    if (to !== undefined && to < from)
      reject('TIERING_GAP', field, `${field}: the line from ${from} ends before it begins`);
    const before = lines[n - 1];
    if (before && (score - before.score) * direction <= 0)
      reject(
        'TIERING_ORDER',
        field,
        `${field}: the score at ${from} must be ${direction > 0 ? 'higher' : 'lower'}`,
      );
    next = to === undefined ? Infinity : to + 1;
  }
  if (next !== Infinity) gap(field, next);
};
const gap = (field: string, from: number, to?: number): never =>
  reject(
    'TIERING_GAP',
    field,
    `${field}: no line holds ${from}${to === undefined ? ' and above' : ` to ${to}`}`,
  );
