import { copiesIn, PARKED, pauseModel, projection, RebuildUnderWay, START, text } from '@rapport/kernel';
import type { Application } from '@rapport/platform/application';
import { jarApplication, send, sqliteStores } from '../support/jar-application';
import { allJars, FillJar, jarEvents, jarsByColor, openJars, OpenJar } from '../support/jars';
import { until } from '../support/patience';
import { caughtUp, differingFromReplay, rebuildsBeside, rebuildsWith } from '../support/rebuilding';

/** Models are asked to stand still, and heed it within a second. */
jest.setTimeout(60_000);

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

/** A model that cannot read of red jars, until it is mended. */
const fragileModel = () => {
  let broken = true;
  const fragile = projection(jarEvents, {
    ...{ name: 'fragile', version: 1, about: 'Breaks on demand', key: 'jarId', columns: { color: text() } },
  }).on({
    JarOpened: (_, { color }) => {
      if (broken && color === 'red') throw new Error('poison');
      return { color };
    },
  });
  return { fragile, mend: () => void (broken = false) };
};
const parkedIn = async ({ rows }: Application) =>
  (await rows.find(PARKED, { limit: 9 })).map(
    (row) => `${String(row['subscriber'])} ${row.key.split('|')[0]}`,
  );

describe('a rebuild', () => {
  it('goes on where it was stopped, and begins anew where that is wished or the fold is another one', async () => {
    const app = await withJars({ policies: [] });
    const stop = new AbortController();
    const rebuilds = rebuildsBeside(app);
    const stopped = await rebuilds.build(['all-jars@1'], {
      signal: stop.signal,
      ...{ eventsPerSecond: 40, onProgress: ({ events }) => events > 0 && stop.abort() },
    });
    expect(stopped).toMatchObject([{ state: 'stopped', events: 10, wentOnFrom: null }]);
    await expect(rebuilds.switch(['all-jars@1'])).rejects.toMatchObject({ code: 'COPY_INCOMPLETE' });
    const [on] = await rebuilds.build(['all-jars@1']);
    expect(on).toMatchObject({ state: 'complete', wentOnFrom: 10, events: 8 });
    const [again] = await rebuilds.build(['all-jars@1'], { fresh: true });
    expect(again).toMatchObject({ state: 'complete', wentOnFrom: null, events: 18 });
    const mended = { ...allJars, on: { ...allJars.on, JarSealed: () => ({ sealed: true }) } };
    const other = jarApplication(app.plan, { readModels: [openJars, mended] });
    expect(await rebuildsBeside(other).build(['all-jars@1'])).toMatchObject([
      { wentOnFrom: null, events: 18 },
    ]);
    await expect(rebuilds.compare(['all-jars@1'])).rejects.toMatchObject({ code: 'COPY_OF_ANOTHER_PROGRAM' });
  });

  it('of a model excludes another one of it, until that one has left or its time is over', async () => {
    const app = await withJars();
    const stop = new AbortController();
    const slow = { signal: stop.signal, eventsPerSecond: 1 };
    const first = rebuildsBeside(app).build(['all-jars@1'], slow);
    await until('it is under way', async () => (await copiesIn(app.rows)).length === 1);
    const second = rebuildsBeside(app, { member: 'there/2/b' });
    await expect(second.build(['all-jars@1'])).rejects.toThrow(RebuildUnderWay);
    await expect(second.discard(['all-jars@1'])).rejects.toThrow(
      'all-jars@1 is being rebuilt, compared or switched by here/1/a',
    );
    expect(await second.build(['open-jars@1'])).toMatchObject([{ state: 'complete' }]);
    stop.abort();
    await first;
    expect(await second.build(['all-jars@1'])).toMatchObject([{ state: 'complete' }]);
  });

  it('goes on at once where it is known that the one who was at it has ended', async () => {
    const app = await withJars();
    const stop = new AbortController();
    const frozen = rebuildsBeside(app).build(['all-jars@1'], { signal: stop.signal, eventsPerSecond: 1 });
    await until('it is under way', async () => (await copiesIn(app.rows)).length === 1);
    const hasEnded = (member: string) => member.startsWith('here/1/');
    const other = rebuildsBeside(app, { member: 'there/2/b', hasEnded });
    expect(await other.build(['all-jars@1'])).toMatchObject([{ state: 'complete' }]);
    stop.abort();
    await expect(frozen).rejects.toThrow(RebuildUnderWay);
    expect((await rebuildsBeside(app).compare(['all-jars@1']))[0]?.identical).toBe(true);
  });

  it('takes parked events along: those of the copy become those of the live model, and back', async () => {
    const { fragile, mend } = fragileModel();
    const app = await withJars({ readModels: [fragile], rollups: [], policies: [] });
    const parked = () => parkedIn(app);
    expect(await parked()).toEqual(['fragile@1 fragile@1']);
    const rebuilds = rebuildsBeside(app);
    expect(await rebuilds.build(['fragile@1'])).toMatchObject([{ parked: 1 }]);
    await rebuilds.switch(['fragile@1']);
    expect(await parked()).toEqual(['fragile@1 fragile@1', 'fragile@1~before fragile@1~before']);
    mend();
    expect(await rebuilds.build(['fragile@1'])).toMatchObject([{ parked: 0 }]);
    const [compared] = await rebuilds.compare(['fragile@1']);
    expect(compared).toMatchObject({ identical: false, parked: { live: 1, rebuilt: 0 } });
    await rebuilds.switch(['fragile@1'], { evenIfDifferent: true });
    expect(await parked()).toEqual(['fragile@1~before fragile@1~before']);
    await rebuilds.rollback(['fragile@1']);
    expect(await parked()).toEqual(['fragile@1 fragile@1']);
    await send(app, 'more', fill('b', 1));
    await caughtUp(app);
    await app.projections.redrive('fragile@1', 'a');
    expect(await app.rows.load(fragile.table, ['a'])).toMatchObject([{ color: 'red' }]);
    await rebuilds.discard(['fragile@1'], 'former');
    expect(await copiesIn(app.rows)).toEqual([]);
  });

  it('lets parked events go with what is no longer kept', async () => {
    const { fragile, mend } = fragileModel();
    const app = await withJars({ readModels: [fragile], rollups: [], policies: [] });
    mend();
    const rebuilds = rebuildsBeside(app);
    for (const kept of [['fragile@1~before fragile@1~before'], []]) {
      await rebuilds.build(['fragile@1']);
      await rebuilds.switch(['fragile@1']);
      expect(await parkedIn(app)).toEqual(kept);
    }
  });

  it('that cannot go on says why, and is noted as failed', async () => {
    const app = await withJars();
    const { rows } = app;
    const rebuilds = rebuildsWith(app, (crew) =>
      Object.assign(Object.create(crew) as typeof crew, {
        fold: () => Promise.reject(new Error('the disk is full')),
      }),
    );
    await expect(rebuilds.build(['all-jars@1'])).rejects.toThrow('the disk is full');
    expect(await copiesIn(rows)).toMatchObject([
      { state: 'failed', error: 'the disk is full', position: START },
    ]);
    expect(await rebuildsBeside(app).build(['all-jars@1'])).toMatchObject([{ state: 'complete' }]);
  });

  it('of a new version beside an old program takes a place in which nothing stood, and nothing is kept', async () => {
    const app = await withJars({ policies: [] });
    const next = {
      ...allJars,
      name: 'all-jars@2',
      version: 2,
      table: { ...allJars.table, name: 'all-jars@2' },
    };
    const figures = {
      ...jarsByColor,
      of: 'all-jars@2',
      table: { ...jarsByColor.table, name: 'jars-by-color@2' },
    };
    const upgraded = jarApplication(app.plan, {
      readModels: [openJars, next],
      rollups: [figures],
      policies: [],
    });
    const rebuilds = rebuildsBeside(upgraded);
    await rebuilds.build(['all-jars@2']);
    expect(await rebuilds.compare(['all-jars@2'])).toMatchObject([
      { position: null, tables: [], identical: true },
    ]);
    const head = await app.store.log.head();
    expect(await rebuilds.switch(['all-jars@2'])).toEqual([
      { model: 'all-jars@2', position: head, behind: 0, kept: false },
    ]);
    expect(await app.rows.count(next.table)).toBe(3);
    await app.pause(); // the old program ends, the new one begins: it has nothing to read
    await upgraded.start();
    expect(upgraded.projections.position('all-jars@2')).toBe(head);
    await send(upgraded, 'later', fill('a', 1));
    expect(await differingFromReplay(upgraded)).toEqual([]);
    await upgraded.pause();
  });

  it('is compared only when the live model has come as far', async () => {
    const app = await withJars({ policies: [] });
    await pauseModel(app.rows, 'all-jars@1', { by: 'bob', reason: 'later' });
    await until('it stands still', () =>
      app.projections.stateOf(app.projections.subscribers[1]!).startsWith('paused'),
    );
    await send(app, 'more', fill('a', 1));
    const rebuilds = rebuildsBeside(app, {}, {});
    await rebuilds.build(['all-jars@1']);
    const comparing = rebuilds.compare(['all-jars@1']);
    await new Promise((go) => setTimeout(go, 300));
    await app.rows.commit(
      [{ table: { name: 'projection-pauses@1', columns: {}, indexes: [] }, key: 'all-jars@1', row: null }],
      [],
    );
    expect(await comparing).toMatchObject([{ identical: true, position: await app.store.log.head() }]);
  });
});
