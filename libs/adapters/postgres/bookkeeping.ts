import { sql } from 'kysely';
import type { Database, Link, Query } from './database';
import { PostgresUnusable, unusable } from './faults';
import { builder, placed, quoted, stepOf } from './names';

/** Brings a schema from one version to the next. */
export type Step = (schema: string) => readonly Query[];

const LITTLE = sql`with (fillfactor = 50)`;
const text = sql`text collate "C"`;

/** What a row store knows beside its rows. */
export const ROW_STEPS: readonly Step[] = [
  (schema) => {
    const make = builder.schema.withSchema(schema);
    return [
      make
        .createTable('checkpoints')
        .addColumn('subscriber', text, (column) => column.primaryKey())
        .addColumn('position', 'bigint', (column) => column.notNull())
        .modifyEnd(LITTLE), // its rows change all the time, and find room beside themselves
      make
        .createTable('members')
        .addColumn('group', text, (column) => column.notNull())
        .addColumn('id', text, (column) => column.notNull())
        .addColumn('until', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('members_are_one', ['group', 'id']),
      // the epoch is part of a key, so that PostgreSQL tells apart who changes it and who only stays longer (seats.ts)
      make
        .createTable('seats')
        .addColumn('name', text, (column) => column.primaryKey())
        .addColumn('group', text, (column) => column.notNull())
        .addColumn('epoch', 'bigint', (column) => column.notNull())
        .addColumn('owner', text)
        .addColumn('until', 'bigint', (column) => column.notNull())
        .addUniqueConstraint('seats_change_hands', ['name', 'epoch'])
        .modifyEnd(LITTLE),
      make
        .createTable('views')
        .addColumn('schema', text, (column) => column.notNull())
        .addColumn('name', text, (column) => column.notNull())
        .addColumn('table', text, (column) => column.notNull())
        .addColumn('definition', text, (column) => column.notNull())
        .addPrimaryKeyConstraint('views_are_one', ['schema', 'name']),
    ].map(stepOf);
  },
];
/** What a key ring keeps: of a forgotten person the receipt stays, and no bytes. */
export const KEY_STEPS: readonly Step[] = [
  (schema) => [
    stepOf(
      builder.schema
        .withSchema(schema)
        .createTable('keys')
        .addColumn('id', text, (column) => column.primaryKey())
        .addColumn('subject', text, (column) => column.notNull().unique())
        .addColumn('bytes', 'bytea')
        .addColumn('forgotten_at', text),
    ),
  ],
];

/** A place that is only read has nothing of ours yet. */
export class NothingThere extends Error {}

/**
 * Makes sure that the server can be used, and brings the schema to the newest version; answers the server's version.
 * Throws `PostgresUnusable` also for a schema that a newer program has written.
 */
export const begin = async (
  database: Database,
  schema: string,
  steps: readonly Step[],
  isReadonly: boolean,
): Promise<string> => {
  try {
    const release = await database.greet();
    const version = await database.transaction((link) => versionIn(link, schema));
    if (version === null && isReadonly)
      throw new NothingThere(`${database.server}: there is no schema ${schema} of ours`);
    if (version === null || version !== steps.length) await bringUp(database, schema, steps);
    return release;
  } catch (error) {
    await database.close();
    throw unusable(error, database.server);
  }
};

/** Several processes may come at once: one of them does it, the others find it done. */
const bringUp = (database: Database, schema: string, steps: readonly Step[]): Promise<void> =>
  database.transaction(async (link) => {
    await locked(link, schema);
    const version = (await versionIn(link, schema)) ?? (await begun(link, schema));
    if (version > steps.length)
      throw new PostgresUnusable(
        `${database.server}: schema ${schema} was written by a newer version of this program (${version}, this one knows ${steps.length}): start that one`,
      );
    for (const step of steps.slice(version)) for (const query of step(schema)) await link.run(query);
    await link.run({ sql: `update ${placed(schema, 'version')} set number = $1`, values: [steps.length] });
  });

/** One at a time makes, moves and drops what the schema holds; it ends with the transaction. */
export const locked = (link: Link, schema: string, what = 'tables'): Promise<unknown> =>
  link.run({
    sql: 'select pg_advisory_xact_lock(hashtextextended($1, 0))',
    values: [`rapport/${schema}/${what}`],
  });

/** Null where nothing of ours stands. */
const versionIn = async (link: Link, schema: string): Promise<number | null> => {
  const sql = 'select 1 from pg_tables where schemaname = $1 and tablename = $2';
  if ((await link.run({ sql, values: [schema, 'version'] })).count === 0) return null;
  const { rows } = await link.run({ sql: `select number from ${placed(schema, 'version')}` });
  return Number(rows[0]?.[0] ?? 0);
};
/** The schema may be there already, empty, made by somebody who has more rights. */
const begun = async (link: Link, schema: string): Promise<number> => {
  const { count } = await link.run({
    sql: 'select 1 from pg_namespace where nspname = $1',
    values: [schema],
  });
  if (count === 0) await link.run({ sql: `create schema ${quoted(schema)}` });
  await link.run({ sql: `create table ${placed(schema, 'version')} (number bigint not null)` });
  await link.run({ sql: `insert into ${placed(schema, 'version')} values (0)` });
  return 0;
};
