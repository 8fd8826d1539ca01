import { ERROR_MAX, quantilesOf, type Group, type Histogram } from '@rapport/kernel';

const HOUR_MS = 3_600_000;

/** How long things took, in hours; null when there is nothing to tell. */
export interface Spread {
  readonly n: number;
  readonly p50Hours: number | null;
  readonly p90Hours: number | null;
}
/** Of all these groups together. */
export const spreadOf = (groups: readonly Group[], column: string): Spread => {
  const { n, values } = quantilesOf(
    groups.map((group) => group[column] as Histogram),
    [0.5, 0.9],
  );
  const [p50Hours = null, p90Hours = null] = values.map(hours);
  return { n, p50Hours, p90Hours };
};
const hours = (ms: number | null): number | null => (ms === null ? null : round(ms / HOUR_MS, 4));

/** Said with every answer that holds percentiles. */
export const HISTOGRAM_NOTE = `percentiles (nearest rank) are within ${ERROR_MAX * 100} % of the true value`;

/** A share, or null where there is nothing to divide by. */
export const shareOf = (part: number, whole: number): number | null =>
  whole === 0 ? null : round(part / whole, 6);

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

/** Groups by the value of one of their columns, in its order. */
export const groupedBy = (
  groups: readonly Group[],
  nameOf: (group: Group) => string,
): readonly (readonly [name: string, groups: readonly Group[]])[] => {
  const found = new Map<string, Group[]>();
  for (const group of groups) {
    const name = nameOf(group);
    const some = found.get(name);
    if (some) some.push(group);
    else found.set(name, [group]);
  }
  return [...found].sort(([one], [other]) => (one < other ? -1 : 1));
};

/** One line for each group, in the order of the column that makes it. */
export const linesOf = <Line extends object>(
  groups: readonly Group[],
  column: string,
  lineOf: (groups: readonly Group[]) => Line,
) =>
  groupedBy(groups, (group) => String(group[column])).map(([name, some]) => ({
    [column]: name,
    ...lineOf(some),
  }));
export const sumOf = (groups: readonly Group[], column: string): number =>
  groups.reduce((sum, group) => sum + Number(group[column]), 0);
