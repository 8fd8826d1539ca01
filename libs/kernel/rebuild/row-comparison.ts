import type { RowStore } from '../row-store';
import type { Row, Table } from '../table';
import type { Edition } from './editions';

/** How a table of the live model and the same one of its copy differ. */
export interface TableComparison {
  /** The live one. */
  readonly table: string;
  readonly rows: number;
  readonly rowsRebuilt: number;
  /** Keys whose rows differ. */
  readonly differing: number;
  /** So many of these keys were looked into: what follows is told of them. */
  readonly looked: number;
  /** Rows that the live one lacks. */
  readonly missing: number;
  /** Rows that only the live one has. */
  readonly extra: number;
  /** In how many rows each column differs. */
  readonly columns: Readonly<Record<string, number>>;
  readonly examples: readonly Example[];
}
export interface Example {
  readonly key: string;
  readonly live: Row | null;
  readonly rebuilt: Row | null;
}
/** Keys that are looked into: enough to see what is wrong, and held in memory at once. */
const LOOKED_MAX = 200;
const EXAMPLES_MAX = 5;
/** Versions of one row. */
const VERSIONS_MAX = 10_000;

export const compareEditions = async (
  rows: RowStore,
  live: Edition,
  rebuilt: Edition,
): Promise<readonly TableComparison[]> => {
  const comparisons: TableComparison[] = [];
  for (const [n, table] of live.compared.entries())
    comparisons.push(await compareTables(rows, table, rebuilt.compared[n] as Table));
  return comparisons;
};

const compareTables = async (rows: RowStore, live: Table, rebuilt: Table): Promise<TableComparison> => {
  const { rows: count, differing, examples } = await rows.compare(live, rebuilt, LOOKED_MAX);
  const pairs: Example[] = [];
  for (const { one, other } of examples) {
    const key = (one ?? other)?.key ?? '';
    if (live.history) pairs.push(...(await versionsThatDiffer(rows, live, rebuilt, key)));
    else pairs.push({ key, live: one, rebuilt: other });
  }
  return {
    ...{ table: live.name, rows: count, rowsRebuilt: await rows.count(rebuilt), differing },
    looked: examples.length,
    missing: pairs.filter((pair) => pair.live === null).length,
    extra: pairs.filter((pair) => pair.rebuilt === null).length,
    columns: columnsThatDiffer(live, pairs),
    examples: pairs.slice(0, EXAMPLES_MAX),
  };
};

/** A version is one row of its own: the same business time, known from the same event. */
const versionsThatDiffer = async (
  rows: RowStore,
  live: Table,
  rebuilt: Table,
  key: string,
): Promise<readonly Example[]> => {
  const selection = { where: [['key', '=', key] as const], limit: VERSIONS_MAX };
  const nameOf = (row: Row) => `${String(row['validFrom'])}|${String(row['position'])}`;
  const [ones, others] = await Promise.all(
    [live, rebuilt].map(
      async (table) => new Map((await rows.find(table, selection)).map((row) => [nameOf(row), row])),
    ),
  );
  const names = [...new Set([...(ones?.keys() ?? []), ...(others?.keys() ?? [])])].sort();
  return names
    .map((name) => ({ key, live: ones?.get(name) ?? null, rebuilt: others?.get(name) ?? null }))
    .filter((pair) => JSON.stringify(pair.live) !== JSON.stringify(pair.rebuilt));
};

const columnsThatDiffer = (
  { columns }: Table,
  pairs: readonly Example[],
): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const { live, rebuilt } of pairs)
    for (const name of live && rebuilt ? Object.keys(columns) : [])
      if (JSON.stringify(live?.[name]) !== JSON.stringify(rebuilt?.[name]))
        counts[name] = (counts[name] ?? 0) + 1;
  return counts;
};
