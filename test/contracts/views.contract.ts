import { randomUUID } from 'node:crypto';
import type { RowStore, Table, View, ViewColumn } from '@rapport/kernel';
import { at, freshTable, puts, thing, type MakeRows, type RowsUnderTest } from './things';

type Shown = Readonly<Record<string, unknown>>;
const NOON = '2024-03-01T12:00:00.000Z';

/** What every row store promises to whoever reads it with SQL; a store without SQL takes views and keeps none. */
export const viewsContract = (name: string, make: MakeRows): void => {
  describe(`row store: ${name}: views for analysts`, () => {
    let under: RowsUnderTest;
    let store: RowStore;
    let table: Table & { readonly past: Table };
    let view: string;
    beforeAll(async () => {
      under = await make();
      ({ store } = under);
    });
    beforeEach(async () => {
      table = freshTable();
      view = `things_${randomUUID().replaceAll('-', '')}`;
      await store.open([table, table.past]);
    });
    afterAll(() => under.close());

    /** Runs where there is SQL; elsewhere the views are taken, and that is all. */
    const itShows = (sentence: string, test: () => Promise<void>) =>
      it(sentence, () => (under.sql ? test() : store.publish([viewOf(view, table)])));
    const shown = async ({ name, columns }: View): Promise<readonly Shown[]> => {
      const [first, second = first] = columns;
      const rows = await under.sql?.(`select * from ${name} order by ${first?.name}, ${second?.name}`);
      return (rows ?? []).map((row) => plain(columns, row));
    };
    const names = async (of: View) => (await shown(of)).map((row) => row['title']);

    itShows('show every row, each column in the type and under the name it has there', async () => {
      const all = viewOf(view, table);
      await store.publish([all]);
      const row = { name: 'one', size: 7, share: 0.5, open: true, tags: ['x', { a: 1 }], owner: 'ann' };
      await store.commit(puts(table, thing('a', { ...row, late: false }), thing('b', { name: NOON })), []);
      expect(await shown(all)).toEqual([
        {
          ...{ thing_id: 'a', title: 'one', size: 7, share: 0.5, is_open: true, late: false },
          ...{ tags: ['x', { a: 1 }], owner: 'ann', rank: null, extra: null },
        },
        {
          ...{ thing_id: 'b', title: NOON, size: 0, share: 0, is_open: false, late: null },
          ...{ tags: [], owner: null, rank: null, extra: null },
        },
      ]);
    });
    itShows('show a moment as one, and none where the text is empty', async () => {
      const made = { name: view, of: table, columns: [KEY, { name: 'made_at', column: 'name', as: 'instant' }] } as const; // prettier-ignore
      await store.publish([made]);
      await store.commit(puts(table, thing('a', { name: NOON }), thing('b')), []);
      expect(await shown(made)).toEqual([
        { thing_id: 'a', made_at: NOON },
        { thing_id: 'b', made_at: null },
      ]);
      const [found] =
        (await under.sql?.(`select count(made_at) as n, max(made_at) as last from ${view}`)) ?? [];
      expect([Number(found?.['n']), instantOf(found?.['last'])]).toEqual([1, NOON]);
    });
    itShows('show all versions of a past', async () => {
      const columns = [KEY, ...PAST, { name: 'size', column: 'size', as: 'integer' }] as const;
      const past = { name: view, of: table.past, columns };
      await store.publish([past]);
      const version = (validFrom: string, position: number, size: number) =>
        puts(table.past, { ...thing('a', { size }), validFrom, position, gone: false });
      await store.commit([...version(NOON, 2, 20), ...version('2024-02-01T00:00:00.000Z', 1, 10)], []);
      const gone = { key: 'a', validFrom: '2024-04-01T00:00:00.000Z', position: 3, gone: true };
      await store.commit(puts(table.past, gone), []);
      expect(await shown(past)).toEqual([
        { thing_id: 'a', valid_from: '2024-02-01T00:00:00.000Z', position: 1, gone: false, size: 10 },
        { thing_id: 'a', valid_from: NOON, position: 2, gone: false, size: 20 },
        { thing_id: 'a', valid_from: gone.validFrom, position: 3, gone: true, size: null },
      ]);
    });
    itShows('add up the parts of a group, and leave out groups in which nothing is left', async () => {
      const grouped = { name: view, of: table, columns: GROUPED };
      await store.publish([grouped]);
      const part = (key: string, name: string, size: number, rank: number) =>
        thing(key, { name, size, rank });
      await store.commit(
        puts(table, part('1', 'x', 2, 5), part('2', 'x', 3, -5), part('3', 'y', 1, 0), part('4', 'z', 0, 0)),
        [],
      );
      await store.commit(puts(table, part('5', 'short', 0, -1), part('6', 'z', 1, 1), part('7', 'z', -1, -1)), []); // prettier-ignore
      expect(await shown(grouped)).toEqual([
        { title: 'short', size: 0, rank: -1 },
        { title: 'x', size: 5, rank: 0 },
        { title: 'y', size: 1, rank: 0 },
      ]);
    });
    itShows('have the names of columns that SQL keeps for itself', async () => {
      const from = { name: view, of: table, columns: [KEY, { name: 'from', column: 'owner', as: 'text' }] } as const; // prettier-ignore
      await store.publish([from]);
      await store.commit(puts(table, thing('a', { owner: "o'neill" })), []);
      expect(await under.sql?.(`select "from" from ${view} where "from" = 'o''neill'`)).toEqual([
        { from: "o'neill" },
      ]);
    });

    itShows(
      'that are published again stay as they are, and those in another shape take their place',
      async () => {
        const [first, other] = [
          viewOf(view, table),
          { name: view, of: table, columns: [KEY], about: "It's less" },
        ];
        await store.commit(puts(table, thing('a', { name: 'one' })), []);
        await store.publish([first]);
        await store.publish([first]);
        expect(await names(first)).toEqual(['one']);
        await store.publish([other]);
        expect(await shown(other)).toEqual([{ thing_id: 'a' }]);
      },
    );
    itShows('of a newer version of a model take the place of the old ones', async () => {
      const next = freshTable();
      await store.open([next]);
      await store.commit([...puts(table, thing('a', { name: 'old' })), ...puts(next, thing('a', { name: 'new' }))], []); // prettier-ignore
      await store.publish([viewOf(view, table)]);
      await store.publish([viewOf(view, next)]);
      expect(await names(viewOf(view, next))).toEqual(['new']);
    });

    itShows('show what was put in the place of their table', async () => {
      const rebuilt = freshTable();
      await store.open([rebuilt, rebuilt.past]);
      await store.publish([viewOf(view, table)]);
      await store.commit(puts(table, thing('a', { name: 'old' })), []);
      await store.commit(puts(rebuilt, thing('a', { name: 'new' })), []);
      await store.replace([{ from: rebuilt, to: table }], []);
      expect(await names(viewOf(view, table))).toEqual(['new']);
      await store.commit(puts(table, thing('a', { name: 'newer' })), []);
      expect(await names(viewOf(view, table))).toEqual(['newer']);
    });
    itShows('show what is live, whatever is kept beside it and comes back', async () => {
      const [rebuilt, before] = [freshTable(), freshTable()];
      await store.open([rebuilt]);
      await store.publish([viewOf(view, table)]);
      await store.commit(puts(table, thing('a', { name: 'old' })), []);
      await store.commit(puts(rebuilt, thing('a', { name: 'new' })), []);
      await store.replace([{ from: rebuilt, to: table, kept: before }], []);
      expect(await names(viewOf(view, table))).toEqual(['new']);
      await store.replace([{ from: before, to: table, kept: before }], []);
      expect(await names(viewOf(view, table))).toEqual(['old']);
      await store.publish([viewOf(view, table)]);
      await store.replace([{ from: before, to: table, kept: before }], []);
      expect(await names(viewOf(view, table))).toEqual(['new']);
    });
    itShows('keep showing the live table when a replacement fails', async () => {
      const rebuilt = freshTable();
      await store.open([rebuilt]);
      await store.publish([viewOf(view, table)]);
      await store.commit(puts(table, thing('a', { name: 'old' })), []);
      const moves = [{ from: rebuilt, to: table }, { from: freshTable(), to: freshTable() }]; // prettier-ignore
      await expect(store.replace(moves, [])).rejects.toThrow();
      expect(await names(viewOf(view, table))).toEqual(['old']);
    });
    itShows('are in nobody’s way when their table is dropped, and come back with it', async () => {
      const [one, other] = [freshTable(), freshTable()];
      await store.open([one, other]);
      await store.publish([viewOf(view, table)]);
      await store.drop([table], []);
      await store.commit(puts(one, thing('a')), []);
      await store.replace([{ from: one, to: other }], []);
      expect(await store.count(other)).toBe(1);
      await store.open([table]);
      await store.publish([viewOf(view, table)]);
      await store.commit(puts(table, thing('a', { name: 'again' })), []);
      expect(await names(viewOf(view, table))).toEqual(['again']);
    });
    itShows('outlive the program that published them', async () => {
      if (!under.reopen) return;
      await store.publish([viewOf(view, table)]);
      await store.commit(puts(table, thing('a', { name: 'one' })), [{ subscriber: view, from: at(0), to: at(1) }]); // prettier-ignore
      store = await under.reopen();
      expect(await names(viewOf(view, table))).toEqual(['one']);
    });
  });
};

const KEY: ViewColumn = { name: 'thing_id', column: 'key', as: 'text', about: 'Names the thing' };
const PAST: readonly ViewColumn[] = [
  { name: 'valid_from', column: 'validFrom', as: 'instant' },
  { name: 'position', column: 'position', as: 'integer' },
  { name: 'gone', column: 'gone', as: 'flag' },
];
const GROUPED: readonly ViewColumn[] = [
  { name: 'title', column: 'name', as: 'text' },
  { name: 'size', column: 'size', as: 'integer', sum: true },
  { name: 'rank', column: 'rank', as: 'integer', sum: true },
];
const viewOf = (name: string, of: Table): View => ({
  ...{ name, of, about: "Which things are there? -- It's said */ here;" },
  columns: [
    ...[KEY, { name: 'title', column: 'name', as: 'text', about: "What it's called -- by people" } as const],
    { name: 'size', column: 'size', as: 'integer' },
    { name: 'share', column: 'share', as: 'real' },
    { name: 'is_open', column: 'open', as: 'flag' },
    { name: 'late', column: 'late', as: 'flag' },
    { name: 'tags', column: 'tags', as: 'json' },
    { name: 'owner', column: 'owner', as: 'text' },
    { name: 'rank', column: 'rank', as: 'integer' },
    { name: 'extra', column: 'extra', as: 'json' },
  ],
});

/** A row as every SQL means it: drivers tell moments, flags, JSON and large numbers each in their own way. */
const plain = (columns: readonly ViewColumn[], row: Shown): Shown =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      const as = columns.find((column) => column.name === name)?.as ?? 'text';
      return [name, value === null ? null : MEANT[as](value)];
    }),
  );
const MEANT: Readonly<Record<ViewColumn['as'], (value: unknown) => unknown>> = {
  text: (value) => value,
  integer: Number,
  real: Number,
  flag: (value) => value === true || value === 1,
  json: (value) => (typeof value === 'string' ? (JSON.parse(value) as unknown) : value),
  instant: (value) => instantOf(value),
};
const instantOf = (value: unknown): string => new Date(value as string | Date).toISOString();
