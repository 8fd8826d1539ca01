import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { EventStoreDbEventLog } from '@rapport/adapters/eventstoredb';
import { AlreadyOwned, openCopyToRead, SqliteEventLog, SqliteLogCopy } from '@rapport/adapters/sqlite';
import { CopiedLog, HistoryDamaged, LogThroughCopy, Rebuild, START } from '@rapport/kernel';
import { everythingIn, until, writerOf } from '../support/chained';
import { TestServer } from '../support/eventstoredb/test-server';
import { jarApplication, send, sqliteStores } from '../support/jar-application';
import { allJars, FillJar, jarsByColor, OpenJar, openJars } from '../support/jars';
import { newFile } from '../support/sqlite-places';

const HOOK = join(__dirname, '..', 'support', 'typescript-hook.cjs');
const VICTIM = join(__dirname, '..', 'support', 'copy-process.ts');
const MINUTE = 60_000;
const OF = 'the test server';

describe('the copy of a log on a server', () => {
  let server: TestServer;
  let remote: EventStoreDbEventLog;
  let write: ReturnType<typeof writerOf>;
  let file: string;
  const failures: unknown[] = [];
  const open: { close(): Promise<void> }[] = [];
  beforeEach(async () => {
    server = await TestServer.start();
    remote = await EventStoreDbEventLog.open({ url: server.url });
    write = writerOf(remote);
    file = newFile('copy.sqlite');
    failures.length = 0;
  });
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
    await remote.close();
    await server.stop();
  });

  const follow = async () => {
    const log = await EventStoreDbEventLog.open({ url: server.url });
    const copy = await SqliteLogCopy.open({ file, of: OF });
    const copied = new CopiedLog(log, copy, (error) => failures.push(error));
    copied.start();
    open.push(copied);
    return { copied, copy };
  };
  const close = async ({ copied }: { readonly copied: CopiedLog }) => {
    open.splice(open.indexOf(copied), 1);
    await copied.close();
  };
  /** What the file holds, read beside whoever fills it. */
  const kept = async () => {
    const log = await SqliteEventLog.open({ file, readonly: true });
    const events = await everythingIn(log);
    await log.close();
    return events;
  };
  const live = (one: { readonly copied: CopiedLog }) => until(() => one.copied.state === 'live');
  const streams = (count: number) => Array.from({ length: count }, (_, n) => `s-${n % 7}`);

  it('holds exactly what the log holds, and follows it', async () => {
    for (const stream of streams(40)) await write(stream, 3);
    const one = await follow();
    expect(one.copied.state).toMatch(/starting|connecting|filling/);
    await live(one);
    expect(await kept()).toEqual(await everythingIn(remote));
    await write('s-1', 2);
    await until(async () => (await kept()).length === 122);
    expect(await everythingIn(one.copied)).toEqual(await everythingIn(remote));
  });

  it(
    'closed in the middle goes on where it stood',
    async () => {
      for (const stream of streams(15)) await write(stream, 400);
      const lengths: number[] = [];
      do {
        const one = await follow();
        const before = lengths.at(-1) ?? 0;
        await until(
          async () => (await one.copy.countAfter(START)) > before + 1_500 || one.copied.state === 'live',
        );
        await close(one);
        lengths.push((await kept()).length);
      } while (lengths.at(-1)! < 6_000);
      expect(lengths.length).toBeGreaterThan(1);
      expect(await kept()).toEqual(await everythingIn(remote));
    },
    MINUTE,
  );

  it(
    'killed at random moments goes on without a gap, and without an event twice',
    async () => {
      for (const stream of streams(30)) await write(stream, 400);
      const lengths: number[] = [];
      for (let n = 0; n < 6; n++) {
        await lifeAndDeath(server.url, file);
        lengths.push((await kept()).length);
      }
      const one = await follow();
      await live(one);
      expect([lengths[0]! > 0, lengths[0]! < 12_000]).toEqual([true, true]);
      expect([...lengths].sort((a, b) => a - b)).toEqual(lengths);
      expect(await kept()).toEqual(await everythingIn(remote));
    },
    MINUTE,
  );

  it('waits for a server that is away, and goes on', async () => {
    await write('a', 5);
    const one = await follow();
    await live(one);
    server.kill();
    await until(() => one.copied.state.startsWith('waiting: dropped'));
    expect(await one.copied.readAll(START, 99)).toHaveLength(5);
    await server.up();
    await write('a', 5);
    await until(async () => (await one.copy.countAfter(START)) === 10);
    await live(one);
    server.dropSubscriptions('with error');
    await write('b', 5);
    server.reset();
    await until(async () => (await one.copy.countAfter(START)) === 15);
    expect(await kept()).toEqual(await everythingIn(remote));
    expect(failures).toEqual([]);
  });

  it('is begun while the server is away, as soon as there was a copy', async () => {
    await write('a', 5);
    await close(await follow().then(async (one) => (await live(one), one)));
    const log = await EventStoreDbEventLog.open({ url: server.url, limits: { readMs: 50 } });
    server.kill();
    const copy = await SqliteLogCopy.open({ file, of: OF });
    const copied = new CopiedLog(log, copy, (error) => failures.push(error));
    copied.start();
    open.push(copied);
    await until(() => copied.state.startsWith('waiting: EventStoreDB did not answer'));
    expect(await copied.readAll(START, 5)).toHaveLength(5);
    await server.up();
    await live({ copied });
    expect(failures).toEqual([]);
  });

  it('is closed while it waits', async () => {
    const one = await follow();
    await live(one);
    server.kill();
    await until(() => one.copied.state.startsWith('waiting'));
    await close(one);
    expect(one.copied.state).toBe('stopped');
  });

  it('notices an event that was changed on the server, takes nothing behind it, and tells whoever reads on', async () => {
    await write('a', 3);
    await write('b', 1);
    await close(await follow().then(async (one) => (await live(one), one)));
    await write('b', 3, 'as it was');
    const touched = server.log.all.filter(({ stream }) => stream === 'b')[2]!;
    const data = Buffer.from(touched.data).toString().replace('as it was', 'as it is');
    Object.assign(touched, { data: Buffer.from(data) });
    const { copied } = await follow();
    const feed = copied.subscribe(START);
    const reading = (async () => {
      for (;;) await feed.next(99);
    })();
    await expect(reading).rejects.toThrow(HistoryDamaged);
    const next = server.log.all.filter(({ stream }) => stream === 'b')[3]!;
    expect(copied.state).toMatch(
      `failed: b revision 3 (position ${next.position}): it does not name revision 2`,
    );
    expect(failures).toEqual([expect.any(HistoryDamaged)]);
    await expect(copied.readAll(START, 99)).rejects.toThrow(HistoryDamaged);
    expect(await kept()).toHaveLength(4);
  });

  it('is not filled from another log: not by name, and not where the log was replaced', async () => {
    await write('a', 3);
    await close(await follow().then(async (one) => (await live(one), one)));
    await expect(SqliteLogCopy.open({ file, of: 'another' })).rejects.toThrow(`is a copy of ${OF}`);
    server.kill();
    await server.up('nothing');
    write = writerOf(remote);
    await write('a', 9);
    const { copied } = await follow();
    await until(() => copied.state.startsWith('failed'));
    expect(copied.state).toContain('the copy ends with a revision 2');
    expect(failures).toEqual([expect.any(HistoryDamaged)]);
  });

  it('is filled by one process only', async () => {
    await follow();
    await expect(SqliteLogCopy.open({ file, of: OF })).rejects.toThrow(AlreadyOwned);
  });

  it('is read by others beside whoever fills it: only what it has not got yet comes from the server', async () => {
    for (const stream of streams(40)) await write(stream, 3);
    const one = await follow();
    await live(one);
    await close(one);
    await write('s-1', 2); // nobody copies these
    const copy = (await openCopyToRead({ file, of: OF }))!;
    const through = new LogThroughCopy(await EventStoreDbEventLog.open({ url: server.url }), copy);
    open.push(through);
    const asked = jest.spyOn(EventStoreDbEventLog.prototype, 'readAll');
    expect(await through.readAll(START, 120)).toHaveLength(120);
    expect(asked).not.toHaveBeenCalled();
    asked.mockRestore();
    expect(await everythingIn(through)).toEqual(await everythingIn(remote));
    const feed = through.subscribe(START);
    const [first, rest] = [await feed.next(120), await feed.next(120)];
    expect([first.events.length, first.caughtUp, rest.events.length, rest.caughtUp]).toEqual([
      120,
      false,
      2,
      true,
    ]);
    await expect(copy.take([])).rejects.toThrow('reading only');
    expect(await openCopyToRead({ file, of: 'another log' })).toBeNull();
    expect(await openCopyToRead({ file: newFile('copy.sqlite'), of: OF })).toBeNull();
  });

  it('serves a whole application: its rebuild asks the server for no event', async () => {
    const { copied } = await follow();
    const { rows, keys, log } = await sqliteStores(null);
    await log.close();
    const app = jarApplication({ log: copied, rows, keys });
    await app.start();
    for (let n = 0; n < 5; n++) {
      await send(app, `open ${n}`, OpenJar.of({ jarId: `j-${n}`, color: n % 2 ? 'red' : 'blue' }));
      await send(app, `fill ${n}`, FillJar.of({ jarId: `j-${n}`, drops: 100 * (n + 1) }));
    }
    await app.settle();
    await live({ copied });
    const asked = jest.spyOn(EventStoreDbEventLog.prototype, 'readAll');
    const rebuild = new Rebuild({ rows: app.rows, store: app.store }, [openJars, allJars], [jarsByColor]);
    await rebuild.run();
    expect((await rebuild.compare()).map(({ identical }) => identical)).toEqual([true, true]);
    expect(asked).not.toHaveBeenCalled();
    asked.mockRestore();
    await app.pause();
    await rows.close();
    await keys.close();
  });
});

/** A life ends after so many events at most, and a moment later: in the middle of something. */
const LIFE_MAX_EVENTS = 3_000;
const MOMENT_MAX_MS = 8;

/** Fills the copy for a random while, and dies. */
const lifeAndDeath = (url: string, file: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const victim = spawn(process.execPath, ['-r', HOOK, VICTIM, url, file], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const enough = 1 + Math.random() * LIFE_MAX_EVENTS;
    let complaint = '';
    let dying = false;
    victim.stderr.on('data', (some: Buffer) => (complaint += String(some)));
    victim.stdout.on('data', (some: Buffer) => {
      const [, events, live] = /(?:filling: (\d+)|(live))[^\n]*\n$/.exec(String(some)) ?? [];
      if (dying || (live === undefined && Number(events ?? 0) < enough)) return;
      dying = true;
      setTimeout(() => victim.kill('SIGKILL'), Math.random() * MOMENT_MAX_MS);
    });
    victim.on('close', (_, signal) => {
      if (signal === 'SIGKILL') resolve();
      else reject(new Error(`it died by itself: ${complaint}`));
    });
  });
