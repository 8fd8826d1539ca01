import type { Columns, Row, Table } from './table';

type Writable = Record<string, unknown> & { key: string };

/** How rows of one table are made: always with the same columns in the same order. */
export interface RowShape {
  /** A new row with the values of this one: columns that the table does not have are left out. */
  copy(row: Row): Writable;
  /** A row nobody has written to. */
  zero(key: string): Writable;
}
const shapes = new WeakMap<Columns, RowShape>();

export const shapeOf = ({ columns }: Table): RowShape => {
  const shape = shapes.get(columns) ?? shapeFrom(columns);
  shapes.set(columns, shape);
  return shape;
};

const shapeFrom = (columns: Columns): RowShape => {
  const copy = copyFrom(['key', ...Object.keys(columns)]);
  const zeros = copy({
    ...Object.fromEntries(Object.entries(columns).map(([name, { zero }]) => [name, zero])),
    key: '',
  });
  return {
    copy,
    zero: (key) => {
      const row = copy(zeros);
      row.key = key;
      return row;
    },
  };
};

/**
 * `{ ...row }` in one place for the rows of all tables is slow: V8 prepares a place in the code for a few kinds of objects,
 * and adds column by column when it meets more. So every table has a copier of its own, written out from the names that
 * were declared: a fold takes a tenth less time by that, and leaves a fifth less garbage (docs/decisions/0022).
 */
const copyFrom = (names: readonly string[]): RowShape['copy'] => {
  const fields = names.map((name) => JSON.stringify(name)).map((name) => `${name}: row[${name}]`);
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- nothing but declared names goes in, as literals
  return new Function('row', `return { ${fields.join(', ')} };`) as RowShape['copy'];
};

export const zeroRow = (table: Table, key: string): Row => shapeOf(table).zero(key);
