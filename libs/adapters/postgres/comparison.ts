import type { Difference, Row, Table } from '@rapport/kernel';
import { sql } from 'kysely';
import type { Asking, Database } from './database';
import { queryOf, ref } from './names';
import { identityOf, namesOf, rowFrom } from './row-codec';
import { amongKeys, columnsOf } from './selection';

/** What differs between two tables of one shape, found where they lie. */
export const compare = (
  database: Database,
  schema: string,
  [one, other]: readonly [Table, Table],
  limit: number,
): Promise<Difference> =>
  database.transaction(async (link) => {
    const all = await link.run(queryOf(sql`select count(*) from ${ref(schema, one.name)}`));
    const found = await link.run(differing(schema, one, other, limit));
    const [count, keys] = (found.rows[0] ?? [0, []]) as readonly [unknown, readonly string[]];
    const ones = await newest(link, schema, one, keys);
    const others = await newest(link, schema, { ...other, columns: one.columns }, keys);
    return {
      rows: Number(all.rows[0]?.[0]),
      differing: Number(count),
      examples: keys.map((key) => ({ one: ones.get(key) ?? null, other: others.get(key) ?? null })),
    };
  }, 'still');

/** How many keys, and the first of them. */
const differing = (schema: string, one: Table, other: Table, limit: number) => {
  const of = (side: string, names: readonly string[]) => sql.join(names.map((name) => ref(side, name)));
  const same = identityOf(one).map((name) => sql`${ref('a', name)} = ${ref('b', name)}`);
  return queryOf(sql`
    with differing as (select distinct coalesce(a.key, b.key) as key
      from ${ref(schema, one.name)} a full join ${ref(schema, other.name)} b on ${sql.join(same, sql` and `)}
      where row(${of('a', namesOf(one))}) is distinct from row(${of('b', namesOf(one))}))
    select (select count(*) from differing), array(select key from differing order by key limit ${limit})`);
};

const newest = async (
  link: Asking,
  schema: string,
  table: Table,
  keys: readonly string[],
): Promise<ReadonlyMap<string, Row>> => {
  const order = identityOf(table).map((name) => sql`${ref(name)} desc`);
  const { rows } = await link.run(
    queryOf(sql`select distinct on (key) ${columnsOf(table)} from ${ref(schema, table.name)}
      where ${amongKeys(keys)} order by ${sql.join(order)}`),
  );
  return new Map(rows.map((cells) => [cells[0] as string, rowFrom(table.columns)(cells)]));
};
