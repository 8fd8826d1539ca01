import { PARKED, policy, type Refusal } from '@rapport/kernel';
import type { Application } from '@rapport/platform/application';
import { jarApplication, send, sqliteStores } from '../support/jar-application';
import { FillJar, FULL, jarEvents, OpenJar, SealJar, sealing } from '../support/jars';

const open = (jarId: string, color = 'red') => OpenJar.of({ jarId, color });
const fill = (jarId: string, drops: number) => FillJar.of({ jarId, drops });
type Stores = Awaited<ReturnType<typeof sqliteStores>>;
const threeOn = (stores: Stores, more: Parameters<typeof jarApplication>[1]) =>
  [0, 1, 2].map(() => jarApplication(stores, more)) as [Application, Application, Application];
const started = async (more: Parameters<typeof jarApplication>[1] = {}) => {
  const app = jarApplication(await sqliteStores(null), more);
  await app.start();
  return app;
};

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
    const other = jarApplication(stores);
    const rows = Object.create(stores.rows) as typeof stores.rows;
    let overtaking: Promise<void> | null = null;
    rows.commit = async (writes, checkpoints, seats) => {
      const isTimer = checkpoints.some(({ from, to }) => from === to);
      if (isTimer) await (overtaking ??= other.start().then(() => other.settle())); // hears of the sealed jar, and forgets it
      return stores.rows.commit(writes, checkpoints, seats);
    };
    const told: string[] = [];
    const one = jarApplication({ ...stores, rows }, { told: (_, what) => void told.push(what) });
    await one.start();
    await send(one, '1', open('a'));
    await one.settle();
    expect(await one.timers.fire('2024-03-09T00:00:00.000Z')).toBe(1);
    expect((await other.store.read('jar-a')).map(({ type }) => type)).toEqual(['JarOpened', 'JarSealed']);
    expect(await stores.rows.find(sealing.table, { limit: 10 })).toEqual([]);
    expect(told.at(-1)).toMatch(/^reactions\/0: .+ has the work now, this process stops doing it$/);
    expect(one.reactions.state).toMatch(/^standing by: /);
    await one.pause();
    await other.stop();
  });
  it('are sent by nobody who has not the work: a second process stands by, and fires nothing', async () => {
    const stores = await sqliteStores(null);
    const [one, two, three] = threeOn(stores, { leaseMs: 60_000 });
    await one.start();
    await two.start();
    await send(one, '1', open('a'));
    await one.settle();
    expect([two.reactions.caughtUp, two.projections.caughtUp]).toEqual([true, true]); // it may be asked, and is ready to take over
    expect(await two.timers.fire('2024-03-09T00:00:00.000Z')).toBe(0);
    expect((await one.store.read('jar-a')).map(({ type }) => type)).toEqual(['JarOpened']);
    await one.pause();
    await two.pause();
    await three.start();
    expect(await three.timers.fire('2024-03-09T00:00:00.000Z')).toBe(1);
    await three.stop();
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
