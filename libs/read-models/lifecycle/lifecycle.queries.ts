import { LifecycleStage } from '@rapport/domain/values';
import { groupsOf, Instant, Optional, question, type Asking, type Condition } from '@rapport/kernel';
import type { Row, Rollup, RowReader } from '@rapport/kernel';
import { lifecycleMoves } from './lifecycle-moves.projection';
import { lifecycle, type LifecycleRow } from './lifecycle.projection';
import { lifecycleStages, lifecycleTransitions } from './lifecycle.rollups';

export class LifecycleParams {
  /** The moment asked about. Default: now, from the figures that are kept up to date. */
  @Optional() @Instant() asOf?: string;
}

const CANDIDATES_MAX = 100;
const PAGE = 5_000;

/** How many customers stand where, who may be lost, and how customers moved between stages (SYS-06, SYS-65.1). */
export const lifecycleReport = question({
  name: 'lifecycle',
  about:
    'Customers per stage and tier, churn candidates and moves between stages, now or at an earlier moment.',
  params: LifecycleParams,
  reads: [lifecycle, lifecycleMoves],
  answer: async ({ asOf }: Readonly<LifecycleParams>, { rows, now }: Asking) => {
    const stages = asOf === undefined ? await kept(rows, lifecycleStages) : await stagesAt(rows, asOf);
    const moves = asOf === undefined ? await kept(rows, lifecycleTransitions) : await movesUntil(rows, asOf);
    return {
      asOf: asOf ?? now,
      stages: summed(stages, ['stage', 'tier']).map(([[stage, tier], sums]) => ({ stage, tier, ...sums })),
      transitions: summed(moves, ['from', 'to', 'cause']).map(
        ([[from, to, cause], { customers, ...sums }]) => ({
          ...{ from, to, cause, moves: customers, ...sums },
        }),
      ),
      churnCandidates: await candidates(rows, asOf ?? now, asOf),
    };
  },
});

type Sums = Readonly<Record<string, number>> & { readonly customers: number };
type Summed = [by: readonly string[], sums: Sums];

/** Groups without their month: stages in the order of a relationship, then the rest by name. */
const summed = (groups: readonly Row[], by: readonly string[]): Summed[] => {
  const found = new Map<string, Summed>();
  for (const group of groups) {
    const names = by.map((column) => String(group[column]));
    const [, sums] = found.get(names.join()) ?? [names, { customers: 0 }];
    found.set(names.join(), [names, plus(sums, group)]);
  }
  return [...found.values()].sort(([some], [others]) => compare(some, others));
};

const plus = (sums: Sums, { rows: customers, ...group }: Row): Sums => {
  const next: Record<string, number> & { customers: number } = {
    ...sums,
    customers: sums.customers + Number(customers),
  };
  for (const [name, value] of Object.entries(group))
    if (typeof value === 'number') next[name] = (sums[name] ?? 0) + value;
  return next;
};

const ORDER = Object.keys(LifecycleStage);
const rank = (name: string): string => (ORDER.includes(name) ? String(ORDER.indexOf(name)) : name);
const compare = (some: readonly string[], others: readonly string[]): number => {
  const [one, other] = [some.map(rank).join(), others.map(rank).join()];
  return one < other ? -1 : 1;
};

const kept = (rows: RowReader, { table }: Rollup) =>
  everyRow((after) => rows.find(table, { limit: PAGE, ...after }));

const stagesAt = async (rows: RowReader, time: string) =>
  groupsOf(
    lifecycleStages,
    await everyRow((after) => rows.find(lifecycle.table, { limit: PAGE, asOf: { time }, ...after })),
  );

const movesUntil = async (rows: RowReader, asOf: string) => {
  const where: readonly Condition[] = [['at', '<=', asOf]];
  return groupsOf(
    lifecycleTransitions,
    await everyRow((after) => rows.find(lifecycleMoves.table, { where, limit: PAGE, ...after })),
  );
};

/** Page after page, by key. */
const everyRow = async (page: (after: { after?: readonly [string, string] }) => Promise<readonly Row[]>) => {
  const all: Row[] = [];
  for (let last: Row | undefined; ;) {
    const next = await page(last ? { after: [last.key, last.key] } : {});
    all.push(...next);
    last = next.at(-1);
    if (next.length < PAGE) return all;
  }
};

/** Silent for 180 days at that moment and not lost yet; those who wait longest first (SYS-43.1). */
const candidates = async (rows: RowReader, at: string, asOf: string | undefined) => {
  const where: readonly Condition[] = [['churnCandidateAt', '<=', at]];
  const past = asOf === undefined ? {} : { asOf: { time: asOf } };
  const [count, found] = await Promise.all([
    rows.count(lifecycle.table, where, past.asOf),
    rows.find(lifecycle.table, {
      where,
      orderBy: { column: 'churnCandidateAt' },
      limit: CANDIDATES_MAX,
      ...past,
    }),
  ]);
  return { count, longest: (found as readonly LifecycleRow[]).map(candidate) };
};
const candidate = ({ key: customerId, stage, tier, silentSince, churnCandidateAt }: LifecycleRow) => ({
  ...{ customerId, stage, tier, silentSince, churnCandidateAt },
});
