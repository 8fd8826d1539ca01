import { createHash } from 'node:crypto';
import { Kysely, DummyDriver, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import { sql, type Compilable, type RawBuilder } from 'kysely';
import type { Query } from './database';

/** PostgreSQL cuts longer names off without a word, and two of them would become one. */
const NAME_BYTES_MAX = 63;
const HASH_LETTERS = 16;

/** A name as PostgreSQL takes it: as it is, or cut and told apart by what its whole text hashes to. */
export const fitting = (name: string): string => {
  const bytes = Buffer.from(name);
  if (bytes.length <= NAME_BYTES_MAX) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, HASH_LETTERS);
  const kept = bytes.subarray(0, NAME_BYTES_MAX - HASH_LETTERS - 1).toString();
  return `${kept.replace(/\uFFFD+$/, '')}~${hash}`;
};
export const quoted = (name: string): string => `"${fitting(name).replaceAll('"', '""')}"`;
/** A table, view or index where it stands. */
export const placed = (schema: string, name: string): string => `${quoted(schema)}.${quoted(name)}`;

/** The same for queries that are put together. */
export const ref = (...names: readonly string[]): RawBuilder<unknown> => sql.id(...names.map(fitting));

/** Builds statements and runs none: they go over our own connections. */
export const builder = new Kysely<Record<string, Record<string, unknown>>>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

export const queryOf = (statement: RawBuilder<unknown>): Query => read(statement.compile(builder));
export const stepOf = (statement: Compilable): Query => read(statement.compile());
const read = ({ sql: text, parameters }: { sql: string; parameters: readonly unknown[] }): Query => ({
  sql: text,
  values: parameters,
});
