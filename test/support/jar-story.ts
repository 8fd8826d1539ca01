import { MemoryEventLog, MemoryKeyRing, MemoryRowStore } from '@rapport/adapters/memory';
import { SqliteEventLog, SqliteRowStore } from '@rapport/adapters/sqlite';
import {
  EventStore,
  LIVE,
  outcomeOf,
  PARKED,
  placeOrder,
  Rebuild,
  SEALS,
  START,
  type Projection,
  type Rollup,
  type Row,
  type RowStore,
  type Table,
} from '@rapport/kernel';
import type { Application, Plan } from '@rapport/platform/application';
import type { Trial } from './crash-points';
import { jarApplication, NOON, send } from './jar-application';
import { allJars, FillJar, FULL, jarEvents, jarsByColor, openJars, OpenJar, sealing } from './jars';
import { moodyJars } from './moody-jars';
import type { Stores } from './life';

/** A drop of this size cannot be read by `picky`, until somebody mends it. */
const SPOILT = 13;
/** Nobody ever mends this. */
const ROTTEN = 14;

/** The story of four jars: some events come late, some cannot be read, some follow from others, some from time. */
export const jarStory = (stores: () => Promise<Stores>, plan: Partial<Plan> = {}): Trial => {
  const { mood, model: picky, figures } = moodyJars('picky');
  let isMended = false;
  mood.cannotRead = (_, drops) =>
    drops === ROTTEN || (drops === SPOILT && !isMended) ? new Error('spoilt') : null;
  const models = [openJars, allJars, picky];
  const tables = [
    ...models.flatMap(({ table, past }) => [table, past]),
    ...[jarsByColor.table, figures.table, sealing.table],
    ...[PARKED, SEALS],
  ];
  return {
    stores: () => {
      isMended = false;
      return stores();
    },
    application: (under, how) =>
      jarApplication(under, {
        ...{ ...plan, ...how },
        ...{ readModels: models, rollups: [jarsByColor, figures], pace: { ...LIVE, batchMax: 3 } },
      }),
    async story(app, { rows }) {
      await tell(app, [OpenJar.of({ jarId: 'a', color: 'red' }), 1], [fill('a', 5), 5]);
      await tell(
        app,
        [OpenJar.of({ jarId: 'b', color: 'blue' }), 5],
        [fill('b', SPOILT), 5],
        [fill('b', 2), 6],
      );
      await tell(app, [late('a', 7, 3), 8]);
      await tell(
        app,
        [OpenJar.of({ jarId: 'c', color: 'blue' }), 9],
        [fill('c', ROTTEN), 9],
        [fill('c', FULL), 9],
      );
      isMended = true;
      await ordered(rows, 'redrive', 'picky@1', 'b');
      await forgotten(app, 'a', day(5));
      await tell(app, [fill('b', 3), 12]);
    },
    async kept({ log, rows, keys }) {
      const kept = await Promise.all(tables.map((table) => allOf(rows, table)));
      const keepers = [...models, SEALS, sealing.table].map(({ name }) => name);
      const positions = await Promise.all(keepers.map((name) => rows.position(name)));
      return {
        log: await log.readAll(START, 1_000),
        kept,
        positions,
        fresh: await asFresh({ log, rows, keys }, models, [jarsByColor, figures]),
      };
    },
  };
};

export const memoryStores = async (): Promise<Stores> => ({
  ...{ log: new MemoryEventLog(noon), rows: new MemoryRowStore(), keys: new MemoryKeyRing() },
});
export const sqliteInMemory = async (): Promise<Stores> => ({
  log: await SqliteEventLog.open({ file: ':memory:', now: noon }),
  rows: await SqliteRowStore.open({ file: ':memory:' }),
  keys: new MemoryKeyRing(),
});
/** The clock of the log stands still: what is stored later by another process is stored at the same time. */
const noon = () => NOON;

const day = (n: number): string => `2024-03-${String(n).padStart(2, '0')}T08:00:00.000Z`;
const fill = (jarId: string, drops: number) => FillJar.of({ jarId, drops });
const late = (jarId: string, drops: number, on: number) => FillJar.of({ jarId, drops, filledAt: day(on) });

/** These at once, then what follows from them. */
const tell = async (app: Application, ...all: readonly (readonly [object, number])[]): Promise<void> => {
  for (const [command, on] of all) await send(app, JSON.stringify([command, on]), command, day(on));
  await app.settle();
};

/** Whoever has the work hears that it is so late by now. */
const forgotten = async (app: Application, jarId: string, now: string): Promise<void> => {
  while ((await app.store.read(`jar-${jarId}`)).at(-1)?.type !== 'JarSealed') {
    await app.timers.fire(now);
    await aWhile();
  }
  await app.settle();
};
const aWhile = (): Promise<void> => new Promise((go) => setTimeout(go, 100));

/** An operator elsewhere asks, and waits until it is done. */
const ordered = async (
  rows: RowStore,
  what: 'redrive' | 'drop',
  model: string,
  rowKey: string,
): Promise<void> => {
  const id = await placeOrder(rows, { what, model, rowKey, by: 'ann', reason: 'mended', at: '' } as never);
  while ((await outcomeOf(rows, id)) === null) await aWhile();
};

/** Whether the rows are those of a replay that was never disturbed. */
const asFresh = async (
  { log, rows, keys }: Stores,
  models: readonly Projection[],
  rollups: readonly Rollup[],
): Promise<readonly boolean[]> => {
  const rebuild = new Rebuild({ rows, store: new EventStore(log, keys, [jarEvents]) }, models, rollups);
  await rebuild.run();
  return (await rebuild.compare()).map(({ identical }) => identical);
};
const allOf = async (rows: RowStore, table: Table | null): Promise<readonly Row[]> =>
  table ? rows.find(table, { limit: 1_000 }) : [];
