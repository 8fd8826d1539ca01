import { LifecycleStage, PLAYBOOKS } from '@rapport/domain/values';
import {
  groupsOf,
  Instant,
  merge,
  Optional,
  question,
  type Asking,
  type Condition,
  type Group,
  type Histogram,
  type RowReader,
} from '@rapport/kernel';
import { everyRow, groupedBy, groupsAt, HISTOGRAM_NOTE, spreadOf, sumOf } from '../figures';
import { lifecycleMoves } from './lifecycle-moves.projection';
import { lifecycle, type LifecycleRow } from './lifecycle.projection';
import { lifecycleStages, lifecycleTransitions } from './lifecycle.rollups';

export class LifecycleParams {
  /** A moment of the past. Absent: now. */
  @Optional() @Instant() asOf?: string;
}

const CANDIDATES_MAX = 100;
const STAGES = Object.keys(LifecycleStage);

/** How many customers stand where, who may be lost, and how customers moved between stages (SYS-06, SYS-65.1). */
export const lifecycleReport = question({
  name: 'lifecycle',
  about:
    'Customers per stage and tier, churn candidates and moves between stages, now or at a moment of the past.',
  params: LifecycleParams,
  reads: [lifecycle, lifecycleMoves],
  answer: async ({ asOf }: Readonly<LifecycleParams>, { rows, now }: Asking) => {
    const stages = await groupsAt(rows, lifecycleStages, lifecycle, asOf);
    return {
      asOf: asOf ?? now,
      customers: sumOf(stages, 'rows'),
      stages: STAGES.flatMap((stage) => byTier(stages, stage)),
      transitions: transitions(await movesUntil(rows, asOf)),
      churnCandidates: await churnCandidates(rows, now, asOf),
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
    stageBefore: spreadOf(merged(some)),
  }));
const merged = (groups: readonly Group[]): Histogram =>
  groups.reduce<Histogram>((all, group) => merge(all, group['previousStage'] as Histogram), {});

const transitions = (groups: readonly Group[]) =>
  groupedBy(groups, ({ from, to, cause }) => [STAGES.indexOf(String(from)), to, cause].join()).map(
    ([, some]) => {
      const { from, to, cause } = some[0] as Group;
      return { from, to, cause, moves: sumOf(some, 'rows'), manual: sumOf(some, 'manual') };
    },
  );

/** Moves never change, so those of the past are the ones that had taken place by then. */
const movesUntil = async (rows: RowReader, asOf: string | undefined): Promise<readonly Group[]> => {
  if (asOf === undefined) return groupsAt(rows, lifecycleTransitions, lifecycleMoves);
  const moves = await everyRow(rows, lifecycleMoves.table);
  return groupsOf(
    lifecycleTransitions,
    moves.filter(({ at }) => String(at) <= asOf),
  );
};

/** Silent for 180 days at that moment and not lost yet; those who wait longest first (SYS-43.1). */
const churnCandidates = async (rows: RowReader, now: string, asOf: string | undefined) => {
  const where: readonly Condition[] = [['churnCandidateAt', '<=', asOf ?? now]];
  const then = asOf === undefined ? {} : { asOf: { time: asOf } };
  const longest = { orderBy: { column: 'churnCandidateAt' }, limit: CANDIDATES_MAX };
  const found = await rows.find(lifecycle.table, { where, ...longest, ...then });
  const count = await rows.count(lifecycle.table, where, then.asOf);
  return { count, longest: (found as readonly LifecycleRow[]).map(candidate) };
};
const candidate = ({ key: customerId, stage, tier, silentSince, churnCandidateAt }: LifecycleRow) => ({
  ...{ customerId, stage, tier, silentSince, churnCandidateAt },
});
