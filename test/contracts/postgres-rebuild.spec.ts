import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepersOf, laneOf, type RowStore } from '@rapport/kernel';
import type { Application } from '@rapport/platform/application';
import { jarApplication, postgresStores, send } from '../support/jar-application';
import { allJars, FillJar, openJars, OpenJar } from '../support/jars';
import { until } from '../support/patience';
import { postgresIsHere, startPostgres, type PostgresServer } from '../support/postgres/server';
import { caughtUp, differingFromReplay, rebuildsBeside, writer } from '../support/rebuilding';

/** Models are asked to stand still, and heed it within a second. */
jest.setTimeout(120_000);

const MODELS = ['open-jars@1', 'all-jars@1'];
const JARS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const FILLS = 5;
const LANES = 6;

const totalIn = async ({ rows }: Application) =>
  (await rows.find(allJars.table, { limit: 10_000 })).reduce((sum, row) => sum + (row['total'] as number), 0);
const placesOf = (rows: RowStore, edition: string) =>
  Promise.all(keepersOf(edition, rows.lanes).map((keeper) => rows.position(keeper)));

const postgres = postgresIsHere() ? describe : describe.skip;
postgres('read models with rows in PostgreSQL, in lanes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-rebuild-postgres-'));
  let server: PostgresServer;
  let app: Application;
  let drops = 0;

  beforeAll(async () => {
    server = await startPostgres();
    app = jarApplication(await postgresStores(folder, server.place()), { policies: [] });
    await app.start();
    for (const jarId of JARS) {
      await send(app, `open ${jarId}`, OpenJar.of({ jarId, color: jarId < 'd' ? 'red' : 'blue' }));
      for (let n = 0; n < FILLS; n++)
        await send(app, `${jarId} ${n}`, FillJar.of({ jarId, drops: (drops += 1) && 1 }));
    }
    await app.settle();
  });
  afterAll(async () => {
    await app.stop();
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  it('are built anew beside the live ones in every lane, and go on in each where they were stopped', async () => {
    expect(app.rows.lanes).toBe(LANES);
    expect(new Set(JARS.map((jarId) => laneOf(jarId, LANES))).size).toBeGreaterThan(2);
    const stop = new AbortController();
    const stopped = await rebuildsBeside(app).build(MODELS, {
      ...{ signal: stop.signal, eventsPerSecond: 40 },
      onProgress: ({ events }) => events > 0 && stop.abort(),
    });
    const head = await app.store.log.head();
    expect(stopped.map(({ state }) => state)).toEqual(['stopped', 'stopped']);
    const stood = await placesOf(app.rows, 'all-jars@1~rebuild');
    expect(Math.min(...stood)).toBeLessThan(head);
    expect(await app.rows.count(allJars.table)).toBe(JARS.length); // the live rows are as they were
    await expect(rebuildsBeside(app).switch(MODELS)).rejects.toMatchObject({ code: 'COPY_INCOMPLETE' });
    const built = await rebuildsBeside(app).build(MODELS);
    expect(built).toMatchObject(
      stopped.map(({ position }) => ({
        ...{ state: 'complete', position: head, parked: 0 },
        ...{ wentOnFrom: position > 0 ? position : null },
      })),
    );
    expect(await placesOf(app.rows, 'all-jars@1~rebuild')).toEqual(Array(LANES).fill(head));
  });

  it('are compared row by row with what is live, their histories and figures too, and what differs is named', async () => {
    const same = await rebuildsBeside(app).compare(MODELS);
    expect(same.map(({ identical }) => identical)).toEqual([true, true]);
    expect(same.flatMap(({ tables }) => tables.map(({ table }) => table))).toEqual([
      ...['open-jars@1', 'open-jars@1~past', 'all-jars@1', 'jars-by-color@1'],
      ...['jars-by-color@1~color', 'jars-by-color@1~sealed'],
    ]);
    const [row] = await app.rows.load(openJars.table, ['c']);
    await app.rows.commit([{ table: openJars.table, key: 'c', row: { ...row!, total: 99 } }], []);
    const [compared] = await rebuildsBeside(app).compare(['open-jars@1']);
    expect(compared).toMatchObject({
      identical: false,
      tables: [{ differing: 1, columns: { total: 1 } }, {}],
    });
    expect(compared!.tables[0]!.examples).toMatchObject([
      { key: 'c', live: { total: 99 }, rebuilt: { total: FILLS } },
    ]);
    await expect(rebuildsBeside(app).switch(['all-jars@1', 'open-jars@1'])).rejects.toMatchObject({
      code: 'COPY_DIFFERS',
    });
    expect(await placesOf(app.rows, 'all-jars@1~before')).toEqual(Array(LANES).fill(0)); // none was switched
  });

  it('are switched in under load and taken back, each in one step for all lanes: nothing is missing and nothing counted twice', async () => {
    const load = writer(app, 'w');
    const rebuilds = rebuildsBeside(app);
    const goesOn = async () => {
      const before = load.written();
      await until('the writer goes on', () => load.written() > before + 20);
    };
    const switched = await rebuilds.switch(MODELS, { evenIfDifferent: true });
    expect(switched.map(({ kept }) => kept)).toEqual([true, true]);
    await goesOn();
    expect(await app.rows.load(openJars.table, ['c'])).toMatchObject([{ total: FILLS }]);
    await rebuilds.rollback(MODELS);
    await goesOn();
    expect(await app.rows.load(openJars.table, ['c'])).toMatchObject([{ total: 99 }]);
    await rebuilds.rollback(MODELS);
    drops += await load.stop();
    await caughtUp(app);
    expect(await totalIn(app)).toBe(drops);
    expect(await differingFromReplay(app)).toEqual([]);
    expect(await rebuilds.discard(MODELS, 'former')).toEqual(MODELS);
  });
});
