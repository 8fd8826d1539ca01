import {
  counted,
  ERROR_MAX,
  groupsOf,
  quantile,
  type AsOf,
  type Group,
  type Histogram,
  type Projection,
  type Rollup,
  type Row,
  type RowReader,
  type Table,
} from '@rapport/kernel';

const PAGE = 1000;

/** Every row of a table, page by page: for small tables, and for a past that nothing has added up. */
export const everyRow = async (rows: RowReader, table: Table, asOf?: AsOf): Promise<readonly Row[]> => {
  const all: Row[] = [];
  for (;;) {
    const last = all.at(-1);
    const page = await rows.find(table, {
      limit: PAGE,
      ...(last && { after: [last.key, last.key] as const }),
      ...(asOf && { asOf }),
    });
    all.push(...page);
    if (page.length < PAGE) return all;
  }
};

/** The groups of a rollup: those that are kept, or, for a moment of the past, counted from the rows of that moment. */
export const groupsAt = async (
  rows: RowReader,
  of: Rollup,
  model: Projection,
  time?: string,
): Promise<readonly Group[]> => {
  const groups =
    time === undefined
      ? ((await everyRow(rows, of.table)) as readonly Group[])
      : groupsOf(of, await everyRow(rows, model.table, { time }));
  return groups.filter((group) => group.rows > 0);
};

const HOUR_MS = 3_600_000;

/** How long things took, in hours; null when there is nothing to tell. */
export interface Spread {
  readonly n: number;
  readonly p50Hours: number | null;
  readonly p90Hours: number | null;
}
export const spreadOf = (histogram: Histogram): Spread => ({
  n: counted(histogram),
  p50Hours: hours(quantile(histogram, 0.5)),
  p90Hours: hours(quantile(histogram, 0.9)),
});
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
    found.set(name, [...(found.get(name) ?? []), group]);
  }
  return [...found].sort(([one], [other]) => (one < other ? -1 : 1));
};
export const sumOf = (groups: readonly Group[], column: string): number =>
  groups.reduce((sum, group) => sum + Number(group[column]), 0);
