import { UNKNOWN_EVENTS, unknownIn, type Told } from '@rapport/kernel';
import type { Application } from '@rapport/platform/application';
import { jarApplication, sqliteStores } from '../support/jar-application';
import { allJars } from '../support/jars';
import { filledJar, rowOf, strange } from '../support/poisoned-jars';

/** Keepers look after operators once a second. */
jest.setTimeout(60_000);

const started = async (stores: Awaited<ReturnType<typeof sqliteStores>>) => {
  const lines: string[] = [];
  const told: Told = (level, what) => void lines.push(`${level}: ${what}`);
  const app = jarApplication(stores, { readModels: [allJars], rollups: [], policies: [], told });
  await app.start();
  return { app, lines };
};
const counts = async ({ rows, store }: Application) =>
  Object.fromEntries(await unknownIn(rows, (type) => store.knows(type)));

describe('events of types that this program does not know', () => {
  it('are skipped and counted, once each and by type, also over a restart; each type is told once', async () => {
    const stores = await sqliteStores(null);
    const { app, lines } = await started(stores);
    await filledJar(app, 'a', [1]);
    await app.store.log.append('jar-a', 1, [strange('JarShattered'), strange('JarShattered')]);
    await app.store.log.append('shelf-1', -1, [strange('ShelfBought')]);
    await app.settle();
    await app.store.log.append('jar-a', 3, [strange('JarShattered')]);
    await app.settle();
    expect(await counts(app)).toEqual({ JarShattered: 3, ShelfBought: 1 });
    expect(await app.rows.load(UNKNOWN_EVENTS, ['JarShattered'])).toMatchObject([
      { firstPosition: 3, lastPosition: 6 },
    ]);
    expect(lines.filter((line) => line.includes('JarShattered'))).toEqual([
      'warn: JarShattered is not known to this program: 2 skipped so far; a newer program wrote them, start that one',
    ]);
    expect(await rowOf(app, allJars, 'a')).toMatchObject({ total: 1 });
    await app.pause();

    const { app: again } = await started(stores);
    await again.store.log.append('jar-a', 4, [strange('JarShattered')]);
    await again.settle();
    expect(await counts(again)).toEqual({ JarShattered: 4, ShelfBought: 1 });
    await again.stop();
  });

  it('are told apart up to a limit; the rest, and what is no name of a class, counts as other', async () => {
    const { app } = await started(await sqliteStores(null));
    const types = Array.from({ length: 120 }, (_, n) => `Strange${n}`);
    await app.store.log.append('jar-a', -1, [
      strange('customer c-17'),
      ...types.map((type) => strange(type)),
    ]);
    await app.settle();
    const counted = await counts(app);
    expect(Object.keys(counted)).toHaveLength(100);
    expect(counted['other']).toBe(22);
    await app.stop();
  });
});
