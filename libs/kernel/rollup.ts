import { count, type Histogram } from './histogram';
import type { Projection } from './projection';
import { integer, json, text, zeroRow, type Columns, type Row, type RowOf, type Table } from './table';

type Each<C extends Columns, T> = Readonly<Record<string, (row: RowOf<C>) => T>>;

/** A question about many rows, kept true as rows change: groups, sums and durations. */
interface Question<C extends Columns> {
  readonly name: string;
  readonly version: number;
  /** Rows that do not count. Default: every row counts. */
  readonly where?: (row: RowOf<C>) => boolean;
  readonly by: Each<C, string>;
  readonly sums: Each<C, number>;
  /** Milliseconds, or null when there is none (yet). */
  readonly durations?: Each<C, number | null>;
}
export interface Rollup {
  readonly of: string;
  readonly table: Table;
  contribution(row: Row): Contribution | null;
}
/** What one row adds to its group. */
export interface Contribution {
  readonly group: string;
  readonly by: Readonly<Record<string, string>>;
  readonly sums: Readonly<Record<string, number>>;
  readonly durations: Readonly<Record<string, number | null>>;
}

export const rollup = <C extends Columns>(of: Projection<C>, asked: Question<C>): Rollup => ({
  of: of.name,
  table: { name: `${asked.name}@${asked.version}`, columns: columnsOf(asked), indexes: [] },
  contribution(row) {
    const known = row as RowOf<C>;
    if (asked.where && !asked.where(known)) return null;
    const value = <T>(ask: (row: RowOf<C>) => T) => ask(known);
    const by = each(asked.by, value);
    const sums = each(asked.sums, value);
    const durations = each(asked.durations ?? {}, value);
    return { group: JSON.stringify(Object.values(by)), by, sums, durations };
  },
});

const columnsOf = <C extends Columns>({ by, sums, durations }: Question<C>): Columns => ({
  ...each(by, () => text()),
  rows: integer(),
  ...each(sums, () => integer()),
  ...each(durations ?? {}, () => json<Histogram>({})),
});

const each = <T, U>(of: Readonly<Record<string, T>>, make: (value: T) => U): Record<string, U> => {
  const made: Record<string, U> = {};
  for (const name in of) made[name] = make(of[name] as T);
  return made;
};

export type Group = Record<string, unknown> & { key: string; rows: number };

/** A group nobody has counted in yet. */
export const emptyGroup = ({ table }: Rollup, { group, by }: Contribution): Group => ({
  ...structuredClone(zeroRow(table, group)),
  ...by,
  key: group,
  rows: 0,
});

/** Puts one row into its group, or takes it out, in place. */
export const tally = (group: Group, by: Contribution, sign: 1 | -1): void => {
  group.rows += sign;
  for (const name in by.sums) group[name] = (group[name] as number) + sign * (by.sums[name] ?? 0);
  for (const name in by.durations) {
    const value = by.durations[name];
    if (value != null) count(group[name] as Histogram, value, sign);
  }
};

/** The same groups, counted from rows that are at hand: for a question about the past, and to check the kept ones. */
export const groupsOf = (of: Rollup, rows: readonly Row[]): readonly Group[] => {
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const share = of.contribution(row);
    if (!share) continue;
    const group = groups.get(share.group) ?? emptyGroup(of, share);
    tally(group, share, 1);
    groups.set(share.group, group);
  }
  return [...groups.values()];
};
