import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { MemoryEventLog } from '@rapport/adapters/memory';
import { RegisterCustomer } from '@rapport/domain/commands';
import {
  openAt,
  openEmbedded,
  openProduct,
  placeIn,
  ROLES,
  runHost,
  settingsFrom,
  serve,
  type Open,
  type Role,
  type Service,
  type Surroundings,
} from '@rapport/platform';
import { TestServer } from '../support/eventstoredb/test-server';
import { send } from '../support/jar-application';
import { hotel } from '../support/small-hotel';
import { linesInto } from '../support/edge';

const NOW = '2024-03-01T09:00:00.000Z';
const guest = (guestId: string) => ({ guestId, name: 'Ann', room: 'SINGLE', nights: 1 });

/** A process that only remembers what would have been said and done. */
const stage = (environment: Record<string, string>) => {
  const said: string[] = [];
  const exits: number[] = [];
  const around: Surroundings = {
    environment,
    say: (line) => said.push(line),
    exit: (code) => exits.push(code),
    log: () => pino({ level: 'silent' }),
  };
  return { said, exits, around };
};

const post = (service: Service, guestId: string) =>
  fetch(`${service.url}/commands/CheckIn`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(guest(guestId)),
  });

describe('a host', () => {
  it('says where everything is, on a real socket', async () => {
    const { said, exits, around } = stage({ RAPPORT_PORT: '0', RAPPORT_PROT: '80' });
    const service = await runHost('standalone', async () => hotel(() => NOW), around);
    if (!service) throw new Error('it did not start');
    const text = said.join('\n');
    expect(text).toContain(`listens on ${service.url}`);
    expect(text).toContain(`${service.url}/docs`);
    expect(text).toContain(`${service.url}/openapi.json`);
    expect(text).toContain('./data, memory');
    expect(text).toContain('no authentication');
    expect(text).toContain('RAPPORT_PROT is not a variable of this service (RAPPORT_PORT?)');
    const answer = await post(service, 'ann');
    const { position } = (await answer.json()) as { position: string };
    const row = await fetch(`${service.url}/guests/ann?after=${position}`);
    expect(await row.json()).toMatchObject({ data: { here: true } });
    await service.stop();
    expect(exits).toEqual([]);
  });

  it('says when it has to do with the slower driver', async () => {
    const { said, around } = stage({ RAPPORT_PORT: '0' });
    const log = Object.assign(new MemoryEventLog(), { driver: 'sqlite (libsql 0.5.29)' });
    const service = await runHost('standalone', async () => hotel(() => NOW, { log }), around);
    expect(said.join('\n')).toContain('libsql 0.5.29), because better-sqlite3 could not be loaded');
    await service?.stop();
  });

  it('does not start on settings that are wrong: it names them and leaves with 78', async () => {
    const { said, exits, around } = stage({ RAPPORT_HOST: '0.0.0.0', RAPPORT_PORT: 'http' });
    expect(await runHost('standalone', async () => hotel(() => NOW), around)).toBeNull();
    expect(said.join('\n')).toMatch(
      /RAPPORT_PORT=http: .*integer[^]*RAPPORT_HOST=0\.0\.0\.0: .*authentication/,
    );
    expect(exits).toEqual([78]);
  });

  it('says why when the data cannot be opened', async () => {
    const { said, exits, around } = stage({ RAPPORT_PORT: '0' });
    expect(
      await runHost('standalone', () => Promise.reject(new Error('the folder is owned')), around),
    ).toBeNull();
    expect(said).toEqual(['cannot start: Error: the folder is owned']);
    expect(exits).toEqual([1]);
  });
});

describe('a host on a log that is a server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-host-'));
  const servers: TestServer[] = [];
  const newServer = async () => {
    const server = await TestServer.start();
    servers.push(server);
    return server;
  };
  afterAll(async () => {
    for (const server of servers) await server.stop();
    rmSync(folder, { recursive: true });
  });
  const started = async (
    environment: Record<string, string>,
    role: Role = 'standalone',
    open: Open = openProduct,
  ) => {
    const { said, exits, around } = stage({ RAPPORT_PORT: '0', RAPPORT_DATA: folder, ...environment });
    const service = await runHost(role, open, around);
    await service?.stop();
    return { said: said.join('\n'), exits };
  };
  /** The address stays right, the patience of a test is shorter. */
  const impatient: Open = (settings, role, how) => {
    const { eventStoreDb, ...place } = placeIn(settings);
    const limits = { readMs: 200 };
    const server = eventStoreDb && { eventStoreDb: { ...eventStoreDb, limits } };
    return openAt({ ...place, ...server }, { ...how, loops: ROLES[role].loops });
  };

  it.each(['api', 'projector', 'relay'] as const)('%s does not start on the embedded log', async (role) => {
    const { said, exits } = await started({}, role);
    expect(said).toMatch(new RegExp(`RAPPORT_EVENTSTOREDB is not set: .*one process.*${role}.*standalone`));
    expect(exits).toEqual([78]);
  });

  it('names everything that is wrong with the address, and never the password', async () => {
    const address = 'esdb://admin:swordfish@one:99999,two?tls=false&speed=9';
    const { said, exits } = await started({ RAPPORT_EVENTSTOREDB: address });
    for (const wrong of ['a port lies between', 'speed is not an option']) expect(said).toContain(wrong);
    expect(said).not.toContain('swordfish');
    expect(exits).toEqual([78]);
  });
  it.each(['esdb://admin:open/sesame@one', 'admin:opensesame@one', 'esdb://admin:open@sesame@one'])(
    'shows no password of an address that is none (%#)',
    async (address) => {
      const { said, exits } = await started({ RAPPORT_EVENTSTOREDB: address });
      expect(said).toContain('RAPPORT_EVENTSTOREDB=');
      expect(said).not.toMatch(/open|sesame/);
      expect(exits).toEqual([78]);
    },
  );

  it('says that no server answers, and what to look at, and leaves with 69', async () => {
    const server = await TestServer.start();
    await server.stop();
    const { said, exits } = await started({ RAPPORT_EVENTSTOREDB: server.url }, 'api', impatient);
    expect(said).toMatch(/cannot start: no EventStoreDB answers\. Is it running/);
    expect(exits).toEqual([69]);
  });

  it('says who has the embedded log, and leaves with 75', async () => {
    const holder = await openEmbedded({ folder });
    const { said, exits } = await started({});
    expect(said).toContain(`in use by process ${process.pid}`);
    expect(exits).toEqual([75]);
    await holder.stop();
  });

  it('keeps the rows of each log apart, and does not go on with those of another one', async () => {
    const [one, other] = [await newServer(), await newServer()];
    const [here, there] = [one, other].map(({ url }) => ({ RAPPORT_EVENTSTOREDB: url }));
    const application = await openProduct(settingsFrom({ RAPPORT_DATA: folder, ...here }), 'standalone');
    await application.start();
    const command = RegisterCustomer.of({
      ...{ customerId: 'c-1', name: 'Acme', industry: 'retail', source: 'ONLINE_QUESTIONNAIRE' },
    });
    await send(application, '1', command);
    await application.settle();
    await application.stop();
    expect((await started(here ?? {})).exits).toEqual([]);
    expect((await started({})).exits).toEqual([]);
    const { said, exits } = await started(there ?? {});
    expect(said).toContain('rows.eventstoredb.sqlite holds rows of another log');
    expect(exits).toEqual([78]);
  });
});

describe('a stop', () => {
  it('finishes the requests under way, then the loops, and takes no new ones', async () => {
    const lines: Record<string, unknown>[] = [];
    const settings = settingsFrom({ RAPPORT_PORT: '0' });
    const application = hotel(() => NOW);
    const { log } = application.store;
    const [append, close] = [log.append.bind(log), log.close.bind(log)];
    const order: string[] = [];
    let arrived = (): void => undefined;
    const inside = new Promise<void>((resolve) => (arrived = resolve));
    log.append = async (...given) => {
      arrived();
      await new Promise((later) => setTimeout(later, 100));
      const appended = await append(...given);
      order.push('appended');
      return appended;
    };
    log.close = async () => {
      order.push('closed');
      await close();
    };
    const service = await serve('standalone', async () => application, settings, pino(linesInto(lines)));
    const underWay = post(service, 'ann');
    await inside;
    const stopped = service.stop();
    expect((await underWay).status).toBe(200);
    await stopped;
    expect(order).toEqual(['appended', 'closed']);
    await expect(post(service, 'bob')).rejects.toThrow();
    await service.stop();
    expect(order).toHaveLength(2);
  });

  it('is not held up for ever by somebody who waits', async () => {
    const settings = settingsFrom({ RAPPORT_PORT: '0', RAPPORT_STOP_MS: '50' });
    const service = await serve(
      'standalone',
      async () => hotel(() => NOW),
      settings,
      pino({ level: 'silent' }),
    );
    const waiting = fetch(`${service.url}/guests?after=1000&wait=20000`).catch(() => 'cut off');
    await new Promise((later) => setTimeout(later, 50));
    const started = Date.now();
    await service.stop();
    expect(Date.now() - started).toBeLessThan(5_000);
    expect(await waiting).toBe('cut off');
  });
});
