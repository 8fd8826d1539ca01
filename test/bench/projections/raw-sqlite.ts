import { join } from 'node:path';
import { openDatabase } from '@rapport/adapters/sqlite';
import { temporaryFolder } from '../bench-application';
import { COLUMNS, FILLING, perSecond, upsertedKeys } from './raw-rows';

/** Rows a second that the bare driver inserts or replaces. */
export const sqliteUpserts = async (): Promise<number> => {
  const db = openDatabase({ file: join(temporaryFolder(), 'raw.sqlite') }, false);
  db.exec('pragma cache_size = -65536; pragma wal_autocheckpoint = 64000');
  db.exec(`create table raw (key text primary key, ${COLUMNS.join(', ')}) without rowid`);
  const names = ['key', ...COLUMNS];
  const upsert = db.writing(
    `insert into raw (${names.join(', ')}) values (${names.map(() => '?').join(', ')})
     on conflict (key) do update set ${COLUMNS.map((name) => `${name} = excluded.${name}`).join(', ')}`,
  );
  const write = db.transaction((keys: readonly string[]) => {
    for (const key of keys) upsert.run([key, ...FILLING]);
  });
  const rate = await perSecond(upsertedKeys(), write);
  db.close();
  return rate;
};
