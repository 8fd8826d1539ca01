import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PostgresPlace } from '@rapport/adapters/postgres';
import { openEmbedded, openProduct, settingsFrom } from '@rapport/platform';
import { playedTerminal } from '../../test/support/played-terminal';
import {
  environmentOf,
  postgresIsHere,
  startPostgres,
  type PostgresServer,
} from '../../test/support/postgres/server';
import { run } from './program';

jest.setTimeout(60_000);
const NOON = '2024-03-01T12:00:00.000Z';
const customers = (lines: number, from = 0) =>
  Array.from({ length: lines }, (_, n) => `customer-${from + n}`);

const postgres = postgresIsHere() ? describe : describe.skip;
postgres('rows and keys on a server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-cli-postgres-'));
  let server: PostgresServer;
  let place: PostgresPlace;
  let environment: Record<string, string>;
  beforeAll(async () => {
    server = await startPostgres();
    place = server.place();
    environment = { RAPPORT_DATA: folder, ...environmentOf(place) };
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });
  const rapport = async (argv: readonly string[], more: Record<string, string> = {}) => {
    const { terminal, printed, said } = playedTerminal(false, { ...environment, ...more });
    const code = await run(argv, terminal);
    return { code, text: printed.join('\n'), said: said.join('\n') };
  };
  const json = async (...argv: readonly string[]) => {
    const { code, text, said } = await rapport([...argv, '--json']);
    return { code, said, json: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown> };
  };
  /** The business had begun on files. */
  const sealedHere = async (subjects: readonly string[]) => {
    const application = await openEmbedded({ folder });
    const keys = await Promise.all(subjects.map((subject) => application.plan.keys.of(subject)));
    await application.stop();
    return keys;
  };

  it('that hold nothing yet have nothing to be read', async () => {
    expect(await rapport(['status'])).toMatchObject({
      code: 66,
      said: expect.stringContaining('holds no data') as string,
    });
    await sealedHere([]);
    rmSync(join(folder, 'keys.sqlite'));
    expect(await rapport(['status'])).toMatchObject({
      code: 66,
      said: expect.stringMatching(/schema t_\S+ of the PostgreSQL holds no data/) as string,
    });
  });

  it('are not used while keys that they lack lie in the folder; those are taken along, and receipts with them', async () => {
    const keys = await sealedHere(customers(3));
    const holder = await openEmbedded({ folder });
    await holder.plan.keys.forget('customer-1', NOON);
    await holder.stop();
    const opening = openProduct(settingsFrom(environment), 'standalone');
    await expect(opening).rejects.toThrow('holds keys that PostgreSQL has not');
    expect(await rapport(['status'])).toMatchObject({
      code: 78,
      said: expect.stringMatching(
        /keys\.sqlite holds keys that PostgreSQL has not.*rapport keys copy/,
      ) as string,
    });
    const first = await json('keys', 'copy');
    expect(first).toMatchObject({ code: 0, json: { keys: 3, forgotten: 1, leftOut: 0 } });
    expect((await json('keys', 'copy')).json).toMatchObject({ keys: 3, forgotten: 1, leftOut: 0 });
    const told = await rapport(['keys', 'copy']);
    expect(told.text).toMatch(/^3 keys of .*keys\.sqlite are in PostgreSQL, 1 of them receipts[^]*destroy/);
    expect(told.text + JSON.stringify(first.json)).not.toContain(keys[0]!.bytes.toString('hex'));
    const kept = await server.ask(
      `select id, subject, bytes, forgotten_at from "${place.schema ?? ''}_keys".keys order by subject`,
    );
    expect(kept).toEqual([
      { id: keys[0]!.id, subject: 'customer-0', bytes: keys[0]!.bytes, forgotten_at: null },
      { id: keys[1]!.id, subject: 'customer-1', bytes: null, forgotten_at: NOON },
      { id: keys[2]!.id, subject: 'customer-2', bytes: keys[2]!.bytes, forgotten_at: null },
    ]);
  });
  it('forget whom the folder forgot later, and never give back whom they forgot themselves', async () => {
    const holder = await openEmbedded({ folder });
    await holder.plan.keys.forget('customer-0', NOON);
    await holder.stop();
    await server.ask(
      `update "${place.schema ?? ''}_keys".keys set bytes = null, forgotten_at = $1 where subject = 'customer-2'`,
      [NOON],
    );
    expect((await json('keys', 'copy')).code).toBe(0);
    const [left] = await server.ask(
      `select count(*)::int as n from "${place.schema ?? ''}_keys".keys where bytes is not null`,
    );
    expect(left).toEqual({ n: 0 });
  });
  it('keep the key that somebody has got there, and say who was left out', async () => {
    await server.ask(
      `insert into "${place.schema ?? ''}_keys".keys values ('other', 'customer-9', '\\x00', null)`,
    );
    await sealedHere(['customer-9']);
    const copied = await rapport(['keys', 'copy']);
    expect(copied).toMatchObject({ code: 1, text: expect.stringContaining('1 were LEFT OUT') as string });
    renameSync(join(folder, 'keys.sqlite'), join(folder, 'keys.elsewhere'));
  });

  it('answer everything that files answer, with their sizes', async () => {
    const product = await openProduct(settingsFrom(environment), 'standalone');
    await product.start();
    await product.stop();
    const compared = await json('projections', 'compare', '--all');
    expect(compared).toMatchObject({ code: 0, json: { identical: true } });
    const status = await json('status');
    expect(status).toMatchObject({
      code: 0,
      json: { events: 0, rows: expect.stringContaining('postgres') as string },
    });
    const files = status.json['files'] as Readonly<Record<string, number>>;
    expect(files[`schema ${place.schema ?? ''}`]).toBeGreaterThan(100_000);
    expect(files[`schema ${place.schema ?? ''}_keys`]).toBeGreaterThan(1_000);
    expect(Object.keys(files).join()).not.toMatch(/rows|keys\.sqlite/);
    expect((await rapport(['status'])).text).toMatch(/ {2}schema t_\S+: [\d.]+ MB/);
  });

  it('that do not answer, or do not let us in, have an exit code of their own, and no password is shown', async () => {
    const address = new URL(server.address);
    address.port = '1';
    const away = await rapport(['status'], { RAPPORT_POSTGRES: address.toString() });
    expect(away).toMatchObject({ code: 69, said: expect.stringMatching(/PostgreSQL at .*:1\//) as string });
    const wrong = await rapport(['status'], { RAPPORT_POSTGRES: 'postgres://ann:sec/ret@db/crm' });
    expect(wrong).toMatchObject({
      code: 78,
      said: expect.stringContaining('postgres://ann:***@db') as string,
    });
    if (server.pid === null) return; // another server may believe everybody
    const other = new URL(server.address);
    other.password = 'guessed';
    const strange = await rapport(['status'], { RAPPORT_POSTGRES: other.toString() });
    expect(strange).toMatchObject({ code: 69, said: expect.stringContaining('name and password') as string });
    expect(strange.said + away.said).not.toMatch(/guessed|:rapport@/);
  });
});
