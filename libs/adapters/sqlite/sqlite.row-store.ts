import { assertFits, Fenced, START } from '@rapport/kernel';
import type { AsOf, Chart, Checkpoint, Condition, Difference, Move, Position, Row } from '@rapport/kernel';
import type { RowStore, RowVersion, Seat, Selection, Table, View, Write } from '@rapport/kernel';
import { answer, whenFree } from './answer';
import { compare } from './comparison';
import { migrate, openDatabase, type Database, type Place, type Reading } from './driver';
import { columnsOn, lacksIndexes, makeIndexes } from './indexes';
import { quoted, rowFrom, selected, tableSql } from './row-codec';
import { RowWriter } from './row-writer';
import { Seats, SEATING } from './seats';
import { countQuery, selectionQuery } from './selection';
import { TableMoves } from './table-moves';
import { Turns, type TurnTaking } from './turns';
import { publish, VIEWS_STAY } from './views';

const SCHEMA = [
  'create table checkpoints (subscriber text primary key, position integer not null) strict',
  SEATING,
];
/** Where the rows are, and how the threads of one process take turns in writing there (default: there is only one). */
export interface RowsPlace extends Place {
  readonly turns?: TurnTaking;
  /** How long somebody else who writes to the file is waited for (default: 5 seconds). */
  readonly patienceMs?: number;
}
/** Pages of 4 kB in the file beside the rows, until they are moved there: the same page is changed by one step after the other, and moved once. */
const CHECKPOINT_PAGES = 64_000;
/** Rows written since pages were last moved that make it worth while where there is time: a row changes some page of its own. */
const TIDY_ROWS_MIN = 8_000;
/** Prepared statements kept for questions. */
const QUERIES_MAX = 500;

/** Rows in one SQLite file. They can be read again from the log, so an unsynced tail may be lost (synchronous=NORMAL). */
export class SqliteRowStore implements RowStore {
  private readonly queries = new Map<string, Reading>();
  private readonly commitAll: (batch: Batch) => void;
  private readonly seats: Seats;
  private readonly writer: RowWriter;
  private readonly moves: TableMoves;
  private readonly answer: <T>(work: () => T) => Promise<T>;
  private untidy = 0;
  /** One file has one writer at a time. */
  readonly lanes = 1;

  static open(place: RowsPlace): Promise<SqliteRowStore> {
    return answer(() => {
      const db = openDatabase(place, false);
      db.exec(
        `pragma cache_size = -65536; pragma temp_store = memory; pragma wal_autocheckpoint = ${CHECKPOINT_PAGES}; pragma mmap_size = 268435456`,
      );
      db.exec(VIEWS_STAY);
      if (!place.readonly) migrate(db, place.file, SCHEMA);
      db.exec('pragma busy_timeout = 0'); // we wait ourselves, and this thread goes on meanwhile
      return new SqliteRowStore(db, place);
    });
  }

  private constructor(
    private readonly db: Database,
    { turns: shared, patienceMs }: RowsPlace,
  ) {
    this.answer = (work) => whenFree(work, patienceMs);
    const first = db.readonly ? null : db.writing('insert or ignore into checkpoints values (?, 0)');
    const next = db.readonly
      ? null
      : db.writing('update checkpoints set position = ? where subscriber = ? and position = ?');
    const move = ({ subscriber, from, to }: Checkpoint) => {
      if (from === START) first?.run([subscriber]);
      if (next?.run([to, subscriber, from]).changes !== 1) throw new Fenced(subscriber);
    };
    this.seats = new Seats(db);
    this.writer = new RowWriter(db);
    this.moves = new TableMoves(db);
    const commit = db.transaction(({ writes, checkpoints, seats }: Batch) => {
      this.seats.assertHeld(seats);
      checkpoints.forEach(move);
      this.writer.write(writes);
    });
    const turns = shared ? new Turns(shared) : null;
    this.commitAll = turns ? (batch) => turns.take(() => commit(batch)) : commit;
  }

  get driver(): string {
    return this.db.driver;
  }

  open(tables: readonly Table[], indexes: 'now' | 'later' = 'now'): Promise<void> {
    return this.answer(() => {
      for (const table of tables) {
        this.db.exec(tableSql(table));
        const there = columnsOn(this.db, table);
        assertFits(table, (column) => there.has(column));
        if (indexes === 'now' && lacksIndexes(this.db, table))
          this.db.transaction(() => {
            makeIndexes(this.db, table); // looks again: another process may have opened the file meanwhile
          })(undefined);
      }
    });
  }
  position(subscriber: string): Promise<Position> {
    const found = this.query('select position from checkpoints where subscriber = ?').first([subscriber]);
    return this.answer(() => (found?.[0] ?? START) as Position);
  }
  load(table: Table, keys: readonly string[], asOf?: AsOf): Promise<readonly Row[]> {
    if (keys.length === 0) return Promise.resolve([]);
    if (asOf) return this.find(table, { where: [['key', 'in', keys]], limit: keys.length, asOf });
    const sql = `select ${selected(table)} from ${quoted(table.name)} where key in (select value from json_each(?))`;
    return this.answer(() =>
      this.query(sql)
        .all([JSON.stringify(keys)])
        .map(rowFrom(table.columns)),
    );
  }
  find(table: Table, selection: Selection): Promise<readonly Row[]> {
    const { sql, values } = selectionQuery(table, selection);
    return this.answer(() => this.query(sql).all(values).map(rowFrom(table.columns)));
  }
  count(table: Table, where: readonly Condition[] = [], asOf?: AsOf): Promise<number> {
    const { sql, values } = countQuery(table, where, asOf);
    return this.answer(() => Number(this.query(sql).first(values)?.[0] ?? 0));
  }
  commit(
    writes: readonly Write[],
    checkpoints: readonly Checkpoint[],
    seats: readonly Seat[] = [],
  ): Promise<void> {
    return this.answer(() => {
      this.commitAll({ writes, checkpoints, seats });
      this.untidy += writes.length;
    });
  }
  /** Moves pages into the file as far as nobody is in the way, so that no commit has to move them all. */
  tidyUp(): Promise<void> {
    if (this.untidy < TIDY_ROWS_MIN) return Promise.resolve();
    this.untidy = 0;
    return this.answer(() => {
      this.db.exec('pragma wal_checkpoint(passive)');
    });
  }
  arrange(group: string, change: (chart: Chart, now: number) => Chart): Promise<Chart> {
    return this.answer(() => this.seats.arrange(group, change));
  }
  newestVersions(past: Table, keys: readonly string[]): Promise<readonly RowVersion[]> {
    const sql = `select key, max("validFrom"), "position" from ${quoted(past.name)}
      where key in (select value from json_each(?)) group by key`;
    return this.answer(() =>
      this.query(sql)
        .all([JSON.stringify(keys)])
        .map(([key, validFrom, position]) => ({ key, validFrom, position }) as RowVersion),
    );
  }

  drop(tables: readonly Table[], subscribers: readonly string[]): Promise<void> {
    return this.inOneStep(() => {
      for (const table of tables) this.moves.drop(table);
      for (const subscriber of subscribers) this.moves.forget(subscriber);
    });
  }
  replace(
    moves: readonly Move<Table>[],
    subscribers: readonly Move<string>[],
    seats: readonly string[] = [],
    writes: readonly Write[] = [],
  ): Promise<void> {
    return this.inOneStep(() => {
      for (const move of moves) this.moves.move(move);
      for (const move of subscribers) this.moves.moveCheckpoint(move);
      this.seats.fence(seats);
      this.writer.write(writes);
    });
  }
  publish(views: readonly View[]): Promise<void> {
    return this.answer(() => {
      publish(this.db, views);
    });
  }
  compare(one: Table, other: Table, limit: number): Promise<Difference> {
    return this.answer(() => compare(this.db, one, other, limit));
  }
  close(): Promise<void> {
    return this.answer(() => {
      this.db.close();
    });
  }

  private inOneStep(work: () => void): Promise<void> {
    return this.answer(() => {
      this.queries.clear();
      this.writer.forget();
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
  readonly seats: readonly Seat[];
}
