import type { Table } from '@rapport/kernel';
import type { Database } from './driver';
import { quoted } from './row-codec';

/** Tables of one name that may lie in a file, each with its indexes: live, rebuilt, kept; far more than that are never tried. */
const NAMES_MAX = 100;

/**
 * Makes the indexes that a table lacks. An index goes along when its table is called otherwise and keeps its own name, for
 * SQLite cannot give it another one: so it is known by the columns that it is on, and takes a name that is free.
 */
export const makeIndexes = (db: Database, table: Table): void => {
  for (const on of lacking(db, table))
    db.exec(
      `create index ${quoted(freeName(db, table, on))} on ${quoted(table.name)} (${on.map(quoted).join(', ')})`,
    );
};
/** Whether there is anything to make: who only looks needs no lock. */
export const lacksIndexes = (db: Database, table: Table): boolean => lacking(db, table).length > 0;

const lacking = (db: Database, table: Table): readonly (readonly string[])[] => {
  const there = new Set(indexesOn(db, table).map(String));
  return table.indexes.filter((on) => !there.has(String(on)));
};

/** The columns that a table has, whoever made it. */
export const columnsOn = (db: Database, { name }: Table): ReadonlySet<string> =>
  new Set(
    db
      .reading('select name from pragma_table_info(?)')
      .all([name])
      .map(([column]) => String(column)),
  );

/** The columns of each index that somebody made. */
const indexesOn = (db: Database, { name }: Table): readonly (readonly string[])[] => {
  const names = db.reading("select name from pragma_index_list(?) where origin = 'c'").all([name]);
  const columns = db.reading('select name from pragma_index_info(?) order by seqno');
  return names.map(([index]) => columns.all([String(index)]).map(([column]) => String(column)));
};

const freeName = (db: Database, table: Table, on: readonly string[]): string => {
  const base = `${table.name}:${on.join(':')}`;
  const taken = db.reading("select 1 from sqlite_master where type = 'index' and name = ?");
  for (let n = 1; n <= NAMES_MAX; n++) {
    const name = n === 1 ? base : `${base}:${n}`;
    if (taken.first([name]) === undefined) return name;
  }
  throw new Error(
    `there are more than ${NAMES_MAX} indexes called ${base}: something makes tables and leaves them`,
  );
};
