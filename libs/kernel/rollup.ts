import { count, emptyHistogram, type Histogram } from './histogram';
import type { Lane } from './lanes';
import { pastOf, type Projection } from './projection';
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
  /**
   * The same sums and durations by some of these columns only, kept beside the whole: a question that asks for no others is
   * answered from the first cut that has all it asks for. So those with the fewest groups come first, and none that nobody asks for.
   */
  readonly cuts?: readonly (readonly NoInfer<By>[])[];
  /** What each of them says, and `rows`: what is counted. */
  readonly says?: Readonly<Partial<Record<NoInfer<By | Sum | Time> | 'rows', Said>>>;
}
/** Groups of a rollup by some of its columns, or by all of them. */
export interface Cut {
  /** The columns that make a group. */
  readonly by: readonly string[];
  readonly table: Table;
  /** Its groups as they were known at milestones. Null: there is no past to ask, or there are coarser cuts to ask of it. */
  readonly past: Table | null;
}
/** The whole groups, by all columns, and coarser cuts of them. */
export interface Rollup extends Cut {
  readonly of: string;
  /** `churn-risk-levels`, without its version. */
  readonly name: string;
  readonly about: string;
  readonly cuts: readonly Cut[];
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
  ...cutOf(asked, Object.keys(asked.by), '', of.past !== null && (asked.cuts ?? []).length === 0),
  cuts: (asked.cuts ?? []).map((by) => cutOf(asked, by, `~${by.join('+')}`, of.past !== null)),
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

/** Everything that is kept of a rollup. */
export const cutsOf = (of: Rollup): readonly [whole: Cut, ...cuts: readonly Cut[]] => [of, ...of.cuts];
export const figureTables = (of: Rollup): readonly Table[] => cutsOf(of).map(({ table }) => table);
export const figurePasts = (of: Rollup): readonly Table[] =>
  cutsOf(of).flatMap(({ past }) => (past ? [past] : []));

export const groupKey = (values: readonly unknown[]): string => JSON.stringify(values);

/** Every lane counts for itself, or two processes would write to one group: whoever reads adds the parts together. */
export const partKey = (group: string, { n, of }: Lane): string => (of === 1 ? group : `${n}|${group}`);

/** The key of the group of a cut to which a share belongs. */
export type KeyOf = (share: Contribution) => string;
export const keyIn = (whole: Cut, cut: Cut): KeyOf =>
  cut === whole ? ({ group }) => group : ({ by }) => groupKey(cut.by.map((name) => by[name]));

/** `sla-figures@3~moment+month` */
const cutOf = (asked: Asked, by: readonly string[], suffix: string, hasPast: boolean): Cut => {
  const [name, columns] = [`${asked.name}@${asked.version}${suffix}`, columnsOf(asked, by)];
  return { by, table: { name, columns, indexes: [] }, past: hasPast ? pastOf(name, columns) : null };
};
interface Asked {
  readonly name: string;
  readonly version: number;
  readonly sums: object;
  readonly durations?: object;
  readonly says?: Readonly<Record<string, Said | undefined>>;
  readonly source?: string;
}
const columnsOf = ({ sums, durations = {}, says = {}, source }: Asked, by: readonly string[]): Columns => {
  const columns = (names: readonly string[], make: () => Declared<unknown>) =>
    Object.fromEntries(names.map((name) => [name, told(make(), says[name], source)]));
  return {
    ...columns(by, text),
    ...columns(['rows', ...Object.keys(sums)], howMany),
    ...columns(Object.keys(durations), histogram),
  };
};
const histogram = () => json<Histogram>([]).says('How long it took', 'ms');
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

/** A group nobody has counted in yet, where this share belongs. */
export const emptyGroup = ({ table, by }: Cut, key: string, share: Contribution): Group => {
  const group = { ...zeroRow(table, key), ...each(share.durations, emptyHistogram), rows: 0, key };
  return Object.assign(group, wordsOf(by, share.by));
};
const wordsOf = (by: readonly string[], of: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(by.map((name) => [name, of[name]]));

/** Puts one row into its group, or takes it out, in place. */
export const tally = (group: Group, by: Contribution, sign: 1 | -1): void => {
  group.rows += sign;
  for (const name in by.sums) {
    const value = by.sums[name] ?? 0;
    if (value !== 0) group[name] = (group[name] as number) + sign * value; // most of them are nothing
  }
  for (const name in by.durations) {
    const value = by.durations[name];
    if (value != null) count(group[name] as Histogram, value, sign);
  }
};

/** Counts rows into the groups of a rollup, or of one of its cuts, one by one: only the groups are held. */
export class GroupCount {
  private readonly found = new Map<string, Group>();
  private readonly keyOf: KeyOf;

  /** `begun`: groups that have been counted already; they are changed in place. */
  constructor(
    private readonly of: Rollup,
    private readonly cut: Cut = of,
    begun: readonly Group[] = [],
  ) {
    this.keyOf = keyIn(of, cut);
    for (const group of begun) this.found.set(group.key, group);
  }

  add(row: Row): void {
    this.put(this.of.contribution(row));
  }
  /** What a row adds, where that is known already, or what it adds no longer. */
  put(share: Contribution | null, sign: 1 | -1 = 1): void {
    if (!share) return;
    const key = this.keyOf(share);
    const group = this.found.get(key) ?? this.begun(key, share);
    tally(group, share, sign);
  }
  /** In the order of their keys. */
  get groups(): readonly Group[] {
    return [...this.found.values()].filter(({ rows }) => rows > 0).sort(byKey);
  }

  private begun(key: string, share: Contribution): Group {
    const group = emptyGroup(this.cut, key, share);
    this.found.set(key, group);
    return group;
  }
}

/** The same groups, counted from rows that are at hand: to check the kept ones. */
export const groupsOf = (of: Rollup, rows: readonly Row[]): readonly Group[] => {
  const counting = new GroupCount(of);
  for (const row of rows) counting.add(row);
  return counting.groups;
};

export const byKey = (one: { readonly key: string }, other: { readonly key: string }): number =>
  one.key < other.key ? -1 : one.key > other.key ? 1 : 0;
