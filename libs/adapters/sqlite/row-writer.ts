import type { Row, Table, Write } from '@rapport/kernel';
import type { Bound, Database, Writing } from './driver';
import { encoderOf, insertSql, quoted, upsertSql } from './row-codec';

type Put = (row: Row) => void;

/** Writes rows within a transaction: the hot path. */
export class RowWriter {
  private puts = new WeakMap<Table, Put>();
  private inserts = new WeakMap<Table, Put>();
  private drops = new WeakMap<Table, Writing>();

  constructor(private readonly db: Database) {}

  write(writes: readonly Write[]): void {
    for (const { table, key, row, fresh } of inTheOrderOfTheTree(writes))
      if (!row) this.dropping(table).run([key]);
      else if (fresh) this.inserting(table)(row);
      else this.putting(table)(row);
  }
  /** Tables have changed their names: what was prepared for them is void. */
  forget(): void {
    [this.puts, this.inserts, this.drops] = [new WeakMap(), new WeakMap(), new WeakMap()];
  }

  private dropping(table: Table): Writing {
    const drop = this.drops.get(table) ?? this.db.writing(`delete from ${quoted(table.name)} where key = ?`);
    this.drops.set(table, drop);
    return drop;
  }
  private putting(table: Table): Put {
    const put = this.puts.get(table) ?? this.prepared(table, upsertSql(table));
    this.puts.set(table, put);
    return put;
  }
  private inserting(table: Table): Put {
    const put = this.inserts.get(table) ?? this.prepared(table, insertSql(table));
    this.inserts.set(table, put);
    return put;
  }

  /** One prepared statement and one list of columns a table. */
  private prepared(table: Table, sql: string): Put {
    const columns = Object.entries(table.columns).map(([name, column]) => [name, encoderOf(column)] as const);
    const statement = this.db.writing(sql);
    return (row) => {
      const values: Bound[] = [row.key];
      for (const [name, encode] of columns) values.push(encode(row[name]));
      statement.run(values);
    };
  }
}

/** Table by table and key by key, as they lie in the file: neighbours share a page. Writes of one key keep their order. */
const inTheOrderOfTheTree = (writes: readonly Write[]): readonly Write[] => {
  const byTable = new Map<Table, Write[]>();
  for (const write of writes) {
    const mine = byTable.get(write.table);
    if (mine) mine.push(write);
    else byTable.set(write.table, [write]);
  }
  return [...byTable.values()].flatMap((mine) => mine.sort(byKey));
};
const byKey = (one: Write, other: Write): number => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0);
