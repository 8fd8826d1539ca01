import type { Condition, Row, RowStore, Selection, Table, Value } from '@rapport/kernel';
import { freshTable, keysOf, puts, thing, type MakeRows, type RowsUnderTest } from './things';

const SEVEN = [
  thing('a', { name: 'x', size: 1, share: 0.5, open: true, owner: 'ann', rank: 3, late: true }),
  thing('b', { name: 'y', size: 2, share: 1, owner: 'bob', rank: 1, late: false }),
  thing('c', { name: 'x', size: 3, share: 1.5, open: true }),
  thing('d', { name: 'Z', size: 10, share: 2, owner: 'ann', rank: 3 }),
  thing('e', { name: 'é', size: -4, owner: '', rank: 0 }),
  thing('f', { name: '😀', size: 5 }),
  thing('g', { name: '\uffee', size: 6, rank: 2 }),
];

/** What every row store promises to those who ask. */
export const questionContract = (name: string, make: MakeRows): void => {
  describe(`row store: ${name}: a question`, () => {
    let under: RowsUnderTest;
    let store: RowStore;
    let table: Table;
    beforeAll(async () => {
      under = await make();
      ({ store } = under);
      table = freshTable();
      await store.open([table]);
      await store.commit(puts(table, ...[...SEVEN].reverse()), []);
    });
    afterAll(() => under.close());

    const find = async (selection: Partial<Selection>) =>
      keysOf(await store.find(table, { limit: 99, ...selection })).join('');

    it.each<[string, string, readonly Condition[]]>([
      ['all', 'abcdefg', []],
      ['the key', 'c', [['key', '=', 'c']]],
      ['keys', 'bd', [['key', 'in', ['d', 'b', 'nobody']]]],
      ['text', 'ac', [['name', '=', 'x']]],
      ['other text', 'bdefg', [['name', '!=', 'x']]],
      ['text that is not null', 'ad', [['owner', '=', 'ann']]],
      ['other text, or none', 'bcefg', [['owner', '!=', 'ann']]],
      ['null', 'cfg', [['owner', '=', null]]],
      ['anything but null', 'abde', [['owner', '!=', null]]],
      ['empty text is not null', 'e', [['owner', '=', '']]],
      ['less', 'ae', [['size', '<', 2]]],
      ['less or equal', 'abe', [['size', '<=', 2]]],
      ['more', 'dfg', [['size', '>', 3]]],
      ['more or equal', 'cdfg', [['size', '>=', 3]]],
      ['real numbers', 'cd', [['share', '>', 1]]],
      ['null is neither more', 'abdg', [['rank', '>', 0]]],
      ['nor less', 'be', [['rank', '<', 2]]],
      ['zero is not null', 'e', [['rank', '=', 0]]],
      ['a flag', 'ac', [['open', '=', true]]],
      ['a flag that is not set', 'bdefg', [['open', '=', false]]],
      ['a flag that nobody knows', 'cdefg', [['late', '=', null]]],
      ['a flag that is known to be down', 'b', [['late', '=', false]]],
      [
        'some of text',
        'bde',
        [
          ['owner', 'in', ['bob', '', 'ann']],
          ['key', '!=', 'a'],
        ],
      ],
      ['some of numbers', 'beg', [['rank', 'in', [0, 1, 2]]]],
      ['some of flags', 'ab', [['late', 'in', [true, false]]]],
      ['some, with null', 'bcfg', [['owner', 'in', ['bob', null]]]],
      ['none of nothing', '', [['owner', 'in', []]]],
      [
        'both ends',
        'abc',
        [
          ['size', '>=', 1],
          ['size', '<', 5],
        ],
      ],
      [
        'several columns',
        'a',
        [
          ['name', '=', 'x'],
          ['owner', '=', 'ann'],
          ['open', '=', true],
        ],
      ],
      [
        'text by code point',
        'defg',
        [
          ['name', '>', 'X'],
          ['name', '!=', 'x'],
          ['name', '!=', 'y'],
        ],
      ],
      ['no text that means something to the store', '', [['name', '=', "x' or 1=1 --"]]],
    ])('by %s: %s', async (_, keys, where) => {
      expect(await find({ where })).toBe(keys);
      expect(await store.count(table, where)).toBe(keys.length);
    });
    it('counts everything when nothing is asked', async () => expect(await store.count(table)).toBe(7));

    it.each<[string, Selection['orderBy'], string]>([
      ['the key, rising', { column: 'key' }, 'abcdefg'],
      ['the key, falling', { column: 'key', descending: true }, 'gfedcba'],
      ['a number', { column: 'size' }, 'eabcfgd'],
      ['a number, falling', { column: 'size', descending: true }, 'dgfcbae'],
      ['text by code point, ties by key', { column: 'name' }, 'dacbegf'],
      ['a column with nulls: they stand first', { column: 'rank' }, 'cfebgad'],
      ['falling: nulls stand last, ties fall too', { column: 'rank', descending: true }, 'dagbefc'],
      ['a flag', { column: 'open' }, 'bdefgac'],
    ])('in the order of %s', async (_, orderBy, keys) => {
      expect(await find(orderBy ? { orderBy } : {})).toBe(keys);
      expect(await find({ ...(orderBy && { orderBy }), limit: 3 })).toBe(keys.slice(0, 3));
      expect(await pages(2, orderBy)).toBe(keys);
      expect(await pages(1, orderBy)).toBe(keys);
    });
    it('in pages that heed conditions too', async () => {
      expect(await pages(2, { column: 'rank' }, [['size', '>', 1]])).toBe('cfbgd');
    });

    const after = (row: Row, orderBy: Selection['orderBy']): readonly [Value, string] => [
      row[orderBy?.column ?? 'key'] as Value,
      row.key,
    ];
    /** Reads page by page, as a client does. */
    const pages = async (limit: number, orderBy?: Selection['orderBy'], where: readonly Condition[] = []) => {
      let seen = '';
      let last: Row | undefined;
      do {
        const rows: readonly Row[] = await store.find(table, {
          ...{ where, limit },
          ...(orderBy && { orderBy }),
          ...(last && { after: after(last, orderBy) }),
        });
        expect(rows.length).toBeLessThanOrEqual(limit);
        seen += keysOf(rows).join('');
        last = rows.at(-1);
      } while (last);
      return seen;
    };

    it('visits every row exactly once while rows change elsewhere', async () => {
      const busy = freshTable();
      await store.open([busy]);
      const key = (n: number) => `k${String(n).padStart(3, '0')}`;
      const row = (n: number, name: string) => thing(key(n), { name, rank: n % 5 === 0 ? null : n % 3 });
      const stay = Array.from({ length: 100 }, (_, n) => 2 * n);
      await store.commit(puts(busy, ...stay.map((n) => row(n, 'stay'))), []);
      const seen: string[] = [];
      let last: Row | undefined;
      for (let page = 0; page < 40; page++) {
        const rows: readonly Row[] = await store.find(busy, {
          ...{ orderBy: { column: 'rank', descending: page < 0 }, limit: 7 },
          ...(last && { after: after(last, { column: 'rank' }) }),
        });
        seen.push(...rows.filter((each) => each['name'] === 'stay').map((each) => each.key));
        last = rows.at(-1) ?? last;
        if (rows.length === 0) break;
        const guest = 4 * page + 1;
        await store.commit(puts(busy, row(guest, 'guest')), []);
        await store.commit([{ table: busy, key: last!.key, row: null }], []);
        await store.commit([{ table: busy, key: key(guest - 4), row: null }], []);
      }
      expect(seen.length).toBe(100);
      expect(new Set(seen)).toEqual(new Set(stay.map(key)));
    });
    it.each(['nobody', '', 'name"', '__proto__'])(
      'for the column %p that is not there is refused',
      async (column) => {
        await expect(find({ where: [[column, '=', column]] })).rejects.toThrow();
        await expect(find({ orderBy: { column } })).rejects.toThrow();
        await expect(store.count(table, [[column, '=', column]])).rejects.toThrow();
      },
    );
  });
};
