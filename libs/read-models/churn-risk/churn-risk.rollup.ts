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

const WITH_SIGNAL = Object.fromEntries(
  SIGNAL_CODES.map((code) => [code, `Customers with the signal ${code}, alone or among others`]),
);

export const churnRiskLevels = rollup(churnRisk, {
  name: 'churn-risk-levels',
  version: 1,
  about: 'How many customers who have not left are at each level of risk, and what points to it?',
  source: 'SYS-41.5',
  where: ({ active }) => active,
  by: { level: ({ level }) => level, mainSignal: ({ mainSignal }) => mainSignal ?? '' },
  sums: { flagged: ({ flagged }) => Number(flagged), ...customersWith },
  says: {
    rows: 'Customers who have not left',
    level: 'LOW, MEDIUM or HIGH',
    mainSignal: 'The signal that counts most; empty text: there is none',
    flagged: 'Customers whom a person marked as likely to leave',
    ...WITH_SIGNAL,
  },
});
