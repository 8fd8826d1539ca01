import { join } from 'node:path';
import type { PostgresPlace } from '@rapport/adapters/postgres';

/** Where rows and keys are: files of a folder (null: in memory), or a server. */
export interface StorePlace {
  readonly folder: string | null;
  /** Rows of a log elsewhere have a file of their own. */
  readonly eventStoreDb?: unknown;
  readonly postgres?: PostgresPlace;
}

/** The files of rows and keys; none where a server has them. */
export const storeFilesIn = ({ folder, eventStoreDb, postgres }: StorePlace) => {
  if (postgres) return {};
  const file = (name: string) => (folder === null ? ':memory:' : join(folder, `${name}.sqlite`));
  return { rows: file(eventStoreDb ? 'rows.eventstoredb' : 'rows'), keys: file('keys') };
};
