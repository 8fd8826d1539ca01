import type { Difference, Row, Table } from '@rapport/kernel';
import type { Database } from './driver';
import { identityOf, quoted, rowFrom, selected } from './row-codec';

/**
 * What differs between two tables of one shape. Each is walked through once in the order of its keys, and the other is
 * asked for the same key: nothing is held in memory but what differs.
 */
export const compare = (db: Database, one: Table, other: Table, limit: number): Difference => {
  const number = (sql: string) => Number(db.reading(sql).first([])?.[0] ?? 0);
  const differing = differingSql(one, other);
  return {
    rows: number(`select count(*) from ${quoted(one.name)}`),
    differing: number(`select count(distinct key) from (${differing})`),
    examples: db
      .reading(`select distinct key from (${differing}) order by key limit ?`)
      .all([limit])
      .map(([key]) => ({ one: newest(db, one, String(key)), other: newest(db, other, String(key)) })),
  };
};

const differingSql = (one: Table, other: Table): string => {
  const identity = identityOf(one);
  const same = identity.map((name) => `a.${quoted(name)} = b.${quoted(name)}`).join(' and ');
  const cells = Object.keys(one.columns).filter((name) => !identity.includes(name));
  const changed = cells.map((name) => `a.${quoted(name)} is not b.${quoted(name)}`);
  const [a, b] = [quoted(one.name), quoted(other.name)];
  return `select a.key from ${a} a left join ${b} b on ${same} where ${['b.key is null', ...changed].join(' or ')}
    union all select b.key from ${b} b left join ${a} a on ${same} where a.key is null`;
};

const newest = (db: Database, table: Table, key: string): Row | null => {
  const order = identityOf(table)
    .map((name) => `${quoted(name)} desc`)
    .join(', ');
  const sql = `select ${selected(table)} from ${quoted(table.name)} where key = ? order by ${order} limit 1`;
  const found = db.reading(sql).first([key]);
  return found ? rowFrom(table.columns)(found) : null;
};
