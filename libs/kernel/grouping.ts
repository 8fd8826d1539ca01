import { summed, type Histogram } from './histogram';
import { pagesOf } from './pages';
import { byKey, groupKey, type Cut, type Group, type Rollup } from './rollup';
import type { Condition, RowReader } from './row-store';
import type { Row } from './table';

/** A group, and the parts whose histograms are not in it yet. */
interface Gathered {
  readonly group: Group;
  parts: Row[];
}
/** Histograms are added up so many at a time, and no more are held for a group. */
const PARTS_MAX = 64;

/** Groups by some columns, put together from finer ones or from the parts that lanes keep. */
export class Regrouping {
  private readonly found = new Map<string, Gathered>();
  private readonly sums: readonly string[];
  private readonly durations: readonly string[];

  constructor(
    private readonly to: Pick<Cut, 'by'>,
    from: Cut,
  ) {
    const named = (kind: string) =>
      Object.entries(from.table.columns).flatMap(([name, column]) => (column.kind === kind ? [name] : []));
    [this.sums, this.durations] = [named('integer'), named('json')];
  }

  add(part: Row): void {
    const { by } = this.to;
    const words = by.map((name) => part[name]);
    const key = groupKey(words);
    const known = this.found.get(key);
    if (!known) return this.begin(key, words, part);
    const { group, parts } = known;
    for (const name of this.sums) group[name] = (group[name] as number) + Number(part[name]);
    if (this.durations.length > 0 && parts.push(part) >= PARTS_MAX) this.addUp(known);
  }
  /** In the order of their keys. */
  get groups(): readonly Group[] {
    for (const known of this.found.values()) if (known.parts.length > 1) this.addUp(known);
    return [...this.found.values()]
      .map(({ group }) => group)
      .filter(({ rows }) => rows > 0)
      .sort(byKey);
  }

  /** Until a second part comes, its histograms are those of the first. */
  private begin(key: string, words: readonly unknown[], part: Row): void {
    const group: Group = { key, rows: 0 };
    this.to.by.forEach((name, n) => (group[name] = words[n]));
    for (const name of this.sums) group[name] = Number(part[name]);
    for (const name of this.durations) group[name] = part[name];
    this.found.set(key, { group, parts: [part] });
  }
  private addUp(known: Gathered): void {
    const { group, parts } = known;
    for (const name of this.durations) group[name] = summed(parts.map((part) => part[name] as Histogram));
    known.parts = [group];
  }
}

/** Several ways to put the groups of one rollup together, each by some of its columns; by none: all of them are one. */
export type Ways = Readonly<Record<string, readonly string[]>>;

/**
 * The groups of a rollup, as `rows` has them, put together in each of these ways; only those that meet the conditions. Each
 * way is answered from the first cut that has the columns it asks for and those of the conditions, or else from the whole,
 * and each of these is read once.
 */
export const groupsBy = async <W extends Ways>(
  rows: RowReader,
  of: Rollup,
  ways: W,
  where: readonly Condition[] = [],
): Promise<{ readonly [Name in keyof W]: readonly Group[] }> => {
  const found = Object.entries(ways).map(([name, by]) => {
    const from = smallestWith(of, [...by, ...where.map(([column]) => column)]);
    return { name, from, groups: new Regrouping({ by }, from) };
  });
  for (const from of new Set(found.map((way) => way.from))) {
    const some = found.filter((way) => way.from === from);
    for await (const page of pagesOf(rows, from.table, where))
      for (const { groups } of some) page.forEach((part) => groups.add(part));
  }
  return Object.fromEntries(found.map(({ name, groups }) => [name, groups.groups])) as {
    [Name in keyof W]: readonly Group[];
  };
};

const smallestWith = (of: Rollup, columns: readonly string[]): Cut =>
  [...of.cuts, of].find(({ by }) => columns.every((column) => by.includes(column))) ?? of;

/**
 * The whole groups of a rollup in the order of their keys, as `rows` has them: those that are kept, or those of the moment of
 * the past at which it stands. A group that lanes keep in several parts comes as one.
 */
export const keptGroups = async (rows: RowReader, of: Rollup): Promise<readonly Group[]> => {
  const groups = new Regrouping(of, of);
  for await (const page of pagesOf(rows, of.table)) for (const part of page) groups.add(part);
  return groups.groups;
};
