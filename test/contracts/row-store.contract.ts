import { randomUUID } from 'node:crypto';
import { Fenced, START, type Row, type RowStore, type Table, type Write } from '@rapport/kernel';
import { historyContract } from './history.contract';
import { milestonesContract } from './milestones.contract';
import { tablesContract } from './row-tables.contract';
import { seatingContract } from './seating.contract';
import { questionContract } from './row-question.contract';
import { viewsContract } from './views.contract';
import { at, freshTable, keysOf, puts, thing, type MakeRows, type RowsUnderTest } from './things';

/** What every row store promises. */
export const rowStoreContract = (name: string, make: MakeRows): void => {
  describe(`row store: ${name}`, () => {
    let under: RowsUnderTest;
    let store: RowStore;
    let table: Table;
    let me: string;
    beforeAll(async () => {
      under = await make();
      ({ store } = under);
    });
    beforeEach(async () => {
      table = freshTable();
      me = `me-${randomUUID()}`;
      await store.open([table]);
    });
    afterAll(() => under.close());

    const all = (of: Table) => store.find(of, { limit: 1_000 });
    const move = (from: number, to: number, subscriber = me) => [{ subscriber, from: at(from), to: at(to) }];

    it('names its driver', () => expect(store.driver).toMatch(/\w/));

    describe('gives back what it was given', () => {
      it.each<[string, Row]>([
        ['nothing but zeros', thing('a')],
        ['numbers', thing('a', { size: -9_007_199_254_740_991, share: 0.1, rank: 0, weight: -2.5e-7 })],
        ['whole numbers in real columns', thing('a', { share: 3, weight: 1e15 })],
        ['flags', thing('a', { open: true, late: false })],
        ['a flag that is known', thing('a', { late: true })],
        ['text of all kinds', thing('客户-ä', { name: 'ä 漢字 😀 \'; -- " \n\t', owner: '' })],
        ['text that looks like a number', thing('007', { name: '1e3', owner: '0' })],
        ['JSON', thing('a', { tags: [1, 'ä\u0000', null, { deep: [true] }], extra: { 'a.b': {} } })],
        ['long text', thing('a', { name: '漢'.repeat(200_000) })],
      ])('%s', async (_, row) => {
        await store.commit(puts(table, row), []);
        expect(await store.load(table, [row.key])).toEqual([row]);
        expect(await all(table)).toEqual([row]);
      });
      it('and keeps it, whatever becomes of the object', async () => {
        const tags = ['kept'];
        await store.commit(puts(table, thing('a', { tags })), []);
        tags.push('later');
        const [row] = await store.load(table, ['a']);
        (row!['tags'] as string[]).push('later still');
        expect(await store.load(table, ['a'])).toEqual([thing('a', { tags: ['kept'] })]);
      });
    });

    it('has the same rows after it has tidied up', async () => {
      await store.commit(puts(table, thing('a'), thing('b')), move(0, 3));
      await store.tidyUp();
      expect(keysOf(await all(table))).toEqual(['a', 'b']);
      expect(await store.position(me)).toBe(3);
    });

    describe('loads', () => {
      it('rows by key, in the order of the rows, each once, and leaves out what is not there', async () => {
        await store.commit(puts(table, thing('c'), thing('a'), thing('b'), thing('d')), []);
        expect(keysOf(await store.load(table, ['d', 'nobody', 'a', 'c', 'a']))).toEqual(['a', 'c', 'd']);
        expect(await store.load(table, [])).toEqual([]);
      });
      it('many at once', async () => {
        const keys = Array.from({ length: 3_000 }, (_, n) => `k${String(n).padStart(5, '0')}`);
        await store.commit(puts(table, ...keys.map((key) => thing(key))), []);
        expect(keysOf(await store.load(table, [...keys].reverse()))).toEqual(keys);
      });
    });

    describe('a commit', () => {
      it('puts rows, changes them and takes them away', async () => {
        await store.commit(puts(table, thing('a'), thing('b'), thing('c')), []);
        await store.commit([...puts(table, thing('a', { size: 2 })), { table, key: 'b', row: null }], []);
        expect(await all(table)).toEqual([thing('a', { size: 2 }), thing('c')]);
      });
      it('puts rows that are known to be new beside others, in any order', async () => {
        const fresh = (row: Row): Write => ({ table, key: row.key, row, fresh: true });
        const many = Array.from({ length: 2_500 }, (_, n) =>
          thing(`k${String((n * 7_919) % 2_500).padStart(5, '0')}`),
        );
        await store.commit(puts(table, thing('a')), []);
        await store.commit(
          [...many.map(fresh), ...puts(table, thing('a', { size: 2 }), thing('b'))],
          move(0, 7),
        );
        expect(await store.count(table)).toBe(2_502);
        expect(await store.load(table, ['a', 'b', 'k00007'])).toEqual([
          ...[thing('a', { size: 2 }), thing('b'), thing('k00007')],
        ]);
      });
      it('with a row that was said to be new and is not keeps nothing', async () => {
        await store.commit(puts(table, thing('a')), []);
        const writes = [
          ...puts(table, thing('b')),
          { table, key: 'a', row: thing('a'), fresh: true as const },
        ];
        await expect(store.commit(writes, move(0, 7))).rejects.toThrow();
        expect([keysOf(await all(table)), await store.position(me)]).toEqual([['a'], START]);
      });
      it('does what it is told in the order it is told', async () => {
        const [one, two] = [thing('a', { size: 1 }), thing('b', { size: 2 })];
        const gone = (key: string): Write => ({ table, key, row: null });
        await store.commit([...puts(table, one, two), gone('a'), gone('b'), ...puts(table, one)], []);
        expect(await all(table)).toEqual([one]);
        await store.commit([gone('nobody')], []);
        expect(await all(table)).toHaveLength(1);
      });
      it('moves its subscriber, and remembers where it stands', async () => {
        expect(await store.position(me)).toBe(START);
        await store.commit(puts(table, thing('a')), move(0, 7));
        await store.commit([], move(7, 9));
        expect(await store.position(me)).toBe(9);
        expect(await store.position(`${me}2`)).toBe(START);
      });
      it('moves several subscribers together', async () => {
        await store.commit([], [...move(0, 7), ...move(0, 3, `${me}2`)]);
        expect([await store.position(me), await store.position(`${me}2`)]).toEqual([7, 3]);
      });
      it.each([0, 5, 9])(
        'from elsewhere (%i) than where it stands is fenced, and leaves nothing',
        async (from) => {
          await store.commit(puts(table, thing('a')), move(0, 7));
          const late = store.commit(
            [...puts(table, thing('b')), { table, key: 'a', row: null }],
            move(from, 10),
          );
          await expect(late).rejects.toThrow(Fenced);
          expect(await store.position(me)).toBe(7);
          expect(keysOf(await all(table))).toEqual(['a']);
        },
      );
      it('of one who never stood where it says is fenced', async () => {
        await expect(store.commit(puts(table, thing('a')), move(3, 4))).rejects.toThrow(Fenced);
        expect([await store.position(me), await all(table)]).toEqual([START, []]);
      });
      it('with one bad checkpoint among good ones moves nobody', async () => {
        const other = `${me}2`;
        await expect(store.commit([], [...move(0, 7), ...move(3, 4, other)])).rejects.toThrow(Fenced);
        expect([await store.position(me), await store.position(other)]).toEqual([START, START]);
      });
      it('with one row that cannot be kept keeps none, and moves nobody', async () => {
        const nowhere = freshTable();
        const writes = [...puts(table, thing('a')), ...puts(nowhere, thing('b'))];
        await expect(store.commit(writes, move(0, 7))).rejects.toThrow();
        expect([await store.position(me), await all(table)]).toEqual([START, []]);
      });
      it('of the later of two owners is fenced', async () => {
        const commits = ['one', 'two'].map((owner) =>
          store.commit(puts(table, thing('a', { owner }), thing(owner)), move(0, 5)),
        );
        const ends = await Promise.allSettled(commits);
        expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
        const winner = ends[0]!.status === 'fulfilled' ? 'one' : 'two';
        expect(await all(table)).toEqual([thing('a', { owner: winner }), thing(winner)]);
      });
    });

    it('knows its rows and checkpoints when it is opened again', async () => {
      const own = await make();
      await own.store.open([table]);
      await own.store.commit(puts(table, thing('a', { tags: ['x'] })), move(0, 7));
      if (own.reopen) {
        const again = await own.reopen();
        await again.open([table]);
        expect(await again.load(table, ['a'])).toEqual([thing('a', { tags: ['x'] })]);
        expect(await again.position(me)).toBe(7);
        await expect(again.commit([], move(0, 9))).rejects.toThrow(Fenced);
      }
      await own.close();
    });
  });
  tablesContract(name, make);
  seatingContract(name, make);
  questionContract(name, make);
  historyContract(name, make);
  milestonesContract(name, make);
  viewsContract(name, make);
};
