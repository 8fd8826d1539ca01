import 'reflect-metadata';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PostgresRowStore, type PostgresPlace } from '@rapport/adapters/postgres';
import { PARKED } from '@rapport/kernel';
import { Application, openAt, placeIn, settingsFrom, type Role } from '@rapport/platform';
import { TestServer } from '../support/eventstoredb/test-server';
import { everyRow } from '../support/every-row';
import { Host, until } from '../support/hosts';
import {
  environmentOf,
  postgresIsHere,
  startPostgres,
  type PostgresServer,
} from '../support/postgres/server';

/** Rests between attempts add up where a server goes and comes back. */
jest.setTimeout(180_000);

const customer = (customerId: string) => ({
  ...{ customerId, name: `Acme of ${customerId}`, industry: 'manufacturing', source: 'ONLINE_QUESTIONNAIRE' },
});
const complaint = (ticketId: string, customerId = 'c-1') => ({
  ...{ ticketId, customerId, type: 'COMPLAINT', urgency: 'URGENT', channel: 'PHONE' },
  ...{ verbatim: 'The shop is down!', collectorId: 'ann', raisedAt: '2026-01-05T09:00:00Z' },
  complaint: { causes: ['SYSTEM_OUTAGE'], text: 'down', emotion: 'ANGRY', businessInterrupted: true },
});

const postgres = postgresIsHere() ? describe : describe.skip;
postgres(
  'api, two projectors and relay, each on a machine of its own, with rows and keys in PostgreSQL',
  () => {
    const folders: string[] = [];
    const hosts = new Map<string, Host>();
    let log: TestServer;
    let server: PostgresServer;
    let place: PostgresPlace;
    const environment = (of = place): Record<string, string> => {
      const folder = mkdtempSync(join(tmpdir(), 'rapport-machine-'));
      folders.push(folder);
      return {
        RAPPORT_DATA: folder,
        RAPPORT_EVENTSTOREDB: log.url,
        RAPPORT_LEASE_MS: '1500',
        ...environmentOf(of),
      };
    };
    const start = async (role: Role, name: string = role) =>
      void hosts.set(name, await Host.start(role, environment()));
    const host = (name: string): Host => {
      const found = hosts.get(name);
      if (!found) throw new Error(`${name} does not run`);
      return found;
    };
    const stop = async (name: string) => {
      await host(name).stop();
      hosts.delete(name);
    };
    const complains = async (ticketId: string, customerId?: string) => {
      const command = complaint(ticketId, customerId);
      const { status, body } = await host('api').post('RegisterTicket', command, ticketId);
      expect([status, body]).toMatchObject([200, {}]);
      return body.position;
    };
    /** The answer of a model that has seen that position; asked again as long as it takes. */
    const seen = async (path: string, position: string) => {
      const ask = () => host('api').get(`${path}?after=${position}&wait=5000`);
      let answer = await ask();
      await until(async () => answer.status !== 503 || (answer = await ask()).status !== 503, 90_000);
      return answer;
    };
    const isGraded = async (ticketId: string) => {
      const { body } = await host('api').get(`/complaints/${ticketId}`);
      return body.data?.['level'] === 'MAJOR';
    };
    const isReady = async (name: string) => (await host(name).get('/health/ready')).status === 200;

    beforeAll(async () => {
      [log, server] = [await TestServer.start(), await startPostgres()];
      place = server.place();
      // all at once on an empty database: each of them may be the one that makes its schemas and tables
      await Promise.all([start('api'), start('projector'), start('projector', 'second'), start('relay')]);
    });
    afterAll(async () => {
      for (const name of hosts.keys()) await stop(name);
      await Promise.all([log.stop(), server.stop()]);
      for (const folder of folders) rmSync(folder, { recursive: true });
    });

    it('share no folder: there is nothing in any of them', () =>
      expect(folders.map((folder) => readdirSync(folder))).toEqual(folders.map(() => [])));

    it('a command is taken by one, seen by whoever asks with its position, and answered by a policy of another', async () => {
      const { status, body } = await host('api').post('RegisterCustomer', customer('c-1'), '1');
      expect(status).toBe(200);
      const profile = await seen('/customer-profile/c-1', body.position);
      // sealed by one process under a key that it has made, read by another one
      expect(profile).toMatchObject({ status: 200, body: { data: { name: 'Acme of c-1' } } });
      const position = await complains('t-1');
      const queued = await seen('/ticket-queue/t-1', position);
      expect(queued).toMatchObject({ status: 200, body: { data: { customerId: 'c-1', type: 'COMPLAINT' } } });
      await until(() => isGraded('t-1'));
    });

    it('both projectors keep a part of every model, and one goes on with all of it when the other ends', async () => {
      const members = ['projector', 'second'].map((name) => host(name).service.application.member).sort();
      const owners = async () => {
        const { body } = await host('api').order('/projections/complaints');
        return [...(body.data['owners'] as readonly string[])].sort();
      };
      await until(async () => String(await owners()) === String(members));
      const positions = await Promise.all(Array.from({ length: 30 }, (_, n) => complains(`t-two-${n}`)));
      const last = positions.reduce((one, other) => (Number(one) > Number(other) ? one : other));
      expect((await seen('/ticket-queue', last)).status).toBe(200);
      await stop('second');
      const position = await complains('t-one-left');
      expect((await seen('/ticket-queue/t-one-left', position)).status).toBe(200);
      await until(() => isGraded('t-one-left'));
    });

    it('a person is forgotten by one, and unknown to all', async () => {
      const keys = `"${place.schema ?? ''}_keys".keys`;
      await host('api').post('RegisterCustomer', customer('c-2'), '2');
      const [before] = await server.ask(`select count(*)::int as n from ${keys} where bytes is not null`);
      await host('relay').service.application.plan.keys.forget('c-2', '2026-01-05T09:00:00.000Z');
      const [after] = await server.ask(`select count(*)::int as n from ${keys} where bytes is not null`);
      expect(Number(before?.['n']) - Number(after?.['n'])).toBe(1);
      const refused = await host('api').post('RegisterTicket', complaint('t-forgotten', 'c-2'), 'forgotten');
      expect(refused).toMatchObject({ status: 409, body: { code: 'SUBJECT_FORGOTTEN' } });
    });

    it('while PostgreSQL is away questions are answered with 503, nobody is ready and nothing breaks; then all go on', async () => {
      if (server.pid === null) return; // another server is not ended by a test
      await server.kill('SIGQUIT');
      for (const name of hosts.keys()) {
        await until(async () => !(await isReady(name)));
        const { body } = await host(name).get('/health/ready');
        expect(body['reasons']).toEqual(expect.arrayContaining(['rows and keys cannot be reached']));
        expect((await host(name).get('/metrics')).status).toBe(200);
        expect((await host(name).get('/health/live')).status).toBe(200);
      }
      const asked = await host('api').get('/ticket-queue/t-1');
      expect(asked).toMatchObject({ status: 503, body: { code: 'STORAGE_UNAVAILABLE' } });
      const sent = await host('api').post('RegisterTicket', complaint('t-away'), 't-away');
      expect(sent).toMatchObject({ status: 503, body: { code: 'STORAGE_UNAVAILABLE' } });
      await server.restart();
      await complains('t-away');
      await until(() => isGraded('t-away'));
      for (const name of hosts.keys()) await until(() => isReady(name));
      for (const name of hosts.keys())
        expect(host(name).lines.filter(({ level }) => Number(level) >= 60)).toEqual([]);
    });

    it('never write a password into their logs', () => {
      const { password } = new URL(server.address);
      const lines = [...hosts.values()].flatMap((one) => one.lines.map((line) => JSON.stringify(line)));
      if (password !== 'rapport') expect(lines.filter((line) => line.includes(password))).toEqual([]);
      expect(lines.filter((line) => line.includes(`:${password}@`))).toEqual([]);
    });

    it('the rows are those of a fresh replay', async () => {
      const settings = settingsFrom(environment());
      for (const name of [...hosts.keys()]) await stop(name);
      const application = await openAt(placeIn(settings), { loops: ['projections'] });
      const { plan } = application;
      const anew = await PostgresRowStore.open(server.place());
      const replay = new Application({ ...plan, rows: anew });
      for (const one of [application, replay]) {
        await one.start();
        await one.settle();
      }
      const there = await everyRow(plan, anew);
      expect(there.flatMap(([, rows]) => rows).length).toBeGreaterThan(100);
      // whoever was forgotten after he was read is erased for whoever reads later
      const here = JSON.stringify(await everyRow(plan, application.rows)).replaceAll(
        'Acme of c-2',
        '(erased)',
      );
      expect(JSON.parse(here)).toEqual(there);
      expect(await application.rows.count(PARKED)).toBe(0);
      await replay.pause();
      await anew.close();
      await application.stop();
    });
  },
);
