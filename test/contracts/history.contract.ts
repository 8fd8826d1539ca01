import fc from 'fast-check';
import {
  meetsAll,
  type AsOf,
  type Row,
  type RowStore,
  type Selection,
  type Table,
  type Write,
} from '@rapport/kernel';
import { at, freshTable, keysOf, puts, thing, type MakeRows, type RowsUnderTest } from './things';

const day = (n: number) => `2024-01-${String(n).padStart(2, '0')}T00:00:00.000Z`;

/** What every row store promises about the past: what was so (business time), and what was known (position). */
export const historyContract = (name: string, make: MakeRows): void => {
  describe(`row store: ${name}: the past`, () => {
    let under: RowsUnderTest;
    let store: RowStore;
    let table: Table & { readonly past: Table };
    beforeAll(async () => {
      under = await make();
      ({ store } = under);
    });
    beforeEach(async () => {
      table = freshTable();
      await store.open([table, table.past]);
    });
    afterAll(() => under.close());

    const version = (key: string, time: number, position: number, size: number | null): Write => {
      const gone = size === null;
      const row = { ...(gone ? { key } : thing(key, { size })), validFrom: day(time), position, gone };
      return { table: table.past, key, row };
    };
    const asOf = (time?: number, position?: number): AsOf => ({
      ...(time !== undefined && { time: day(time) }),
      ...(position !== undefined && { position: at(position) }),
    });
    const size = async (key: string, time?: number, position?: number) =>
      (await store.load(table, [key], asOf(time, position)))[0]?.['size'] ?? null;

    it('is asked by business time: from the moment itself on', async () => {
      await store.commit([version('a', 10, 1, 100), version('a', 20, 2, 200)], []);
      expect(await Promise.all([9, 10, 19, 20, 31].map((time) => size('a', time)))).toEqual([
        null,
        100,
        100,
        200,
        200,
      ]);
    });
    it('is asked by position: as far as was known', async () => {
      await store.commit([version('a', 10, 3, 100), version('a', 20, 7, 200)], []);
      const known = [2, 3, 6, 7, 99].map((position) => size('a', undefined, position));
      expect(await Promise.all(known)).toEqual([null, 100, 100, 200, 200]);
    });
    it('without either is the newest that is known', async () => {
      await store.commit([version('a', 20, 7, 200), version('a', 10, 9, 100)], []);
      expect(await size('a')).toBe(200);
    });
    it('has rows that were gone, and came back', async () => {
      await store.commit([version('a', 10, 1, 100), version('a', 20, 2, null), version('a', 25, 3, 300)], []);
      expect(await Promise.all([15, 20, 24, 25].map((time) => size('a', time)))).toEqual([
        100,
        null,
        null,
        300,
      ]);
      expect(await size('a', 31, 2)).toBeNull();
      expect(await store.count(table, [], asOf(22))).toBe(0);
    });
    it('is what was known then, also after something earlier became known later', async () => {
      await store.commit([version('a', 10, 1, 100), version('a', 20, 2, 200)], []);
      await store.commit([version('a', 15, 5, 150), version('a', 20, 5, 250)], []);
      const known = (position: number) =>
        Promise.all([12, 15, 19, 20].map((time) => size('a', time, position)));
      expect(await known(4)).toEqual([100, 100, 100, 200]);
      expect(await known(5)).toEqual([100, 150, 150, 250]);
    });
    it('of one moment is what was recorded last', async () => {
      await store.commit([version('a', 10, 2, 200), version('a', 10, 1, 100)], []);
      expect([await size('a', 10), await size('a', 10, 1)]).toEqual([200, 100]);
    });
    it('has one version for each business time and position', async () => {
      await store.commit([version('a', 10, 1, 100)], []);
      await store.commit([version('a', 10, 1, 111)], []);
      expect([await size('a', 10), await store.count(table.past)]).toEqual([111, 1]);
    });
    it('shows rows in the shape of today, whatever the live table holds', async () => {
      const row = thing('a', { name: 'then', open: true, late: false, tags: ['x'], owner: 'ann' });
      const past = { ...row, validFrom: day(10), position: 1, gone: false };
      await store.commit(
        [...puts(table.past, past), ...puts(table, thing('a', { name: 'now' }), thing('b'))],
        [],
      );
      expect(await store.find(table, { limit: 9, asOf: asOf(10) })).toEqual([row]);
      expect(await store.load(table, ['a', 'b'], asOf(10))).toEqual([row]);
      expect(await store.count(table)).toBe(2);
    });
    it('is asked with conditions, orders and pages as the present is', async () => {
      for (const [n, key] of ['a', 'b', 'c', 'd'].entries())
        await store.commit([version(key, 10, n + 1, 10 - n), version(key, 20, n + 9, n)], []);
      const orderBy = { column: 'size' };
      const then = await store.find(table, { where: [['size', '<', 10]], orderBy, limit: 2, asOf: asOf(12) });
      expect(keysOf(then)).toEqual(['d', 'c']);
      const next = await store.find(table, { orderBy, limit: 9, asOf: asOf(12), after: [8, 'c'] });
      expect(keysOf(next)).toEqual(['b', 'a']);
      expect(await store.count(table, [['size', '<', 10]], asOf(12))).toBe(3);
      expect(await store.count(table, [['size', '<', 10]], asOf(12, 2))).toBe(1);
      expect(await store.count(table, [['size', '<', 2]], asOf(20))).toBe(2);
    });
    it('of a model without history is refused', async () => {
      const plain = freshTable();
      await store.open([plain]);
      await expect(store.find(plain, { limit: 1, asOf: asOf(10) })).rejects.toThrow();
    });
    it('lists its versions by position, and the newest by business time', async () => {
      const writes = [
        version('a', 20, 2, 1),
        version('a', 10, 7, 2),
        version('b', 5, 4, null),
        version('c', 1, 1, 0),
      ];
      await store.commit(writes, []);
      const of = (key: string, time: number, position: number) => ({ key, validFrom: day(time), position });
      const newest = [...(await store.newestVersions(table.past, ['b', 'a', 'nobody']))];
      expect(newest.sort((one, other) => (one.key < other.key ? -1 : 1))).toEqual([
        of('a', 20, 2),
        of('b', 5, 4),
      ]);
      expect(await store.newestVersions(table.past, [])).toEqual([]);
    });
    it('loses all versions of a row that is taken out of it', async () => {
      await store.commit([version('a', 10, 1, 100), version('a', 20, 2, 200), version('b', 10, 3, 1)], []);
      await store.commit([{ table: table.past, key: 'a', row: null }], []);
      expect(keysOf(await store.find(table, { limit: 9, asOf: {} }))).toEqual(['b']);
    });
    it('is asked for what held then: a version that was followed by another one is no answer, nor is one that is not known yet', async () => {
      await store.commit([version('a', 10, 1, 1), version('a', 20, 2, 2), version('a', 20, 9, 3)], []);
      const found = (value: number, time: number, position?: number) =>
        store.count(table, [['size', '=', value]], asOf(time, position));
      expect(await Promise.all([found(1, 19), found(1, 20), found(2, 20), found(3, 20)])).toEqual([
        1, 0, 0, 1,
      ]);
      expect(await Promise.all([found(2, 20, 8), found(3, 20, 8), found(1, 31, 1)])).toEqual([1, 0, 1]);
      const where = [['key', 'in', ['a', 'b', 'a']] as const, ['size', '<', 3] as const];
      expect(await store.find(table, { where, limit: 9, asOf: asOf(31) })).toEqual([]);
      expect(keysOf(await store.find(table, { where, limit: 9, asOf: asOf(31, 8) }))).toEqual(['a']);
    });
    it('is replaced together with the present', async () => {
      const rebuilt = freshTable();
      await store.open([rebuilt, rebuilt.past]);
      await store.commit([version('a', 10, 1, 100)], []);
      const past = { ...thing('a', { size: 111 }), validFrom: day(10), position: 1, gone: false };
      await store.commit(puts(rebuilt.past, past), []);
      expect(await store.compare(rebuilt.past, table.past, 9)).toMatchObject({ differing: 1 });
      await store.replace([{ from: rebuilt, to: table }, { from: rebuilt.past, to: table.past }], []); // prettier-ignore
      expect(await size('a', 10)).toBe(111);
    });

    const versions = fc.array(
      fc.record({
        key: fc.constantFrom('a', 'b', 'c', 'd'),
        time: fc.integer({ min: 1, max: 6 }),
        position: fc.integer({ min: 1, max: 6 }),
        size: fc.option(fc.nat(99)),
      }),
      { maxLength: 20 },
    );
    it('is, of each key, the greatest version that had begun and was known', () =>
      fc.assert(
        fc.asyncProperty(versions, fc.nat(7), fc.nat(7), async (all, time, position) => {
          table = freshTable();
          await store.open([table, table.past]);
          await store.commit(
            all.map((each) => version(each.key, each.time, each.position, each.size)),
            [],
          );
          const expected = new Map<string, (typeof all)[number]>();
          for (const each of all) {
            const best = expected.get(each.key);
            if (each.time > time || each.position > position) continue;
            if (!best || 10 * each.time + each.position >= 10 * best.time + best.position)
              expected.set(each.key, each);
          }
          const rows = [...expected.values()].filter((each) => each.size !== null);
          const found = await store.find(table, { limit: 99, asOf: asOf(time, position) });
          expect(found).toEqual(sorted(rows.map((each) => thing(each.key, { size: each.size }))));
          expect(await paged(store, table, { asOf: asOf(time, position) })).toEqual(found);
          const falling = { orderBy: { column: 'key', descending: true }, asOf: asOf(time, position) };
          expect(await paged(store, table, falling)).toEqual([...found].reverse());
          const keys = ['d', 'a', 'nobody', 'd'];
          const some = { where: [['key', 'in', keys] as const], limit: 9, asOf: asOf(time, position) };
          const named = found.filter(({ key }) => keys.includes(key));
          expect(await store.find(table, some)).toEqual(named);
          expect(sorted([...(await store.load(table, keys, asOf(time, position)))])).toEqual(named);
          const big = { where: [['size', '>', 49] as const], asOf: asOf(time, position) };
          const bigOnes = found.filter((row) => Number(row['size']) > 49);
          expect(await paged(store, table, big)).toEqual(bigOnes);
          expect(await store.count(table, big.where, big.asOf)).toBe(bigOnes.length);
          const [from, before] = [['key', '>=', 'b'] as const, ['key', '<', 'd'] as const];
          for (const where of [[from, before], [from], [before]]) {
            const within = found.filter((row) => meetsAll(row, where));
            const range = { where, asOf: asOf(time, position) };
            expect(await paged(store, table, range)).toEqual(within);
            expect(await paged(store, table, { ...falling, ...range })).toEqual([...within].reverse());
            expect(await store.count(table, where, range.asOf)).toBe(within.length);
          }
          const ofA = { where: [['key', '=', 'a'] as const], orderBy: { column: 'validFrom' }, limit: 99 };
          const times = (await store.find(table.past, ofA)).map((row) => String(row['validFrom']));
          const written = new Set(
            all.flatMap((each) => (each.key === 'a' ? [`${day(each.time)} ${each.position}`] : [])),
          );
          expect(times).toEqual([...written].map((each) => each.split(' ')[0]).sort());
        }),
        { numRuns: 60 },
      ));
  });
};

/** Row by row, each page behind the one before. */
const paged = async (store: RowStore, table: Table, asked: Omit<Selection, 'limit'>) => {
  const rows: Row[] = [];
  for (let last: Row | undefined, isMore = true; isMore;) {
    const after = last && { after: [last.key, last.key] as const };
    const page = await store.find(table, { ...asked, ...after, limit: 1 });
    rows.push(...page);
    last = page.at(-1);
    isMore = last !== undefined;
  }
  return rows;
};
const sorted = (rows: Row[]): readonly Row[] => rows.sort((one, other) => (one.key < other.key ? -1 : 1));
