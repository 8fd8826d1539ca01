import { LifecycleStage, PLAYBOOKS } from '@rapport/domain/values';
import { keptGroups, question, type Asking, type Condition, type Group } from '@rapport/kernel';
import { groupedBy, HISTOGRAM_NOTE, spreadOf, sumOf } from '../figures';
import { lifecycleMoves } from './lifecycle-moves.projection';
import { lifecycle, type LifecycleRow } from './lifecycle.projection';
import { lifecycleStages, lifecycleTransitions } from './lifecycle.rollups';

export class LifecycleParams {}

const CANDIDATES_MAX = 100;
const STAGES = Object.keys(LifecycleStage);

/** How many customers stand where, who may be lost, and how customers moved between stages (SYS-06, SYS-65.1). */
export const lifecycleReport = question({
  name: 'lifecycle',
  about: 'Customers per stage and tier, churn candidates and moves between stages.',
  params: LifecycleParams,
  reads: [lifecycle, lifecycleMoves],
  answer: async (_: LifecycleParams, { rows, now }: Asking) => {
    const stages = await keptGroups(rows, lifecycleStages);
    return {
      asOf: now,
      customers: sumOf(stages, 'rows'),
      stages: STAGES.flatMap((stage) => byTier(stages, stage)),
      transitions: transitions(await keptGroups(rows, lifecycleTransitions)),
      churnCandidates: await churnCandidates({ rows, now }),
      playbooks: PLAYBOOKS,
      note: HISTOGRAM_NOTE,
    };
  },
});

const byTier = (groups: readonly Group[], stage: string) =>
  groupedBy(
    groups.filter((group) => group['stage'] === stage),
    (group) => String(group['tier']),
  ).map(([tier, some]) => ({
    ...{ stage, tier, customers: sumOf(some, 'rows'), silent: sumOf(some, 'silent') },
    ...{ wonBack: sumOf(some, 'wonBack'), purchases: sumOf(some, 'purchases') },
    /** How long the stage before had lasted. */
    stageBefore: spreadOf(some, 'previousStage'),
  }));

const transitions = (groups: readonly Group[]) =>
  groupedBy(groups, ({ from, to, cause }) => [STAGES.indexOf(String(from)), to, cause].join()).map(
    ([, some]) => {
      const { from, to, cause } = some[0] as Group;
      return { from, to, cause, moves: sumOf(some, 'rows'), manual: sumOf(some, 'manual') };
    },
  );

/** Silent for 180 days and not lost yet; those who wait longest first (SYS-43.1). */
const churnCandidates = async ({ rows, now }: Asking) => {
  const where: readonly Condition[] = [['churnCandidateAt', '<=', now]];
  const orderBy = { column: 'churnCandidateAt' };
  const found = await rows.find(lifecycle.table, { where, orderBy, limit: CANDIDATES_MAX });
  const count = await rows.count(lifecycle.table, where);
  return { count, longest: (found as readonly LifecycleRow[]).map(candidate) };
};
const candidate = ({ key: customerId, stage, tier, silentSince, churnCandidateAt }: LifecycleRow) => ({
  ...{ customerId, stage, tier, silentSince, churnCandidateAt },
});
