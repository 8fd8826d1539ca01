import { compareText, compareValues, meetsAll } from '@rapport/kernel';
import type { Column, Condition, Row, Selection, Table, Value } from '@rapport/kernel';

/** A row as it is kept: JSON as text, so that nobody can change what was kept. */
export type Cells = Readonly<Record<string, Value>> & { readonly key: string };

export const cellsOf = ({ columns }: Table, key: string, row: Row): Cells => {
  const cells: Record<string, Value> & { key: string } = { key };
  for (const [name, column] of Object.entries(columns)) cells[name] = cellOf(row[name], column);
  return cells;
};
const cellOf = (value: unknown, { kind }: Column): Value => {
  if (value === undefined || value === null) return null;
  return kind === 'json' ? JSON.stringify(value) : (value as Value);
};

export const rowOf = ({ columns }: Table, cells: Cells): Row => {
  const row: Record<string, unknown> & { key: string } = { key: cells.key };
  for (const [name, { kind }] of Object.entries(columns)) {
    const cell = cells[name] ?? null;
    row[name] = kind === 'json' && cell !== null ? JSON.parse(String(cell)) : cell;
  }
  return row;
};

type Order = (one: Cells, other: Cells) => number;

/** By the column asked for, nulls lowest; ties by key, in the same direction. */
export const orderOf = (table: Table, by: Selection['orderBy']): Order => {
  const { column, descending = false } = by ?? { column: 'key' };
  assertColumn(table, column);
  const sign = descending ? -1 : 1;
  return (one, other) =>
    sign * (compareValues(one[column] ?? null, other[column] ?? null) || byKey(one, other));
};
export const byKey = (one: { readonly key: string }, other: { readonly key: string }): number =>
  compareText(one.key, other.key);

/** The place of a row that is known by its value in the order and its key. */
export const placeOf = ([value, key]: readonly [Value, string], by: Selection['orderBy']): Cells =>
  !by || by.column === 'key' ? { key } : { key, [by.column]: value };

export const matching = (table: Table, where: readonly Condition[]): ((cells: Cells) => boolean) => {
  for (const [column] of where) assertColumn(table, column);
  return (cells) => meetsAll(cells, where);
};

const assertColumn = ({ name, columns }: Table, column: string): void => {
  if (column !== 'key' && !Object.hasOwn(columns, column)) throw new Error(`${name} has no column ${column}`);
};
