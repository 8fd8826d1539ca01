import { rollup } from '@rapport/kernel';
import { lifecycleMoves } from './lifecycle-moves.projection';
import { lifecycle } from './lifecycle.projection';

/** Customers by stage, tier and the month in which they entered the stage; how long the stage before had lasted. */
export const lifecycleStages = rollup(lifecycle, {
  name: 'lifecycle-stages',
  version: 1,
  by: { stage: ({ stage }) => stage, tier: ({ tier }) => tier, month: ({ since }) => since.slice(0, 7) },
  sums: {
    silent: ({ silentSince }) => (silentSince === null ? 0 : 1),
    wonBack: ({ wonBack }) => (wonBack ? 1 : 0),
    purchases: ({ purchases }) => purchases,
  },
  durations: { previousStage: ({ previousStageMs }) => previousStageMs },
});

/** Moves by where from, where to, why, and the month. */
export const lifecycleTransitions = rollup(lifecycleMoves, {
  name: 'lifecycle-transitions',
  version: 2,
  by: {
    from: ({ from }) => from,
    to: ({ to }) => to,
    cause: ({ cause }) => cause,
    month: ({ at }) => at.slice(0, 7),
  },
  sums: { manual: ({ manual }) => (manual ? 1 : 0) },
});
