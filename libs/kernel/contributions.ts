import type { Contribution, Rollup } from './rollup';
import type { RowReader } from './row-store';
import type { Columns, Row, Table } from './table';

/** Rows that are held at once. */
const PAGE_ROWS = 1_000;
/** What one row adds to each of some rollups. */
export type Shares = readonly (Contribution | null)[];

/** What every row of a table adds to these rollups, in the order of the keys, page by page. */
export async function* contributionsOf(
  rows: Pick<RowReader, 'find'>,
  table: Table,
  rollups: readonly Rollup[],
): AsyncGenerator<readonly Shares[]> {
  for (let last: Row | undefined; ;) {
    const after = last && { after: [last.key, last.key] as const };
    const read = (narrowed: Table) => rows.find(narrowed, { limit: PAGE_ROWS, ...after });
    const { page, shares } = await sharesOf(table, rollups, read);
    if (shares.length > 0) yield shares;
    if (page.length < PAGE_ROWS) return;
    last = page.at(-1);
  }
}

/**
 * What some rows add to these rollups. A row of ours has many columns and figures look at a few of them, so only those are
 * read: which, is found out by watching how the rows are looked at.
 */
export const sharesOf = async (
  table: Table,
  rollups: readonly Rollup[],
  read: (narrowed: Table) => Promise<readonly Row[]>,
): Promise<{ readonly page: readonly Row[]; readonly shares: readonly Shares[] }> => {
  for (const looks = looksAt(table); ;) {
    const page = await read(looks.narrowed(table));
    const shares = looks.watching(page, (row) => rollups.map((rollup) => rollup.contribution(row)));
    if (shares) return { page, shares }; // otherwise the same rows again, with the columns that were missing
  }
};

/** A column was looked at that had not been read. */
class Unread extends Error {}

/** The columns of a table that figures over it have looked at. Nothing that was not read is ever taken for empty. */
class Looks {
  private readonly names = new Set<string>();
  private readonly watch: ProxyHandler<Row>;

  constructor(private readonly columns: Columns) {
    const look = (row: Row, name: string | symbol): void => {
      if (typeof name === 'string') this.at(row, name);
    };
    this.watch = {
      get: (row, name) => (look(row, name), Reflect.get(row, name) as unknown),
      has: (row, name) => (look(row, name), Reflect.has(row, name)),
      getOwnPropertyDescriptor: (row, name) => (look(row, name), Reflect.getOwnPropertyDescriptor(row, name)),
      ownKeys: (row) => {
        for (const name in columns) this.names.add(name);
        for (const name in columns) this.at(row, name);
        return Reflect.ownKeys(row);
      },
    };
  }

  /** The table as it is read: with all of its columns while nobody knows which are wanted. */
  narrowed(table: Table): Table {
    if (this.names.size === 0) return table;
    const wanted = Object.entries(this.columns).filter(([name]) => this.names.has(name));
    return { ...table, columns: Object.fromEntries(wanted) };
  }
  /** What is made of these rows; null where that takes columns which were not read, and will be the next time. */
  watching<T>(rows: readonly Row[], make: (row: Row) => T): readonly T[] | null {
    try {
      return rows.map((row) => make(new Proxy(row, this.watch)));
    } catch (error) {
      if (error instanceof Unread) return null;
      throw error;
    }
  }

  private at(row: Row, name: string): void {
    if (!Object.hasOwn(this.columns, name)) return;
    this.names.add(name);
    if (!Object.hasOwn(row, name)) throw new Unread(`${name} was not read`);
  }
}

const known = new WeakMap<Columns, Looks>();
/** What was found out is kept: the next who asks reads no more than is needed from the first row on. */
const looksAt = ({ columns }: Table): Looks => {
  const looks = known.get(columns) ?? new Looks(columns);
  known.set(columns, looks);
  return looks;
};
