import type { Table, Write } from '@rapport/kernel';
import { changesIn, statementsOf, type Cells, type Changes } from './changes';
import { copyInto } from './copying';
import type { Link } from './database';
import { LIMITS } from './limits';
import { placed, quoted } from './names';
import { identityOf, KEY, listTypeOf, namesOf, selected } from './row-codec';

/** Writes rows within a transaction, a statement for many at a time: the hot path. */
export class RowWriter {
  private readonly statements = new WeakMap<Table, Statements>();

  constructor(private readonly schema: string) {}

  async write(link: Link, writes: readonly Write[]): Promise<void> {
    for (const changes of changesIn(writes)) await this.change(link, changes);
  }

  private async change(link: Link, { table, gone, fresh, put }: Changes): Promise<void> {
    const { drop, into, insert, upsert } = this.statementsFor(table);
    if (gone.length > 0) await link.run({ sql: drop, values: [gone] });
    for (const rows of statementsOf(fresh))
      if (rows.length >= LIMITS.copyRowsMin) await copyInto(link, into, rows);
      else await link.run({ sql: insert, values: columnwise(rows) });
    for (const rows of statementsOf(put)) await link.run({ sql: upsert, values: columnwise(rows) });
  }

  private statementsFor(table: Table): Statements {
    const known = this.statements.get(table) ?? statementsFor(this.schema, table);
    this.statements.set(table, known);
    return known;
  }
}

interface Statements {
  readonly drop: string;
  /** The table and its columns. */
  readonly into: string;
  readonly insert: string;
  readonly upsert: string;
}
const statementsFor = (schema: string, table: Table): Statements => {
  const into = `${placed(schema, table.name)} (${selected(table)})`;
  const lists = [KEY, ...Object.values(table.columns)].map((column, n) => `$${n + 1}::${listTypeOf(column)}`);
  const insert = `insert into ${into} select * from unnest(${lists.join(', ')})`;
  return {
    drop: `delete from ${placed(schema, table.name)} where key = any($1::text[])`,
    ...{ into, insert, upsert: `${insert} ${onConflict(table)}` },
  };
};
const onConflict = (table: Table): string => {
  const identity = identityOf(table);
  const changing = namesOf(table).filter((name) => !identity.includes(name));
  const sets = changing.map((name) => `${quoted(name)} = excluded.${quoted(name)}`).join(', ');
  return `on conflict (${identity.map(quoted).join(', ')}) do ${sets ? `update set ${sets}` : 'nothing'}`;
};

/** One list a column, as `unnest` takes them. */
const columnwise = (rows: readonly Cells[]): readonly unknown[][] =>
  (rows[0] ?? []).map((_, n) => rows.map((cells) => cells[n]));
