import { MemoryRowStore } from '@rapport/adapters/memory';
import { SqliteRowStore } from '@rapport/adapters/sqlite';
import { askedReadOnly, installedDrivers, newFile } from '../support/sqlite-places';
import { rowStoreContract } from './row-store.contract';

rowStoreContract('memory', async () => {
  const store = new MemoryRowStore();
  return { store, close: () => store.close() };
});

for (const driver of installedDrivers())
  rowStoreContract(`sqlite, ${driver}`, async () => {
    const place = { file: newFile('rows.sqlite'), driver };
    const store = await SqliteRowStore.open(place);
    let now = store;
    const reopen = async () => {
      await now.close();
      return (now = await SqliteRowStore.open(place));
    };
    const sql = (query: string) => Promise.resolve(askedReadOnly(place, query));
    return { store, reopen, sql, close: () => now.close() };
  });
