import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { COLUMNS, FILLING, freshKeys, isNumber, perSecond, upsertedKeys } from './raw-rows';

/** Rows of one statement. */
const STATEMENT = 2_000;
const TYPES = ['text', ...COLUMNS.map((_, n) => (isNumber(n) ? 'bigint' : 'text'))];
const NAMES = ['key', ...COLUMNS];
const UPSERT = `insert into raw select * from unnest(${TYPES.map((type, n) => `$${n + 1}::${type}[]`).join(', ')})
  on conflict (key) do update set ${COLUMNS.map((name) => `${name} = excluded.${name}`).join(', ')}`;

/** Rows a second that the bare driver inserts or replaces by `unnest`, on one connection that does not wait for the disk. */
export const postgresUpserts = (address: string): Promise<number> =>
  inTable(address, (client) =>
    perSecond(upsertedKeys(), (keys) =>
      inTransaction(client, async () => {
        for (let n = 0; n < keys.length; n += STATEMENT) {
          const some = keys.slice(n, n + STATEMENT);
          await client.query(UPSERT, [some, ...FILLING.map((cell) => some.map(() => cell))]);
        }
      }),
    ),
  );

/** The same for new rows by COPY. */
export const postgresCopies = (address: string): Promise<number> =>
  inTable(address, (client) =>
    perSecond(freshKeys(), (keys) =>
      inTransaction(client, () => {
        const text = keys.map((key) => `${[key, ...FILLING].join('\t')}\n`).join('');
        return pipeline(Readable.from([text]), client.query(copyFrom('copy raw from stdin')));
      }),
    ),
  );

const inTable = async (address: string, measure: (client: Client) => Promise<number>): Promise<number> => {
  const client = new Client({ connectionString: address });
  await client.connect();
  const columns = NAMES.map((name, n) => `${name} ${TYPES[n] ?? 'text'}`);
  await client.query(`set synchronous_commit = off;
    create schema if not exists rapport_bench; set search_path to rapport_bench; drop table if exists raw;
    create table raw (${columns.join(', ')}, primary key (key))`);
  try {
    return await measure(client);
  } finally {
    await client.query('drop schema rapport_bench cascade');
    await client.end();
  }
};
const inTransaction = async (client: Client, work: () => Promise<void>): Promise<void> => {
  await client.query('begin');
  await work();
  await client.query('commit');
};
