import type { Projection } from './projection';
import type { Rollup } from './rollup';
import type { View, ViewColumn } from './row-store';
import type { Column, Table } from './table';

/** PostgreSQL cuts longer names off, and then two may be one. */
const NAME_BYTES_MAX = 63;

/**
 * What analysts can ask with SQL: `churn_risk` for the model `churn-risk`, `churn_risk_history` for all its versions
 * where it keeps them, and a view of each rollup, without its histograms. Throws where names are too long or collide.
 */
export const viewsOf = (readModels: readonly Projection[], rollups: readonly Rollup[]): readonly View[] => {
  const views = [...readModels.flatMap(viewsOfModel), ...rollups.map(viewOfRollup)];
  assertNames('views', views);
  for (const { name, columns } of views) assertNames(name, columns);
  return views;
};

const viewsOfModel = ({ question, about, table, past, key, per }: Projection): readonly View[] => {
  const name = sqlName(question);
  const keyed = { name: sqlName(key), column: 'key', as: 'text', about: `Names the ${per}` } as const;
  const now = { name, about, of: table, columns: [keyed, ...columnsOf(table)] };
  if (!past) return [now];
  const history = `${about} Every version of every row, by business time and by position.`;
  return [now, { name: `${name}_history`, about: history, of: past, columns: [keyed, ...columnsOf(past)] }];
};

/** A rollup may be kept in several parts, so the parts of a group are added up. */
const viewOfRollup = ({ name, about, by, table }: Rollup): View => ({
  ...{ name: sqlName(name), about, of: table },
  columns: columnsOf(table)
    .filter(({ as }) => as !== 'json')
    .map((column) => (by.includes(column.column) ? column : { ...column, sum: true })),
});

const columnsOf = ({ columns }: Table): readonly ViewColumn[] =>
  Object.entries(columns).map(([column, declared]) => ({
    ...{ name: sqlName(column), column, as: declared.instant ? 'instant' : declared.kind },
    ...(declared.about !== undefined && { about: sentenceOf(declared) }),
  }));

/** `Time spent waiting (ms; SYS-21.5)` */
export const sentenceOf = ({ about = '', unit, source }: Column): string => {
  const more = [unit, source].filter((text) => text !== undefined).join('; ');
  return more === '' ? about : `${about} (${more})`;
};

/** `churn-risk` and `lastAt` as SQL knows them without quotation marks: `churn_risk`, `last_at`. */
const sqlName = (name: string): string =>
  name
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '_')
    .replaceAll(/\W/g, '_')
    .toLowerCase();

const assertNames = (where: string, named: readonly { readonly name: string }[]): void => {
  const known = new Set<string>();
  for (const { name } of named) {
    if (name.length > NAME_BYTES_MAX || !/^[a-z_][a-z0-9_]*$/.test(name))
      throw new Error(
        `${where}: ${name} is no name for SQL: ${NAME_BYTES_MAX} letters, digits and _ at most`,
      );
    if (known.has(name)) throw new Error(`${where}: two are called ${name} in SQL`);
    known.add(name);
  }
};
