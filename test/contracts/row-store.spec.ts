import { MemoryRowStore } from '@rapport/adapters/memory';
import { PostgresRowStore } from '@rapport/adapters/postgres';
import { SqliteRowStore } from '@rapport/adapters/sqlite';
import { postgresIsHere, startPostgres, type PostgresServer } from '../support/postgres/server';
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

if (postgresIsHere())
  describe('on a server', () => {
    let server: PostgresServer;
    beforeAll(async () => (server = await startPostgres()));
    afterAll(() => server.stop());

    rowStoreContract('postgres', async () => {
      const place = server.place();
      const store = await PostgresRowStore.open(place);
      let now = store;
      const reopen = async () => {
        await now.close();
        return (now = await PostgresRowStore.open(place));
      };
      const sql = (query: string) => server.ask(query, [], { schema: place.analysts?.schema });
      return { store, reopen, sql, close: () => now.close() };
    });
  });
