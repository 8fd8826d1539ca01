import { count, emptyHistogram, merge, type Histogram } from './histogram';
import { pagesOf } from './pages';
import type { Projection } from './projection';
import type { RowReader } from './row-store';
import { zeroRow } from './row-shape';
import { howMany, json, text } from './table';
import type { Column, Columns, Declared, Row, RowOf, Table } from './table';

type Ask<C extends Columns, T> = (row: RowOf<C>) => T;
type Each<C extends Columns, Name extends string, T> = Readonly<Record<Name, Ask<C, T>>>;
/** What a column says; the unit of a sum that is no count. */
type Said = string | readonly [says: string, unit: string];

/** A question about many rows, kept true as rows change: groups, sums and durations. */
interface Question<C extends Columns, By extends string, Sum extends string, Time extends string> {
  readonly name: string;
  readonly version: number;
  /** One sentence: the question it answers. */
  readonly about?: string;
  /** The rules its columns come from, where they do not say others. */
  readonly source?: string;
  /** Rows that do not count. Default: every row counts. */
  readonly where?: (row: RowOf<C>) => boolean;
  readonly by: Each<C, By, string>;
  readonly sums: Each<C, Sum, number>;
  /** Milliseconds, or null when there is none (yet). */
  readonly durations?: Each<C, Time, number | null>;
  /** What each of them says, and `rows`: what is counted. */
  readonly says?: Readonly<Partial<Record<NoInfer<By | Sum | Time> | 'rows', Said>>>;
}
export interface Rollup {
  readonly of: string;
  /** `churn-risk-levels`, without its version. */
  readonly name: string;
  readonly about: string;
  /** The columns that make a group. */
  readonly by: readonly string[];
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

export const rollup = <C extends Columns, By extends string, Sum extends string, Time extends string = never>(
  of: Projection<C>,
  asked: Question<C, By, Sum, Time>,
): Rollup => ({
  ...{ of: of.name, name: asked.name, about: asked.about ?? '' },
  by: Object.keys(asked.by),
  table: { name: `${asked.name}@${asked.version}`, columns: columnsOf(asked), indexes: [] },
  contribution(row) {
    const known = row as RowOf<C>;
    if (asked.where && !asked.where(known)) return null;
    const value = <T>(ask: Ask<C, T>) => ask(known);
    const by = each(asked.by, value);
    const sums = each(asked.sums, value);
    const durations = each<Ask<C, number | null>, number | null>(asked.durations ?? {}, value);
    return { group: groupKey(Object.values(by)), by, sums, durations };
  },
});

const groupKey = (values: readonly unknown[]): string => JSON.stringify(values);

interface Asked {
  readonly by: object;
  readonly sums: object;
  readonly durations?: object;
  readonly says?: Readonly<Record<string, Said | undefined>>;
  readonly source?: string;
}
const columnsOf = ({ by, sums, durations = {}, says = {}, source }: Asked): Columns => {
  const columns = (of: object, make: () => Declared<unknown>) =>
    Object.fromEntries(Object.keys(of).map((name) => [name, told(make(), says[name], source)]));
  return {
    ...columns(by, text),
    ...columns({ rows: null, ...sums }, howMany),
    ...columns(durations, histogram),
  };
};
const histogram = () => json<Histogram>({}).says('How long it took', 'ms');
const told = (column: Declared<unknown>, said: Said = '', source?: string): Column => {
  const [sentence, unit] = typeof said === 'string' ? [said] : said;
  return sentence === ''
    ? column
    : { ...(source !== undefined && { source }), ...column.says(sentence, unit) };
};

const each = <T, U>(of: Readonly<Record<string, T>>, make: (value: T) => U): Record<string, U> => {
  const made: Record<string, U> = {};
  for (const name in of) made[name] = make(of[name] as T);
  return made;
};

export type Group = Record<string, unknown> & { key: string; rows: number };

/** A group nobody has counted in yet. */
export const emptyGroup = ({ table }: Rollup, { group, by, durations }: Contribution): Group => ({
  ...zeroRow(table, group),
  ...by,
  ...each(durations, emptyHistogram),
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

/** Counts rows into their groups, one by one: only the groups are held. */
export class GroupCount {
  private readonly found = new Map<string, Group>();
  constructor(private readonly of: Rollup) {}

  add(row: Row): void {
    this.put(this.of.contribution(row));
  }
  /** What a row adds, where that is known already. */
  put(share: Contribution | null): void {
    if (!share) return;
    const group = this.found.get(share.group) ?? emptyGroup(this.of, share);
    tally(group, share, 1);
    this.found.set(share.group, group);
  }
  /** In the order of their keys. */
  get groups(): readonly Group[] {
    return [...this.found.values()].sort(byKey);
  }
}

/** The same groups, counted from rows that are at hand: to check the kept ones. */
export const groupsOf = (of: Rollup, rows: readonly Row[]): readonly Group[] => {
  const counting = new GroupCount(of);
  for (const row of rows) counting.add(row);
  return counting.groups;
};

/**
 * The groups of a rollup in the order of their keys, as `rows` has them: those that are kept, or those of the moment of
 * the past at which it stands. A group that lanes keep in several parts comes as one.
 */
export const keptGroups = async (rows: RowReader, of: Rollup): Promise<readonly Group[]> => {
  const groups = new Map<string, Group>();
  for await (const page of pagesOf(rows, of.table)) for (const part of page) addPart(groups, of, part);
  return [...groups.values()].filter((group) => group.rows > 0).sort(byKey);
};

const addPart = (groups: Map<string, Group>, { by, table }: Rollup, part: Row): void => {
  const key = groupKey(by.map((name) => part[name]));
  const whole = groups.get(key);
  if (!whole) return void groups.set(key, { ...part, key } as Group);
  for (const name of Object.keys(table.columns).filter((column) => !by.includes(column)))
    whole[name] = together(whole[name], part[name]);
};
/** Sums add up, durations are merged. */
const together = (one: unknown, other: unknown): unknown =>
  typeof one === 'number' ? one + Number(other) : merge(one as Histogram, other as Histogram);

const byKey = (one: { readonly key: string }, other: { readonly key: string }): number =>
  one.key < other.key ? -1 : one.key > other.key ? 1 : 0;
