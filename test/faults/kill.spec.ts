import { randomUUID } from 'node:crypto';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventIdOf, PARKED, Rebuild, START, verifyLog, type RecordedEvent } from '@rapport/kernel';
import { TestServer } from '../support/eventstoredb/test-server';
import { jarApplication, sqliteStores, storesOn } from '../support/jar-application';
import { allJars, jarsByColor, openJars } from '../support/jars';
import { realEventStoreDb } from '../support/real-servers';

/** `npm run test:real` asks for more. */
const KILLS = Number(process.env['RAPPORT_KILLS'] ?? 200);
/** Fewer where the log survives: what is attacked there is what the process itself keeps. */
const REMOTE_KILLS = KILLS / 8;
/** So many data folders at once; each is killed again and again on what the kill before left behind. */
const FOLDERS = 4;
/** A life ends after so many acknowledged commands at most, and a moment later: in the middle of something. */
const LIFE_MAX_COMMANDS = 40;
const MOMENT_MAX_MS = 8;
const HOOK = join(__dirname, '..', 'support', 'typescript-hook.cjs');
const VICTIM = join(__dirname, '..', 'support', 'jar-process.ts');

/** Starts a process on the folder, lets it work for a random while, kills it; answers what it had acknowledged. */
const lifeAndDeath = (folder: string, run: string, server: readonly string[]): Promise<readonly string[]> =>
  new Promise((resolve, reject) => {
    const victim = spawn(process.execPath, ['-r', HOOK, VICTIM, folder, run, ...server], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let complaint = '';
    victim.stderr.on('data', (some: Buffer) => (complaint += String(some)));
    const commands = Math.floor(Math.random() * LIFE_MAX_COMMANDS);
    let dying = false;
    victim.stdout.on('data', (some: Buffer) => {
      out += String(some);
      if (dying || out.split('\n').length - 2 < commands) return;
      dying = true;
      setTimeout(() => victim.kill('SIGKILL'), Math.random() * MOMENT_MAX_MS);
    });
    victim.on('close', (_, signal) => {
      if (signal !== 'SIGKILL') reject(new Error(`it died by itself: ${complaint}`));
      else resolve(out.split('\n').slice(1, -1)); // a line cut short was not told
    });
  });

const siege = async (folder: string, name: number, kills: number, server: readonly string[] = []) => {
  const acknowledged: string[] = [];
  for (let n = 0; n < kills; n++) acknowledged.push(...(await lifeAndDeath(folder, `${name}.${n}`, server)));
  return acknowledged;
};

const everything = async (app: ReturnType<typeof jarApplication>): Promise<readonly RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  for (let at = START; ; at = events.at(-1)?.position ?? at) {
    const some = await app.store.readAll(at, 5_000);
    if (some.length === 0) return events;
    events.push(...some);
  }
};

/** Nothing that was acknowledged is missing, nothing is there twice, rows equal a replay, and the chain is whole. */
const unharmed = async (app: ReturnType<typeof jarApplication>, acknowledged: readonly string[]) => {
  await app.start();
  await app.settle();
  const events = await everything(app);
  const ids = events.map(({ id }) => id);
  const told = acknowledged.map((commandId) => eventIdOf(commandId, 0));
  expect(told.length).toBeGreaterThan(100);
  expect(told.filter((id) => !ids.includes(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
  const drops = events.reduce((sum, { data }) => sum + ((data as { drops?: number }).drops ?? 0), 0);
  const rows = await app.rows.find(allJars.table, { limit: 100_000 });
  expect(rows.reduce((sum, row) => sum + (row['total'] as number), 0)).toBe(drops);
  const rebuild = new Rebuild({ rows: app.rows, store: app.store }, [openJars, allJars], [jarsByColor]);
  await rebuild.run();
  expect((await rebuild.compare()).map(({ identical }) => identical)).toEqual([true, true]);
  expect(await app.rows.count(PARKED)).toBe(0);
  expect(await verifyLog(app.plan.log, app.rows)).toMatchObject({ intact: true, sealed: events.length });
};

describe(`a process that is killed ${KILLS} times at random moments`, () => {
  const folders = Array.from({ length: FOLDERS }, () => mkdtempSync(join(tmpdir(), 'rapport-kill-')));
  let acknowledged: readonly (readonly string[])[] = [];
  beforeAll(async () => {
    acknowledged = await Promise.all(folders.map((folder, n) => siege(folder, n, KILLS / FOLDERS)));
  }, KILLS * 3_000);
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  it.each(folders.map((_, n) => n))(
    'has lost nothing it acknowledged and done nothing twice (folder %i)',
    async (n) => {
      const app = jarApplication(await sqliteStores(folders[n] ?? ''));
      await unharmed(app, acknowledged[n] ?? []);
      await app.stop();
    },
    120_000,
  );
});

/** Named by the environment, or of our own. */
const aServer = async () => {
  if (realEventStoreDb !== undefined) return { url: realEventStoreDb, stop: () => Promise.resolve() };
  const server = await TestServer.start();
  return { url: server.url, stop: () => server.stop() };
};

describe(`a process that is killed ${REMOTE_KILLS} times while its log is on EventStoreDB`, () => {
  it(
    'has lost nothing it acknowledged and done nothing twice',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'rapport-kill-'));
      const namespace = `kill-${randomUUID().slice(0, 8)}.`;
      const server = await aServer();
      const acknowledged = await siege(folder, 0, REMOTE_KILLS, [server.url, namespace]);
      const app = jarApplication(await storesOn(server.url, namespace, folder));
      await unharmed(app, acknowledged);
      await app.stop();
      await server.stop();
      rmSync(folder, { recursive: true });
    },
    REMOTE_KILLS * 6_000,
  );
});
