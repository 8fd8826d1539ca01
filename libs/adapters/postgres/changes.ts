import type { Row, Table, Write } from '@rapport/kernel';
import { LIMITS } from './limits';
import { encoderOf, identityOf, KEY } from './row-codec';

/** The cells of one row, in the order of its columns. */
export type Cells = readonly unknown[];
/** What becomes of one table: first these keys go, then these rows are put. Nothing stands in it twice, so one statement does each. */
export interface Changes {
  readonly table: Table;
  readonly gone: readonly string[];
  /** Rows that are known to be new, and those that may take the place of others. */
  readonly fresh: readonly Cells[];
  readonly put: readonly Cells[];
}

/** Table by table and key by key, so that two who write the same take their locks in the same order. */
export const changesIn = (writes: readonly Write[]): readonly Changes[] => {
  const byTable = new Map<string, Write[]>();
  for (const write of writes) {
    const mine = byTable.get(write.table.name);
    if (mine) mine.push(write);
    else byTable.set(write.table.name, [write]);
  }
  return [...byTable].sort(([one], [other]) => order(one, other)).map(([, mine]) => changesOf(mine));
};

interface Put {
  readonly row: Row;
  isFresh: boolean;
}
/** Read from the last write back: what comes later holds. */
const changesOf = (writes: readonly Write[]): Changes => {
  const { table } = writes[0] as Write;
  const identity = identifying(table);
  const gone = new Set<string>();
  const puts = new Map<string, Put>();
  for (let n = writes.length - 1; n >= 0; n--) {
    const { key, row, fresh = false } = writes[n] as Write;
    if (gone.has(key)) continue;
    if (!row) {
      gone.add(key);
      continue;
    }
    const later = puts.get(identity(row));
    if (!later) puts.set(identity(row), { row, isFresh: fresh });
    else later.isFresh ||= fresh; // it was said that nothing stood there before the first of them
  }
  const sorted = [...puts].sort(([one], [other]) => order(one, other)).map(([, put]) => put);
  const encode = encoding(table);
  const cellsOf = (isFresh: boolean) =>
    sorted.filter((put) => put.isFresh === isFresh).map(({ row }) => encode(row));
  const keys = [...gone].sort(order).map((key) => encoderOf(KEY)(key) as string);
  return { table, gone: keys, fresh: cellsOf(true), put: cellsOf(false) };
};

const order = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
const identifying = (table: Table): ((row: Row) => string) => {
  const [, ...more] = identityOf(table);
  return more.length === 0
    ? ({ key }) => key
    : (row) => [row.key, ...more.map((name) => String(row[name]))].join('\u0000');
};
const encoding = ({ columns }: Table): ((row: Row) => Cells) => {
  const fields = [['key', encoderOf(KEY)] as const].concat(
    Object.entries(columns).map(([name, column]) => [name as 'key', encoderOf(column)] as const),
  );
  return (row) => fields.map(([name, encode]) => encode(row[name]));
};

/** So many of them as go into one statement, and so on to the end. */
export const statementsOf = (rows: readonly Cells[]): readonly (readonly Cells[])[] => {
  const parts: Cells[][] = [];
  let [part, letters]: [Cells[], number] = [[], 0];
  for (const cells of rows) {
    part.push(cells);
    letters += lettersIn(cells);
    if (part.length < LIMITS.statementRows && letters < LIMITS.statementLetters) continue;
    parts.push(part);
    [part, letters] = [[], 0];
  }
  return part.length > 0 ? [...parts, part] : parts;
};
const lettersIn = (cells: Cells): number =>
  cells.reduce<number>((sum, cell) => sum + (typeof cell === 'string' ? cell.length : 1), 0);
