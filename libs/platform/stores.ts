import { PostgresKeyRing, PostgresRowStore } from '@rapport/adapters/postgres';
import { SqliteKeyRing, SqliteRowStore, type Driver, type TurnTaking } from '@rapport/adapters/sqlite';
import type { KeyRing, RowStore } from '@rapport/kernel';
import { assertKeysAlong } from './keys-elsewhere';
import { storeFilesIn, type StorePlace } from './store-place';

export interface Stores {
  readonly rows: RowStore;
  readonly keys: KeyRing;
}
/** What is only read, and by which driver files are opened. */
export interface StoreOpening {
  readonly driver?: Driver | undefined;
  /** Threads that write to one file of rows take turns. */
  readonly turns?: TurnTaking | undefined;
  readonly readonlyRows?: boolean;
  readonly readonlyKeys?: boolean;
  /** What an operator should know and nothing stops for. */
  readonly tell?: (sentence: string) => void;
}

/** Both or none. Throws what their adapters throw, and `KeysLeftBehind`. */
export const openStores = async (place: StorePlace, how: StoreOpening = {}): Promise<Stores> => {
  const rows = await openRows(place, how);
  try {
    return { rows, keys: await openKeys(place, how) };
  } catch (error) {
    await rows.close();
    throw error;
  }
};

const openRows = (place: StorePlace, { driver, turns, readonlyRows = false, tell }: StoreOpening) =>
  place.postgres
    ? PostgresRowStore.open({ ...place.postgres, readonly: readonlyRows, ...(tell && { tell }) })
    : SqliteRowStore.open({
        ...fileOf(storeFilesIn(place).rows, readonlyRows, driver),
        ...(turns && { turns }),
      });
const openKeys = async (place: StorePlace, { driver, readonlyKeys = false }: StoreOpening) => {
  if (!place.postgres) return SqliteKeyRing.open(fileOf(storeFilesIn(place).keys, readonlyKeys, driver));
  const ring = await PostgresKeyRing.open({ ...place.postgres, readonly: readonlyKeys });
  try {
    await assertKeysAlong(place, ring);
    return ring;
  } catch (error) {
    await ring.close();
    throw error;
  }
};
const fileOf = (file = ':memory:', readonly: boolean, driver?: Driver) => ({
  ...{ file, readonly },
  ...(driver && { driver }),
});

/** Bytes of what a server keeps of ours, by schema; nothing where files do. */
export const sizesOnServer = async ({ rows, keys }: Stores): Promise<Readonly<Record<string, number>>> => ({
  ...(rows instanceof PostgresRowStore ? await rows.sizes() : {}),
  ...(keys instanceof PostgresKeyRing ? await keys.sizes() : {}),
});
