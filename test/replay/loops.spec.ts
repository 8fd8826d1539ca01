import { integer, PARKED, policy, projection, Rebuild, type Position, type Refusal } from '@rapport/kernel';
import type { Application } from '@rapport/platform/application';
import { jarApplication, NOON, send, sqliteStores } from '../support/jar-application';
import {
  allJars,
  FillJar,
  FULL,
  jarEvents,
  jarsByColor,
  openJars,
  OpenJar,
  SealJar,
  sealing,
} from '../support/jars';

const open = (jarId: string, color = 'red') => OpenJar.of({ jarId, color });
const fill = (jarId: string, drops: number) => FillJar.of({ jarId, drops });
const rowsIn = async (app: Application, table: typeof allJars.table | typeof openJars.table) =>
  app.rows.find(table, { limit: 100 });
const started = async (more: Parameters<typeof jarApplication>[1] = {}) => {
  const app = jarApplication(await sqliteStores(null), more);
  await app.start();
  return app;
};

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

  it('are fenced off when two owners read at once, and none applies an event twice', async () => {
    const stores = await sqliteStores(null);
    const [one, two] = [jarApplication(stores), jarApplication(stores, { policies: [] })];
    await one.start();
    await two.projections.start();
    await send(one, 'open', open('a'));
    for (let n = 0; n < 50; n++) await send(one, `fill ${n}`, fill('a', 1));
    const head = await one.store.log.head();
    expect(await Promise.all([one, two].map((app) => app.projections.reached(head)))).toEqual([true, true]);
    expect(await one.rows.load(allJars.table, ['a'])).toMatchObject([{ total: 50 }]);
    await two.projections.stop();
    await one.stop();
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
});

describe('policies', () => {
  it('send a command once for each event, also when they read it again', async () => {
    const stores = await sqliteStores(null);
    const app = jarApplication(stores);
    await app.start();
    await send(app, 'open', open('a'));
    await send(app, 'fill', fill('a', FULL));
    await app.settle();
    await app.pause();
    await stores.rows.drop([sealing.table], [sealing.table.name]);
    const again = jarApplication(stores);
    await again.start();
    await again.settle();
    const types = (await again.store.read('jar-a')).map(({ type }) => type);
    expect(types).toEqual(['JarOpened', 'JarFilled', 'JarSealed']);
    await again.stop();
  });
  it('say which event made them act, and when it was so', async () => {
    const app = await started();
    await send(app, 'open', open('a'));
    await send(app, 'fill', fill('a', FULL), '2024-03-02T10:00:00.000Z');
    await app.settle();
    const [, filled, sealed] = await app.store.read('jar-a');
    expect(sealed?.meta).toMatchObject({
      $causationId: filled?.id,
      $correlationId: 'fill',
      actorId: 'seal-jars',
    });
    expect(sealed?.occurredAt).toBe('2024-03-02T10:00:00.000Z');
    await app.stop();
  });
  it('are void where another owner was faster: a timer that it fired does not bring back what the other let go', async () => {
    const stores = await sqliteStores(null);
    const one = jarApplication(stores);
    await one.start();
    await send(one, '1', open('a'));
    await one.settle();
    const rows = Object.create(stores.rows) as typeof stores.rows;
    rows.commit = async (...given) => {
      await one.settle(); // the other one hears of the jar that is sealed, and forgets it
      return stores.rows.commit(...given);
    };
    const two = jarApplication({ ...stores, rows });
    expect(await two.timers.fire('2024-03-09T00:00:00.000Z')).toBe(1);
    expect((await one.store.read('jar-a')).map(({ type }) => type)).toEqual(['JarOpened', 'JarSealed']);
    expect(await stores.rows.find(sealing.table, { limit: 10 })).toEqual([]);
    await one.stop();
  });

  it('keep their timers through a restart, and fire what fell due with its own due time', async () => {
    const stores = await sqliteStores(null);
    const before = jarApplication(stores);
    await before.start();
    await send(before, 'open', open('a'));
    await before.settle();
    await before.pause();
    const app = jarApplication(stores);
    await app.start();
    expect(await app.timers.next()).toBe('2024-03-02T12:00:00.000Z');
    expect(await app.timers.fire('2024-03-02T11:59:59.999Z')).toBe(0);
    expect(await app.timers.fire('2024-03-09T00:00:00.000Z')).toBe(1);
    expect(await app.timers.fire('2024-03-09T00:00:00.000Z')).toBe(0);
    await app.settle();
    const [, sealed] = await app.store.read('jar-a');
    expect(sealed).toMatchObject({
      type: 'JarSealed',
      occurredAt: '2024-03-02T12:00:00.000Z',
      data: { because: 'old' },
    });
    await app.stop();
  });
  it('are told when their command is refused, and go on', async () => {
    const refused: string[] = [];
    const stubborn = policy(jarEvents, {
      name: 'fill-again',
      about: 'Fills what was sealed',
      key: 'jarId',
    }).on({
      JarSealed: (_, { jarId }) => ({ send: [fill(jarId, 1)] }),
    });
    const onRefused = (name: string, _: object, { code }: Refusal) => refused.push(`${name} ${code}`);
    const app = await started({ policies: [stubborn], onRefused });
    await send(app, 'open', open('a'));
    await send(app, 'seal', SealJar.of({ jarId: 'a', because: 'enough' }));
    await app.settle();
    expect(refused).toEqual(['fill-again JAR_SEALED']);
    expect(await app.rows.count(PARKED)).toBe(0);
    await app.stop();
  });
});
