import { MemoryEventLog, MemoryKeyRing, MemoryRowStore } from '@rapport/adapters/memory';
import {
  PARKED,
  placeOrder,
  UnknownVersion,
  Unavailable,
  type Order,
  type RecordedEvent,
} from '@rapport/kernel';
import { jarApplication, send, sqliteStores } from '../support/jar-application';
import { FillJar } from '../support/jars';
import { until } from '../support/patience';
import {
  carriedOut,
  drops,
  filledJar,
  parkedIn,
  POISON,
  rowOf,
  type Mending,
} from '../support/poisoned-jars';

/** Keepers look after operators once a second. */
jest.setTimeout(60_000);

const order = (rowKey: string): Omit<Order, 'id'> => ({
  ...{ what: 'redrive', model: 'drops@1', rowKey, by: 'ann', reason: '' },
});
const modelAnd = () => {
  const mending: Mending = { isMended: false };
  const model = drops(mending);
  return { mending, model, plan: { readModels: [model], rollups: [], policies: [] } };
};

describe('an order', () => {
  it('that is given while nobody runs is carried out at the next start', async () => {
    const { mending, model, plan } = modelAnd();
    const stores = await sqliteStores(null);
    const before = jarApplication(stores, plan);
    await before.start();
    await filledJar(before, 'a', [POISON, 1]);
    await before.settle();
    await before.pause();
    const id = await placeOrder(stores.rows, order('a'));
    mending.isMended = true;
    const app = jarApplication(stores, plan);
    await app.start();
    await carriedOut(app, [id]);
    expect(await rowOf(app, model, 'a')).toMatchObject({ all: [POISON, 1] });
    await app.stop();
  });

  it('is carried out by the process that keeps the model, wherever it was given', async () => {
    const { mending, model, plan } = modelAnd();
    const stores = await sqliteStores(null);
    const [keeper, other] = [0, 1].map(() => jarApplication(stores, { ...plan, leaseMs: 60_000 }));
    await keeper!.start();
    await other!.start();
    await filledJar(other!, 'a', [POISON, 1]);
    await keeper!.settle();
    expect(other!.projections.state).toContain('standing by');
    mending.isMended = true;
    await carriedOut(other!, [await placeOrder(other!.rows, order('a'))]);
    expect(await rowOf(other!, model, 'a')).toMatchObject({ all: [POISON, 1] });
    await send(other!, 'later', FillJar.of({ jarId: 'a', drops: 2 }));
    await keeper!.settle();
    expect(await rowOf(other!, model, 'a')).toMatchObject({ all: [POISON, 1, 2] });
    await other!.pause();
    await keeper!.stop();
  });

  it('is one of more than a look finds, and still each is carried out and answered', async () => {
    const { mending, model, plan } = modelAnd();
    const app = jarApplication(await sqliteStores(null), plan);
    await app.start();
    const jars = Array.from({ length: 130 }, (_, n) => `j-${n}`);
    for (const jarId of jars) await filledJar(app, jarId, [POISON]);
    await app.settle();
    mending.isMended = true;
    const ids = await Promise.all(jars.map((jarId) => placeOrder(app.rows, order(jarId))));
    expect((await carriedOut(app, ids)).map(({ result }) => result)).toEqual(jars.map(() => 'DONE'));
    expect(await app.rows.count(PARKED)).toBe(0);
    expect(await app.rows.count(model.table, [['fills', '=', 1]])).toBe(130);
    await app.stop();
  });

  it('changes nothing while the log is away, and is carried out when it is back: later events stay behind parked ones', async () => {
    const { mending, model, plan } = modelAnd();
    const log = new MemoryEventLog();
    const app = jarApplication({ log, rows: new MemoryRowStore(), keys: new MemoryKeyRing() }, plan);
    await app.start();
    await filledJar(app, 'a', [1, POISON, 2]);
    await app.settle();
    mending.isMended = true;
    const readAt = log.readAt.bind(log);
    let refused = 0;
    log.readAt = () => (refused++, Promise.reject(new Unavailable('away')));
    const id = await placeOrder(app.rows, order('a'));
    await until('it was tried', () => refused > 0);
    await send(app, 'later', FillJar.of({ jarId: 'a', drops: 3 }));
    await app.settle();
    expect(await rowOf(app, model, 'a')).toMatchObject({ all: [1] });
    expect(await parkedIn(app, 'drops@1')).toHaveLength(3);
    log.readAt = readAt;
    await carriedOut(app, [id]);
    expect(await rowOf(app, model, 'a')).toMatchObject({ all: [1, POISON, 2, 3] });
    expect(app.projections.error).toBeNull();
    await app.stop();
  });

  it('that meets an event of a newer program changes nothing and says why; the model itself goes on', async () => {
    const { mending, model, plan } = modelAnd();
    const app = jarApplication(await sqliteStores(null), plan);
    await app.start();
    await filledJar(app, 'a', [1, POISON, 2]);
    await app.settle();
    const { readAt } = app.store;
    mending.isMended = true;
    app.store.readAt = async (positions) =>
      (await readAt.call(app.store, positions)).map((event, n) =>
        n === 0 ? event : (Object.create(event, { data: { get: fromTheFuture } }) as RecordedEvent),
      );
    const [done] = await carriedOut(app, [await placeOrder(app.rows, order('a'))]);
    expect(done).toMatchObject({
      result: 'NOT_DONE',
      outcome: expect.stringContaining('start a newer') as string,
    });
    expect(await parkedIn(app, 'drops@1')).toHaveLength(2);
    await filledJar(app, 'b', [1]);
    await send(app, 'later', FillJar.of({ jarId: 'a', drops: 3 }));
    await app.settle();
    expect([await rowOf(app, model, 'a'), await rowOf(app, model, 'b')]).toMatchObject([
      { all: [1] },
      { all: [1] },
    ]);
    expect(await parkedIn(app, 'drops@1')).toHaveLength(3);
    await app.stop();
  });
});
const fromTheFuture = (): never => {
  throw new UnknownVersion('JarFilled', 2);
};
