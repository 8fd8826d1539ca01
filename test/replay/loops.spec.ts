import { integer, LIVE, PARKED, projection, Rebuild, text, type Position, type Table } from '@rapport/kernel';
import type { Application } from '@rapport/platform/application';
import { jarApplication, NOON, send, sqliteStores } from '../support/jar-application';
import { allJars, FillJar, jarEvents, jarsByColor, openJars, OpenJar, SealJar } from '../support/jars';

const open = (jarId: string, color = 'red') => OpenJar.of({ jarId, color });
const fill = (jarId: string, drops: number) => FillJar.of({ jarId, drops });
const rowsIn = async (app: Application, table: Table) => app.rows.find(table, { limit: 100 });
const started = async (more: Parameters<typeof jarApplication>[1] = {}) => {
  const app = jarApplication(await sqliteStores(null), more);
  await app.start();
  return app;
};

const moments = () => new Promise((go) => setTimeout(go, 20));

describe('read models', () => {
  it('follow the log, and say when they have read up to a position', async () => {
    const app = await started();
    await send(app, '1', open('a'));
    const { position } = await send(app, '2', fill('a', 5));
    expect(await app.projections.reached(position)).toBe(true);
    expect(await app.rows.load(openJars.table, ['a'])).toMatchObject([{ key: 'a', total: 5, fills: 1 }]);
    expect(await app.projections.reached((position + 1) as Position, 20)).toBe(false);
    await app.stop();
  });

  it.each([
    ['tidy up where they keep their rows when a step has left time for it', 50, true],
    ['leave it alone where they never rest', 0, false],
  ])('%s', async (_, restMaxMs, tidied) => {
    const stores = await sqliteStores(null);
    const tidyUp = jest.spyOn(stores.rows, 'tidyUp');
    const app = jarApplication(stores, { pace: { ...LIVE, restMaxMs }, loops: ['projections'] });
    await app.start();
    for (let n = 0; n < 20 && tidyUp.mock.calls.length === 0; n++) {
      const { position } = await send(app, `${n}`, open(`jar-${n}`)); // one step of them is quick, also where others want the machine
      while (app.projections.position() < position) await moments(); // who waits for rows makes the loop hurry, and it does not rest
      await moments();
    }
    await app.stop();
    expect(tidyUp.mock.calls.length > 0).toBe(tidied);
  });

  it('equal a rebuild beside them, and the rebuild can take their place', async () => {
    const app = await started();
    for (const jarId of ['a', 'b', 'c']) {
      await send(app, `open ${jarId}`, open(jarId, jarId === 'a' ? 'red' : 'blue'));
      for (let n = 0; n < 5; n++) await send(app, `${jarId} ${n}`, fill(jarId, 10 + n));
    }
    await send(app, 'seal', SealJar.of({ jarId: 'b', because: 'enough' }));
    await app.settle();
    const rebuild = new Rebuild({ rows: app.rows, store: app.store }, [openJars, allJars], [jarsByColor]);
    await rebuild.run();
    for (const { identical, comparisons } of await rebuild.compare()) {
      expect(identical).toBe(true);
      expect(comparisons[0]?.rows).toBeGreaterThan(0);
    }
    await app.rows.commit([{ table: allJars.table, key: 'x', row: { key: 'x', ...someJar } }], []);
    const differing = await rebuild.compare();
    expect(differing.find(({ model }) => model === 'all-jars@1')).toMatchObject({ identical: false });
    await app.projections.stop();
    await rebuild.switch();
    expect((await rowsIn(app, allJars.table)).map(({ key }) => key)).toEqual(['a', 'b', 'c']);
    expect(await app.rows.position('all-jars@1')).toBe(await app.store.log.head());
  });
  const someJar = { color: 'red', total: 1, sealed: false, openedAt: NOON, sealedAt: null };

  it('park a failing key and what follows it, move others on, and redrive in order', async () => {
    let broken = true;
    const fragile = projection(jarEvents, {
      ...{
        name: 'fragile',
        version: 1,
        about: 'Breaks on demand',
        key: 'jarId',
        columns: { fills: integer() },
      },
    }).on({
      JarOpened: () => ({}),
      JarFilled: ({ key, fills }) => {
        if (broken && key === 'a') throw new Error('poison');
        return { fills: fills + 1 };
      },
    });
    const app = await started({ readModels: [fragile], rollups: [], policies: [] });
    for (const jarId of ['a', 'b']) {
      await send(app, `open ${jarId}`, open(jarId));
      for (let n = 0; n < 3; n++) await send(app, `${jarId} ${n}`, fill(jarId, 1));
    }
    await app.settle();
    const fills = async () => (await app.rows.find(fragile.table, { limit: 9 })).map((row) => row['fills']);
    expect(await fills()).toEqual([0, 3]);
    const parked = await app.rows.find(PARKED, { limit: 9 });
    expect(parked.map((row) => row['error'])).toEqual([
      'Error: poison',
      expect.stringMatching('behind'),
      expect.stringMatching('behind'),
    ]);
    broken = false;
    await app.projections.redrive('fragile@1', 'a');
    expect(await fills()).toEqual([3, 3]);
    expect(await app.rows.count(PARKED)).toBe(0);
    await send(app, 'later', fill('a', 1));
    await app.settle();
    expect(await fills()).toEqual([4, 3]);
    await app.stop();
  });
});

describe('rows that belong to a longer log', () => {
  it('are noticed at the start: nothing is read, and the message says what to do', async () => {
    const stores = await sqliteStores(null);
    const app = jarApplication(stores);
    await app.start();
    await send(app, '1', open('a'));
    await app.settle();
    await app.pause();
    const shorter = jarApplication({ ...stores, log: (await sqliteStores(null)).log });
    await expect(shorter.start()).rejects.toThrow('has read further than this log reaches');
    await app.stop();
  });
});

describe('a model that keeps history', () => {
  const day = (n: number) => `2024-03-${String(n).padStart(2, '0')}T08:00:00.000Z`;
  const late = async () => {
    const app = await started({ policies: [] });
    const say = (id: string, command: object, on: number) => send(app, id, command, day(on));
    const positions = [
      await say('1', open('a'), 1),
      await say('2', fill('a', 10), 5),
      await say('3', fill('a', 5), 9),
      await say('4', FillJar.of({ jarId: 'a', drops: 100, filledAt: day(3) }), 10),
    ].map(({ position }) => position);
    await app.settle();
    const total = async (asOf: { time?: string; position?: Position }) =>
      (await app.rows.load(openJars.table, ['a'], asOf))[0]?.['total'];
    return { app, positions, total };
  };

  it('answers as of any moment in business time, also for what was recorded late', async () => {
    const { app, total } = await late();
    const totals = await Promise.all([1, 2, 3, 4, 5, 8, 9, 20].map((n) => total({ time: day(n) })));
    expect(totals).toEqual([0, 0, 100, 100, 110, 110, 115, 115]);
    expect(await total({ time: '2024-02-01T00:00:00.000Z' })).toBeUndefined();
    await app.stop();
  });
  it('still answers what was known before the late event came', async () => {
    const { app, total, positions } = await late();
    const before = positions[2] as Position;
    expect(await total({ time: day(4), position: before })).toBe(0);
    expect(await total({ time: day(9), position: before })).toBe(15);
    expect(await total({ position: before })).toBe(15);
    await app.stop();
  });
  it('that cannot read a late event in the past without what came later leaves it out there, and goes on', async () => {
    const strict = projection(jarEvents, {
      ...{ name: 'strict', version: 1, about: 'Insists on open jars', key: 'jarId', history: true },
      columns: { color: text(), total: integer() },
    }).on({
      JarOpened: (_, { color }) => ({ color }),
      JarFilled: ({ color, total }, { drops }) => {
        if (color === '') throw new Error('nobody opened it');
        return { total: total + drops };
      },
    });
    const failures: unknown[] = [];
    const onFailure = (error: unknown) => failures.push(error);
    const app = await started({ readModels: [strict], rollups: [], policies: [], onFailure });
    await send(app, '1', open('a'), day(5));
    await send(app, '2', fill('a', 10), day(6));
    await send(app, '3', FillJar.of({ jarId: 'a', drops: 5, filledAt: day(3) }), day(7));
    await send(app, '4', fill('a', 1), day(8));
    await app.settle();
    const totals = [2, 3, 5, 6, 8].map(
      async (n) => (await app.rows.load(strict.table, ['a'], { time: day(n) }))[0]?.['total'],
    );
    expect([failures, await Promise.all(totals)]).toEqual([[], [undefined, undefined, 5, 15, 16]]);
    expect([await app.rows.count(PARKED), (await rowsIn(app, strict.table))[0]?.['total']]).toEqual([0, 16]);
    await app.stop();
  });
});
