import type { AsOf, Chart, Checkpoint, Condition, Difference, Move, Position, Row } from '@rapport/kernel';
import type { RowStore, RowVersion, Seat, Selection, Table, View, Write } from '@rapport/kernel';
import { begin, locked, ROW_STEPS } from './bookkeeping';
import { Checkpoints } from './checkpoints';
import { compare } from './comparison';
import { Database, type Query } from './database';
import { PostgresFault } from './faults';
import { gather } from './gather';
import { LIMITS } from './limits';
import { analystsOf, schemaOf, type PostgresPlace } from './place';
import { rowFrom } from './row-codec';
import { RowWriter } from './row-writer';
import { Seats } from './seats';
import { countQuery, newestVersionsQuery, selectionQuery } from './selection';
import { Tables, TOO_LONG, type Indexes } from './tables';
import { Views } from './views';

/**
 * Rows in one schema of a PostgreSQL, for as many processes as come. What is committed with checkpoints can be read again
 * from the log, so a crash of the server may take back the last moments of it, rows and checkpoints together.
 */
export class PostgresRowStore implements RowStore {
  readonly driver: string;
  readonly lanes: number;
  private readonly checkpoints: Checkpoints;
  private readonly positionOf: (subscriber: string) => Promise<Position>;
  private readonly seats: Seats;
  private readonly tables: Tables;
  private readonly views: Views;
  private readonly writer: RowWriter;

  /**
   * Throws `WrongPostgresAddress`, `PostgresUnusable` when the server or the schema cannot be used as it is,
   * `NothingThere` where a place for reading has no schema yet, and `Unavailable` when nobody answers.
   */
  static async open(place: PostgresPlace): Promise<PostgresRowStore> {
    const schema = schemaOf(place);
    const database = new Database(place, place.connectionsMax ?? LIMITS.connectionsMax);
    const version = await begin(database, schema, ROW_STEPS, place.readonly === true);
    return new PostgresRowStore(database, place, schema, version);
  }

  private constructor(
    private readonly database: Database,
    place: PostgresPlace,
    private readonly schema: string,
    version: string,
  ) {
    this.driver = `postgres ${version}, ${database.place}, schema ${schema}`;
    this.lanes = place.lanes ?? LIMITS.lanes;
    this.checkpoints = new Checkpoints(schema);
    this.positionOf = gather((subscribers) => this.checkpoints.positions(database, subscribers));
    this.seats = new Seats(database, schema, place.readonly);
    const { tell = ignore } = place;
    this.views = new Views(database, schema, analystsOf(place), tell);
    this.tables = new Tables(database, schema, this.views, tell);
    this.writer = new RowWriter(schema);
  }

  open(tables: readonly Table[], indexes: Indexes = 'now'): Promise<void> {
    return this.tables.open(tables, indexes);
  }
  position(subscriber: string): Promise<Position> {
    return this.positionOf(subscriber);
  }
  load(table: Table, keys: readonly string[], asOf?: AsOf): Promise<readonly Row[]> {
    if (keys.length === 0) return Promise.resolve([]);
    return this.find(table, { where: [['key', 'in', keys]], limit: keys.length, ...(asOf && { asOf }) });
  }
  async find(table: Table, selection: Selection): Promise<readonly Row[]> {
    const { rows } = await this.database.run(selectionQuery(this.schema, table, selection));
    return rows.map(rowFrom(table.columns));
  }
  async count(table: Table, where: readonly Condition[] = [], asOf?: AsOf): Promise<number> {
    const { rows } = await this.database.run(countQuery(this.schema, table, where, asOf));
    return Number(rows[0]?.[0]);
  }
  /**
   * Where the connection breaks at the very end, nobody knows what became of it, and `Unavailable` is thrown: whoever
   * comes again with the same checkpoints is fenced if it was kept. It is never sent again from here, unless the server has said that nothing of it was kept.
   */
  async commit(
    writes: readonly Write[],
    checkpoints: readonly Checkpoint[],
    seats: readonly Seat[] = [],
  ): Promise<void> {
    try {
      await this.commitOnce(writes, checkpoints, seats);
    } catch (error) {
      const isTooLong = error instanceof PostgresFault && error.code === TOO_LONG;
      if (!isTooLong || !(await this.tables.giveUpIndexes(writes))) throw error;
      await this.commitOnce(writes, checkpoints, seats); // nothing of it was kept, and what was in the way is gone
    }
  }
  arrange(group: string, change: (chart: Chart, now: number) => Chart): Promise<Chart> {
    return this.seats.arrange(group, change);
  }
  newestVersions(past: Table, keys: readonly string[]): Promise<readonly RowVersion[]> {
    return this.dated(newestVersionsQuery(this.schema, past, keys));
  }

  drop(tables: readonly Table[], subscribers: readonly string[]): Promise<void> {
    return this.database.transaction(async (link) => {
      await locked(link, this.schema);
      await this.checkpoints.forget(link, subscribers);
      for (const table of tables) await this.tables.drop(link, table);
    }, 'long');
  }
  /** Seats, then checkpoints, then tables: in the order of a commit, so that neither waits for the other for ever. */
  async replace(
    moves: readonly Move<Table>[],
    subscribers: readonly Move<string>[],
    seats: readonly string[] = [],
    writes: readonly Write[] = [],
  ): Promise<void> {
    await this.tables.index(moves.map(({ from }) => from));
    await this.database.transaction(async (link) => {
      await locked(link, this.schema);
      await this.seats.fence(link, seats);
      for (const move of subscribers) await this.checkpoints.rename(link, move);
      await this.tables.move(link, moves);
      await this.writer.write(link, writes);
    }, 'long');
  }
  tidyUp(): Promise<void> {
    return Promise.resolve();
  }
  publish(views: readonly View[]): Promise<void> {
    return this.views.publish(views);
  }
  compare(one: Table, other: Table, limit: number): Promise<Difference> {
    return compare(this.database, this.schema, [one, other], limit);
  }
  /** Bytes on disk, by schema. */
  sizes(): Promise<Readonly<Record<string, number>>> {
    return this.database.sizeOf(this.schema);
  }
  close(): Promise<void> {
    return this.database.close();
  }

  private commitOnce(
    writes: readonly Write[],
    checkpoints: readonly Checkpoint[],
    seats: readonly Seat[],
  ): Promise<void> {
    // what moves no checkpoint does not follow from the log: somebody asked for it, and is told that it is kept
    const kind = checkpoints.length > 0 ? 'lazy' : 'safe';
    return this.database.transaction(async (link) => {
      await this.seats.assertHeld(link, seats);
      await this.checkpoints.move(link, checkpoints);
      await this.writer.write(link, writes);
    }, kind);
  }
  private async dated(query: Query): Promise<readonly RowVersion[]> {
    const { rows } = await this.database.run(query);
    return rows.map(
      ([key, validFrom, position]) => ({ key, validFrom, position: Number(position) }) as RowVersion,
    );
  }
}

const ignore = (): void => undefined;
