import { randomUUID } from 'node:crypto';
import { RowsOfAnotherShape, START, text, type RowStore, type Table } from '@rapport/kernel';
import { at, freshTable, keysOf, puts, thing, type MakeRows, type RowsUnderTest } from './things';

/** What every row store promises about whole tables: made, dropped, put in the place of others, compared. */
export const tablesContract = (name: string, make: MakeRows): void => {
  describe(`row store: ${name}: tables`, () => {
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

    it('that are opened again keep their rows', async () => {
      await store.commit(puts(table, thing('a')), []);
      await store.open([table]);
      expect(keysOf(await all(table))).toEqual(['a']);
    });
    it('that another version of the program made with less columns are not opened, and it is said what they lack', async () => {
      if (!under.reopen) return; // what ends with its process has no rows of another program
      const { size, ...columns } = table.columns;
      const older = { ...freshTable(), columns: { name: text(), old: text() }, indexes: [] };
      await store.open([older]);
      const opening = store.open([
        table,
        { ...older, columns: { ...older.columns, size: size!, ...columns } },
      ]);
      await expect(opening).rejects.toThrow(RowsOfAnotherShape);
      await expect(opening).rejects.toThrow(
        `${older.name} was kept by another version of this program and lacks size, `,
      );
      await store.open([{ ...older, columns: { name: text() } }]); // what it has besides is nobody's business
    });
    it('that nobody opened are not there', async () => {
      await expect(store.find(freshTable(), { limit: 1 })).rejects.toThrow();
    });
    it('are dropped, and how far their subscribers had read is forgotten', async () => {
      const other = freshTable();
      await store.open([other]);
      await store.commit(puts(table, thing('a')), move(0, 7));
      await store.commit(puts(other, thing('b')), move(0, 8, `${me}2`));
      await store.drop([table, freshTable()], [me, 'nobody']);
      await expect(all(table)).rejects.toThrow();
      await store.open([table]);
      expect([await all(table), await store.position(me)]).toEqual([[], START]);
      expect([keysOf(await all(other)), await store.position(`${me}2`)]).toEqual([['b'], 8]);
      await store.commit(puts(table, thing('c')), move(0, 1));
      expect(keysOf(await all(table))).toEqual(['c']);
    });
    it('take the place of others together with their checkpoints, and the rebuilt ones are gone', async () => {
      const rebuilt = freshTable();
      await store.open([rebuilt]);
      await store.commit(puts(table, thing('old')), move(0, 7));
      await store.commit(puts(rebuilt, thing('new')), move(0, 9, `${me}~rebuilt`));
      await store.replace([{ from: rebuilt, to: table }], [{ from: `${me}~rebuilt`, to: me }]);
      expect([keysOf(await all(table)), await store.position(me)]).toEqual([['new'], 9]);
      expect(await store.position(`${me}~rebuilt`)).toBe(START);
      await expect(all(rebuilt)).rejects.toThrow();
      await store.commit(puts(table, thing('newer', { name: 'x' })), move(9, 10));
      expect(keysOf(await store.find(table, { where: [['name', '=', 'x']], limit: 9 }))).toEqual(['newer']);
      await store.open([rebuilt]);
      expect(await all(rebuilt)).toEqual([]);
    });
    it('that others take the place of are kept where that is wished, and can come back', async () => {
      const [next, before] = [freshTable(), { ...freshTable(), past: undefined }];
      const names = { from: `${me}~next`, to: me, kept: `${me}~before` };
      await store.open([next]);
      await store.commit(puts(table, thing('old')), move(0, 7));
      await store.commit(puts(next, thing('new')), move(0, 9, names.from));
      await store.replace([{ from: next, to: table, kept: before }], [names]);
      expect([keysOf(await all(table)), await store.position(me)]).toEqual([['new'], 9]);
      expect([keysOf(await all(before)), await store.position(names.kept)]).toEqual([['old'], 7]);
      await store.replace(
        [{ from: before, to: table, kept: before }],
        [{ from: names.kept, to: me, kept: names.kept }],
      );
      expect([keysOf(await all(table)), await store.position(me)]).toEqual([['old'], 7]);
      expect([keysOf(await all(before)), await store.position(names.kept)]).toEqual([['new'], 9]);
      await store.commit(puts(table, thing('z', { name: 'x' })), move(7, 8));
      expect(keysOf(await store.find(table, { where: [['name', '=', 'x']], limit: 9 }))).toEqual(['z']);
    });
    it('take a place in which nothing stood yet', async () => {
      const [next, nowhere] = [freshTable(), freshTable()];
      await store.open([next]);
      await store.commit(puts(next, thing('new')), move(0, 9, `${me}~next`));
      await store.replace(
        [{ from: next, to: nowhere, kept: freshTable() }],
        [{ from: `${me}~next`, to: me }],
      );
      expect([keysOf(await all(nowhere)), await store.position(me)]).toEqual([['new'], 9]);
    });
    it('are replaced all or none', async () => {
      const rebuilt = freshTable();
      await store.open([rebuilt]);
      await store.commit(puts(table, thing('old')), move(0, 7));
      const renames = [{ from: rebuilt, to: table }, { from: freshTable(), to: freshTable() }]; // prettier-ignore
      await expect(store.replace(renames, [{ from: `${me}~rebuilt`, to: me }])).rejects.toThrow();
      expect([keysOf(await all(table)), await store.position(me)]).toEqual([['old'], 7]);
      const writes = puts(freshTable(), thing('a'));
      await expect(store.replace([{ from: rebuilt, to: table }], [], [], writes)).rejects.toThrow();
      expect(keysOf(await all(table))).toEqual(['old']);
    });
    it('are replaced together with rows that are kept elsewhere', async () => {
      const [rebuilt, notes] = [freshTable(), freshTable()];
      await store.open([rebuilt, notes]);
      await store.commit(puts(notes, thing('gone')), []);
      const gone = { table: notes, key: 'gone', row: null };
      await store.replace([{ from: rebuilt, to: table }], [], [], [gone, ...puts(notes, thing('came'))]);
      expect(keysOf(await all(notes))).toEqual(['came']);
    });
    it('of one shape are compared row by row', async () => {
      const other = freshTable();
      await store.open([other]);
      const same = thing('same', { tags: [1, { a: null }], late: true });
      const [one, changed] = [thing('changed'), thing('changed', { owner: 'ann' })];
      await store.commit(
        [...puts(table, same, one, thing('left')), ...puts(other, same, changed, thing('right'))],
        [],
      );
      const found = await store.compare(table, other, 9);
      expect(found).toMatchObject({ rows: 3, differing: 3 });
      expect(found.examples).toEqual([
        { one, other: changed },
        { one: thing('left'), other: null },
        { one: null, other: thing('right') },
      ]);
      expect((await store.compare(table, other, 1)).examples).toHaveLength(1);
      expect((await store.compare(table, other, 1)).differing).toBe(3);
      expect(await store.compare(table, table, 9)).toEqual({ rows: 3, differing: 0, examples: [] });
    });
    it('that keep every version are compared version by version', async () => {
      const [one, other] = [freshTable().past, freshTable().past];
      await store.open([one, other]);
      const version = (key: string, position: number, size: number) =>
        thing(key, { position, validFrom: `2024-0${position}`, gone: false, size } as object);
      await store.commit(puts(one, version('a', 1, 1), version('a', 2, 2), version('b', 1, 1)), []);
      await store.commit(puts(other, version('a', 1, 9), version('a', 2, 2), version('b', 1, 1)), []);
      const found = await store.compare(one, other, 9);
      expect([found.rows, found.differing]).toEqual([3, 1]);
      expect(found.examples.map((example) => example.one?.key)).toEqual(['a']);
      await store.commit(puts(other, version('c', 1, 1), version('c', 2, 1)), []);
      expect((await store.compare(one, other, 9)).differing).toBe(2);
    });
  });
};
