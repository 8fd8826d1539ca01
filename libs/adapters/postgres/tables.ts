import { assertFits, type Move, type Row, type Table, type Write } from '@rapport/kernel';
import { locked } from './bookkeeping';
import { succeeds, type Asking, type Database, type Link } from './database';
import { fitting, placed, quoted } from './names';
import { columnsIn, indexesOf, indexSql, tableSql, type Index } from './row-codec';
import type { Views } from './views';

export type Indexes = 'now' | 'later';
interface Missing {
  readonly table: Table;
  readonly what: 'table' | 'index';
  readonly name: string;
  readonly sql: string;
}
/** PostgreSQL's word for a row that does not fit into an index. */
export const TOO_LONG = '54000';
/** Tables are made, dropped, and put in the place of others. */
export class Tables {
  constructor(
    private readonly database: Database,
    private readonly schema: string,
    private readonly views: Views,
    private readonly tell: (sentence: string) => void,
  ) {}

  /** Mostly everything is there already: then nothing is locked. */
  async open(tables: readonly Table[], indexes: Indexes): Promise<void> {
    await this.assertFitting(tables);
    if ((await this.missing(this.database, tables, indexes)).length === 0) return;
    await this.database.transaction(async (link) => {
      await locked(link, this.schema);
      const missing = await this.missing(link, tables, indexes);
      for (const one of missing) await this.make(link, one);
      await this.views.follow(
        link,
        missing.map(({ table }) => table.name),
      );
    }, 'long');
  }
  /** The indexes that were to be made later. */
  async index(tables: readonly Table[]): Promise<void> {
    const missing = (await this.missing(this.database, tables, 'now')).filter(({ what }) => what === 'index');
    if (missing.length === 0) return;
    await this.database.transaction(async (link) => {
      for (const one of missing) await this.make(link, one);
    }, 'long');
  }
  /** The indexes that cannot hold what these rows bring are given up; false where none is in the way. */
  async giveUpIndexes(writes: readonly Write[]): Promise<boolean> {
    const overfull = overfullBy(writes);
    if (overfull.length === 0) return false;
    await this.database.transaction(async (link) => {
      await locked(link, this.schema);
      for (const { name, table } of overfull) {
        await link.run({ sql: `drop index if exists ${placed(this.schema, name)}` });
        await this.standIn(link, name, table);
      }
    }, 'long');
    return true;
  }

  async drop(link: Link, { name }: Table): Promise<void> {
    await this.views.dropping(link, `drop table if exists ${placed(this.schema, name)} cascade`);
  }
  /** The views come along before anything goes, so that what analysts have built on them stays. */
  async move(link: Link, moves: readonly Move<Table>[]): Promise<void> {
    const leftOver: Table[] = [];
    for (const move of moves) leftOver.push(...(await this.moveOne(link, move)));
    const names = moves.flatMap(({ from, to, kept }) => [from.name, to.name, ...(kept ? [kept.name] : [])]);
    await this.views.follow(link, names);
    for (const table of leftOver) await this.drop(link, table);
  }

  /** Answers what stands aside and is kept under no name. */
  private async moveOne(link: Link, { from, to, kept }: Move<Table>): Promise<readonly Table[]> {
    const aside = (await this.isThere(link, to)) ? { ...to, name: `${to.name}~aside` } : null;
    if (aside) await this.rename(link, to, aside);
    await this.rename(link, from, to);
    if (!kept) return aside ? [aside] : [];
    await this.drop(link, kept);
    if (aside) await this.rename(link, aside, kept);
    return [];
  }
  private async rename(link: Link, from: Table, to: Table): Promise<void> {
    await link.run({ sql: `alter table ${placed(this.schema, from.name)} rename to ${quoted(to.name)}` });
    const names = indexesOf({ ...from, name: to.name });
    for (const [n, { name }] of indexesOf(from).entries())
      await link.run({
        sql: `alter index if exists ${placed(this.schema, name)} rename to ${quoted(names[n]?.name ?? '')}`,
      });
  }

  private async make(link: Link, { table, what, name, sql }: Missing): Promise<void> {
    const isMade = await succeeds(link, sql, (code) => what === 'index' && code === TOO_LONG);
    if (!isMade) await this.standIn(link, name, table.name);
  }
  /** Where a row is too long for an index, an empty one keeps the name, and the table is read through. */
  private async standIn(link: Link, name: string, table: string): Promise<void> {
    await link.run({
      sql: `create index ${quoted(name)} on ${placed(this.schema, table)} (key) where false`,
    });
    this.tell(`PostgreSQL: a text is too long for the index ${name}: what it was for is slower from now on`);
  }

  /** Those that are there already, whoever made them. */
  private async assertFitting(tables: readonly Table[]): Promise<void> {
    const sql = `select c.relname, a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
      join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = $1 and c.relname = any($2::text[]) and a.attnum > 0 and not a.attisdropped`;
    const names = tables.map(({ name }) => fitting(name));
    const { rows } = await this.database.run({ sql, values: [this.schema, names] });
    const there = new Map<unknown, Set<string>>();
    for (const [table, column] of rows) there.set(table, (there.get(table) ?? new Set()).add(String(column)));
    for (const table of tables) {
      const columns = there.get(fitting(table.name));
      if (columns) assertFits(table, (column) => columns.has(fitting(column)));
    }
  }
  private async isThere(link: Link, { name }: Table): Promise<boolean> {
    return (await this.known(link, [name])).size > 0;
  }
  private async missing(
    asking: Asking,
    tables: readonly Table[],
    indexes: Indexes,
  ): Promise<readonly Missing[]> {
    const wanted: readonly Missing[] = [
      ...new Map(tables.map((table) => [table.name, table])).values(),
    ].flatMap((table) => [
      { table, what: 'table' as const, name: table.name, sql: tableSql(this.schema, table) },
      ...(indexes === 'later' ? [] : indexesOf(table)).map((index) => ({
        ...{ table, what: 'index' as const, name: index.name, sql: indexSql(this.schema, table, index) },
      })),
    ]);
    const known = await this.known(
      asking,
      wanted.map(({ name }) => name),
    );
    return wanted.filter(({ name }) => !known.has(fitting(name)));
  }
  private async known(asking: Asking, names: readonly string[]): Promise<ReadonlySet<unknown>> {
    const sql = `select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = $1 and c.relname = any($2::text[])`;
    const { rows } = await asking.run({ sql, values: [this.schema, names.map(fitting)] });
    return new Set(rows.map(([name]) => name));
  }
}

/** An index takes some 2,700 bytes a row: here with its own. */
const INDEX_BYTES_MAX = 2_600;
const overfullBy = (
  writes: readonly Write[],
): readonly { readonly name: string; readonly table: string }[] => {
  const overfull = new Map<string, string>();
  for (const { table, row } of writes)
    for (const index of row ? indexesOf(table) : [])
      if (row && bytesIn(row, index) > INDEX_BYTES_MAX) overfull.set(index.name, table.name);
  return [...overfull].map(([name, table]) => ({ name, table }));
};
const bytesIn = (row: Row, index: Index): number =>
  columnsIn(index).reduce((sum, name) => {
    const cell = row[name];
    return sum + Buffer.byteLength(typeof cell === 'string' ? cell : (JSON.stringify(cell) ?? ''));
  }, 0);
