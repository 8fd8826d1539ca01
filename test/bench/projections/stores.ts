import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase, SqliteRowStore } from '@rapport/adapters/sqlite';
import type { RowStore } from '@rapport/kernel';
import { temporaryFolder } from '../bench-application';

/** A kind of row store that is measured. Places are texts, so that another process can open them too. */
export interface MeasuredStore {
  readonly name: string;
  /** A new, empty place for rows: a folder, or the address of a database. */
  newPlace(): Promise<string>;
  open(place: string): Promise<RowStore>;
  /** Removes it with all that is in it. */
  remove(place: string): Promise<void>;
  /** Rows a second that the bare driver inserts or replaces, in transactions of the size of a rebuild's. */
  rawUpserts(): Promise<number>;
  /** Ends what was started for it. */
  stop(): Promise<void>;
}

const BATCH = 20_000;
const BATCHES = 20;
/** As many columns, and as wide, as an ordinary row of ours. */
const COLUMNS = Array.from({ length: 12 }, (_, n) => `c${n}`);
const FILLING = COLUMNS.map((name, n) => (n % 3 === 2 ? n * 1_000 : `${name} 2021-01-01T00:00:00.000Z`));

const sqlite: MeasuredStore = {
  name: 'SQLite',
  newPlace: () => Promise.resolve(temporaryFolder()),
  open: (place) => SqliteRowStore.open({ file: join(place, 'rows.sqlite') }),
  remove: async (place) => rmSync(place, { recursive: true, force: true }),
  rawUpserts: async () => {
    const db = openDatabase({ file: join(temporaryFolder(), 'raw.sqlite') }, false);
    db.exec('pragma cache_size = -65536; pragma wal_autocheckpoint = 16000');
    db.exec(`create table raw (key text primary key, ${COLUMNS.join(', ')}) without rowid`);
    const names = ['key', ...COLUMNS];
    const upsert = db.writing(
      `insert into raw (${names.join(', ')}) values (${names.map(() => '?').join(', ')})
       on conflict (key) do update set ${COLUMNS.map((name) => `${name} = excluded.${name}`).join(', ')}`,
    );
    const write = db.transaction((keys: readonly string[]) => {
      for (const key of keys) upsert.run([key, ...FILLING]);
    });
    const batches = Array.from({ length: BATCHES }, (_, n) => keysOf(n));
    const startedAt = performance.now();
    batches.forEach(write);
    const perSecond = ((BATCH * BATCHES) / (performance.now() - startedAt)) * 1_000;
    db.close();
    return perSecond;
  },
  stop: () => Promise.resolve(),
};

/** Half of the rows are new and half are there already, in the order of their keys, which lie scattered as ids do. */
const keysOf = (batch: number): readonly string[] =>
  Array.from({ length: BATCH }, (_, n) => scattered((batch * BATCH) / 2 + n)).sort();
const scattered = (n: number): string =>
  Math.imul(n + 1, 0x9e3779b1)
    .toString(36)
    .padStart(12, '0');

/** The stores that rebuilds and reports are measured on. */
export const rowStores = (): readonly MeasuredStore[] => [sqlite];

export const storeNamed = (name: string): MeasuredStore => {
  const found = rowStores().find((store) => store.name === name);
  if (!found) throw new Error(`there is no store ${name}`);
  return found;
};
