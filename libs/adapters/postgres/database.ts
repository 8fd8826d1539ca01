import { Pool, type PoolClient } from 'pg';
import { addressIn } from './address';
import { breaksConnection, faultOf, PostgresUnusable } from './faults';
import type { Times } from './limits';
import { poolConfigOf, timesOf, type PostgresPlace } from './place';

/** A statement and what goes in at $1, $2 … */
export interface Query {
  readonly sql: string;
  readonly values?: readonly unknown[];
}
/** Rows as arrays, in the order in which their columns were asked for. */
export interface Answer {
  readonly rows: readonly (readonly unknown[])[];
  /** Rows that were found or written. */
  readonly count: number;
}
export interface Asking {
  run(query: Query): Promise<Answer>;
}
/** One connection within one transaction. */
export interface Link extends Asking {
  /** The driver's own, for COPY. */
  readonly client: PoolClient;
}

/** Each statement sees what others had committed when it began, whatever the server's default is. */
const BEGIN = 'begin isolation level read committed';
const SYNCHRONOUSLY =
  "select set_config('synchronous_commit', 'on', true) where current_setting('synchronous_commit') = 'off'";
/** How a transaction begins, and how long each of its statements may take. */
const kindsFor = ({ statementMs, wholeTableMs }: Times) => {
  const patiently = `set local statement_timeout = ${wholeTableMs}`;
  return {
    /** As safe from a crash as the server is, also where its owner has told it not to wait for the disk. */
    safe: { begin: `${BEGIN}; ${SYNCHRONOUSLY}`, statementMs },
    /** What can be built again from the log does not wait for the disk: a crash of the server takes the last moments back as a whole. */
    lazy: { begin: `${BEGIN}; set local synchronous_commit = off`, statementMs },
    /** Whole tables are made, moved or dropped. */
    long: { begin: `${BEGIN}; ${SYNCHRONOUSLY}; ${patiently}`, statementMs: wholeTableMs },
    /** Whole tables are read as they stood at one moment. */
    still: {
      begin: `begin isolation level repeatable read read only; ${patiently}`,
      statementMs: wholeTableMs,
    },
  };
};
export type Kind = keyof ReturnType<typeof kindsFor>;

/** The connections to one database. What the driver throws comes out as errors of ours. */
export class Database implements Asking {
  private readonly pool: Pool;
  private readonly times: Times;
  private closing?: Promise<void>;
  /** Where it is, and how it is called in messages. */
  readonly place: string;
  readonly server: string;

  constructor(place: PostgresPlace, connectionsMax: number) {
    const { host, port, database } = addressIn(place.address);
    this.place = `${host}:${port}/${database}`;
    this.server = `PostgreSQL at ${this.place}`;
    this.times = timesOf(place);
    this.pool = new Pool(poolConfigOf(place, connectionsMax));
    // a connection that breaks while nobody uses it has left the pool already; whoever asks next gets another one
    this.pool.on('error', () => undefined);
  }

  /** Makes sure that it can be used; answers its version. Throws what the driver throws, and `PostgresUnusable`. */
  async greet(): Promise<string> {
    const sql = "select current_setting('server_version'), current_setting('server_encoding')";
    const [[version, encoding] = []] = (await this.asked({ sql })).rows;
    if (encoding !== 'UTF8')
      throw new PostgresUnusable(
        `${this.server}: its encoding is ${String(encoding)}: create the database with encoding UTF8`,
      );
    return String(version);
  }
  async run(query: Query): Promise<Answer> {
    try {
      return await this.asked(query);
    } catch (error) {
      throw faultOf(error, this.server);
    }
  }
  /** All or nothing. What became of it is unknown where the connection broke at its very end: then `Unavailable` is thrown, too. */
  async transaction<T>(work: (link: Link) => Promise<T>, kind: Kind = 'safe'): Promise<T> {
    const { begin, statementMs } = kindsFor(this.times)[kind];
    const client = await this.connected();
    let broken: Error | undefined;
    // a connection that breaks between two statements says so here first; the next statement on it fails
    const onBreak = (error: Error) => (broken = error);
    client.on('error', onBreak);
    try {
      await client.query(begin);
      const result = await work(linkOn(client, statementMs + this.times.answerMs));
      await client.query('commit');
      return result;
    } catch (error) {
      broken ??= await undone(client, error);
      throw faultOf(error, this.server);
    } finally {
      client.off('error', onBreak);
      client.release(broken ?? false);
    }
  }
  /** Bytes on disk of everything in a schema, under the name by which it is told. */
  async sizeOf(schema: string): Promise<Readonly<Record<string, number>>> {
    const sql = `select coalesce(sum(pg_total_relation_size(c.oid)), 0) from pg_class c
      join pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relkind = 'r'`;
    const { rows } = await this.run({ sql, values: [schema] });
    return { [`schema ${schema}`]: Number(rows[0]?.[0]) };
  }
  close(): Promise<void> {
    return (this.closing ??= this.pool.end());
  }

  private async asked({ sql: text, values = [] }: Query): Promise<Answer> {
    return answerOf(await this.pool.query({ text, values: [...values], rowMode: 'array' }));
  }
  private async connected(): Promise<PoolClient> {
    try {
      return await this.pool.connect();
    } catch (error) {
      throw faultOf(error, this.server);
    }
  }
}

const answerOf = (result: { rows: unknown[]; rowCount: number | null }): Answer => ({
  rows: result.rows as unknown[][],
  count: result.rowCount ?? 0,
});
const linkOn = (client: PoolClient, answerMs: number): Link => {
  const limit = { query_timeout: answerMs };
  return {
    client,
    run: async ({ sql: text, values = [] }) =>
      answerOf(await client.query({ text, values: [...values], rowMode: 'array', ...limit })),
  };
};

/** Rolls back; a connection on which even that fails, or that is gone, is thrown away: the server then rolls back by itself. */
const undone = async (client: PoolClient, error: unknown): Promise<Error | undefined> => {
  const cause = error instanceof Error ? error : new Error(String(error));
  if (breaksConnection(error)) return cause;
  try {
    await client.query('rollback');
    return undefined;
  } catch {
    return cause;
  }
};

/** False where it fails as expected; the transaction goes on as if nobody had tried. */
export const succeeds = async (
  link: Link,
  sql: string,
  isExpected: (code: unknown) => boolean,
): Promise<boolean> => {
  await link.run({ sql: 'savepoint attempt' });
  try {
    await link.run({ sql });
    return true;
  } catch (error) {
    if (!isExpected((error as { code?: unknown }).code)) throw error;
    await link.run({ sql: 'rollback to savepoint attempt' });
    return false;
  }
};
