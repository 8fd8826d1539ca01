import { integer, PARKED, projection, Rebuild, type Projection } from '@rapport/kernel';
import type { Application } from '@rapport/platform/application';
import { jarApplication, send, sqliteStores } from '../support/jar-application';
import { allJars, FillJar, jarEvents, jarsByColor, openJars, OpenJar, sealing } from '../support/jars';
import {
  broken,
  drops,
  filledJar,
  ordered,
  parkedIn,
  POISON,
  rowOf,
  type Mending,
} from '../support/poisoned-jars';

/** Keepers look after operators once a second. */
jest.setTimeout(60_000);

const started = async (readModels: readonly Projection[], more: Partial<Application['plan']> = {}) => {
  const app = jarApplication(await sqliteStores(null), { readModels, rollups: [], policies: [], ...more });
  await app.start();
  return app;
};
describe('events that a model cannot read, among thousands', () => {
  it('park their key and what follows it; everybody else goes on, and a redrive reads them in order', async () => {
    const mending: Mending = { isMended: false };
    const model = drops(mending);
    const lines: string[] = [];
    const app = await started([model], { told: (level, what) => void lines.push(`${level}: ${what}`) });
    const jars = Array.from({ length: 100 }, (_, n) => `j-${n}`);
    const sick = new Set(['j-7', 'j-42']);
    for (const jarId of jars)
      await filledJar(
        app,
        jarId,
        Array.from({ length: 40 }, (_, n) => (sick.has(jarId) && n === 5 ? POISON : n + 20)),
      );
    await app.settle();
    const rows = await app.rows.find(model.table, { limit: 1_000 });
    expect(rows.filter((row) => row['fills'] === 40)).toHaveLength(98);
    expect(await rowOf(app, model, 'j-7')).toMatchObject({ fills: 5, all: [20, 21, 22, 23, 24] });
    const parked = await parkedIn(app, 'drops@1');
    expect(parked.map(({ rowKey }) => rowKey)).toEqual(
      [...sick].sort().flatMap((key) => Array<string>(35).fill(key)),
    );
    expect(parked[0]).toMatchObject({
      ...{
        type: 'JarFilled',
        stream: 'jar-j-42',
        errorClass: 'RangeError',
        error: 'RangeError: thirteen drops',
      },
    });
    expect(parked[1]).toMatchObject({
      errorClass: '',
      error: expect.stringContaining('waits behind') as string,
    });

    const told = lines.filter((line) => line.includes('could not be read'));
    expect([told.length, told.join().includes('j-7')]).toEqual([2, false]);

    mending.isMended = true;
    const order = await ordered(app, 'drops@1', 'j-7');
    expect(order).toMatchObject({
      result: 'DONE',
      outcome: '35 events were read',
      by: 'ann',
      reason: 'mended',
    });
    const all = Array.from({ length: 40 }, (_, n) => (n === 5 ? POISON : n + 20));
    expect(await rowOf(app, model, 'j-7')).toMatchObject({ fills: 40, all });
    expect((await parkedIn(app, 'drops@1')).every(({ rowKey }) => rowKey === 'j-42')).toBe(true);
    await app.stop();
  });

  it('that are dropped are never known, and the key goes on with what comes later', async () => {
    const model = drops({ isMended: false });
    const app = await started([model]);
    await send(app, 'open', OpenJar.of({ jarId: 'a', color: 'red' }));
    for (const [n, some] of [1, POISON, 2, 3].entries())
      await send(app, `fill ${n}`, FillJar.of({ jarId: 'a', drops: some }));
    await app.settle();
    expect(await ordered(app, 'drops@1', 'a', 'drop')).toMatchObject({ outcome: '3 events were dropped' });
    await send(app, 'later', FillJar.of({ jarId: 'a', drops: 4 }));
    await app.settle();
    expect(await rowOf(app, model, 'a')).toMatchObject({ all: [1, 4] });
    expect(await app.rows.count(PARKED)).toBe(0);
    await app.stop();
  });

  it('that fail again stay parked in order, from the first that fails on', async () => {
    const mending: Mending = { isMended: false };
    const model = drops(mending);
    const app = await started([model]);
    await filledJar(app, 'a', [1, POISON, 2, POISON, 3]);
    await app.settle();
    const again = await ordered(app, 'drops@1', 'a');
    expect(again).toMatchObject({
      result: 'PARKED_AGAIN',
      outcome: expect.stringMatching(
        /^0 events were read; JarFilled at position 3 is parked again, and 3 behind it: RangeError/,
      ) as string,
    });
    await send(app, 'later', FillJar.of({ jarId: 'a', drops: 4 }));
    await app.settle();
    const positions = (await parkedIn(app, 'drops@1')).map(({ position }) => position);
    expect(positions).toEqual([3, 4, 5, 6, 7]);
    mending.isMended = true;
    expect(await ordered(app, 'drops@1', 'a')).toMatchObject({ result: 'DONE' });
    expect(await rowOf(app, model, 'a')).toMatchObject({ all: [1, POISON, 2, POISON, 3, 4] });
    await app.stop();
  });

  it('of one model do not touch another one that has the same key', async () => {
    const [one, other] = [{ isMended: false }, { isMended: false }];
    const [left, right, well] = [drops(one, 'left'), drops(other, 'right'), allJars];
    const app = await started([left, right, well]);
    await filledJar(app, 'a', [1, POISON, 2]);
    await app.settle();
    expect(await rowOf(app, well, 'a')).toMatchObject({ total: POISON + 3 });
    one.isMended = true;
    expect(await ordered(app, 'left@1', 'a')).toMatchObject({ result: 'DONE' });
    expect([await rowOf(app, left, 'a'), await rowOf(app, right, 'a')]).toMatchObject([
      { fills: 3 },
      { fills: 1 },
    ]);
    expect(await parkedIn(app, 'right@1')).toHaveLength(2);
    expect(await ordered(app, 'left@1', 'a')).toMatchObject({ result: 'NOTHING_PARKED' });
    await app.stop();
  });

  it('are read again for the key that was parked alone, not for others that they concern too', async () => {
    let isMended = false;
    const pairs = projection(jarEvents, {
      ...{
        name: 'pairs',
        version: 1,
        about: 'Counts fillings twice',
        key: 'jarId',
        columns: { fills: integer() },
      },
      keys: { JarFilled: ({ jarId, color }) => [jarId, color] },
    }).on({
      JarFilled: ({ key, fills }) => {
        if (key === 'a' && !isMended) throw new Error('not yet');
        return { fills: fills + 1 };
      },
    });
    const app = await started([pairs]);
    await filledJar(app, 'a', [1, 2, 3]);
    await app.settle();
    expect(await rowOf(app, pairs, 'red')).toMatchObject({ fills: 3 });
    isMended = true;
    await ordered(app, 'pairs@1', 'a');
    expect([await rowOf(app, pairs, 'a'), await rowOf(app, pairs, 'red')]).toMatchObject([
      { fills: 3 },
      { fills: 3 },
    ]);
    await app.stop();
  });

  it('come out as if they had never been parked, in a past and in figures too: a rebuild says so', async () => {
    const models = [openJars, allJars];
    const app = await started(models, { rollups: [jarsByColor] });
    const mend = models.map((model) => broken(model.on, 'JarFilled'));
    await filledJar(app, 'a', [1, 2]);
    await filledJar(app, 'b', [3]);
    await app.settle();
    expect(await rowOf(app, openJars, 'a')).toMatchObject({ fills: 0 });
    for (const mended of mend) mended();
    for (const { name } of models) for (const key of ['a', 'b']) await ordered(app, name, key);
    const rebuild = new Rebuild({ rows: app.rows, store: app.store }, models, [jarsByColor]);
    await rebuild.run();
    for (const { identical } of await rebuild.compare()) expect(identical).toBe(true);
    await app.stop();
  });

  it('are reacted to by a policy when its key is redriven: commands are sent once', async () => {
    const model = allJars;
    const app = await started([model], { policies: [sealing] });
    const mended = broken(sealing.on, 'JarFilled');
    await send(app, 'open', OpenJar.of({ jarId: 'a', color: 'red' }));
    await send(app, 'fill', FillJar.of({ jarId: 'a', drops: 500 }));
    await app.settle();
    mended();
    expect(await ordered(app, 'seal-jars@1', 'a')).toMatchObject({ outcome: '1 event was read' });
    await app.settle();
    expect((await app.store.read('jar-a')).map(({ type }) => type)).toEqual([
      'JarOpened',
      'JarFilled',
      'JarSealed',
    ]);
    await app.stop();
  });
});
