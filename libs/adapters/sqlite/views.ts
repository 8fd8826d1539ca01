import type { View, ViewColumn } from '@rapport/kernel';
import type { Database } from './driver';
import { quoted } from './row-codec';

/**
 * A view names its table, so it shows whatever is live under that name. SQLite would write the names anew when a table
 * is called otherwise, and the view would follow the one that was put aside: in the old manner it leaves them alone.
 */
export const VIEWS_STAY = 'pragma legacy_alter_table = on';

/** Makes the views that are not there, or not in this shape; where all are, nothing is written. */
export const publish = (db: Database, views: readonly View[]): void => {
  const wanted = views.map((view) => ({ name: view.name, sql: viewSql(view) }));
  const missing = () => {
    const there = textsOf(db);
    return wanted.filter(({ name, sql }) => there.get(name) !== sql);
  };
  if (missing().length === 0) return;
  const make = db.transaction(() => {
    for (const { name, sql } of missing()) {
      db.exec(`drop view if exists ${quoted(name)}`);
      db.exec(sql);
    }
  });
  make(undefined);
};

const textsOf = (db: Database): ReadonlyMap<unknown, unknown> =>
  new Map(
    db
      .reading("select name, sql from sqlite_master where type = 'view'")
      .all([])
      .map(([name, sql]) => [name, sql]),
  );

/** SQLite keeps this text as it is, with its comments: `.schema churn_risk` shows what each column says. */
const viewSql = ({ name, about, of, columns }: View): string => {
  const lines = columns.map(
    (column, n) =>
      `  ${valueOf(column)} AS ${quoted(column.name)}${n + 1 < columns.length ? ',' : ''}${commentOf(column.about)}`,
  );
  const from = `FROM ${quoted(of.name)}${groupsOf(columns)}`;
  return [`CREATE VIEW ${quoted(name)} AS${commentOf(about)}`, 'SELECT', ...lines, from].join('\n');
};
const commentOf = (about: string | undefined): string =>
  about === undefined ? '' : ` -- ${about.replaceAll(/\s+/g, ' ')}`;

const valueOf = ({ column, as, sum }: ViewColumn): string => {
  if (sum) return `sum(${quoted(column)})`;
  return as === 'instant' ? `nullif(${quoted(column)}, '')` : quoted(column);
};
const groupsOf = (columns: readonly ViewColumn[]): string => {
  const sums = columns.filter(({ sum }) => sum);
  if (sums.length === 0) return '';
  const by = columns.filter(({ sum }) => !sum).map(({ column }) => quoted(column));
  const some = sums.map(({ column }) => `sum(${quoted(column)}) <> 0`).join(' OR ');
  return `${by.length > 0 ? `\nGROUP BY ${by.join(', ')}` : ''}\nHAVING ${some}`;
};
