import { join } from 'node:path';
import { SqliteRowStore } from '@rapport/adapters/sqlite';
import { folderReading, removeFolder, type MeasuredStore } from './measured-store';
import { postgresStore } from './postgres-store';
import { sqliteUpserts } from './raw-sqlite';
import type { StoreName } from './wanted';

const sqlite: MeasuredStore = {
  ...{ name: 'SQLite', isAimedAt: true },
  newPlace: async (from) => {
    const folder = folderReading(from);
    await (await SqliteRowStore.open({ file: join(folder, 'rows.sqlite') })).close();
    return { folder };
  },
  remove: async (place) => removeFolder(place),
  rawWrites: async () => [{ what: 'upserts', perSecond: await sqliteUpserts() }],
  stop: () => Promise.resolve(),
};

/** Null where it cannot be measured here; then a line has said why. */
export const measuredStore = (name: StoreName): Promise<MeasuredStore | null> =>
  name === 'sqlite' ? Promise.resolve(sqlite) : postgresStore();
