import type { Column, Columns, Row, Table } from '@rapport/kernel';
import type { Bound } from './driver';

/** Columns as SQL sees them: flags are 0 or 1, JSON is text. */
const KINDS = { text: 'text', integer: 'integer', real: 'real', flag: 'integer', json: 'text' } as const;

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const asJson = (value: unknown): Bound =>
  value === null || value === undefined ? null : JSON.stringify(value);
const asFlag = (value: unknown): Bound => (value === null || value === undefined ? null : value ? 1 : 0);
const asItIs = (value: unknown): Bound => (value === undefined ? null : (value as Bound));
const ENCODERS = { text: asItIs, integer: asItIs, real: asItIs, flag: asFlag, json: asJson };
export const encoderOf = ({ kind }: Column): ((value: unknown) => Bound) => ENCODERS[kind];

export const encoded = (value: unknown, column: Column): Bound => encoderOf(column)(value);
const decoded = (value: unknown, { kind }: Column): unknown => {
  if (value === null) return null;
  if (kind === 'flag') return value === 1;
  return kind === 'json' ? (JSON.parse(value as string) as unknown) : value;
};

/** `key` first, then the columns in the order of their declaration. */
export const selected = ({ columns }: Table, prefix = ''): string =>
  ['key', ...Object.keys(columns)].map((name) => prefix + quoted(name)).join(', ');

export const rowFrom = (columns: Columns) => {
  const fields = Object.entries(columns);
  return (values: readonly unknown[]): Row => {
    const row: Record<string, unknown> & { key: string } = { key: values[0] as string };
    for (let n = 0; n < fields.length; n++) {
      const [name, column] = fields[n] as [string, Column];
      row[name] = decoded(values[n + 1], column);
    }
    return row;
  };
};

const IDENTITY = { row: ['key'], version: ['key', 'validFrom', 'position'] };
export const identityOf = ({ history }: Table): readonly string[] =>
  history ? IDENTITY.version : IDENTITY.row;

/**
 * Rows lie in the order of their keys. Versions lie in the order in which they were written, with their keys beside them:
 * they come from everywhere in the order of keys, and each would change another page of the file.
 */
export const tableSql = (table: Table): string => {
  const columns = Object.entries(table.columns).map(([name, { kind }]) => `${quoted(name)} ${KINDS[kind]}`);
  const primary = identityOf(table).map(quoted).join(', ');
  return `create table if not exists ${quoted(table.name)}
    (key text not null, ${columns.join(', ')}, primary key (${primary})) strict${table.history ? '' : ', without rowid'}`;
};

export const insertSql = (table: Table): string =>
  `insert into ${quoted(table.name)} (${selected(table)}) values (?${', ?'.repeat(Object.keys(table.columns).length)})`;

export const upsertSql = (table: Table): string => {
  const identity = identityOf(table);
  const changing = Object.keys(table.columns).filter((name) => !identity.includes(name));
  const sets = changing.map((name) => `${quoted(name)} = excluded.${quoted(name)}`).join(', ');
  return `${insertSql(table)} on conflict (${identity.map(quoted).join(', ')}) do ${sets ? `update set ${sets}` : 'nothing'}`;
};
