import { join } from 'node:path';
import { PostgresKeyRing, PostgresRowStore, type PostgresPlace } from '@rapport/adapters/postgres';
import { SqliteKeyRing, SqliteRowStore, type Driver } from '@rapport/adapters/sqlite';
import type { KeyRing, RowStore } from '@rapport/kernel';

/** Where rows and keys are: files of a folder (null: in memory), or a server. */
export interface StorePlace {
  readonly folder: string | null;
  /** Rows of a log elsewhere have a file of their own. */
  readonly eventStoreDb?: unknown;
  readonly postgres?: PostgresPlace;
}
export interface Stores {
  readonly rows: RowStore;
  readonly keys: KeyRing;
}
/** What is only read, and by which driver files are opened. */
export interface StoreOpening {
  readonly driver?: Driver | undefined;
  readonly readonlyRows?: boolean;
  readonly readonlyKeys?: boolean;
  /** What an operator should know and nothing stops for. */
  readonly tell?: (sentence: string) => void;
}

/** The files of rows and keys; none where a server has them. */
export const storeFilesIn = ({ folder, eventStoreDb, postgres }: StorePlace) => {
  if (postgres) return {};
  const file = (name: string) => (folder === null ? ':memory:' : join(folder, `${name}.sqlite`));
  return { rows: file(eventStoreDb ? 'rows.eventstoredb' : 'rows'), keys: file('keys') };
};

/** Both or none. Throws what their adapters throw. */
export const openStores = async (place: StorePlace, how: StoreOpening = {}): Promise<Stores> => {
  const rows = await openRows(place, how);
  try {
    return { rows, keys: await openKeys(place, how) };
  } catch (error) {
    await rows.close();
    throw error;
  }
};

const openRows = (place: StorePlace, { driver, readonlyRows = false, tell }: StoreOpening) =>
  place.postgres
    ? PostgresRowStore.open({ ...place.postgres, readonly: readonlyRows, ...(tell && { tell }) })
    : SqliteRowStore.open(fileOf(storeFilesIn(place).rows, readonlyRows, driver));
const openKeys = (place: StorePlace, { driver, readonlyKeys = false }: StoreOpening) =>
  place.postgres
    ? PostgresKeyRing.open({ ...place.postgres, readonly: readonlyKeys })
    : SqliteKeyRing.open(fileOf(storeFilesIn(place).keys, readonlyKeys, driver));
const fileOf = (file = ':memory:', readonly: boolean, driver?: Driver) => ({
  ...{ file, readonly },
  ...(driver && { driver }),
});

/** Bytes of what a server keeps of ours, by schema; nothing where files do. */
export const sizesOnServer = async ({ rows, keys }: Stores): Promise<Readonly<Record<string, number>>> => ({
  ...(rows instanceof PostgresRowStore ? await rows.sizes() : {}),
  ...(keys instanceof PostgresKeyRing ? await keys.sizes() : {}),
});
