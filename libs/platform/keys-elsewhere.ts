import { existsSync } from 'node:fs';
import { PostgresKeyRing } from '@rapport/adapters/postgres';
import { SqliteKeyRing } from '@rapport/adapters/sqlite';
import type { KeptKey } from '@rapport/kernel';
import { storeFilesIn, type StorePlace } from './store-place';

/** Keys read and taken over at once. */
const BATCH = 5_000;

/** What was sealed under these keys would read as erased. */
export class KeysLeftBehind extends Error {
  constructor(file: string) {
    super(
      `${file} holds keys that PostgreSQL has not, and without them personal fields read as erased: take them along (rapport keys copy), or move the file away where they belong to another log`,
    );
  }
}
/** There is nothing to take along, or nowhere to take it. */
export class NoKeys extends Error {}

export interface KeysCopied {
  readonly from: string;
  readonly keys: number;
  readonly forgotten: number;
  /** People who had got another key there in the meantime: what was sealed under the one here stays sealed. */
  readonly leftOut: number;
}

/** Keys go where the settings have moved them; running it again changes nothing. The file stays: who runs this destroys it. */
export const copyKeys = async (place: StorePlace): Promise<KeysCopied> => {
  const from = keyFileOf(place);
  if (!place.postgres || from === null)
    throw new NoKeys('keys go from a data folder to PostgreSQL: set RAPPORT_POSTGRES and RAPPORT_DATA');
  if (!existsSync(from)) throw new NoKeys(`${from} does not exist: there are no keys to take along`);
  const ring = await PostgresKeyRing.open(place.postgres);
  try {
    let [keys, forgotten, leftOut] = [0, 0, 0];
    for await (const batch of keysIn(from)) {
      await ring.adopt(batch);
      keys += batch.length;
      forgotten += batch.filter(({ forgottenAt }) => forgottenAt !== null).length;
      leftOut += (await ring.lacks(batch.map(({ id }) => id))).length;
    }
    return { from, keys, forgotten, leftOut };
  } finally {
    await ring.close();
  }
};

/** Throws `KeysLeftBehind`. */
export const assertKeysAlong = async (place: StorePlace, ring: PostgresKeyRing): Promise<void> => {
  const file = keyFileOf(place);
  if (file === null || !existsSync(file)) return;
  for await (const batch of keysIn(file))
    if ((await ring.lacks(batch.map(({ id }) => id))).length > 0) throw new KeysLeftBehind(file);
};

/** Where the keys were before a server had them; null where nothing is kept in a folder. */
const keyFileOf = ({ folder }: StorePlace): string | null =>
  folder === null ? null : (storeFilesIn({ folder }).keys ?? null);

async function* keysIn(file: string): AsyncGenerator<readonly KeptKey[]> {
  const ring = await SqliteKeyRing.open({ file, readonly: true });
  try {
    for (let last = ''; ;) {
      const batch = await ring.keptAfter(last, BATCH);
      if (batch.length > 0) yield batch;
      if (batch.length < BATCH) return;
      last = batch.at(-1)?.id ?? last;
    }
  } finally {
    await ring.close();
  }
}
