import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '@rapport/adapters/sqlite';
import { RegisterCustomer } from '@rapport/domain/commands';
import { Unavailable } from '@rapport/kernel';
import { CannotConnect, openEmbedded, openLog, WrongAddress, type Application } from '@rapport/platform';
import { everythingIn } from '../../test/support/chained';
import { TestServer } from '../../test/support/eventstoredb/test-server';
import { failed } from './exits';
import { run } from './program';
import type { Terminal } from './terminal';

const HOOK = join(__dirname, '..', '..', 'test', 'support', 'typescript-hook.cjs');
const CUSTOMERS = 300;
const MINUTE = 60_000;

const root = mkdtempSync(join(tmpdir(), 'rapport-log-'));
const data = join(root, 'data');
const folder = (name: string) => join(root, name);
let server: TestServer;
let count = 0;

const register = (application: Application, n: number) =>
  application.execute(
    RegisterCustomer.of({ customerId: `c-${n}`, name: `Company ${n}`, industry: 'i', source: 'REFERRAL' }),
    {
      ...{ commandId: `r-${n}`, correlationId: `r-${n}`, source: 'TEST', now: '2024-03-01T09:00:00.000Z' },
      actor: { id: 'ann', role: 'CRM_MANAGER' },
    },
  );
beforeAll(async () => {
  server = await TestServer.start();
  const application = await openEmbedded({ folder: data, durable: 'atClose' });
  await application.start();
  for (let n = 0; n < CUSTOMERS; n++) await register(application, n);
  await application.settle();
  count = await application.store.log.head();
  await application.stop();
}, MINUTE);
afterAll(async () => {
  await server.stop();
  rmSync(root, { recursive: true });
});

const rapport = async (stopped: () => boolean, ...argv: readonly string[]) => {
  const [printed, said]: [string[], string[]] = [[], []];
  const code = await run(['log', 'copy', ...argv], {
    print: (text) => void printed.push(text),
    say: (text) => void said.push(text),
    ...{ redraw: null, environment: {}, stopped, listen: () => undefined, ask: null, clear: null },
  });
  return { code, text: printed.join('\n'), said: said.join('\n') };
};
const copy = (...argv: readonly string[]) => rapport(() => false, ...argv);
const answer = async (...argv: readonly string[]) => {
  const { code, text, said } = await copy(...argv, '--json');
  return { code, said, json: JSON.parse(text) as Record<string, unknown> };
};
const eventsAt = async (at: string, namespace?: string) => {
  const log = await openLog({ at, ...(namespace !== undefined && { namespace }) }, 'read');
  const events = await everythingIn(log);
  await log.close();
  return events;
};

describe('rapport log copy', () => {
  it(
    'moves a history to a server and back: nothing is other than it was',
    async () => {
      const out = await answer('--from', data, '--to', server.url, '--namespace-to', 'crm.');
      expect([out.code, out.said]).toEqual([0, '']);
      expect(out.json).toMatchObject({
        ...{ from: data, to: `${server.url} (crm.…)`, copied: count, already: 0, events: count },
        ...{ identical: true, complete: true, difference: null, stopped: false },
      });
      expect(out.json['hash']).toMatch(/^[0-9a-f]{64}$/);
      const back = await answer('--from', server.url, '--namespace-from', 'crm.', '--to', folder('back'));
      expect([back.code, back.json['hash'], back.json['streams']]).toEqual([
        ...[0, out.json['hash'], out.json['streams']],
      ]);
      expect(await eventsAt(folder('back'))).toEqual(await eventsAt(data));
    },
    MINUTE,
  );

  it(
    'run again says that everything is there, and changes nothing',
    async () => {
      const again = await copy('--from', data, '--to', server.url, '--namespace-to', 'crm.');
      expect([again.code, again.text]).toEqual([
        0,
        expect.stringContaining(`nothing to copy: all ${count} events`),
      ]);
      expect(await eventsAt(server.url, 'crm.')).toHaveLength(count);
      const verified = await copy('--from', data, '--to', folder('back'), '--verify');
      expect([verified.code, verified.text]).toEqual([0, expect.stringContaining('in both: identical')]);
    },
    MINUTE,
  );

  it(
    'the copy goes on as a data folder, with the keys beside it',
    async () => {
      copyFileSync(join(data, 'keys.sqlite'), join(folder('back'), 'keys.sqlite'));
      const application = await openEmbedded({ folder: folder('back') });
      await application.start();
      await application.settle();
      const [{ data: first } = { data: {} }] = await application.store.read('customer-c-7');
      expect(first).toMatchObject({ name: 'Company 7' });
      await register(application, CUSTOMERS);
      await application.stop();
      const grown = await copy('--from', data, '--to', folder('back'));
      expect(grown.code).toBe(65);
      expect(grown.said).toContain(`event ${count + 1}: the source ends before it`);
      expect((await copy('--from', data, '--to', folder('back'), '--verify')).code).toBe(1);
    },
    MINUTE,
  );

  it(
    'stopped by Ctrl-C ends at a safe point, and goes on when it is run again',
    async () => {
      let asked = 0;
      const to = folder('stopped');
      const first = await rapport(() => asked++ > 60, '--from', data, '--to', to);
      expect([first.code, first.text]).toEqual([130, expect.stringContaining('run it again to go on')]);
      const half = (await eventsAt(to)).length;
      expect([half > 0, half < count]).toEqual([true, true]);
      const compared = await answer('--from', data, '--to', to, '--verify');
      expect([compared.code, compared.json['identical'], compared.json['difference']]).toEqual([
        1,
        false,
        null,
      ]);
      const second = await answer('--from', data, '--to', to);
      expect([second.code, second.json['already'], second.json['copied']]).toEqual([0, half, count - half]);
    },
    MINUTE,
  );

  it(
    'killed again and again is completed, and has nothing twice',
    async () => {
      const argv = ['--from', data, '--to', server.url, '--namespace-to', 'killed.'];
      for (let n = 1; n <= 3; n++) {
        const enough = (n * count) / 5;
        await killed(
          argv,
          () => server.log.all.filter(({ stream }) => stream.startsWith('killed.')).length > enough,
        );
      }
      const before = (await eventsAt(server.url, 'killed.')).length;
      expect([before > 0, before < count]).toEqual([true, true]);
      const { code, json } = await answer(...argv);
      expect([code, json['already'], json['copied']]).toEqual([0, before, count - before]);
      expect(await eventsAt(server.url, 'killed.')).toHaveLength(count);
    },
    MINUTE,
  );

  it(
    'names a broken chain of the source before it copies it: a finding',
    async () => {
      const broken = folder('broken');
      await copy('--from', data, '--to', broken);
      const db = openDatabase({ file: join(broken, 'log.sqlite') }, false);
      db.exec(`drop trigger events_hold; update events set data = replace(data, 'Company', 'Firm')
      where stream = 'customer-c-9'; update events set meta = replace(meta, '"previousHash":"', '"previousHash":"0')
      where stream = 'customer-c-9' and revision = 0`);
      db.close();
      const { code, said } = await copy('--from', broken, '--to', folder('of-broken'));
      expect([code, said]).toEqual([
        1,
        expect.stringMatching(/^rapport: customer-c-9 revision 0 \(position \d+\)/),
      ]);
      const taken = await eventsAt(folder('of-broken'));
      expect(taken.filter(({ stream }) => stream === 'customer-c-9')).toEqual([]);
    },
    MINUTE,
  );

  it(
    'warns of a source that somebody holds, for it still grows; a target that is held is refused',
    async () => {
      const holder = await openEmbedded({ folder: data });
      const out = await copy('--from', data, '--to', folder('beside'));
      const into = await copy('--from', folder('beside'), '--to', data);
      await holder.stop();
      expect([out.code, out.said]).toEqual([0, expect.stringContaining(`held by process ${process.pid}`)]);
      expect([into.code, into.said]).toEqual([75, expect.stringContaining('is in use by process')]);
    },
    MINUTE,
  );

  it.each<[string, readonly string[], number, string]>([
    ['a folder without a log', ['--from', folder('nothing'), '--to', folder('x')], 66, 'holds no data'],
    ['itself', ['--from', data, '--to', `${data}/.`], 2, 'overlap'],
    ['a namespace in the other', ['--from', 'esdb://h:1', '--to', 'esdb://h:1', '--namespace-to', 'a'], 2, 'overlap'], // prettier-ignore
    [
      'a namespace of a folder',
      ['--from', data, '--to', folder('x'), '--namespace-to', 'a'],
      2,
      'data folder',
    ],
    ['an address that is none', ['--from', data, '--to', 'esdb:/h'], 2, 'is no address of EventStoreDB'],
    ['nowhere', ['--from', data], 2, '--to'],
  ])('refuses %s', async (_, argv, code, what) => {
    expect(await copy(...argv)).toMatchObject({ code, said: expect.stringContaining(what) as string });
    expect(existsSync(folder('x'))).toBe(false);
  });
  it.each<[Error, number]>([
    [new CannotConnect('nobody answers'), 69],
    [new Unavailable('nobody answers now'), 69],
    [new WrongAddress(['no port']), 2],
  ])('ends with an exit code of its own when the server is not there: %s', (error, code) => {
    const said: string[] = [];
    const terminal = { say: (text: string) => void said.push(text) } as unknown as Terminal;
    expect([failed(error, terminal), said]).toEqual([code, [`rapport: ${error.message}`]]);
  });
});

/** Lets it run as a process until it has done enough, and kills it. */
const killed = (argv: readonly string[], isEnough: () => boolean): Promise<void> =>
  new Promise((resolve, reject) => {
    const victim = spawn(process.execPath, ['-r', HOOK, join(__dirname, 'main.ts'), 'log', 'copy', ...argv], {
      stdio: 'ignore',
    });
    const look = setInterval(() => {
      if (isEnough()) victim.kill('SIGKILL');
    }, 2);
    victim.on('close', (_, signal) => {
      clearInterval(look);
      if (signal === 'SIGKILL') resolve();
      else reject(new Error('it ended before it was killed'));
    });
  });
