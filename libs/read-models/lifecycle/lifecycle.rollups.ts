import { rollup } from '@rapport/kernel';
import { lifecycleMoves } from './lifecycle-moves.projection';
import { lifecycle } from './lifecycle.projection';

export const lifecycleStages = rollup(lifecycle, {
  name: 'lifecycle-stages',
  version: 2,
  about:
    'How many customers are in each stage, of which tier and since which month, and how long was the one before?',
  source: 'SYS-65.1',
  by: { stage: ({ stage }) => stage, tier: ({ tier }) => tier, month: ({ since }) => since.slice(0, 7) },
  sums: {
    silent: ({ silentSince }) => (silentSince === null ? 0 : 1),
    wonBack: ({ wonBack }) => (wonBack ? 1 : 0),
    purchases: ({ purchases }) => purchases,
  },
  durations: { previousStage: ({ previousStageMs }) => previousStageMs },
  says: {
    stage: 'ACQUISITION, GROWTH, MATURITY, DECLINE or CHURNED',
    tier: 'HIGH_VALUE, GROWTH or STANDARD',
    month: ['The month in which they entered this stage (UTC)', 'month'],
    rows: 'Customers in this stage',
    silent: 'Customers of whom nothing is heard (SYS-40.1)',
    wonBack: 'Customers who had left and bought again (SYS-43.3)',
    purchases: 'All that they ever bought, added up',
    previousStage: ['How long the stage before had lasted', 'ms'],
  },
});

export const lifecycleTransitions = rollup(lifecycleMoves, {
  name: 'lifecycle-transitions',
  version: 3,
  about: 'How often did customers move from one stage to another, why, and in which month?',
  source: 'SYS-65.1',
  by: {
    from: ({ from }) => from,
    to: ({ to }) => to,
    cause: ({ cause }) => cause,
    month: ({ at }) => at.slice(0, 7),
  },
  sums: { manual: ({ manual }) => (manual ? 1 : 0) },
  says: {
    from: 'The stage that was left',
    to: 'The stage that was entered',
    cause: 'What moved them, such as SILENCE',
    month: ['The month of the move (UTC)', 'month'],
    rows: 'Moves, not customers',
    manual: 'Moves that were made by hand (SYS-06.5)',
  },
});
