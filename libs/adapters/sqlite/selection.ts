import type { AsOf, Condition, Selection, Table, Value } from '@rapport/kernel';
import { encoded, quoted, selected } from './row-codec';
import type { Bound } from './driver';
import { versionsInForce, type Course, type Versions } from './versions';

export interface Query {
  readonly sql: string;
  readonly values: readonly Bound[];
}
interface Clause {
  readonly sql: string;
  readonly values: readonly Bound[];
}
const TRUE: Clause = { sql: '1', values: [] };
const NOTHING: Clause = { sql: '', values: [] };

/** Rows of a table, or (as of) the versions of its past that were in force. */
export const selectionQuery = (table: Table, selection: Selection): Query => {
  const { where = [], orderBy, limit, after, asOf } = selection;
  const column = orderBy?.column ?? 'key';
  const direction = orderBy?.descending ? 'desc' : 'asc';
  const course = column === 'key' ? ({ direction, ...(after && { behind: after[1] }) } as const) : null;
  const { before, from, areInOrder } = sourceOf(table, where, course, asOf);
  const clauses = [
    ...where.map((condition) => clauseOf(table, condition)),
    after ? pageAfter(column, direction, after) : TRUE,
  ];
  const order = column === 'key' ? `key ${direction}` : `${quoted(column)} ${direction}, key ${direction}`;
  return {
    sql: `${before.sql} select ${selected(table)} from ${from.sql} where ${allOf(clauses)} ${areInOrder ? '' : `order by ${order}`} limit ?`,
    values: [...before.values, ...from.values, ...clauses.flatMap(({ values }) => values), limit],
  };
};

export const countQuery = (table: Table, where: readonly Condition[], asOf?: AsOf): Query => {
  const { before, from } = sourceOf(table, where, null, asOf);
  const clauses = where.map((condition) => clauseOf(table, condition));
  return {
    sql: `${before.sql} select count(*) from ${from.sql} where ${allOf([TRUE, ...clauses])}`,
    values: [...before.values, ...from.values, ...clauses.flatMap(({ values }) => values)],
  };
};

const sourceOf = (table: Table, where: readonly Condition[], course: Course | null, asOf?: AsOf): Versions =>
  asOf
    ? versionsInForce(table, asOf, where, course)
    : { before: NOTHING, from: { sql: quoted(table.name), values: [] }, areInOrder: false };

const allOf = (clauses: readonly Clause[]): string => clauses.map(({ sql }) => sql).join(' and ');

const clauseOf = (table: Table, [column, operator, value]: Condition): Clause => {
  const name = quoted(column);
  if (operator === 'in') {
    const values = value.map((one) => bound(table, column, one));
    const some = `${name} in (select value from json_each(?))`;
    const sql = values.includes(null) ? `(${some} or ${name} is null)` : some;
    return { sql, values: [JSON.stringify(values)] };
  }
  if (value === null) return { sql: `${name} is ${operator === '!=' ? 'not ' : ''}null`, values: [] };
  return {
    sql: `${name} ${operator === '!=' ? 'is not' : operator} ?`,
    values: [bound(table, column, value)],
  };
};

const bound = (table: Table, column: string, value: Value): Bound => {
  const declared = Object.hasOwn(table.columns, column) ? table.columns[column] : undefined;
  return declared ? encoded(value, declared) : (value as Bound);
};

/** The rows after the last one of the page before. Empty values stand first when rising and last when falling. */
const pageAfter = (
  column: string,
  direction: 'asc' | 'desc',
  [value, key]: readonly [Value, string],
): Clause => {
  const than = direction === 'asc' ? '>' : '<';
  if (column === 'key') return { sql: `key ${than} ?`, values: [key] };
  const name = quoted(column);
  if (value === null) {
    const others = direction === 'asc' ? `or ${name} is not null` : '';
    return { sql: `((${name} is null and key ${than} ?) ${others})`, values: [key] };
  }
  const empty = direction === 'desc' ? `or ${name} is null` : '';
  const plain = typeof value === 'boolean' ? Number(value) : value;
  return {
    sql: `(${name} ${than} ? or (${name} = ? and key ${than} ?) ${empty})`,
    values: [plain, plain, key],
  };
};
