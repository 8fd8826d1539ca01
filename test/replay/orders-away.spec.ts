import { ORDERS, outcomeOf, PARKED, StandsStill, type RowStore, type Write } from '@rapport/kernel';
import { send } from '../support/jar-application';
import { FaultyRows } from '../support/faulty-rows';
import { beats, fill, jarSetting, open, parked, settled } from '../support/jar-setting';
import { letTimePass, playTime } from '../support/played-time';

beforeEach(playTime);
afterEach(() => jest.useRealTimers());

const LEASE_MS = 10_000;
const isOrderDone = (args: readonly unknown[]) =>
  (args[0] as readonly Write[]).some(({ table }) => table === ORDERS);

const isStep = (args: readonly unknown[]) => (args[1] as unknown[]).length > 0;

describe('an order to try parked events again', () => {
  it('whose commit fails is void: it is carried out at the next beat, and nothing is counted twice', async () => {
    const { process, stores, redrive, rowOf, fresh, spoil, mend, failures } = jarSetting();
    const faulty = new FaultyRows(stores.rows);
    const app = process(faulty.rows);
    spoil(13);
    await parked(app);
    mend();
    const order = await redrive('a');
    faulty.fail('commit', { when: isOrderDone });
    await beats(1);
    await send(app, '4', fill('a', 2));
    await settled();
    await beats(2);
    expect(await outcomeOf(stores.rows, order)).toBe('2 events were read');
    expect([await rowOf('a'), await fresh(app), failures]).toEqual([
      expect.objectContaining({ fills: 2, drops: 15 }),
      [],
      [],
    ]);
    await app.stop();
  });
  it('whose commit was kept although its answer was lost is done', async () => {
    const { process, stores, redrive, rowOf, fresh, spoil, mend } = jarSetting();
    const faulty = new FaultyRows(stores.rows);
    const app = process(faulty.rows);
    spoil(13);
    await parked(app);
    mend();
    const order = await redrive('a');
    faulty.fail('commit', { when: isOrderDone, isDone: true });
    await beats(1);
    await send(app, '4', fill('a', 2));
    await settled();
    await beats(2);
    expect(await outcomeOf(stores.rows, order)).toBe('1 event was read');
    expect([await rowOf('a'), await fresh(app)]).toEqual([
      expect.objectContaining({ fills: 2, drops: 15 }),
      [],
    ]);
    await app.stop();
  });
  it('meets an event that no patience mends: it says so, and the process goes on', async () => {
    const { process, stores, redrive, rowOf, mood, spoil, fresh, mend, failures } = jarSetting();
    const app = process();
    spoil(13);
    await parked(app);
    mood.cannotRead = () => new StandsStill('from the future');
    const order = await redrive('a');
    await beats(1);
    expect(await outcomeOf(stores.rows, order)).toBe('nothing was read: from the future');
    expect([failures, app.projections.state, await stores.rows.count(PARKED)]).toEqual([[], 'live', 1]);
    mend();
    await redrive('a');
    await send(app, '4', fill('b', 3));
    await beats(2);
    expect([await rowOf('a'), await rowOf('b'), await fresh(app)]).toMatchObject([
      { drops: 13 },
      { drops: 3 },
      [],
    ]);
    await app.stop();
  });
  it('waits while a step that failed is to be done again: what was folded and not kept is in no row', async () => {
    const { process, stores, redrive, rowOf, fresh, spoil, mend } = jarSetting();
    const faulty = new FaultyRows(stores.rows);
    const app = process(faulty.rows);
    spoil(13);
    await parked(app);
    mend();
    faulty.fail('commit', { times: 7, when: (args) => isStep(args) && !isOrderDone(args) });
    await send(app, '4', fill('b', 3));
    await settled();
    expect(app.projections.state).toBe('waiting: commit: nobody there');
    await redrive('a');
    for (let n = 0; n < 200; n++) {
      letTimePass(100);
      await settled();
    }
    expect([await rowOf('a'), await rowOf('b')]).toMatchObject([{ drops: 13 }, { drops: 3 }]);
    expect(await fresh(app)).toEqual([]);
    await app.stop();
  });
  it('that was overtaken in the middle is void, although nobody has read on since', async () => {
    const { process, stores, redrive, rowOf, fresh, spoil, mend } = jarSetting({ leaseMs: LEASE_MS });
    const faulty = new FaultyRows(stores.rows);
    const [one, two] = [process(faulty.rows), process()];
    spoil(13);
    await parked(one);
    mend();
    const order = await redrive('a');
    const go = faulty.hold('commit');
    await beats(1);
    letTimePass(LEASE_MS);
    spoil(13); // the other is an older program, say
    await two.start();
    await beats(1);
    expect(await outcomeOf(stores.rows, order)).toBe(
      '0 events were read; JarFilled at position 2 is parked again, and 0 behind it: Error: spoilt',
    );
    go();
    await settled();
    expect([await stores.rows.count(PARKED), await rowOf('a')]).toMatchObject([1, { fills: 0 }]);
    await one.pause();
    await send(two, '4', fill('a', 2));
    mend();
    await redrive('a');
    await beats(2);
    expect([await rowOf('a'), await fresh(two)]).toMatchObject([{ fills: 2, drops: 15 }, []]);
    await two.stop();
  });
  it('finds the row of an event that could not be placed, also where another lane keeps it', async () => {
    const { process, stores, redrive, rowOf, mood } = jarSetting();
    const app = process(Object.assign(Object.create(stores.rows) as RowStore, { lanes: 6 }));
    await app.start();
    const jars = ['a', 'b', 'c', 'd'];
    for (const jarId of jars) await send(app, `open ${jarId}`, open(jarId));
    mood.cannotPlace = () => new Error('nobody knows where');
    for (const jarId of jars) await send(app, `fill ${jarId}`, fill(jarId, 3));
    await settled();
    expect((await stores.rows.find(PARKED, { limit: 9 })).map((row) => row['rowKey'])).toEqual(
      jars.map((jarId) => `jar-${jarId}`),
    );
    mood.cannotPlace = () => null;
    const orders = await Promise.all(jars.map((jarId) => redrive(`jar-${jarId}`)));
    await beats(1);
    expect(await Promise.all(orders.map((order) => outcomeOf(stores.rows, order)))).toEqual(
      jars.map((jarId) => `parked under ${jarId}: to be tried again there`),
    );
    for (const jarId of jars) await redrive(jarId);
    await beats(1);
    expect(await Promise.all(jars.map(rowOf))).toMatchObject(jars.map(() => ({ fills: 1, drops: 3 })));
    expect(await stores.rows.count(PARKED)).toBe(0);
    await app.stop();
  });
});
