import { MemoryEventLog, MemoryKeyRing, MemoryRowStore } from '@rapport/adapters/memory';
import { placeOrder, Rebuild, type RowStore } from '@rapport/kernel';
import type { Application, Plan } from '@rapport/platform/application';
import { jarApplication, send } from './jar-application';
import { FillJar, OpenJar } from './jars';
import { moodyJars } from './moody-jars';
import { comeToRest, letTimePass } from './played-time';

export const open = (jarId: string) => OpenJar.of({ jarId, color: 'red' });
export const fill = (jarId: string, drops: number) => FillJar.of({ jarId, drops });
/** In played time: until nothing happens any more, unless time goes by. */
export const settled = (): Promise<void> => comeToRest(() => true);
/** So many seconds, in each of which every process looks once after seats, pauses and orders. */
export const beats = async (times: number): Promise<void> => {
  for (let n = 0; n < times; n++) {
    letTimePass(1_000);
    await settled();
  }
};
export const ANN = { by: 'ann', reason: 'mended' };

/** One process or several on the same stores, and a model that cannot read what is spoilt. */
export const jarSetting = (more: Partial<Plan> = {}) => {
  const { mood, model, figures } = moodyJars();
  const stores = { log: new MemoryEventLog(), rows: new MemoryRowStore(), keys: new MemoryKeyRing() };
  const failures: unknown[] = [];
  const told: string[] = [];
  const process = (rows: RowStore = stores.rows): Application =>
    jarApplication(
      { ...stores, rows },
      {
        ...{ readModels: [model], rollups: [figures], policies: [] },
        ...{ onFailure: (error) => failures.push(error), told: (_, what) => void told.push(what) },
        ...more,
      },
    );
  const rowOf = async (key: string) => (await stores.rows.load(model.table, [key]))[0];
  const redrive = (rowKey: string, what: 'redrive' | 'drop' = 'redrive') =>
    placeOrder(stores.rows, { ...ANN, what, model: model.name, rowKey });
  /** The rows are those of a replay, and so are the past and the figures. */
  const fresh = async (app: Application) => {
    const rebuild = new Rebuild({ rows: stores.rows, store: app.store }, [model], [figures]);
    await rebuild.run();
    const compared = await rebuild.compare();
    await rebuild.discard();
    return compared.flatMap(({ comparisons }) => comparisons.filter(({ differing }) => differing > 0));
  };
  const spoil = (spoilt: number) =>
    (mood.cannotRead = (_, drops) => (drops === spoilt ? new Error('spoilt') : null));
  const mend = () => (mood.cannotRead = () => null);
  return { stores, model, mood, failures, told, process, rowOf, redrive, fresh, spoil, mend };
};

/** A jar whose second event is parked, and another one. */
export const parked = async (app: Application) => {
  await app.start();
  await send(app, '1', open('a'));
  await send(app, '2', fill('a', 13));
  await send(app, '3', open('b'));
  await settled();
};
