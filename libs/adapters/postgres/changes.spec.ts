import { flag, integer, json, maybe, pastOf, text, type Table, type Write } from '@rapport/kernel';
import { changesIn, statementsOf } from './changes';
import { LIMITS } from './limits';

const columns = { name: text(), tags: json<unknown>(null), open: maybe(flag()), size: integer() };
const table: Table = { name: 'b@1', columns, indexes: [] };
const past = pastOf('a@1', columns);
const put = (key: string, name: string, more: object = {}): Write => {
  const row = { key, name, tags: ['x'], open: null, size: 1 };
  return { table, key, row, ...more };
};
const gone = (key: string, of = table): Write => ({ table: of, key, row: null });
const version = (key: string, validFrom: string, name: string): Write => ({
  ...{ table: past, key },
  row: { key, name, tags: null, open: true, size: 1, position: 1, validFrom, gone: false },
});

describe('what becomes of a table in one commit', () => {
  it('is the last word on each key, in the order of the keys', () => {
    const [changes] = changesIn([put('b', 'one'), put('a', 'two'), put('b', 'three'), gone('c')]);
    expect(changes).toMatchObject({ gone: ['c'], fresh: [] });
    expect(changes?.put.map(([key, name]) => [key, name])).toEqual([
      ['a', 'two'],
      ['b', 'three'],
    ]);
  });
  it('first what goes, then what comes after it', () => {
    const [changes] = changesIn([put('a', 'one'), gone('a'), put('a', 'two'), put('b', 'one'), gone('b')]);
    expect(changes).toMatchObject({ gone: ['a', 'b'] });
    expect(changes?.put.map(([key, name]) => [key, name])).toEqual([['a', 'two']]);
  });
  it('is new as a whole where the first of its writes was', () => {
    const [changes] = changesIn([put('a', 'one', { fresh: true }), put('a', 'two'), put('b', 'one')]);
    expect(changes?.fresh.map(([key, name]) => [key, name])).toEqual([['a', 'two']]);
    expect(changes?.put.map(([key]) => key)).toEqual(['b']);
  });
  it('of a past holds every version, each once', () => {
    const writes = [version('a', '1', 'one'), version('a', '2', 'two'), version('a', '1', 'three')];
    expect(changesIn(writes)[0]?.put.map(([, name]) => name)).toEqual(['three', 'two']);
    expect(changesIn([...writes, gone('a', past)])[0]).toMatchObject({ gone: ['a'], put: [] });
  });
  it('comes table by table, so that two who write the same do not wait for each other', () => {
    const names = changesIn([put('a', 'one'), version('a', '1', 'one'), put('b', 'one')]).map(
      (changes) => changes.table.name,
    );
    expect(names).toEqual(['a@1~past', 'b@1']);
  });
  it('is written as PostgreSQL takes it', () => {
    const row = { key: 'a\u0000', name: 'x\u0000\u0001', tags: { a: '\u0000' }, open: null, size: 7 };
    expect(changesIn([{ table, key: row.key, row }])[0]?.put).toEqual([
      ['a\u0001\u0001', 'x\u0001\u0001\u0001\u0002', '{"a":"\\u0000"}', null, 7],
    ]);
  });
});

describe('a statement', () => {
  it('holds so many rows and letters at most, and none is left out', () => {
    const rows = Array.from({ length: 2 * LIMITS.statementRows + 1 }, (_, n) => [n]);
    expect(statementsOf(rows).map(({ length }) => length)).toEqual([
      ...[LIMITS.statementRows, LIMITS.statementRows, 1],
    ]);
    const long = 'x'.repeat(LIMITS.statementLetters / 2);
    expect(statementsOf([[long], [long], [long]]).map(({ length }) => length)).toEqual([2, 1]);
    expect(statementsOf([])).toEqual([]);
  });
});
