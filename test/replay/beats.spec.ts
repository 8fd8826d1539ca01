import { MemoryRowStore } from '@rapport/adapters/memory';
import { PARKED, pauseModel, resumeModel } from '@rapport/kernel';
import { FaultyRows } from '../support/faulty-rows';
import { send } from '../support/jar-application';
import { ANN, beats, fill, jarSetting, open, parked, settled } from '../support/jar-setting';
import { sealing } from '../support/jars';
import { letTimePass, playTime } from '../support/played-time';

beforeEach(playTime);
afterEach(() => jest.useRealTimers());

const LEASE_MS = 10_000;

describe('a model that was paused', () => {
  it('goes on although the rows were away at the beat at which it was resumed', async () => {
    const { process, stores, model, rowOf } = jarSetting();
    const faulty = new FaultyRows(stores.rows);
    const app = process(faulty.rows);
    await app.start();
    await pauseModel(stores.rows, model.name, ANN);
    await beats(1);
    await send(app, '1', open('a'));
    await resumeModel(stores.rows, model.name);
    faulty.fail('position');
    await beats(1);
    expect(await rowOf('a')).toBeUndefined();
    await beats(2);
    expect(await rowOf('a')).toMatchObject({ fills: 0 });
    await app.stop();
  });
});

describe('a process that lost its seat', () => {
  it('and got it back between two beats reads anew what the other has done meanwhile', async () => {
    const { process, stores, redrive, rowOf, fresh, spoil, mend } = jarSetting({ leaseMs: LEASE_MS });
    const faulty = new FaultyRows(stores.rows);
    const [one, two] = [process(faulty.rows), process()];
    spoil(13);
    await parked(one);
    mend();
    const go = faulty.hold('arrange');
    letTimePass(LEASE_MS);
    await settled();
    await two.start();
    await redrive('a');
    await beats(1);
    expect(await rowOf('a')).toMatchObject({ fills: 1, drops: 13 });
    await two.pause();
    go();
    await settled();
    expect(one.projections.state).toBe('live');
    await send(one, '4', fill('a', 2));
    await settled();
    expect([await rowOf('a'), await stores.rows.count(PARKED), await fresh(one)]).toEqual([
      expect.objectContaining({ fills: 2, drops: 15 }),
      0,
      [],
    ]);
    await one.stop();
  });
  it('follows again, although the rows were away when it looked where the other stands', async () => {
    const { process, stores, rowOf, failures } = jarSetting({ leaseMs: LEASE_MS });
    const faulty = new FaultyRows(stores.rows);
    const one = process(faulty.rows);
    await one.start();
    await send(one, '1', open('a'));
    await settled();
    await stores.rows.replace([], [], ['projections/0']);
    faulty.fail('position');
    await one.projections.alone(async () => [{ table: PARKED, key: 'x', row: null }]).catch(() => false);
    await send(one, '2', fill('a', 3));
    await beats(2);
    expect([await rowOf('a'), one.projections.state, failures]).toEqual([
      expect.objectContaining({ drops: 3 }),
      'live',
      [],
    ]);
    await one.stop();
  });
});

describe('a process that looks after its models', () => {
  it('says that it waits for the rows also where nothing was to be read, and that it reads as soon as they are back', async () => {
    const { process, stores } = jarSetting();
    const faulty = new FaultyRows(stores.rows);
    const app = process(faulty.rows);
    await app.start();
    await send(app, '1', open('a'));
    await settled();
    faulty.fail('find', { times: 99 });
    await beats(2);
    expect(app.projections.state).toBe('waiting: find: nobody there');
    faulty.recover();
    await beats(2);
    expect(app.projections.state).toBe('live');
    await app.stop();
  });
});

describe('a rebuilt model', () => {
  it('that was put in the place of the live one is read anew by its owner, also when a beat hears of it first', async () => {
    const { process, stores, model, rowOf, mood } = jarSetting({ leaseMs: LEASE_MS });
    const app = process();
    await app.start();
    await send(app, '1', open('a'));
    await send(app, '2', fill('a', 5));
    await settled();
    await stores.rows.commit([{ table: model.table, key: 'a', row: { key: 'a', fills: 9, drops: 9 } }], []); // somebody mends it by hand
    await stores.rows.replace([], [], ['projections/0']);
    await beats(5);
    mood.cannotRead = () => null;
    await send(app, '3', fill('a', 1));
    await settled();
    expect(await rowOf('a')).toMatchObject({ fills: 10, drops: 10 });
    await app.stop();
  });
});

describe('a process', () => {
  it('that is stopped before it was started has nothing to stop', async () => {
    const { process } = jarSetting();
    await process().projections.stop();
  });
  it('that is stopped while the rows are away ends; its seat is free when its lease is over', async () => {
    const { process, stores, rowOf } = jarSetting({ leaseMs: LEASE_MS });
    const faulty = new FaultyRows(stores.rows);
    const [one, two] = [process(faulty.rows), process()];
    await one.start();
    await send(one, '1', open('a'));
    await settled();
    faulty.fail('commit', { times: 99 });
    faulty.fail('arrange', { times: 99 });
    await one.pause();
    await two.start();
    expect(two.projections.state).toMatch(/^standing by/);
    await beats(12);
    expect([two.projections.state, await rowOf('a')]).toEqual(['live', expect.anything()]);
    await two.stop();
  });
  it('that is stopped while it takes its seat leaves it, and nobody waits for its lease', async () => {
    const { process, stores } = jarSetting({ leaseMs: LEASE_MS });
    const faulty = new FaultyRows(stores.rows);
    const [one, two] = [process(faulty.rows), process()];
    await one.start();
    await settled();
    const go = faulty.hold('arrange');
    letTimePass(LEASE_MS / 2);
    await settled();
    const stopped = one.pause();
    await settled();
    go();
    await stopped;
    await two.start();
    await settled();
    expect(two.projections.state).toBe('live');
    await two.stop();
  });
  it('that was stopped takes no seat and fires no timer any more', async () => {
    const { process, stores } = jarSetting({ leaseMs: LEASE_MS, policies: [sealing] });
    const [one, two] = [process(), process()];
    await one.start();
    await send(one, '1', open('a'));
    await settled();
    await one.pause();
    expect(await one.timers.fire('2024-03-09T00:00:00.000Z')).toBe(0);
    expect((await stores.rows.arrange('reactions', (chart) => chart)).seats).toMatchObject([{ owner: null }]);
    expect((await one.store.read('jar-a')).map(({ type }) => type)).toEqual(['JarOpened']);
    await two.start();
    expect(await two.timers.fire('2024-03-09T00:00:00.000Z')).toBe(1);
    await two.stop();
  });
  it('renews its lease although its own clock was put back by hours', async () => {
    let storeNow = 0;
    const { process, stores } = jarSetting({ leaseMs: LEASE_MS });
    const rows = new MemoryRowStore(() => storeNow);
    const [one, two] = [process(rows), process(rows)];
    await one.start();
    jest.setSystemTime(Date.now() - 5 * 3_600_000);
    await two.start();
    for (let n = 0; n < 30; n++) {
      storeNow += 1_000;
      await beats(1);
    }
    expect([one, two].map(({ projections }) => projections.state)).toEqual([
      'live',
      expect.stringMatching(/^standing by/),
    ]);
    await two.pause();
    await one.stop();
    await stores.rows.close();
  });
});
