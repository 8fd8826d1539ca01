import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PostgresRowStore } from '@rapport/adapters/postgres';
import { PARKED, StorageUnavailable, type RowStore } from '@rapport/kernel';
import { jarApplication, postgresStores, send } from '../support/jar-application';
import { allJars, FillJar, jarsByColor, openJars, OpenJar } from '../support/jars';
import { postgresIsHere, startPostgres, type PostgresServer } from '../support/postgres/server';
import { until } from '../support/patience';

jest.setTimeout(120_000);
const JARS = 8;
/** Ended at once as after a crash, and politely; each of them in the middle of the work. */
const ENDS: readonly NodeJS.Signals[] = ['SIGQUIT', 'SIGINT', 'SIGQUIT', 'SIGINT'];

const postgres = postgresIsHere() ? describe : describe.skip;
postgres('while the PostgreSQL of the rows goes and comes back', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-away-'));
  let server: PostgresServer;
  beforeAll(async () => (server = await startPostgres()));
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  it('loops wait and say so; then they go on, and rows equal a fresh replay', async () => {
    if (server.pid === null) return void process.stdout.write('skipped: this PostgreSQL is not ended here\n');
    const failures: unknown[] = [];
    const stores = await postgresStores(folder, server.place());
    const app = jarApplication(stores, { onFailure: (error) => failures.push(error) });
    await app.start();
    let sent = 0;
    const fill = async () => {
      const n = sent++;
      const jarId = `j-${n % JARS}`;
      const command =
        n < JARS ? OpenJar.of({ jarId, color: n % 2 ? 'red' : 'blue' }) : FillJar.of({ jarId, drops: 1 });
      await send(app, `c-${n}`, command);
    };
    for (let n = 0; n < 2 * JARS; n++) await fill();
    for (const end of ENDS) {
      const working = (async () => {
        for (let n = 0; n < 300; n++) await fill();
      })();
      await server.kill(end);
      await working;
      await until('the loops wait', () => /^waiting: PostgreSQL at 127/.test(app.projections.state));
      await expect(app.rows.count(allJars.table)).rejects.toThrow(StorageUnavailable);
      await server.restart();
      await app.settle();
    }
    expect([failures, await app.rows.count(PARKED)]).toEqual([[], 0]);
    const tables = [openJars.table, openJars.past!, allJars.table, jarsByColor.table];
    const kept = (rows: RowStore) =>
      Promise.all(
        tables.map(async (table) =>
          (await rows.find(table, { limit: 10_000 })).map((row) => JSON.stringify(row)).sort(),
        ),
      );
    const anew = await PostgresRowStore.open(server.place());
    const replay = jarApplication({ ...stores, rows: anew }, { loops: ['projections'] });
    await replay.start();
    await replay.settle();
    expect(await kept(app.rows)).toEqual(await kept(anew));
    expect(await app.rows.count(allJars.table)).toBe(JARS);
    await replay.pause();
    await anew.close();
    await app.stop();
  });
});
