import { Fenced, START } from '@rapport/kernel';
import type {
  AsOf,
  Checkpoint,
  Condition,
  Difference,
  Position,
  Rename,
  Row,
  RowStore,
} from '@rapport/kernel';
import type { RowVersion, Selection, SubscriberRename, Table, Write } from '@rapport/kernel';
import { answer } from './answer';
import {
  migrate,
  openDatabase,
  type Bound,
  type Database,
  type Place,
  type Reading,
  type Writing,
} from './driver';
import {
  dropIndexSql,
  encoderOf,
  identityOf,
  indexSql,
  quoted,
  rowFrom,
  selected,
  tableSql,
  upsertSql,
} from './row-codec';
import { countQuery, selectionQuery } from './selection';

const SCHEMA = ['create table checkpoints (subscriber text primary key, position integer not null) strict'];
/** Prepared statements kept for questions. */
const QUERIES_MAX = 500;

/** Rows in one SQLite file. They can be read again from the log, so an unsynced tail may be lost (synchronous=NORMAL). */
export class SqliteRowStore implements RowStore {
  private readonly puts = new WeakMap<Table, (row: Row) => void>();
  private readonly drops = new WeakMap<Table, Writing>();
  private readonly queries = new Map<string, Reading>();
  private readonly commitAll: (batch: Batch) => void;

  static open(place: Place): Promise<SqliteRowStore> {
    return answer(() => {
      const db = openDatabase(place, false);
      db.exec(
        'pragma cache_size = -65536; pragma temp_store = memory; pragma wal_autocheckpoint = 16000; pragma mmap_size = 268435456',
      );
      if (!place.readonly) migrate(db, place.file, SCHEMA);
      return new SqliteRowStore(db);
    });
  }

  private constructor(private readonly db: Database) {
    const first = db.readonly ? null : db.writing('insert or ignore into checkpoints values (?, 0)');
    const next = db.readonly
      ? null
      : db.writing('update checkpoints set position = ? where subscriber = ? and position = ?');
    const move = ({ subscriber, from, to }: Checkpoint) => {
      if (from === START) first?.run([subscriber]);
      if (next?.run([to, subscriber, from]).changes !== 1) throw new Fenced(subscriber);
    };
    this.commitAll = db.transaction(({ writes, checkpoints }: Batch) => {
      checkpoints.forEach(move);
      for (const write of inTheOrderOfTheTree(writes)) this.write(write);
    });
  }

  get driver(): string {
    return this.db.driver;
  }

  open(tables: readonly Table[], indexes: 'now' | 'later' = 'now'): Promise<void> {
    return answer(() => {
      for (const table of tables)
        for (const sql of [tableSql(table), ...(indexes === 'now' ? indexSql(table) : [])]) this.db.exec(sql);
    });
  }
  position(subscriber: string): Promise<Position> {
    const found = this.query('select position from checkpoints where subscriber = ?').first([subscriber]);
    return answer(() => (found?.[0] ?? START) as Position);
  }
  load(table: Table, keys: readonly string[], asOf?: AsOf): Promise<readonly Row[]> {
    if (keys.length === 0) return Promise.resolve([]);
    if (asOf) return this.find(table, { where: [['key', 'in', keys]], limit: keys.length, asOf });
    const sql = `select ${selected(table)} from ${quoted(table.name)} where key in (select value from json_each(?))`;
    return answer(() =>
      this.query(sql)
        .all([JSON.stringify(keys)])
        .map(rowFrom(table.columns)),
    );
  }
  find(table: Table, selection: Selection): Promise<readonly Row[]> {
    const { sql, values } = selectionQuery(table, selection);
    return answer(() => this.query(sql).all(values).map(rowFrom(table.columns)));
  }
  count(table: Table, where: readonly Condition[] = [], asOf?: AsOf): Promise<number> {
    const { sql, values } = countQuery(table, where, asOf);
    return answer(() => Number(this.query(sql).first(values)?.[0] ?? 0));
  }
  commit(writes: readonly Write[], checkpoints: readonly Checkpoint[]): Promise<void> {
    return answer(() => {
      this.commitAll({ writes, checkpoints });
    });
  }
  versions(past: Table, keys: readonly string[]): Promise<readonly RowVersion[]> {
    return this.dated(past, keys, 'select key, "validFrom", "position"', 'order by "position"');
  }
  newestVersions(past: Table, keys: readonly string[]): Promise<readonly RowVersion[]> {
    return this.dated(past, keys, 'select key, max("validFrom"), "position"', 'group by key');
  }

  drop(tables: readonly Table[], subscribers: readonly string[]): Promise<void> {
    return this.inOneStep(() => {
      for (const { name } of tables) this.db.exec(`drop table if exists ${quoted(name)}`);
      for (const subscriber of subscribers) this.forget(subscriber);
    });
  }
  replace(renames: readonly Rename[], subscribers: readonly SubscriberRename[]): Promise<void> {
    return this.inOneStep(() => {
      for (const { from, to } of renames) this.rename(from, to);
      for (const { from, to } of subscribers) {
        this.forget(to);
        this.db.writing('update checkpoints set subscriber = ? where subscriber = ?').run([to, from]);
      }
    });
  }
  compare(one: Table, other: Table, limit: number): Promise<Difference> {
    const [a, b] = [one, other].map((table) => `select ${selected(one)} from ${quoted(table.name)}`);
    const keys = `select distinct key from (select * from (${a} except ${b}) union all select * from (${b} except ${a}))`;
    const number = (sql: string) => Number(this.db.reading(sql).first([])?.[0] ?? 0);
    return answer(() => ({
      rows: number(`select count(*) from ${quoted(one.name)}`),
      differing: number(`select count(*) from (${keys})`),
      examples: this.db
        .reading(`${keys} order by key limit ?`)
        .all([limit])
        .map(([key]) => ({ one: this.newest(one, String(key)), other: this.newest(other, String(key)) })),
    }));
  }
  close(): Promise<void> {
    return answer(() => {
      this.db.close();
    });
  }

  private write({ table, key, row }: Write): void {
    if (row) return this.putter(table)(row);
    const drop = this.drops.get(table) ?? this.db.writing(`delete from ${quoted(table.name)} where key = ?`);
    this.drops.set(table, drop);
    drop.run([key]);
  }

  /** One prepared statement and one list of columns a table: the hot path. */
  private putter(table: Table): (row: Row) => void {
    const found = this.puts.get(table);
    if (found) return found;
    const columns = Object.entries(table.columns).map(([name, column]) => [name, encoderOf(column)] as const);
    const statement = this.db.writing(upsertSql(table));
    const put = (row: Row): void => {
      const values: Bound[] = [row.key];
      for (const [name, encode] of columns) values.push(encode(row[name]));
      statement.run(values);
    };
    this.puts.set(table, put);
    return put;
  }

  private dated(
    past: Table,
    keys: readonly string[],
    select: string,
    tail: string,
  ): Promise<readonly RowVersion[]> {
    const sql = `${select} from ${quoted(past.name)} where key in (select value from json_each(?)) ${tail}`;
    return answer(() =>
      this.query(sql)
        .all([JSON.stringify(keys)])
        .map(([key, validFrom, position]) => ({ key, validFrom, position }) as RowVersion),
    );
  }

  private newest(table: Table, key: string): Row | null {
    const order = identityOf(table)
      .map((name) => `${quoted(name)} desc`)
      .join(', ');
    const sql = `select ${selected(table)} from ${quoted(table.name)} where key = ? order by ${order} limit 1`;
    const found = this.db.reading(sql).first([key]);
    return found ? rowFrom(table.columns)(found) : null;
  }

  private rename(from: Table, to: Table): void {
    for (const sql of dropIndexSql(from)) this.db.exec(sql);
    this.db.exec(`drop table if exists ${quoted(to.name)}`);
    this.db.exec(`alter table ${quoted(from.name)} rename to ${quoted(to.name)}`);
    for (const sql of indexSql(to)) this.db.exec(sql);
    for (const kept of [from, to]) {
      this.puts.delete(kept);
      this.drops.delete(kept);
    }
  }
  private forget(subscriber: string): void {
    this.db.writing('delete from checkpoints where subscriber = ?').run([subscriber]);
  }
  private inOneStep(work: () => void): Promise<void> {
    return answer(() => {
      this.queries.clear();
      this.db.transaction(work)(undefined);
    });
  }

  private query(sql: string): Reading {
    const known = this.queries.get(sql);
    if (known) return known;
    if (this.queries.size >= QUERIES_MAX) this.queries.clear();
    const prepared = this.db.reading(sql);
    this.queries.set(sql, prepared);
    return prepared;
  }
}

interface Batch {
  readonly writes: readonly Write[];
  readonly checkpoints: readonly Checkpoint[];
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
