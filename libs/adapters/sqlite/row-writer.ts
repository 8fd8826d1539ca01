import type { Row, Table, Write } from '@rapport/kernel';
import type { Bound, Database, Writing } from './driver';
import { encoderOf, insertSql, quoted, upsertSql } from './row-codec';

type Put = (row: Row) => void;
/** The statements of one table, each prepared when it is first needed. */
interface Statements {
  insert?: Put;
  upsert?: Put;
  drop?: Writing;
}

/** Writes rows within a transaction: the hot path. */
export class RowWriter {
  private statements = new WeakMap<Table, Statements>();

  constructor(private readonly db: Database) {}

  write(writes: readonly Write[]): void {
    for (let from = 0; from < writes.length;) {
      const { table } = writes[from] as Write;
      let to = from + 1;
      while (to < writes.length && writes[to]?.table === table) to++;
      this.writeRun(table, inTheOrderOfTheTree(table, writes, from, to));
      from = to;
    }
  }
  /** Tables have changed their names: what was prepared for them is void. */
  forget(): void {
    this.statements = new WeakMap();
  }

  private writeRun(table: Table, writes: readonly Write[]): void {
    const known = this.statements.get(table) ?? {};
    this.statements.set(table, known);
    for (const { key, row, fresh } of writes)
      if (!row) (known.drop ??= this.dropping(table)).run([key]);
      else if (fresh) (known.insert ??= this.putting(table, insertSql(table)))(row);
      else (known.upsert ??= this.putting(table, upsertSql(table)))(row);
  }

  private dropping({ name }: Table): Writing {
    return this.db.writing(`delete from ${quoted(name)} where key = ?`);
  }
  /** The list of values is our own, and filled anew for each row. */
  private putting(table: Table, sql: string): Put {
    const names = Object.keys(table.columns);
    const encoders = Object.values(table.columns).map(encoderOf);
    const values: Bound[] = ['', ...names.map(() => null)];
    const statement = this.db.writing(sql);
    return (row) => {
      values[0] = row.key;
      for (let n = 0; n < names.length; n++) values[n + 1] = (encoders[n] as Encode)(row[names[n] as string]);
      statement.run(values);
    };
  }
}
type Encode = ReturnType<typeof encoderOf>;

/** Some writes of one table: rows key by key, as they lie in the file (neighbours share a page), versions as they come. */
const inTheOrderOfTheTree = (
  { history }: Table,
  writes: readonly Write[],
  from: number,
  to: number,
): readonly Write[] => {
  const run = writes.slice(from, to);
  return history || isRising(run) ? run : run.sort(byKey);
};
const isRising = (run: readonly Write[]): boolean => {
  for (let n = 1; n < run.length; n++) if ((run[n] as Write).key < (run[n - 1] as Write).key) return false;
  return true;
};
const byKey = (one: Write, other: Write): number => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0);
