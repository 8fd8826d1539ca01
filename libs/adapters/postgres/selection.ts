import type { AsOf, Column, Condition, Selection, Table, Value } from '@rapport/kernel';
import { sql, type RawBuilder } from 'kysely';
import type { Query } from './database';
import { queryOf, ref } from './names';
import { encoderOf, KEY, listTypeOf, namesOf } from './row-codec';
import { versionsInForce, type Course, type Versions } from './versions';

type Sql = RawBuilder<unknown>;
type Direction = 'asc' | 'desc';

/** Rows of a table, or (as of) the versions of its past that were in force. */
export const selectionQuery = (
  schema: string,
  table: Table,
  { where = [], orderBy, limit, after, asOf }: Selection,
): Query => {
  const column = orderBy?.column ?? 'key';
  const direction = orderBy?.descending ? 'desc' : 'asc';
  const course = column === 'key' ? ({ direction, ...(after && { behind: after[1] }) } as const) : null;
  const { before, from, areInOrder } = sourceOf(schema, table, where, course, asOf);
  const clauses = where.map((condition) => clauseOf(table, condition));
  if (after) clauses.push(pageAfter(table, column, direction, after));
  const order = areInOrder ? sql`` : sql` order by ${orderOf(column, direction)}`;
  return queryOf(
    sql`${before}select ${columnsOf(table)} from ${from}${allOf(clauses)}${order} limit ${limit}`,
  );
};

export const countQuery = (schema: string, table: Table, where: readonly Condition[], asOf?: AsOf): Query => {
  const { before, from } = sourceOf(schema, table, where, null, asOf);
  const clauses = where.map((condition) => clauseOf(table, condition));
  return queryOf(sql`${before}select count(*) from ${from}${allOf(clauses)}`);
};

const sourceOf = (
  schema: string,
  table: Table,
  where: readonly Condition[],
  course: Course | null,
  asOf?: AsOf,
): Versions =>
  asOf
    ? versionsInForce(schema, table, asOf, where, course)
    : { before: sql``, from: ref(schema, table.name), areInOrder: false };

/** The version of each row with the latest business time. */
export const newestVersionsQuery = (schema: string, past: Table, keys: readonly string[]): Query =>
  queryOf(sql`select distinct on (key) key, "validFrom", "position" from ${ref(schema, past.name)}
    where ${amongKeys(keys)} order by key desc, "validFrom" desc, "position" desc`);

export const columnsOf = (table: Table): Sql => sql.join(namesOf(table).map((name) => ref(name)));
export const amongKeys = (keys: readonly string[]): Sql => clauseOf(null, ['key', 'in', keys]);

const allOf = (clauses: readonly Sql[]): Sql =>
  clauses.length === 0 ? sql`` : sql` where ${sql.join(clauses, sql` and `)}`;

/** Empty values stand first when rising and last when falling, in the order of the indexes. */
const orderOf = (column: string, direction: Direction): Sql => {
  const towards = sql.raw(direction);
  const empty = sql.raw(direction === 'asc' ? 'nulls first' : 'nulls last');
  return column === 'key' ? sql`key ${towards}` : sql`${ref(column)} ${towards} ${empty}, key ${towards}`;
};

const clauseOf = (table: Table | null, [column, operator, value]: Condition): Sql => {
  const name = ref(column);
  const declared = columnOf(table, column);
  if (operator === 'in') {
    const list = value.filter((one) => one !== null && isOfKind(one, declared)).map(encoderOf(declared));
    const some = sql`${name} = any(${list}::${sql.raw(listTypeOf(declared))})`;
    return value.includes(null) ? sql`(${some} or ${name} is null)` : some;
  }
  if (value === null) return operator === '!=' ? sql`${name} is not null` : sql`${name} is null`;
  const how = sql.raw(operator === '!=' ? 'is distinct from' : operator);
  return sql`${name} ${how} ${bound(value, declared)}`;
};

const columnOf = (table: Table | null, name: string): Column =>
  (table && Object.hasOwn(table.columns, name) ? table.columns[name] : undefined) ?? KEY;
/** A number that is not whole equals nothing in a column of whole numbers, but it is more than some and less than others. */
const isOfKind = (value: Value, { kind }: Column): boolean =>
  kind !== 'integer' || Number.isSafeInteger(value);
const bound = (value: Value, declared: Column): Sql =>
  isOfKind(value, declared) ? sql`${encoderOf(declared)(value)}` : sql`${value}::numeric`;

/** The rows after the last one of the page before. */
const pageAfter = (
  table: Table,
  column: string,
  direction: Direction,
  [value, key]: readonly [Value, string],
): Sql => {
  const than = sql.raw(direction === 'asc' ? '>' : '<');
  const last = bound(key, KEY);
  if (column === 'key') return sql`key ${than} ${last}`;
  const name = ref(column);
  if (value === null) {
    const others = direction === 'asc' ? sql` or ${name} is not null` : sql``;
    return sql`((${name} is null and key ${than} ${last})${others})`;
  }
  const declared = columnOf(table, column);
  const rest = sql`(${name}, key) ${than} (${bound(value, declared)}, ${last})`;
  const mayBeEmpty = direction === 'desc' && declared.zero === null;
  return mayBeEmpty ? sql`(${rest} or ${name} is null)` : rest;
};
