import { MemoryRowStore } from '@rapport/adapters/memory';
import { Event, groupsOf, GroupCount, Id, integer, maybe, projection, rollup, text } from '.';
import type { Rollup, Row, Table } from '.';
import { contributionsOf } from './contributions';

class Shelved extends Event {
  @Id() book!: string;
}
/** Columns of its own for each test: what figures look at is found out once for each table. */
const library = (name: string) =>
  projection({ Shelved }, {
    ...{ name, version: 1, about: 'Which book stands where?', key: 'book' },
    columns: { shelf: text(), moves: integer(), lent: maybe(text()), notes: text() },
  } as const).on({});
type Books = ReturnType<typeof library>;

/** Three pages and a bit; of the lent ones the first comes late. */
const BOOKS = 3_210;
const bookAt = (n: number): Row => ({
  ...{ key: String(n).padStart(5, '0'), shelf: n % 3 === 0 ? 'TOP' : 'LOW', moves: n % 7 },
  ...{ lent: n > 2_500 ? `reader ${n % 2}` : null, notes: 'much' },
});
const filled = async ({ table }: Books) => {
  const rows = new MemoryRowStore();
  await rows.open([table]);
  const all = Array.from({ length: BOOKS }, (_, n) => bookAt(n));
  await rows.commit(
    all.map((row) => ({ table, key: row.key, row })),
    [],
  );
  const asked: string[] = [];
  const find: MemoryRowStore['find'] = (of, selection) => {
    asked.push(Object.keys(of.columns).join(' '));
    return rows.find(of, selection);
  };
  return { all, asked, reader: Object.assign(Object.create(rows) as MemoryRowStore, { find }) };
};
const counted = async (reader: MemoryRowStore, table: Table, ...figures: Rollup[]) => {
  const counts = figures.map((of) => new GroupCount(of));
  for await (const page of contributionsOf(reader, table, figures))
    for (const shares of page) counts.forEach((count, n) => count.put(shares[n] ?? null));
  return counts.map(({ groups }) => groups);
};

describe('what rows add to figures', () => {
  it('is told from the columns that the figures look at; the others are read no more', async () => {
    const books = library('books');
    const by = { shelf: ({ shelf }: { shelf: string }) => shelf };
    const byShelf = rollup(books, {
      ...{ name: 'f', version: 1, by },
      sums: { moves: ({ moves }) => moves },
    });
    const { all, asked, reader } = await filled(books);
    expect(await counted(reader, books.table, byShelf)).toEqual([groupsOf(byShelf, all)]);
    expect(asked).toEqual(['shelf moves lent notes', ...Array<string>(3).fill('shelf moves')]);
    expect(await counted(reader, books.table, byShelf)).toEqual([groupsOf(byShelf, all)]);
    expect(new Set(asked.slice(4))).toEqual(new Set(['shelf moves']));
  });

  it('is told from a column, too, that only a late row makes them look at', async () => {
    const books = library('late-books');
    const late = rollup(books, {
      ...{ name: 'late', version: 1, sums: {} },
      by: { who: (row) => (row.key > '02400' ? String(row.lent) : '') },
    });
    const moves = rollup(books, {
      ...{ name: 'moves', version: 1, by: {} },
      sums: { moves: (row) => row.moves },
    });
    const { all, asked, reader } = await filled(books);
    const expected = [groupsOf(moves, all), groupsOf(late, all)];
    expect(await counted(reader, books.table, moves, late)).toEqual(expected);
    expect(asked.slice(1)).toEqual(['moves', 'moves', 'moves lent', 'moves lent']);
  });

  it('is told from all of a row where figures take it whole, or ask whether something is there', async () => {
    const books = library('whole-books');
    const whole = rollup(books, {
      ...{ name: 'whole', version: 1, sums: {} },
      by: {
        all: (row) => (row.key > '02400' ? JSON.stringify({ ...row, key: '', moves: 0 }) : row.shelf),
        has: (row) => String(row.key < '01500' || Object.hasOwn(row, 'moves')),
      },
    });
    const { all, reader } = await filled(books);
    expect(await counted(reader, books.table, whole)).toEqual([groupsOf(whole, all)]);
  });
});
