import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PARKED, Rebuild } from '@rapport/kernel';
import { openAt, placeIn, settingsFrom, type Role } from '@rapport/platform';
import { TestServer } from '../support/eventstoredb/test-server';
import { Host, until } from '../support/hosts';

/** Rests between attempts add up where a server goes and comes back. */
jest.setTimeout(60_000);

const customer = (customerId: string) => ({
  ...{ customerId, name: 'Acme', industry: 'manufacturing', source: 'ONLINE_QUESTIONNAIRE' },
});
const complaint = (ticketId: string, customerId = 'c-1') => ({
  ...{ ticketId, customerId, type: 'COMPLAINT', urgency: 'URGENT', channel: 'PHONE' },
  ...{ verbatim: 'The shop is down!', collectorId: 'ann', raisedAt: '2026-01-05T09:00:00Z' },
  complaint: { causes: ['SYSTEM_OUTAGE'], text: 'down', emotion: 'ANGRY', businessInterrupted: true },
});

describe('api, projector and relay on one folder and one server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-hosts-'));
  let server: TestServer;
  let environment: Record<string, string>;
  const hosts = new Map<string, Host>();
  const start = async (role: Role, name: string = role) =>
    void hosts.set(name, await Host.start(role, environment));
  const host = (name: string): Host => {
    const found = hosts.get(name);
    if (!found) throw new Error(`${name} does not run`);
    return found;
  };
  const stop = async (name: string) => {
    await host(name).stop();
    hosts.delete(name);
  };
  /** It is registered and, without anybody asking for it, lodged and graded. */
  const complains = async (ticketId: string) => {
    const { status, body } = await host('api').post('RegisterTicket', complaint(ticketId), ticketId);
    expect(status).toBe(200);
    return body.position;
  };
  const isGraded = async (ticketId: string) => {
    const { body } = await host('api').get(`/complaints/${ticketId}`);
    return body.data?.['level'] === 'MAJOR';
  };

  beforeAll(async () => {
    server = await TestServer.start();
    environment = { RAPPORT_DATA: folder, RAPPORT_EVENTSTOREDB: server.url };
    // all at once on an empty folder: each of them may be the one that makes its files
    await Promise.all([start('api'), start('projector'), start('relay')]);
  });
  afterAll(async () => {
    for (const name of hosts.keys()) await stop(name);
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  it('a command is taken by one, seen by whoever asks with its position, and answered by a policy of another', async () => {
    expect((await host('api').post('RegisterCustomer', customer('c-1'), '1')).status).toBe(200);
    const position = await complains('t-1');
    const queued = await host('api').get(`/ticket-queue/t-1?after=${position}`);
    expect(queued).toMatchObject({ status: 200, body: { data: { customerId: 'c-1', type: 'COMPLAINT' } } });
    await until(() => isGraded('t-1'));
  });

  it('each says how its own loops are, and only the api answers questions', async () => {
    const loops = { api: {}, projector: { projections: 'live' }, relay: { reactions: 'live' } };
    for (const [name, of] of Object.entries(loops)) {
      await until(async () => (await host(name).get('/health/ready')).status === 200);
      expect((await host(name).get('/health/ready')).body).toMatchObject({ status: 'ready', loops: of });
      expect((await host(name).get('/health/live')).status).toBe(200);
      const metrics = await host(name).get('/metrics');
      for (const loop of Object.keys(of))
        expect(metrics.text).toContain(`rapport_loop_failed{loop="${loop}"} 0`);
      expect((await host(name).get('/ticket-queue')).status).toBe(name === 'api' ? 200 : 404);
      expect(host(name).lines).toContainEqual(
        expect.objectContaining({ msg: 'started', loops: Object.keys(of) }),
      );
    }
  });

  it('operators ask any of them; whoever keeps the model heeds it', async () => {
    const standing = async (name: string, model: string) =>
      (await host(name).order(`/projections/${model}`)).body.data;
    const becomes = (name: string, model: string, state: RegExp) =>
      until(async () => state.test(String((await standing(name, model))['state'])));
    const policy = 'when-complaint-lodged-then-grade';
    for (const name of hosts.keys()) await becomes(name, 'complaints', /^live$/);
    const { owners } = await standing('api', 'complaints');
    expect(owners).toEqual([host('projector').service.application.member]);
    expect((await standing('projector', policy))['owners']).toEqual([
      host('relay').service.application.member,
    ]);

    expect((await host('relay').order('/projections/complaints/pause', { reason: 'a look' })).status).toBe(
      202,
    );
    expect((await host('api').order(`/projections/${policy}/pause`, { reason: 'a look' })).status).toBe(202);
    await becomes('api', 'complaints', /^paused by olga/);
    await becomes('api', policy, /^paused by olga/);
    expect((await host('relay').get('/health/ready')).body).toMatchObject({ status: 'degraded' });
    await complains('t-paused');
    expect((await host('api').get('/complaints/t-paused')).status).toBe(404);
    for (const model of ['complaints', policy])
      await host('projector').order(`/projections/${model}/resume`, {});
    await until(() => isGraded('t-paused'));
    expect((await host('projector').get('/operations/projections')).status).toBe(403);
  });

  it.each(['relay', 'projector', 'api'] as const)('nothing is lost while %s is restarted', async (role) => {
    await stop(role);
    const ticketId = `t-${role}`;
    if (role !== 'api') {
      const position = await complains(ticketId);
      const asked = await host('api').get(
        `/ticket-queue/${ticketId}?after=${position}&wait=${role === 'projector' ? 50 : 5_000}`,
      );
      expect(asked.status).toBe(role === 'projector' ? 503 : 200);
    }
    await start(role);
    if (role === 'api') await complains(ticketId);
    await until(() => isGraded(ticketId));
  });

  it('subscriptions that are dropped come back by themselves, and are told and counted', async () => {
    server.dropSubscriptions('with error');
    await complains('t-dropped');
    await until(() => isGraded('t-dropped'));
    server.reset();
    await complains('t-reset');
    await until(() => isGraded('t-reset'));
    for (const name of ['projector', 'relay']) {
      const { text } = await host(name).get('/metrics');
      expect(Number(/rapport_subscription_drops_total (\d+)/.exec(text)?.[1])).toBeGreaterThan(0);
      const told = host(name).lines.filter(({ level }) => level === 40);
      expect(JSON.stringify(told)).toContain('dropped');
    }
  });

  it('while the server is away nobody is ready and nothing breaks; then all go on', async () => {
    const ticket = '/ticket-queue/t-relay';
    const { body: before } = await host('api').get(ticket);
    server.kill();
    await until(async () => 'head' in ((await host('api').get(ticket)).body['meta'] as object));
    expect(await host('api').get(ticket)).toMatchObject({ status: 200, body: { data: before.data } });
    for (const name of hosts.keys()) {
      await until(async () => (await host(name).get('/health/ready')).status === 503);
      const { status, body } = await host(name).get('/health/ready');
      expect([status, body['reasons']]).toEqual([503, expect.arrayContaining(['the log cannot be reached'])]);
    }
    expect(await host('api').get(ticket)).toMatchObject({
      ...{ status: 200, body: { meta: { lag: { trustworthy: false } } } },
    });
    await server.up();
    await complains('t-away');
    await until(() => isGraded('t-away'));
    for (const name of hosts.keys())
      await until(async () => (await host(name).get('/health/ready')).status === 200);
  });

  it('two projectors on the same rows apply each event once, and one goes on when the other ends', async () => {
    await start('projector', 'second');
    const { data } = (await host('api').order('/projections/complaints')).body;
    const [one, two] = ['projector', 'second'].map((name) => host(name).service.application.member);
    expect(data).toMatchObject({ owners: [one], standingBy: [two] });
    await new Promise((r) => setTimeout(r, 2000));
    const positions = await Promise.all(Array.from({ length: 30 }, (_, n) => complains(`t-two-${n}`)));
    const last = positions.reduce((one, other) => (Number(one) > Number(other) ? one : other));
    expect((await host('api').get(`/ticket-queue?after=${last}`)).status).toBe(200);
    await stop('projector');
    await complains('t-one-left');
    await until(() => isGraded('t-one-left'));
    for (const name of hosts.keys())
      expect(host(name).lines.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  });

  it('the rows are those of a fresh replay', async () => {
    for (const name of ['second', 'relay', 'api']) await stop(name);
    const application = await openAt(placeIn(settingsFrom(environment)), { loops: ['projections'] });
    await application.start();
    const { plan, rows, store } = application;
    await application.projections.reached(await store.log.head());
    const rebuild = new Rebuild({ rows, store }, plan.readModels, plan.rollups);
    await rebuild.run();
    const differing = (await rebuild.compare()).filter(({ identical }) => !identical);
    expect(differing).toEqual([]);
    expect(await rows.count(PARKED)).toBe(0);
    await application.stop();
  });
});
