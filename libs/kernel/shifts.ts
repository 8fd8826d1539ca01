import { count, type Histogram } from './histogram';
import type { Held } from './held-rows';
import type { Contribution, Group, Rollup } from './rollup';

/** What a row adds to its group; null: it does not count. */
export type Share = Contribution | null;
/** What a changed row added before, and what it adds now. */
export interface Shift {
  readonly before: Share;
  readonly after: Share;
  /** What differs where it stays in its group. Null: nothing does. */
  readonly change: Change | null;
}
export interface Change {
  readonly sums: readonly (readonly [name: string, by: number])[];
  readonly durations: readonly (readonly [name: string, gone: number | null, come: number | null])[];
}

/** Most changes of a row are none of its groups' business: then there is no shift. */
export const shiftsOf = (of: Rollup, changed: readonly Held[]): readonly Shift[] => {
  const shifts: Shift[] = [];
  for (const { before: old, row } of changed) {
    const [before, after] = [old && of.contribution(old), row && of.contribution(row)];
    const change = before && after && changeOf(before, after);
    if (change || before?.group !== after?.group) shifts.push({ before, after, change });
  }
  return shifts;
};

/** Puts into a group what has changed of a row that stays in it, in place. */
export const amend = (group: Group, { sums, durations }: Change): void => {
  for (const [name, by] of sums) group[name] = (group[name] as number) + by;
  for (const [name, gone, come] of durations) {
    const histogram = group[name] as Histogram;
    if (gone !== null) count(histogram, gone, -1);
    if (come !== null) count(histogram, come, 1);
  }
};

const changeOf = (before: Contribution, after: Contribution): Change | null => {
  const sums: [string, number][] = [];
  const durations: [string, number | null, number | null][] = [];
  for (const name in after.sums) {
    const by = (after.sums[name] ?? 0) - (before.sums[name] ?? 0);
    if (by !== 0) sums.push([name, by]);
  }
  for (const name in after.durations) {
    const [gone, come] = [before.durations[name] ?? null, after.durations[name] ?? null];
    if (gone !== come) durations.push([name, gone, come]);
  }
  return sums.length + durations.length > 0 ? { sums, durations } : null;
};
