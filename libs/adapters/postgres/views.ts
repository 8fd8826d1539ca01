import type { View, ViewColumn } from '@rapport/kernel';
import { locked } from './bookkeeping';
import { succeeds, type Asking, type Database, type Link } from './database';
import { PostgresFault } from './faults';
import { placed, quoted } from './names';
import type { Analysts } from './place';

interface Shown {
  readonly schema: string;
  readonly name: string;
  /** All that makes it, as it is kept beside it. */
  readonly definition: string;
}
/** What it selects, and what is said of it and of its columns. */
interface Definition {
  readonly select: string;
  readonly about: string | null;
  readonly columns: readonly (readonly [name: string, about: string | null])[];
}
/** Whether a role may enter a schema and read a view; no row where there is no such role. */
const RIGHTS = `select has_schema_privilege(rolname, $2, 'usage'), has_table_privilege(rolname, $3, 'select')
  from pg_roles where rolname = $1`;
/** PostgreSQL's words for what is expected here. */
const DENIED = '42501';
const MADE_MEANWHILE: readonly unknown[] = ['42710', '23505'];
const OTHER_COLUMNS = '42P16';
/** No such table, no such column. */
const MISFITS: readonly unknown[] = ['42P01', '42703'];

/** What analysts read: views in a schema of their own, with the rights of their owner, so that they see nothing else of ours. */
export class Views {
  private readonly table: string;

  constructor(
    private readonly database: Database,
    private readonly rows: string,
    private readonly analysts: Analysts,
    private readonly tell: (sentence: string) => void,
  ) {
    this.table = placed(rows, 'views');
  }

  /** Without the right to make the schema or the role that is told, and the rows are kept all the same. */
  async publish(views: readonly View[]): Promise<void> {
    const { schema, role } = this.analysts;
    if (!(await this.made('schema', schema, `create schema ${quoted(schema)}`))) return;
    await this.made('role', role, `create role ${quoted(role)} nologin`);
    await this.database.transaction(async (link) => {
      await locked(link, this.rows);
      for (const view of views) await this.publishOne(link, view);
    }, 'long');
  }

  /** Tables stand under these names now, or none does: their views show what is live there. */
  async follow(link: Link, tables: readonly string[]): Promise<void> {
    const { rows } = await link.run({
      sql: `select schema, name, definition from ${this.table} where "table" = any($1::text[]) order by schema, name`,
      values: [tables],
    });
    for (const [schema, name, definition] of rows as readonly (readonly [string, string, string])[])
      await this.shownOrGone(link, { schema, name, definition });
  }

  /** Drops something with all that rests on it; what analysts lose by that is told. */
  async dropping(link: Link, sql: string): Promise<void> {
    const lost: string[] = [];
    const note = ({
      message = '',
      detail,
    }: {
      message?: string | undefined;
      detail?: string | undefined;
    }) => {
      if (message.includes('cascades')) lost.push(detail ?? message);
    };
    link.client.on('notice', note);
    try {
      await link.run({ sql });
    } finally {
      link.client.off('notice', note);
    }
    if (lost.length > 0) this.tell(`PostgreSQL: ${lost.join(', ').replaceAll('\n', ', ')}`);
  }

  private async publishOne(link: Link, view: View): Promise<void> {
    const { schema } = this.analysts;
    const { name, of } = view;
    const definition = JSON.stringify(definitionOf(this.rows, view));
    if (await this.isShown(link, { schema, name, definition }))
      return this.grant(link, schema, placed(schema, name));
    await link.run({
      sql: `insert into ${this.table} (schema, name, "table", definition) values ($1, $2, $3, $4)
        on conflict (schema, name) do update set "table" = excluded."table", definition = excluded.definition`,
      values: [schema, name, of.name, definition],
    });
    await this.show(link, { schema, name, definition });
  }
  /** Then nobody who reads it has to be waited for. */
  private async isShown(link: Link, { schema, name, definition }: Shown): Promise<boolean> {
    const sql = `select 1 from ${this.table} v join pg_views p on p.schemaname = v.schema and p.viewname = v.name
      where v.schema = $1 and v.name = $2 and v.definition = $3`;
    return (await link.run({ sql, values: [schema, name, definition] })).count > 0;
  }

  /** A view keeps its place, and all that was built on it, as long as its columns stay the same. */
  private async show(link: Link, { schema, name, definition }: Shown): Promise<void> {
    const view = placed(schema, name);
    const { select, ...said } = JSON.parse(definition) as Definition;
    const replace = `create or replace view ${view} as ${select}`;
    if (!(await succeeds(link, replace, (code) => code === OTHER_COLUMNS))) {
      await this.dropping(link, `drop view ${view} cascade`);
      await link.run({ sql: `create view ${view} as ${select}` });
    }
    await link.run({ sql: commentsSql(view, said) });
    await this.grant(link, schema, view);
  }
  private async shownOrGone(link: Link, shown: Shown): Promise<void> {
    const { schema, name, definition } = shown;
    const probe = `select from (${(JSON.parse(definition) as Definition).select}) probe limit 0`;
    if (await succeeds(link, probe, (code) => MISFITS.includes(code))) return this.show(link, shown);
    await this.dropping(link, `drop view if exists ${placed(schema, name)} cascade`);
  }
  private async grant(link: Link, schema: string, view: string): Promise<void> {
    const { role } = this.analysts;
    const { rows } = await link.run({ sql: RIGHTS, values: [role, schema, view] });
    const [mayEnter, mayRead] = rows[0] ?? [true, true]; // without the role there is nobody to have rights
    if (mayEnter !== true)
      await link.run({ sql: `grant usage on schema ${quoted(schema)} to ${quoted(role)}` });
    if (mayRead !== true) await link.run({ sql: `grant select on ${view} to ${quoted(role)}` });
  }

  /** False where it is missing and we may not make it. */
  private async made(what: 'schema' | 'role', name: string, sql: string): Promise<boolean> {
    if (await isThere(this.database, what, name)) return true;
    try {
      await this.database.run({ sql });
      return true;
    } catch (error) {
      const code = error instanceof PostgresFault ? error.code : null;
      if (MADE_MEANWHILE.includes(code)) return true;
      if (code !== DENIED) throw error;
      this.tell(
        `PostgreSQL: the ${what} ${name} is missing, and this user may not make it: analysts get their views at the next start after somebody who may has run: ${sql}`,
      );
      return false;
    }
  }
}

const CATALOGUES = {
  schema: 'select 1 from pg_namespace where nspname = $1',
  role: 'select 1 from pg_roles where rolname = $1',
};
const isThere = async (asking: Asking, what: keyof typeof CATALOGUES, name: string): Promise<boolean> =>
  (await asking.run({ sql: CATALOGUES[what], values: [name] })).count > 0;

/** The one form in which instants are kept; there is no year 0 in SQL. */
const INSTANT = String.raw`^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$`;
/** What `jsonb` refuses though it is JSON: a NUL, and half of a letter. (A backslash that is itself escaped begins neither.) */
const UNSPEAKABLE = String.raw`(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})`;
/** One odd row must not break a whole report: what is no moment is shown as empty, what is no letter as a mark. */
const FORMS: Readonly<Record<ViewColumn['as'], (column: string) => string>> = {
  text: (column) => `${column}::text`,
  integer: (column) => `${column}::bigint`,
  real: (column) => `${column}::double precision`,
  flag: (column) => `${column}::boolean`,
  json: (column) =>
    `case when strpos(${column}, '\\u') > 0 then regexp_replace(${column}, '${UNSPEAKABLE}', '\\1\uFFFD', 'g') else ${column} end::jsonb`,
  instant: (column) => `case when ${column} ~ '${INSTANT}' then ${column}::timestamptz end`,
};
const typed = ({ column, as, sum }: ViewColumn): string =>
  FORMS[as](sum ? `sum(${quoted(column)})` : quoted(column));

const definitionOf = (rows: string, { of, columns, about }: View): Definition => {
  const list = columns.map((column) => `${typed(column)} as ${quoted(column.name)}`).join(', ');
  return {
    select: `select ${list} from ${placed(rows, of.name)}${groupsOf(columns)}`,
    about: about ?? null,
    columns: columns.map((column) => [column.name, column.about ?? null]),
  };
};
/** Parts of a group are added up, and groups in which nothing is left are left out. */
const groupsOf = (columns: readonly ViewColumn[]): string => {
  const sums = columns.filter(({ sum }) => sum);
  if (sums.length === 0) return '';
  const by = columns.filter(({ sum }) => !sum).map(({ column }) => quoted(column));
  const some = sums.map(({ column }) => `sum(${quoted(column)}) <> 0`).join(' or ');
  return `${by.length > 0 ? ` group by ${by.join(', ')}` : ''} having ${some}`;
};
/** What a column says is read where it is asked for: `\\d+` in psql, and most other tools. */
const commentsSql = (view: string, { about, columns }: Omit<Definition, 'select'>): string =>
  [
    `comment on view ${view} is ${literal(about)}`,
    ...columns.map(([name, says]) => `comment on column ${view}.${quoted(name)} is ${literal(says)}`),
  ].join('; ');
const literal = (text: string | null): string => (text === null ? 'null' : `'${text.replaceAll("'", "''")}'`);
