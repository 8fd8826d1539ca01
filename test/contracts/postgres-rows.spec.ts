import fc from 'fast-check';
import { MemoryRowStore } from '@rapport/adapters/memory';
import {
  NothingThere,
  PostgresRowStore,
  PostgresUnusable,
  type PostgresPlace,
} from '@rapport/adapters/postgres';
import { Unavailable, type Row, type RowStore, type Table, type Write } from '@rapport/kernel';
import { postgresIsHere, startPostgres, type PostgresServer } from '../support/postgres/server';
import { freshTable, keysOf, puts, thing } from './things';

/** More than go into one statement, so that COPY takes some of them. */
const MANY = 2_500;

const postgres = postgresIsHere() ? describe : describe.skip;
postgres('rows in PostgreSQL', () => {
  let server: PostgresServer;
  let place: PostgresPlace;
  let store: PostgresRowStore;
  let table: Table;
  const told: string[] = [];
  beforeAll(async () => {
    server = await startPostgres();
    place = server.place({ tell: (sentence) => told.push(sentence) });
    store = await PostgresRowStore.open(place);
  });
  beforeEach(async () => {
    table = freshTable();
    told.length = 0;
    await store.open([table]);
  });
  afterAll(async () => {
    await store.close();
    await server.stop();
  });
  const fresh = (row: Row): Write => ({ table, key: row.key, row, fresh: true });
  const all = (of: RowStore, one = table) => of.find(one, { limit: 10_000 });

  it('come back letter by letter, whichever way they came in', async () => {
    const odd = [
      '\u0000',
      '\u0001',
      'a\u0000\u0001\u0002',
      '\\N',
      '\\.',
      'a\tb\r\nc\\',
      '"{}",NULL',
      '',
      'NULL',
    ];
    const rows = Array.from({ length: MANY }, (_, n) =>
      thing(`k${String(n).padStart(5, '0')}${odd[n % odd.length] ?? ''}`, {
        ...{ name: odd[n % odd.length], tags: [odd[n % odd.length], n], owner: n % 7 ? null : odd[n % 3] },
        ...{ share: n / 7, late: n % 2 ? true : null, rank: n % 3 ? -n : null, extra: n % 5 ? null : { n } },
      }),
    );
    await store.commit(rows.map(fresh), []);
    expect(await all(store)).toEqual(rows);
    const changed = rows.map((row) => ({ ...row, size: 7 }));
    await store.commit(puts(table, ...changed), []);
    expect(await all(store)).toEqual(changed);
    expect(keysOf(await store.find(table, { where: [['name', '=', '\u0000']], limit: MANY }))).toEqual(
      rows.filter((row) => row['name'] === '\u0000').map(({ key }) => key),
    );
  });

  it('stand in the order of their letters, NUL first', async () => {
    const text = fc.string({
      unit: fc.constantFrom('\u0000', '\u0001', '\u0002', 'a', 'é', '\uffee', '😀'),
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(text, { maxLength: 12 }), async (keys) => {
        const one = freshTable();
        const memory = new MemoryRowStore();
        for (const kept of [store, memory]) {
          await kept.open([one]);
          await kept.commit(puts(one, ...keys.map((key) => thing(key, { name: key }))), []);
        }
        expect(await all(store, one)).toEqual(await all(memory, one));
        const from = [['name', '>=', '\u0001'] as const];
        expect(await store.find(one, { where: from, limit: 99 })).toEqual(
          await memory.find(one, { where: from, limit: 99 }),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('are what the same commits make of them in memory', async () => {
    const write = fc.record({
      key: fc.constantFrom('a', 'b', 'c', 'd'),
      size: fc.option(fc.nat(9)),
      inThePast: fc.boolean(),
      day: fc.integer({ min: 1, max: 3 }),
    });
    const commits = fc.array(fc.array(write, { maxLength: 8 }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(commits, async (batches) => {
        const one = freshTable();
        const memory = new MemoryRowStore();
        for (const kept of [store, memory]) {
          await kept.open([one, one.past]);
          for (const batch of batches)
            await kept.commit(
              batch.map(({ key, size, inThePast, day }): Write => {
                if (size === null) return { table: inThePast ? one.past : one, key, row: null };
                if (!inThePast) return { table: one, key, row: thing(key, { size }) };
                const row = {
                  ...thing(key, { size }),
                  validFrom: `2024-01-0${day}`,
                  position: day,
                  gone: false,
                };
                return { table: one.past, key, row };
              }),
              [],
            );
        }
        for (const asOf of [{}, { time: '2024-01-02' }, { position: 1 as never }]) {
          const asked = { limit: 99, asOf };
          expect(await store.find(one, asked)).toEqual(await memory.find(one, asked));
        }
        expect(await all(store, one)).toEqual(await all(memory, one));
      }),
      { numRuns: 40 },
    );
  });

  it('are asked for with numbers that no whole number equals', async () => {
    await store.commit(puts(table, thing('a', { size: 1 }), thing('b', { size: 2 })), []);
    const keys = async (...condition: ['<' | '>' | '=' | '!=', number]) =>
      keysOf(await store.find(table, { where: [['size', ...condition]], limit: 9 })).join('');
    expect([await keys('>', 1.5), await keys('<', 1.5), await keys('=', 1.5), await keys('!=', 1.5)]).toEqual(
      [...['b', 'a', '', 'ab']],
    );
    expect([await keys('<', 1e300), await keys('>', -1e300)]).toEqual(['ab', 'ab']);
    const some = await store.find(table, { where: [['size', 'in', [1.5, 2]]], limit: 9 });
    expect(keysOf(some)).toEqual(['b']);
  });

  it('of tables whose long names begin alike are kept apart', async () => {
    const tables = ['one', 'other'].map((end) => ({ ...table, name: `${'long-name-'.repeat(8)}${end}@1` }));
    await store.open(tables);
    for (const one of tables) await store.commit(puts(one, thing(one.name)), []);
    for (const one of tables) expect(keysOf(await all(store, one))).toEqual([one.name]);
    await store.replace([{ from: tables[0]!, to: tables[1]! }], []);
    expect(keysOf(await all(store, tables[1]))).toEqual([tables[0]!.name]);
  });

  it('may hold a text that is too long for an index: the index is given up, and that is told', async () => {
    // what does not compress: an index takes a long text as long as it can be made short
    const noise = Array.from({ length: 9_000 }, (_, n) =>
      String.fromCodePoint(0x4e00 + ((n * 7_919) % 20_000)),
    ).join('');
    await store.commit(puts(table, thing('a', { name: noise }), thing('b', { name: 'short' })), []);
    expect(told).toEqual([expect.stringMatching(/too long for the index things-\S+:name/)]);
    expect(keysOf(await store.find(table, { where: [['name', '=', noise]], limit: 9 }))).toEqual(['a']);
    expect(keysOf(await store.find(table, { orderBy: { column: 'name' }, limit: 9 }))).toEqual(['b', 'a']);
    await store.open([table]);
    const later = freshTable();
    await store.open([later], 'later');
    await store.commit(puts(later, thing('a', { name: noise })), []);
    await store.replace([{ from: later, to: table }], []);
    expect(keysOf(await all(store))).toEqual(['a']);
    expect(told).toHaveLength(2);
  });

  it('have tables that many processes may make at the same moment', async () => {
    const others = await Promise.all(Array.from({ length: 6 }, () => PostgresRowStore.open(place)));
    const tables = [freshTable(), freshTable()];
    await Promise.all(others.map((other) => other.open(tables)));
    await Promise.all(others.map((other, n) => other.commit(puts(tables[0]!, thing(`k${n}`)), [])));
    expect(await store.count(tables[0]!)).toBe(6);
    await Promise.all(others.map((other) => other.close()));
  });
  it('begin in a schema that many processes may make at the same moment', async () => {
    const own = server.place();
    const stores = await Promise.all(Array.from({ length: 6 }, () => PostgresRowStore.open(own)));
    await Promise.all(stores.map((one) => one.close()));
  });

  it('are compared where they lie, however many there are', async () => {
    const other = freshTable();
    await store.open([other]);
    const rows = Array.from({ length: MANY }, (_, n) => thing(`k${n}`, { size: n }));
    await store.commit(rows.map(fresh), []);
    await store.commit(
      rows.map((row) => ({ ...fresh({ ...row, size: Number(row['size']) % 2_000 }), table: other })),
      [],
    );
    const found = await store.compare(table, other, 3);
    expect(found).toMatchObject({ rows: MANY, differing: 500, examples: { length: 3 } });
    expect(found.examples[0]).toEqual({
      one: thing('k2000', { size: 2_000 }),
      other: thing('k2000', { size: 0 }),
    });
  });

  describe('in a place that cannot be used', () => {
    const at = (change: (url: URL) => void): string => {
      const url = new URL(server.address);
      change(url);
      return url.toString();
    };
    it('nobody answers: that passes', async () => {
      const address = at((url) => (url.port = '1'));
      await expect(PostgresRowStore.open({ ...place, address })).rejects.toThrow(Unavailable);
    });
    it.each<[string, (url: URL) => void, RegExp]>([
      ['the password is wrong', (url) => (url.password = 'guessed'), /name and password/],
      ['there is no such database', (url) => (url.pathname = '/nowhere'), /no such database/],
      ['it speaks no TLS', (url) => (url.search = '?sslmode=verify-full'), /sslmode=disable/],
    ])('%s: that is said, without the password', async (_, change, why) => {
      if (server.pid === null) return; // another server may believe everybody, or speak TLS
      const opening = PostgresRowStore.open({ ...place, address: at(change) });
      await expect(opening).rejects.toThrow(PostgresUnusable);
      const error = await opening.catch((reason: unknown) => reason);
      expect(String(error)).toMatch(why);
      expect(String(error)).not.toMatch(/rapport:|guessed/);
    });
    it('a newer program has written there: it is left alone', async () => {
      const own = server.place();
      await (await PostgresRowStore.open(own)).close();
      await server.ask(`update "${own.schema ?? ''}".version set number = 99`);
      const opening = PostgresRowStore.open(own);
      await expect(opening).rejects.toThrow(PostgresUnusable);
      await expect(opening).rejects.toThrow(/newer version of this program \(99, this one knows 1\)/);
    });
    it('nothing is there to be read', async () => {
      const opening = PostgresRowStore.open(server.place({ readonly: true }));
      await expect(opening).rejects.toThrow(NothingThere);
    });
  });
  it('that are only read are not written, even by mistake', async () => {
    await store.commit(puts(table, thing('a')), []);
    const reader = await PostgresRowStore.open({ ...place, readonly: true });
    expect(keysOf(await all(reader))).toEqual(['a']);
    await expect(reader.commit(puts(table, thing('b')), [])).rejects.toThrow();
    expect(keysOf(await all(store))).toEqual(['a']);
    await reader.close();
  });
});
