import { pausedModels, pauseModel, STATES } from '@rapport/kernel';
import type { Application } from '@rapport/platform/application';
import { jarApplication, send, sqliteStores } from '../support/jar-application';
import { allJars, FillJar, openJars, OpenJar } from '../support/jars';
import { until } from '../support/patience';
import { caughtUp, differingFromReplay, rebuildsBeside, rebuildsWith, writer } from '../support/rebuilding';

/** Models are asked to stand still, and heed it within a second. */
jest.setTimeout(60_000);

const MODELS = ['open-jars@1', 'all-jars@1'];
const open = (jarId: string, color = 'red') => OpenJar.of({ jarId, color });
const fill = (jarId: string, drops: number) => FillJar.of({ jarId, drops });

const apps: Application[] = [];
afterEach(async () => {
  for (const app of apps.splice(0)) await app.stop();
});
const started = async (more: Parameters<typeof jarApplication>[1] = {}) => {
  const app = jarApplication(await sqliteStores(null), more);
  apps.push(app);
  await app.start();
  return app;
};
const withJars = async (more: Parameters<typeof jarApplication>[1] = {}, jars = ['a', 'b', 'c']) => {
  const app = await started(more);
  for (const jarId of jars) {
    await send(app, `open ${jarId}`, open(jarId, jarId === 'a' ? 'red' : 'blue'));
    for (let n = 0; n < 5; n++) await send(app, `${jarId} ${n}`, fill(jarId, 10 + n));
  }
  await app.settle();
  return app;
};
const totalIn = async ({ rows }: Application) =>
  (await rows.find(allJars.table, { limit: 10_000 })).reduce((sum, row) => sum + (row['total'] as number), 0);
const stateOf = async ({ rows }: Application, model: string) =>
  String((await rows.load(STATES, [model]))[0]?.['state']);
const tamper = async ({ rows }: Application, total: number) => {
  const [row] = await rows.load(allJars.table, ['b']);
  await rows.commit([{ table: allJars.table, key: 'b', row: { ...row!, total } }], []);
};

describe('read models that are rebuilt under load', () => {
  it('are built, compared and switched while somebody writes: nothing is missing and nothing is counted twice', async () => {
    const app = await withJars({ policies: [] });
    const load = writer(app, 'w');
    const rebuilds = rebuildsBeside(app);
    const built = await rebuilds.build(MODELS);
    expect(built.map(({ state }) => state)).toEqual(['complete', 'complete']);
    const compared = await rebuilds.compare(MODELS);
    expect(compared.map(({ identical }) => identical)).toEqual([true, true]);
    expect(
      compared.flatMap(({ tables }) => tables).every(({ rows, rowsRebuilt }) => rows === rowsRebuilt),
    ).toBe(true);
    const before = load.written();
    const switched = await rebuilds.switch(MODELS);
    expect(switched.map(({ kept }) => kept)).toEqual([true, true]);
    await until('the writer goes on', () => load.written() > before + 20);
    const drops = await load.stop();
    await caughtUp(app);
    expect(await totalIn(app)).toBe(drops + 3 * (10 + 11 + 12 + 13 + 14));
    expect(await differingFromReplay(app)).toEqual([]);
    expect([...(await pausedModels(app.rows)).keys()]).toEqual([]);
  });

  it('and kept in three lanes by two processes, each at a place of its own, come out the same', async () => {
    const stores = await sqliteStores(null);
    const rows = Object.assign(Object.create(stores.rows) as typeof stores.rows, { lanes: 3 });
    const plan = { rows, policies: [], leaseMs: 3_000 };
    const [one, two] = [jarApplication(stores, plan), jarApplication({ ...stores, rows }, plan)];
    await one.start();
    await two.start();
    const load = writer(one, 'w');
    await until('both have work', () => !one.projections.keepsAll && two.projections.state === 'live');
    const rebuilds = rebuildsBeside(one);
    await rebuilds.build(MODELS);
    const compared = await rebuilds.compare(MODELS);
    expect(compared.map(({ identical }) => identical)).toEqual([true, true]);
    await rebuilds.switch(MODELS);
    await rebuilds.rollback(['open-jars@1']);
    const drops = await load.stop();
    await caughtUp(one);
    expect(await totalIn(one)).toBe(drops);
    expect(await differingFromReplay(one)).toEqual([]);
    await two.pause();
    await one.stop();
  });

  it('come back by a rollback while somebody writes, and catch up from where they stood', async () => {
    const app = await withJars({ policies: [] });
    const rebuilds = rebuildsBeside(app);
    await rebuilds.build(MODELS);
    const [switched] = await rebuilds.switch(MODELS);
    const load = writer(app, 'w');
    await until('much is written', () => load.written() > 100);
    const [back] = await rebuilds.rollback(MODELS);
    expect(back).toMatchObject({ model: 'open-jars@1', position: switched?.position, kept: true });
    expect(back?.behind).toBeGreaterThan(100);
    const drops = await load.stop();
    await caughtUp(app);
    expect(await totalIn(app)).toBe(drops + 180);
    expect(await differingFromReplay(app)).toEqual([]);
    await rebuilds.rollback(['all-jars@1']);
    expect(await differingFromReplay(app)).toEqual([]);
  });
});

describe('whoever keeps a model that is switched', () => {
  it('reads anew what he held in memory, also when he was taken for dead and never asked to stand still', async () => {
    const app = await withJars({ policies: [] });
    const rebuilds = rebuildsBeside(app, { keeperHasEnded: () => true });
    await rebuilds.build(['all-jars@1']);
    const copy = { ...allJars.table, name: 'all-jars@1~rebuild' };
    const [row] = await app.rows.load(copy, ['a']);
    await app.rows.commit([{ table: copy, key: 'a', row: { ...row!, total: 1_000 } }], []);
    await rebuilds.switch(['all-jars@1']);
    await send(app, 'later', fill('a', 1));
    await caughtUp(app);
    expect(await app.rows.load(allJars.table, ['a'])).toMatchObject([{ total: 1_001 }]);
  });
});

describe('a comparison', () => {
  it('names the row that somebody has touched, the columns that differ, and what is missing or too much', async () => {
    const app = await withJars();
    const rebuilds = rebuildsBeside(app);
    await rebuilds.build(['all-jars@1']);
    await tamper(app, 1);
    const [left] = await app.rows.load(allJars.table, ['c']);
    const others = [
      { table: allJars.table, key: 'c', row: null },
      { table: allJars.table, key: 'x', row: { ...left!, key: 'x' } },
    ];
    await app.rows.commit(others, []);
    const [compared] = await rebuilds.compare(['all-jars@1']);
    const [rows, figures] = compared!.tables;
    expect([compared!.identical, rows!.table, figures!.table]).toEqual([
      false,
      'all-jars@1',
      'jars-by-color@1',
    ]);
    expect(rows).toMatchObject({ rows: 3, rowsRebuilt: 3, differing: 3, looked: 3, missing: 1, extra: 1 });
    expect(rows!.columns).toEqual({ total: 1 });
    expect(rows!.examples).toMatchObject([
      { key: 'b', live: { total: 1 }, rebuilt: { total: 60 } },
      { key: 'c', live: null, rebuilt: { total: 60 } },
      { key: 'x', live: { total: 60 }, rebuilt: null },
    ]);
    expect(figures!.differing).toBe(0);
    await expect(rebuilds.switch(['all-jars@1'])).rejects.toMatchObject({ code: 'COPY_DIFFERS' });
    await rebuilds.switch(['all-jars@1'], { evenIfDifferent: true });
    expect(await differingFromReplay(app)).toEqual([]);
  });

  it('of a model that keeps history names the version that differs, also one that is not the newest', async () => {
    const app = await withJars();
    const rebuilds = rebuildsBeside(app);
    await rebuilds.build(['open-jars@1']);
    const [first] = await app.rows.find(openJars.past!, { where: [['key', '=', 'a']], limit: 1 });
    await app.rows.commit([{ table: openJars.past!, key: 'a', row: { ...first!, color: 'green' } }], []);
    const [compared] = await rebuilds.compare(['open-jars@1']);
    const [rows, past] = compared!.tables;
    expect([rows!.differing, past!.differing, past!.columns]).toEqual([0, 1, { color: 1 }]);
    expect(past!.examples).toMatchObject([
      { key: 'a', live: { position: first!['position'], color: 'green' }, rebuilt: { color: 'red' } },
    ]);
  });

  it('lets the model stand still only for its time, also when it fails, and respects who paused it before', async () => {
    const app = await withJars();
    const failing = rebuildsWith(app, (crew) =>
      Object.assign(Object.create(crew) as typeof crew, {
        compare: async () => {
          expect((await pausedModels(app.rows)).get('all-jars@1')).toMatchObject({ by: 'ann' });
          throw new Error('the disk is full');
        },
      }),
    );
    await failing.build(['all-jars@1']);
    await expect(failing.compare(['all-jars@1'])).rejects.toThrow('the disk is full');
    expect((await pausedModels(app.rows)).size).toBe(0);
    await pauseModel(app.rows, 'all-jars@1', { by: 'bob', reason: 'I look at it' });
    const [compared] = await rebuildsBeside(app).compare(['all-jars@1']);
    expect(compared?.identical).toBe(true);
    expect((await pausedModels(app.rows)).get('all-jars@1')).toMatchObject({ by: 'bob' });
  });

  it('is given up when whoever keeps the model does not heed the pause', async () => {
    const app = await withJars();
    const rebuilds = rebuildsBeside(app, {}, { waitMs: 200 });
    await rebuilds.build(['all-jars@1']);
    await expect(rebuilds.compare(['all-jars@1'])).rejects.toThrow(
      /all-jars@1 does not stand still: .+ keeps it/,
    );
    expect((await pausedModels(app.rows)).size).toBe(0);
  });
});

describe('a switch of several models', () => {
  it('names those that it had switched before one did not stand still', async () => {
    const app = await withJars();
    await rebuildsBeside(app).build(MODELS);
    await pauseModel(app.rows, 'open-jars@1', { by: 'bob', reason: 'I look at it' });
    await until('it stands still', async () =>
      (await stateOf(app, 'open-jars@1')).startsWith('paused by bob'),
    );
    await expect(rebuildsBeside(app, {}, { waitMs: 200 }).switch(MODELS)).rejects.toThrow(
      /all-jars@1 does not stand still: .+ \(open-jars@1 had been done before, and stays so\)/,
    );
  });
});
