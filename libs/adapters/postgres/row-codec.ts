import type { Column, Columns, Row, Table } from '@rapport/kernel';
import { placed, quoted } from './names';

/** Text is compared byte by byte, as everywhere in this house. JSON is kept as the text it is: `jsonb` would not give all of it back. */
const TYPES = {
  text: 'text collate "C"',
  integer: 'bigint',
  real: 'double precision',
  flag: 'boolean',
  json: 'text collate "C"',
} as const;
/** The same as lists of parameters. */
const LISTS = {
  text: 'text[]',
  integer: 'bigint[]',
  real: 'double precision[]',
  flag: 'boolean[]',
  json: 'text[]',
};
export const listTypeOf = ({ kind }: Column): string => LISTS[kind];
export const KEY: Column = { kind: 'text', zero: '' };

const NUL = '\u0000';
const SOH = '\u0001';
const STX = '\u0002';
/** PostgreSQL takes no NUL in a text. It is written as two letters that nobody else uses, and in the same order as before. */
const packed = (text: string): string =>
  text.includes(NUL) || text.includes(SOH)
    ? text.replaceAll(SOH, SOH + STX).replaceAll(NUL, SOH + SOH)
    : text;
const unpacked = (text: string): string =>
  text.includes(SOH) ? text.replaceAll(SOH + SOH, NUL).replaceAll(SOH + STX, SOH) : text;

const isNone = (value: unknown): value is null | undefined => value === null || value === undefined;
const asText = (value: unknown): unknown => (typeof value === 'string' ? packed(value) : (value ?? null));
const asJson = (value: unknown): unknown => (isNone(value) ? null : JSON.stringify(value));
const asFlag = (value: unknown): unknown => (isNone(value) ? null : Boolean(value));
const asItIs = (value: unknown): unknown => value ?? null;
const ENCODERS = { text: asText, integer: asItIs, real: asItIs, flag: asFlag, json: asJson };
export const encoderOf = ({ kind }: Column): ((value: unknown) => unknown) => ENCODERS[kind];

const DECODERS = {
  text: (value: unknown) => unpacked(value as string),
  /** Comes as text, since it could be longer than a number holds; ours never are. */
  integer: (value: unknown) => Number(value),
  real: (value: unknown) => value,
  flag: (value: unknown) => value,
  json: (value: unknown) => JSON.parse(value as string) as unknown,
};

/** `key` first, then the columns in the order of their declaration. */
export const namesOf = ({ columns }: Table): readonly string[] => ['key', ...Object.keys(columns)];
export const selected = (table: Table): string => namesOf(table).map(quoted).join(', ');

export const rowFrom = (columns: Columns) => {
  const fields = Object.entries(columns).map(([name, { kind }]) => [name, DECODERS[kind]] as const);
  return (values: readonly unknown[]): Row => {
    const row: Record<string, unknown> & { key: string } = { key: unpacked(values[0] as string) };
    for (let n = 0; n < fields.length; n++) {
      const [name, decode] = fields[n] as (typeof fields)[number];
      const value = values[n + 1];
      row[name] = value === null ? null : decode(value);
    }
    return row;
  };
};

const IDENTITY = { row: ['key'], version: ['key', 'validFrom', 'position'] };
export const identityOf = ({ history }: Table): readonly string[] =>
  history ? IDENTITY.version : IDENTITY.row;

export const tableSql = (schema: string, table: Table): string => {
  const columns = Object.entries(table.columns).map(([name, { kind }]) => `${quoted(name)} ${TYPES[kind]}`);
  const primary = identityOf(table).map(quoted).join(', ');
  return `create table ${placed(schema, table.name)} (${[`key ${TYPES.text} not null`, ...columns].join(', ')}, primary key (${primary}))`;
};

export interface Index {
  readonly name: string;
  readonly on: readonly string[];
}
export const indexesOf = ({ name, indexes }: Table): readonly Index[] =>
  indexes.map((on) => ({ name: `${name}:${on.join(':')}`, on }));
/** With the key at its end, where it does not say another place for it: ties are broken by the key. */
export const columnsIn = ({ on }: Index): readonly string[] => (on.includes('key') ? on : [...on, 'key']);
/** Begins with its empty values, as our order does: a page is read off the index. */
export const indexSql = (schema: string, table: Table, index: Index): string => {
  const columns = columnsIn(index).map((column) =>
    column === 'key' ? column : `${quoted(column)} nulls first`,
  );
  return `create index ${quoted(index.name)} on ${placed(schema, table.name)} (${columns.join(', ')})`;
};
