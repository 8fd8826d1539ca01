import { MemoryRowStore } from '@rapport/adapters/memory';
import {
  askingOf,
  groupsBy,
  Event,
  Id,
  integer,
  keptGroups,
  NoHistory,
  OneOf,
  options,
  pagesOf,
  PastReader,
  positionOf,
  projection,
  Projector,
  question,
  rollup,
  text,
  type EventStore,
} from '.';
import { recorded } from './spec';

const Shelf = options('TOP', 'LOW');
class Shelved extends Event {
  @Id() book!: string;
  @OneOf(Shelf) shelf!: keyof typeof Shelf;
}
const shape = {
  ...{ version: 1, about: 'Which book stands where?', key: 'book' },
  columns: { shelf: text(), moves: integer() },
} as const;
const on = { Shelved: ({ moves }: { moves: number }, { shelf }: Shelved) => ({ shelf, moves: moves + 1 }) };
const books = projection({ Shelved }, { ...shape, name: 'books', history: true }).on(on);
const today = projection({ Shelved }, { ...shape, name: 'today' }).on(on);
const by = { shelf: ({ shelf }: { shelf: string }) => shelf };
const byShelf = rollup(books, {
  ...{ name: 'by-shelf', version: 1, by },
  sums: { moves: ({ moves }) => moves },
  durations: { ms: ({ moves }) => moves },
});
const byMoves = rollup(books, {
  ...{ name: 'by-moves', version: 1, by: { moves: ({ moves }) => String(moves) } },
  sums: {},
});
const ofToday = rollup(today, { ...{ name: 'of-today', version: 1, by }, sums: {} });
const byBoth = rollup(books, {
  ...{ name: 'by-both', version: 1, by: { ...by, moves: ({ moves }) => String(moves) } },
  ...{ sums: {}, cuts: [['shelf'], ['moves']] },
});
const rollups = [byShelf, byMoves, ofToday];

const day = (n: number) => `2024-03-0${n}T00:00:00.000Z`;
const moved = (book: string, shelf: keyof typeof Shelf, n: number) => Shelved.of({ book, shelf }, day(n));
/** a: TOP, then LOW on the 4th; b: TOP since the 2nd; that c stood on TOP since the 1st was told last. */
const story = [moved('a', 'TOP', 1), moved('b', 'TOP', 2), moved('a', 'LOW', 4), moved('c', 'TOP', 1)];

let rows: MemoryRowStore;
beforeEach(async () => {
  rows = new MemoryRowStore();
  for (const projector of [new Projector(books, [byShelf, byMoves]), new Projector(today, [ofToday])]) {
    await rows.open(projector.tables);
    const sources = { rows, store: {} as EventStore };
    await rows.commit(await projector.consume(story.map(recorded), sources), []);
  }
});
const at = (time?: string, position?: number) =>
  new PastReader(
    rows,
    { ...(time !== undefined && { time }), ...(position && { position: positionOf(position) }) },
    [books],
    rollups,
  );
const shelves = async (reader: PastReader) =>
  (await keptGroups(reader, byShelf)).map((group) => [group['shelf'], group.rows, group['moves']]);

/** How many pages of rows of the past somebody reads. */
const countedPages = () => {
  let pages = 0;
  const find = (...[table, selection]: Parameters<MemoryRowStore['find']>) => {
    if (selection.asOf) pages++;
    return rows.find(table, selection);
  };
  return { counted: Object.assign(Object.create(rows) as MemoryRowStore, { find }), pages: () => pages };
};

describe('a reader that stands in the past', () => {
  it('shows rows as they stood then, as far as they were known then', async () => {
    const shelfOf = async (reader: PastReader, book: string) =>
      (await reader.load(books.table, [book]))[0]?.['shelf'];
    expect(await shelfOf(at(day(3)), 'a')).toBe('TOP');
    expect(await shelfOf(at(day(4)), 'a')).toBe('LOW');
    expect(await shelfOf(at(day(3), 3), 'c')).toBeUndefined();
    expect(await shelfOf(at(day(3), 4), 'c')).toBe('TOP');
    expect(await at(day(3)).count(books.table, [['shelf', '=', 'TOP']])).toBe(3);
    expect(await at(day(1), 3).find(books.table, { limit: 9 })).toMatchObject([{ key: 'a' }]);
  });

  it('counts figures from the rows of that moment', async () => {
    expect(await shelves(at(day(3)))).toEqual([['TOP', 3, 3]]);
    expect(await shelves(at(day(4)))).toEqual([
      ['LOW', 1, 2],
      ['TOP', 2, 2],
    ]);
    expect(await shelves(at(undefined, 2))).toEqual([['TOP', 2, 2]]);
    expect((await keptGroups(at(day(4)), byMoves)).map((group) => [group['moves'], group.rows])).toEqual([
      ['1', 2],
      ['2', 1],
    ]);
  });

  it('reads the rows once for all figures over a model, a page at a time', async () => {
    const { counted, pages } = countedPages();
    const reader = new PastReader(counted, { time: day(4) }, [books], rollups);
    await Promise.all([
      keptGroups(reader, byShelf),
      keptGroups(reader, byMoves),
      keptGroups(reader, byShelf),
    ]);
    expect(pages()).toBe(1);
  });

  it('counts the coarse groups of a rollup together, and the fine ones only for whoever asks for them', async () => {
    const { counted, pages } = countedPages();
    const reader = new PastReader(counted, { time: day(4) }, [books], [byBoth]);
    const { shelf, moves } = await groupsBy(reader, byBoth, { shelf: ['shelf'], moves: ['moves'] });
    expect(shelf.map((group) => [group['shelf'], group.rows])).toEqual([
      ['LOW', 1],
      ['TOP', 2],
    ]);
    expect(moves.map((group) => [group['moves'], group.rows])).toEqual([
      ['1', 2],
      ['2', 1],
    ]);
    expect(pages()).toBe(1);
    expect((await keptGroups(reader, byBoth)).map(({ key, rows: n }) => [key, n])).toEqual([
      ['["LOW","2"]', 1],
      ['["TOP","1"]', 2],
    ]);
    expect(pages()).toBe(2);
  });

  it('lets a question ask for an earlier moment, never for a later one', async () => {
    const reader = at(day(3), 3);
    expect(await reader.count(books.table, [], { time: day(1) })).toBe(1);
    expect(await reader.count(books.table, [], { time: day(9), position: positionOf(9) })).toBe(2);
    expect(await reader.load(books.table, ['a'], { time: day(9) })).toMatchObject([{ shelf: 'TOP' }]);
  });

  it('loads, finds and counts groups as rows, in the order of their keys', async () => {
    const reader = at(day(4));
    expect(await reader.load(byShelf.table, ['["LOW"]', '["ELSEWHERE"]'])).toMatchObject([{ rows: 1 }]);
    expect(await reader.count(byShelf.table)).toBe(2);
    const [first] = await reader.find(byShelf.table, { limit: 1 });
    const rest = await reader.find(byShelf.table, { limit: 9, after: [first!.key, first!.key] });
    expect([first, ...rest].map((group) => group?.['shelf'])).toEqual(['LOW', 'TOP']);
    const some = { limit: 9, where: [['shelf', '=', 'TOP'] as const] };
    expect((await reader.find(byShelf.table, some)).map((group) => group['shelf'])).toEqual(['TOP']);
    expect(await reader.count(byShelf.table, some.where)).toBe(1);
    const ordered = { limit: 9, orderBy: { column: 'moves' } };
    await expect(reader.find(byShelf.table, ordered)).rejects.toThrow('in the order of their keys');
  });

  it('is refused where a model keeps no history, which is named', () => {
    const blind = () => new PastReader(rows, { time: day(3) }, [books, today], rollups);
    expect(blind).toThrow(new NoHistory(['today']));
    expect(blind).toThrow('today keeps no history: leave out asOf and knownAt');
  });

  it('is a fault where a question reads what it does not name', async () => {
    await expect(at(day(3)).find(today.table, { limit: 1 })).rejects.toThrow('does not name');
    await expect(keptGroups(at(day(3)), ofToday)).rejects.toThrow('does not name');
  });
});

describe('a question', () => {
  class None {}
  const standing = question({
    ...{ name: 'standing', about: 'How many stand there?', params: None, reads: [books] },
    answer: async (_, { rows: from, now }) => ({ now, groups: (await keptGroups(from, byShelf)).length }),
  });

  it('knows no other now than the moment it is asked for', async () => {
    const of = { rows, rollups, now: day(9) };
    expect(await standing.answer({}, askingOf(standing, of))).toEqual({ now: day(9), groups: 2 });
    expect(await standing.answer({}, askingOf(standing, of, { time: day(3) }))).toEqual({
      ...{ now: day(3), groups: 1 },
    });
    expect(await standing.answer({}, askingOf(standing, of, { position: positionOf(2) }))).toEqual({
      ...{ now: day(9), groups: 1 },
    });
  });
});

describe('groups that lanes keep in parts', () => {
  const part = (lane: number, shelf: string, more: object) => {
    const key = `${lane}|["${shelf}"]`;
    return { table: byShelf.table, key, row: { key, shelf, rows: 0, moves: 0, ms: [], ...more } };
  };

  it('are one group again: sums added up, durations merged, empty ones left out', async () => {
    const kept = new MemoryRowStore();
    await kept.open([byShelf.table]);
    await kept.commit(
      [
        part(0, 'TOP', { rows: 2, moves: 3, ms: [7, 2] }),
        part(0, 'LOW', { rows: 1, moves: 1, ms: [1, 1] }),
        part(1, 'TOP', { rows: 1, moves: 4, ms: [7, 1, 9, 1] }),
        part(1, 'NONE', {}),
      ],
      [],
    );
    expect(await keptGroups(kept, byShelf)).toEqual([
      { key: '["LOW"]', shelf: 'LOW', rows: 1, moves: 1, ms: [1, 1] },
      { key: '["TOP"]', shelf: 'TOP', rows: 3, moves: 7, ms: [7, 3, 9, 1] },
    ]);
  });
});

describe('pages', () => {
  it('hold every row once, however many there are', async () => {
    const many = { name: 'many@1', columns: {}, indexes: [] };
    const store = new MemoryRowStore();
    await store.open([many]);
    const keys = Array.from({ length: 2_000 }, (_, n) => String(n).padStart(5, '0'));
    await store.commit(
      keys.map((key) => ({ table: many, key, row: { key } })),
      [],
    );
    const found: string[] = [];
    const sizes: number[] = [];
    for await (const page of pagesOf(store, many)) {
      sizes.push(page.length);
      found.push(...page.map(({ key }) => key));
    }
    expect([sizes, found]).toEqual([[1_000, 1_000], keys]);
    await store.commit([{ table: many, key: 'x', row: { key: 'x' } }], []);
    let rest = 0;
    for await (const page of pagesOf(store, many)) rest += page.length;
    expect(rest).toBe(2_001);
  });
});
