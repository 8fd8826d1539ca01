import {
  Event,
  Id,
  integer,
  pauseModel,
  projection,
  Rebuild,
  resumeModel,
  StandsStill,
  STATES,
  Text,
  Version,
  type Told,
} from '@rapport/kernel';
import type { Application } from '@rapport/platform/application';
import { jarApplication, send, sqliteStores } from '../support/jar-application';
import { allJars, FillJar, jar, jarEvents, openJars, OpenJar } from '../support/jars';
import { until } from '../support/patience';
import { drops, filledJar, POISON, rowOf, strange } from '../support/poisoned-jars';

/** Keepers look after operators once a second. */
jest.setTimeout(60_000);

const open = (jarId: string) => OpenJar.of({ jarId, color: 'red' });
const fill = (jarId: string, n: number) => FillJar.of({ jarId, drops: n });
const fold = drops({ isMended: false });
type Plan = Parameters<typeof jarApplication>[1];
const started = async (more: Plan = {}, stores = sqliteStores(null)) => {
  const lines: string[] = [];
  const told: Told = (level, what) => void lines.push(`${level}: ${what}`);
  const plan = { readModels: [allJars, fold], rollups: [], policies: [], told };
  const app = jarApplication(await stores, { ...plan, ...more });
  await app.start();
  return { app, lines };
};
const stateIn = async (app: Application, model: string) =>
  String((await app.rows.load(STATES, [model]))[0]?.['state']);
const becomes = (app: Application, model: string, state: RegExp) =>
  until(`${model} is ${String(state)}`, async () => state.test(await stateIn(app, model)));

describe('a model that is paused', () => {
  it('stands still, also over a restart, while others go on; then it reads what it has missed', async () => {
    const stores = await sqliteStores(null);
    const { app, lines } = await started({}, Promise.resolve(stores));
    await send(app, '1', open('a'));
    await app.settle();
    const before = await app.rows.position('all-jars@1');
    await pauseModel(app.rows, 'all-jars@1', { by: 'ann', reason: 'columns are mended' });
    await becomes(app, 'all-jars@1', /^paused by ann: columns are mended$/);
    expect(lines).toContain('info: all-jars@1 is paused by ann: columns are mended');
    await send(app, '2', fill('a', 1));
    await app.settle();
    expect([await rowOf(app, fold, 'a'), await rowOf(app, allJars, 'a')]).toMatchObject([
      { fills: 1 },
      { total: 0 },
    ]);
    await app.pause();

    const again = (await started({}, Promise.resolve(stores))).app;
    await send(again, '3', fill('a', 2));
    await again.settle();
    expect(await rowOf(again, allJars, 'a')).toMatchObject({ total: 0 });
    expect(await again.progress.position(['all-jars@1'])).toBe(before);
    expect(await again.progress.reached(await again.store.log.head(), ['all-jars@1'], 100)).toBe(false);
    await resumeModel(again.rows, 'all-jars@1', { by: 'bob' });
    await until('it has read everything', async () => (await rowOf(again, allJars, 'a'))?.['total'] === 3);
    await becomes(again, 'all-jars@1', /^live$/);
    await again.stop();
  });

  it('goes on by itself when its time is over', async () => {
    const { app, lines } = await started();
    await pauseModel(app.rows, 'all-jars@1', { by: 'ann', reason: 'a copy' }, new Date(Date.now() + 2_000));
    await becomes(app, 'all-jars@1', /^paused by ann/);
    await send(app, '1', open('a'));
    await until('it has gone on', async () => (await rowOf(app, allJars, 'a')) !== undefined);
    expect(lines).toContain('info: all-jars@1 goes on: its pause is over');
    await app.stop();
  });
});

describe('a model that meets trouble which patience does not mend', () => {
  it('stands still for everybody to see, others go on, and it tries again when it is resumed', async () => {
    let isMended = false;
    const strict = projection(jarEvents, {
      ...{ name: 'strict', version: 1, about: 'Stops', key: 'jarId', columns: { fills: integer() } },
    }).on({
      JarFilled: () => {
        if (!isMended) throw new StandsStill('it is full');
        return {};
      },
    });
    const { app, lines } = await started({ readModels: [strict, fold] });
    await filledJar(app, 'a', [1]);
    await becomes(app, 'strict@1', /^stands still: it is full$/);
    expect(lines).toContain('error: strict@1 stands still: it is full');
    await app.settle();
    expect(await rowOf(app, fold, 'a')).toMatchObject({ fills: 1 });
    const tries = () => lines.filter((line) => line.startsWith('error: strict@1')).length;
    await resumeModel(app.rows, 'strict@1', { by: 'ann' });
    await until('it has tried and stands still again', () => tries() === 2);
    expect(lines).toContain('info: strict@1 goes on: resumed by ann');
    isMended = true;
    await resumeModel(app.rows, 'strict@1', { by: 'bob' });
    await becomes(app, 'strict@1', /^live$/);
    expect(await rowOf(app, strict, 'a')).toBeDefined();
    await app.stop();
  });
});

/** The same event as a newer program knows it. */
const newerEvents = () => {
  @Version(2, (v1) => ({ ...v1, lid: 'none' }))
  class JarSealed extends Event {
    @Id() jarId!: string;
    @Text(40) because!: string;
    @Text(40) color!: string;
    @Text(40) lid!: string;
  }
  return { ...jarEvents, JarSealed };
};

describe('an event of a version that this program does not know', () => {
  it('stops the models that read it and no other; the newer program goes on where they stood', async () => {
    const stores = await sqliteStores(null);
    const { app, lines } = await started({ readModels: [allJars, openJars, fold] }, Promise.resolve(stores));
    await filledJar(app, 'a', [1]);
    const data = { jarId: 'a', because: 'full', color: 'red', lid: 'cork' };
    await app.store.log.append('jar-a', 1, [strange('JarSealed', data, '2')]);
    await filledJar(app, 'b', [2]);
    await becomes(app, 'all-jars@1', /^stands still/);
    await becomes(app, 'open-jars@1', /^stands still/);
    expect(lines).toContain(
      'error: all-jars@1 stands still: JarSealed at position 3 was stored as version 2, which this program does not know: start a newer one',
    );
    const replay = new Rebuild({ rows: app.rows, store: app.store }, [allJars], []);
    await expect(replay.run()).rejects.toThrow(
      'stands still: JarSealed at position 3 was stored as version 2',
    );
    await replay.discard();
    await app.settle();
    expect([await rowOf(app, fold, 'b'), await rowOf(app, allJars, 'b')]).toMatchObject([
      { fills: 1 },
      undefined,
    ]);
    await resumeModel(app.rows, 'all-jars@1', { by: 'ann' });
    await until(
      'it has tried in vain',
      () => lines.filter((line) => /^error: all-jars/.test(line)).length === 2,
    );
    await app.pause();

    const newer = { ...jar, events: newerEvents() } as unknown as typeof jar;
    const plan = { aggregates: [newer], readModels: [allJars, openJars, fold] };
    const { app: after } = await started(plan, Promise.resolve(stores));
    await after.settle();
    expect([await rowOf(after, allJars, 'a'), await rowOf(after, allJars, 'b')]).toMatchObject([
      { sealed: true },
      { total: 2 },
    ]);
    expect(await rowOf(after, openJars, 'a')).toBeUndefined();
    await after.stop();
  });
});

it('a fault of the loop is told to whoever looks from elsewhere', async () => {
  const { app } = await started({ onFailure: () => undefined });
  const { rows } = app;
  const commit = rows.commit.bind(rows);
  rows.commit = (writes, checkpoints, seats) =>
    checkpoints.length > 0
      ? Promise.reject(new Error('the disk is full'))
      : commit(writes, checkpoints, seats);
  await filledJar(app, 'a', [POISON]);
  await becomes(app, 'all-jars@1', /^failed$/);
  expect((await rows.load(STATES, ['all-jars@1']))[0]).toMatchObject({ error: 'Error: the disk is full' });
  await app.stop();
});
