import {
  hydrate,
  Instant,
  Invalid,
  type Column,
  type Condition,
  type Projection,
  type Row,
  type Selection,
  type Value,
} from '@rapport/kernel';
import { scalarOf } from '../from-text';
import { EdgeProblem } from '../problem';
import { ListParams, namesOf, unknownParams } from './reading-params';

type Query = Readonly<Record<string, unknown>>;
type Comparing = Extract<Condition[1], '<=' | '>=' | '!='>;

/** `score_min=60`: the column, then what is asked of it. */
const OPERATORS: Readonly<Record<string, Comparing>> = { _min: '>=', _max: '<=', _not: '!=' };
const IS_NULL = '_null';

/** Every filter that a read model takes, with the kind of its value. */
export const filtersOf = ({ table }: Projection): ReadonlyMap<string, Column['kind']> => {
  const filters = new Map<string, Column['kind']>([['key', 'text']]);
  for (const [name, { kind, zero }] of Object.entries(table.columns)) {
    if (kind === 'json') continue;
    filters.set(name, kind).set(`${name}_not`, kind);
    if (kind !== 'flag') filters.set(`${name}_min`, kind).set(`${name}_max`, kind);
    if (zero === null) filters.set(name + IS_NULL, 'flag');
  }
  return filters;
};

/** The rows that a query string asks for, one more than the page holds, so that we know whether there is another. */
export const selectionOf = (model: Projection, params: ListParams, filters: Query): Selection => {
  const orderBy = orderOf(model, params.orderBy);
  return {
    where: conditionsOf(model, filters),
    limit: params.limit + 1,
    ...(orderBy && { orderBy }),
    ...(params.cursor !== undefined && { after: placeIn(model, params) }),
  };
};

const conditionsOf = (model: Projection, filters: Query): readonly Condition[] => {
  const known = filtersOf(model);
  const unknown = Object.fromEntries(Object.entries(filters).filter(([name]) => !known.has(name)));
  if (Object.keys(unknown).length > 0)
    throw unknownParams(model.question, unknown, [...known.keys(), ...namesOf(ListParams)]);
  return Object.entries(filters).map(([name, text]) =>
    conditionOf(model, name, text, known.get(name) ?? 'text'),
  );
};

const conditionOf = (model: Projection, name: string, text: unknown, kind: Column['kind']): Condition => {
  if (Array.isArray(text)) {
    const values = text.map((one) => valueOf(name, one, kind));
    if (name === 'key' || name in model.table.columns) return [name, 'in', values];
    throw new Invalid([{ field: name, rule: 'once', message: `${name} may be given once` }]);
  }
  const value = valueOf(name, text, kind);
  if (name === 'key' || name in model.table.columns) return [name, '=', value];
  const column = name.slice(0, name.lastIndexOf('_'));
  const suffix = name.slice(name.lastIndexOf('_'));
  if (suffix === IS_NULL) return [column, value === true ? '=' : '!=', null];
  return [column, OPERATORS[suffix] ?? '!=', value];
};

const TYPES: Readonly<Record<Column['kind'], string>> = {
  ...{ integer: 'integer', real: 'number', flag: 'boolean', text: 'string', json: 'object' },
};
const valueOf = (field: string, text: unknown, kind: Column['kind']): Value => {
  const value = typeof text === 'string' ? scalarOf(text, TYPES[kind]) : text;
  if (kind === 'text' && typeof value === 'string') return canonical(value);
  if (kind === 'flag' && typeof value === 'boolean') return value;
  if (kind !== 'text' && kind !== 'flag' && typeof value === 'number') return value;
  const wanted = kind === 'flag' ? 'true or false' : kind === 'text' ? 'text' : 'a number';
  throw new Invalid([{ field, rule: 'kind', message: `${field} must be ${wanted}` }]);
};

class Moment {
  @Instant() at!: string;
}
/** An instant in whatever ISO form is compared in the form in which instants are kept. */
const canonical = (text: string): string => hydrate(Moment, { at: text }).at;

export const orderOf = ({ question, table }: Projection, asked: string | undefined): Selection['orderBy'] => {
  if (asked === undefined) return undefined;
  const column = asked.replace(/^-/, '');
  const columns = Object.entries(table.columns).filter(([, { kind }]) => kind !== 'json');
  const allowed = ['key', ...columns.map(([name]) => name)];
  if (allowed.includes(column)) return { column, descending: asked.startsWith('-') };
  throw unknownOrder(question, asked, allowed);
};
const unknownOrder = (question: string, asked: string, allowed: readonly string[]): Invalid =>
  new Invalid([
    {
      ...{ field: 'orderBy', rule: 'column' },
      message: `${question} cannot be ordered by ${asked}; allowed: ${allowed.join(', ')}, each with - before it for falling`,
    },
  ]);

/** Where a page ended. It fits only the model version and the order that it was made for. */
type Cursor = readonly [model: string, orderBy: string, value: Value, key: string];

export const cursorAfter = (model: Projection, row: Row, orderBy: string | undefined): string => {
  const column = (orderBy ?? 'key').replace(/^-/, '');
  const cursor: Cursor = [model.name, orderBy ?? '', row[column] as Value, row.key];
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
};

const placeIn = (model: Projection, { cursor = '', orderBy = '' }: ListParams): readonly [Value, string] => {
  const [name, order, value, key] = opened(cursor);
  if (name === model.name && order === orderBy && key !== undefined) return [value ?? null, key];
  throw new EdgeProblem(
    400,
    'BAD_CURSOR',
    'this cursor belongs to another model, version or order: begin anew',
  );
};
const opened = (cursor: string): Partial<Cursor> => {
  try {
    const parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown;
    return Array.isArray(parts) && typeof parts[3] === 'string' ? (parts as unknown as Cursor) : [];
  } catch {
    return [];
  }
};
