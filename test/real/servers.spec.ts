import { EventStoreDbEventLog } from '@rapport/adapters/eventstoredb';
import { PostgresRowStore } from '@rapport/adapters/postgres';
import { startPostgres } from '../support/postgres/server';
import { realEventStoreDb } from '../support/real-servers';

/** Real servers, by the variable that names them. */
describe('EVENTSTOREDB_URL', () => {
  it('names a server that answers: the contracts and the journeys of this run are held to it', async () => {
    if (realEventStoreDb === undefined)
      return void process.stdout.write('skipped: EventStoreDB, EVENTSTOREDB_URL is not set\n');
    const log = await EventStoreDbEventLog.open({ url: realEventStoreDb });
    expect(log.driver).toContain('eventstoredb');
    await log.close();
  });
});

describe('DATABASE_URL', () => {
  it('names a PostgreSQL that answers: the contracts, faults and journeys of this run are held to it', async () => {
    if (process.env['DATABASE_URL'] === undefined)
      return void process.stdout.write('skipped: PostgreSQL as a server of yours, DATABASE_URL is not set\n');
    const server = await startPostgres();
    const rows = await PostgresRowStore.open(server.place());
    expect(rows.driver).toContain('postgres');
    await rows.close();
    await server.stop();
  });
});
