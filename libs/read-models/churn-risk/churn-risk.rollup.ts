import { ChurnSignalCode } from '@rapport/domain/values';
import { rollup } from '@rapport/kernel';
import { churnRisk, type ChurnRiskRow } from './churn-risk.projection';

export const SIGNAL_CODES = Object.keys(ChurnSignalCode) as readonly ChurnSignalCode[];

/** One column per signal: how many customers of the group have it. */
const customersWith = Object.fromEntries(
  SIGNAL_CODES.map((code) => [
    code,
    (row: ChurnRiskRow) => Number(row.signals.some((signal) => signal.code === code)),
  ]),
);

/** Customers who have not left, per level and main signal. */
export const churnRiskLevels = rollup(churnRisk, {
  name: 'churn-risk-levels',
  version: 1,
  where: ({ active }) => active,
  by: { level: ({ level }) => level, mainSignal: ({ mainSignal }) => mainSignal ?? '' },
  sums: { flagged: ({ flagged }) => Number(flagged), ...customersWith },
});
