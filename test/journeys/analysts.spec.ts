import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemoryRowStore } from '@rapport/adapters/memory';
import { availableDrivers } from '@rapport/adapters/sqlite';
import type { View } from '@rapport/kernel';
import type { LoopName } from '@rapport/platform';
import { ANALYSTS_FROM, analystContract } from '../contracts/analyst-queries.contract';
import {
  environmentOf,
  postgresIsHere,
  startPostgres,
  type PostgresServer,
} from '../support/postgres/server';
import { askedReadOnly } from '../support/sqlite-places';
import { hotel } from '../support/small-hotel';
import { storyFrom } from '../support/story';

analystContract('SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-'));
  const told = await storyFrom(ANALYSTS_FROM, { id: 'ann', role: 'CRM_MANAGER' }, folder);
  const [driver = 'better-sqlite3'] = availableDrivers();
  const place = { file: join(folder, 'rows.sqlite'), driver };
  return { told, sql: (query) => Promise.resolve(askedReadOnly(place, query)) };
});

if (postgresIsHere())
  describe('on a server', () => {
    let server: PostgresServer;
    beforeAll(async () => (server = await startPostgres()));
    afterAll(() => server.stop());

    analystContract('PostgreSQL', async () => {
      const place = server.place();
      const settings = environmentOf(place);
      const told = await storyFrom(ANALYSTS_FROM, { id: 'ann', role: 'CRM_MANAGER' }, null, settings);
      return { told, sql: (query) => server.ask(query, [], place.analysts) };
    });
  });

describe('views for analysts', () => {
  class Watched extends MemoryRowStore {
    readonly published: string[] = [];
    override publish(views: readonly View[] = []): Promise<void> {
      this.published.push(...views.map(({ name }) => name));
      return Promise.resolve();
    }
  }
  const publishedBy = async (...loops: readonly LoopName[]) => {
    const rows = new Watched();
    const application = hotel(() => ANALYSTS_FROM, { rows, loops });
    await application.start();
    await application.stop();
    return rows.published;
  };

  it('are published by whoever keeps the read models', async () => {
    expect(await publishedBy('projections')).toEqual(['guests', 'guests_history', 'visits']);
  });
  it('are left alone by whoever does not', async () => {
    expect(await publishedBy('reactions')).toEqual([]);
    expect(await publishedBy()).toEqual([]);
  });
});
