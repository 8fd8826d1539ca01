import { PostgresKeyRing, PostgresRowStore, type PostgresPlace } from '@rapport/adapters/postgres';
import { json, text, type Table, type View, type ViewColumn } from '@rapport/kernel';
import { postgresIsHere, startPostgres, type PostgresServer } from '../support/postgres/server';
import { freshTable, puts, thing } from './things';

const column = (name: string, as: ViewColumn['as'], of = name): ViewColumn => ({ name, column: of, as });
const COLUMNS = [
  column('id', 'text', 'key'),
  column('name', 'text'),
  column('size', 'integer'),
  column('share', 'real'),
  column('open', 'flag'),
  column('tags', 'json'),
  column('seen_at', 'instant', 'owner'),
];
const NOON = '2024-03-01T12:00:00.000Z';

const postgres = postgresIsHere() ? describe : describe.skip;
postgres('what analysts read in PostgreSQL', () => {
  let server: PostgresServer;
  let place: PostgresPlace;
  let store: PostgresRowStore;
  let table: Table;
  let schema: string;
  let role: string;
  let told: string[];
  const view = (name = 'things', columns: readonly ViewColumn[] = COLUMNS): View => ({
    name,
    of: table,
    columns,
  });
  const ask = (what: string, from = 'things') =>
    server.ask(`select ${what} from "${schema}"."${from}" order by 1`);
  /** As one who has the role and nothing else. */
  const asAnalyst = (sql: string) => server.ask(sql, [], { role });

  beforeAll(async () => (server = await startPostgres()));
  afterAll(() => server.stop());
  beforeEach(async () => {
    told = [];
    place = server.place({ tell: (sentence) => told.push(sentence) });
    ({ schema = '', role = '' } = place.analysts ?? {});
    store = await PostgresRowStore.open(place);
    table = freshTable();
    await store.open([table]);
  });
  afterEach(() => store.close());

  it('has the types of SQL, column by column', async () => {
    await store.publish([view()]);
    const types = await server.ask(
      'select column_name, data_type from information_schema.columns where table_schema = $1 and table_name = $2 order by ordinal_position',
      [schema, 'things'],
    );
    expect(types.map((one) => [one['column_name'], one['data_type']])).toEqual([
      ['id', 'text'],
      ['name', 'text'],
      ['size', 'bigint'],
      ['share', 'double precision'],
      ['open', 'boolean'],
      ['tags', 'jsonb'],
      ['seen_at', 'timestamp with time zone'],
    ]);
  });
  it('are the rows, moments as moments, whatever JSON and text they hold', async () => {
    await store.publish([view()]);
    await store.commit(
      puts(
        table,
        thing('a', { owner: NOON, tags: ['\u0000', { a: 1 }], size: 7, open: true }),
        thing('b', { owner: 'soon' }),
        thing('c', { owner: '0000-01-01T00:00:00.000Z', tags: ['\ud83d', { a: '\\u0000\\\u0000😀' }] }),
      ),
      [],
    );
    expect(await ask('id, size, open, seen_at')).toEqual([
      { id: 'a', size: '7', open: true, seen_at: new Date(NOON) },
      { id: 'b', size: '0', open: false, seen_at: null },
      { id: 'c', size: '0', open: false, seen_at: null },
    ]);
    expect(await ask("id, tags -> 1 ->> 'a' as deep, jsonb_array_length(tags) as many")).toEqual([
      { id: 'a', deep: '1', many: 2 },
      { id: 'b', deep: null, many: 0 },
      { id: 'c', deep: '\\u0000\\\uFFFD😀', many: 2 },
    ]);
  });

  it('follow their table when another one takes its place, and so does what was built on them', async () => {
    const [next, before] = [freshTable(), freshTable()];
    await store.open([next]);
    await store.publish([view()]);
    await server.ask(`create view "${schema}".mine as select upper(name) as loud from "${schema}".things`);
    await store.commit(
      [...puts(table, thing('old', { name: 'old' })), ...puts(next, thing('new', { name: 'new' }))],
      [],
    );
    await store.replace([{ from: next, to: table, kept: before }], []);
    expect([await ask('id'), await ask('loud', 'mine')]).toEqual([[{ id: 'new' }], [{ loud: 'NEW' }]]);
    await store.replace([{ from: before, to: table, kept: before }], []);
    expect([await ask('id'), await ask('loud', 'mine')]).toEqual([[{ id: 'old' }], [{ loud: 'OLD' }]]);
    await store.replace([{ from: before, to: table }], []);
    expect([await ask('id'), await ask('loud', 'mine')]).toEqual([[{ id: 'new' }], [{ loud: 'NEW' }]]);
    expect(told).toEqual([]);
  });
  it('is made anew when its columns change; what was built on it goes, and that is told', async () => {
    await store.publish([view()]);
    await store.publish([view()]);
    await server.ask(`create view "${schema}".mine as select name from "${schema}".things`);
    await store.commit(puts(table, thing('a', { size: 3 })), []);
    await store.publish([view('things', [column('size', 'text'), column('id', 'text', 'key')])]);
    expect(await ask('*')).toEqual([{ size: '3', id: 'a' }]);
    expect(told).toEqual([expect.stringContaining('mine')]);
    await asAnalyst(`select size from "${schema}".things`);
  });
  it('goes with its table, and is back as soon as the table is', async () => {
    await store.publish([view()]);
    await store.drop([table], []);
    await expect(ask('id')).rejects.toThrow(/does not exist/);
    await store.open([table]);
    await store.commit(puts(table, thing('a')), []);
    expect(await ask('id')).toEqual([{ id: 'a' }]);
  });
  it('does not stand in the way of a table that lacks a column of it', async () => {
    const other: Table = { name: 'other@1', columns: { name: text(), tags: json<unknown>([]) }, indexes: [] };
    await store.open([other]);
    await store.publish([view()]);
    await store.replace([{ from: other, to: table }], []);
    await expect(ask('id')).rejects.toThrow(/does not exist/);
    await store.publish([view('things', [column('name', 'text')])]);
    expect(await ask('name')).toEqual([]);
  });

  it('may be read by whoever has the role, who sees nothing else of ours', async () => {
    const keys = await PostgresKeyRing.open(place);
    await keys.of('ann');
    await store.publish([view(), view('others')]);
    await store.commit(puts(table, thing('a')), []);
    await asAnalyst(`select * from "${schema}".things; select * from "${schema}".others`);
    const rows = `"${place.schema ?? ''}"`;
    for (const forbidden of [
      `select * from ${rows}."${table.name}"`,
      `select * from ${rows}.checkpoints`,
      `select * from "${place.schema ?? ''}_keys".keys`,
      `create table "${schema}".mine (a int)`,
      `delete from "${schema}".things`,
    ])
      await expect(asAnalyst(forbidden)).rejects.toThrow(/permission denied/);
    await keys.close();
  });
  it('are there without the role where nobody may make it: that is told, and the rights follow later', async () => {
    const login = `${place.schema ?? ''}_login`;
    await server.ask(
      `create role "${login}" login password 'weak'; grant create on database ${database()} to "${login}"`,
    );
    const address = new URL(server.address);
    [address.username, address.password] = [login, 'weak'];
    const limited = await PostgresRowStore.open({
      ...place,
      address: address.toString(),
      schema: `${place.schema ?? ''}_own`,
    });
    await limited.open([table]);
    await limited.publish([view()]);
    expect(told).toEqual([expect.stringMatching(/the role \S+ is missing.*create role \S+ nologin/)]);
    expect(await ask('id')).toEqual([]);
    await server.ask(`create role "${role}" nologin`);
    await limited.publish([view()]);
    await asAnalyst(`select * from "${schema}".things`);
    await limited.close();
    await server.ask(
      `drop schema "${schema}" cascade; drop owned by "${login}" cascade; drop role "${login}"`,
    );
  });
  it('are left out where nobody may make their schema: that is told, and rows are kept all the same', async () => {
    const login = `${place.schema ?? ''}_login`;
    await server.ask(`create role "${login}" login password 'weak'; create schema authorization "${login}"`);
    const address = new URL(server.address);
    [address.username, address.password] = [login, 'weak'];
    const limited = await PostgresRowStore.open({ ...place, address: address.toString(), schema: login });
    await limited.open([table]);
    await limited.publish([view()]);
    await limited.commit(puts(table, thing('a')), []);
    expect(await limited.count(table)).toBe(1);
    expect(told).toEqual([expect.stringMatching(/the schema \S+ is missing/)]);
    await limited.close();
    await server.ask(`drop owned by "${login}" cascade; drop role "${login}"`);
  });
  const database = (): string => `"${new URL(server.address).pathname.slice(1)}"`;
});
