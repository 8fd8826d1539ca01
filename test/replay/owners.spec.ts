import type { Application } from '@rapport/platform/application';
import { jarApplication, send, sqliteStores } from '../support/jar-application';
import { allJars, FillJar, OpenJar } from '../support/jars';

const open = (jarId: string, color = 'red') => OpenJar.of({ jarId, color });
const fill = (jarId: string, drops: number) => FillJar.of({ jarId, drops });
type Stores = Awaited<ReturnType<typeof sqliteStores>>;
const threeOn = (stores: Stores, more: Parameters<typeof jarApplication>[1]) =>
  [0, 1, 2].map(() => jarApplication(stores, more)) as [Application, Application, Application];

describe('read models that several processes could keep', () => {
  it('have one owner at a time: who was taken for dead finds his seat taken, says so and stops, and nothing is counted twice', async () => {
    const stores = await sqliteStores(null);
    const told: string[] = [];
    const one = jarApplication(stores, { told: (_, what) => void told.push(what) });
    const two = jarApplication(stores, { policies: [] });
    await one.start();
    await send(one, 'open', open('a'));
    for (let n = 0; n < 25; n++) await send(one, `fill ${n}`, fill('a', 1));
    await two.projections.start();
    for (let n = 25; n < 50; n++) await send(one, `fill ${n}`, fill('a', 1));
    const head = await one.store.log.head();
    expect(await two.projections.reached(head)).toBe(true);
    expect(await one.projections.reached(head, 200)).toBe(false);
    expect(await one.rows.load(allJars.table, ['a'])).toMatchObject([{ total: 50 }]);
    expect(told.at(-1)).toMatch(/^projections\/0: .+ has the work now, this process stops doing it$/);
    expect([one.projections.state, two.projections.state]).toEqual([
      `standing by: ${two.member} has the work`,
      'live',
    ]);
    await two.projections.stop();
    await one.stop();
  });
  it('are kept by who stands by as soon as the owner has ended, in good order or not', async () => {
    const stores = await sqliteStores(null);
    const rows = Object.create(stores.rows) as typeof stores.rows;
    const plan = { leaseMs: 1_500, policies: [] };
    const [one, , three] = threeOn(stores, plan);
    const two = jarApplication({ ...stores, rows }, plan);
    await one.start();
    await two.start();
    await send(one, 'open', open('a'));
    await one.settle();
    expect([one.projections.state, two.projections.state]).toEqual([
      'live',
      `standing by: ${one.member} has the work`,
    ]);
    await one.pause();
    await send(two, 'fill', fill('a', 1));
    expect(await two.projections.reached(await two.store.log.head(), 10_000)).toBe(true);
    rows.arrange = (group) => stores.rows.arrange(group, (chart) => chart); // who dies says nothing: only his lease ends
    await two.pause();
    await three.start();
    await send(three, 'fill 2', fill('a', 1));
    expect(await three.projections.reached(await three.store.log.head(), 10_000)).toBe(true);
    expect(await stores.rows.load(allJars.table, ['a'])).toMatchObject([{ total: 2 }]);
    await three.stop();
  });
});
