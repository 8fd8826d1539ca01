import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { COMMAND_RESULTS, COMMANDS, OUT } from '@rapport/integration';
import { BusMisfit, Rebuild, type Delivery } from '@rapport/kernel';
import { BadSettings, openProduct, serve, settingsFrom, type Service } from '@rapport/platform';
import { until } from '../support/bus';
import { TestServer } from '../support/eventstoredb/test-server';
import { startBroker, type Broker } from '../support/kafka/broker';
import { clientOf } from '../support/kafka/clients';

const SLOW_MS = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'rapport-messages-'));
afterAll(() => rmSync(folder, { recursive: true }));

const started = (name: string, environment: Record<string, string>): Promise<Service> => {
  const settings = settingsFrom({ RAPPORT_PORT: '0', RAPPORT_DATA: join(folder, name), ...environment });
  return serve('standalone', openProduct, settings, pino({ level: 'silent' }));
};
const ready = async ({ url }: Service) => {
  const answer = await fetch(`${url}/health/ready`);
  return { status: answer.status, body: (await answer.json()) as { loops: Record<string, string> } };
};
const registered = (service: Service, customerId: string) =>
  fetch(`${service.url}/commands/RegisterCustomer`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ customerId, name: customerId, industry: customerId, source: 'SALES_HANDOVER' }),
  });

describe('a host that is told of Kafka', () => {
  it.each([
    [{ RAPPORT_KAFKA: 'kafka' }, 'RAPPORT_KAFKA=kafka: broker 1, "kafka": the port is missing'],
    [{ RAPPORT_KAFKA: 'k:1', RAPPORT_KAFKA_USERNAME: 'ann' }, 'belong together'],
    [{ RAPPORT_KAFKA: 'k:1', RAPPORT_KAFKA_CA_FILE: '/nobody.pem' }, 'there is no such file'],
    [
      {
        RAPPORT_KAFKA: 'k:1',
        RAPPORT_KAFKA_USERNAME: 'a',
        RAPPORT_KAFKA_PASSWORD: 'swordfish',
        RAPPORT_KAFKA_MECHANISM: 'plain',
      },
      'would send the password in clear',
    ],
    [{ RAPPORT_KAFKA_TLS: 'true' }, 'RAPPORT_KAFKA is not set'],
    [{ RAPPORT_LOG_COPY: 'true' }, 'only a log on a server is copied'],
  ])('does not start when a setting is wrong, and says which: %j', (environment, why) => {
    let lines = '';
    try {
      settingsFrom(environment);
    } catch (error) {
      if (!(error instanceof BadSettings)) throw error;
      lines = error.lines.join('\n');
    }
    expect(lines).toContain(why);
    expect(lines).not.toContain('swordfish');
  });

  it(
    'serves commands and questions while the brokers are away, and says what it waits for',
    async () => {
      const service = await started('away', { RAPPORT_KAFKA: '127.0.0.1:9' });
      expect((await registered(service, 'c-1')).status).toBe(200);
      await until(
        async () => (await ready(service)).body.loops['messages']?.startsWith('waiting') === true,
        SLOW_MS,
      );
      const { status, body } = await ready(service);
      expect(status).toBe(200);
      expect(body.loops['messages']).toContain('127.0.0.1:9');
      await service.stop();
    },
    SLOW_MS * 2,
  );

  describe('on a real broker', () => {
    let broker: Broker | null = null;
    beforeAll(async () => void (broker = await startBroker()), SLOW_MS * 3);
    afterAll(() => broker?.stop(), SLOW_MS);

    it(
      'does not start when a topic is missing that it may not make, and names it',
      async () => {
        if (!broker) return;
        const error = await started('missing', { RAPPORT_KAFKA: broker.brokers.join(',') }).then(
          () => null,
          (reason: unknown) => reason as Error,
        );
        expect(error).toBeInstanceOf(BusMisfit);
        expect(error?.message).toMatch(/rapport\.commands\.v1/);
        expect(existsSync(join(folder, 'missing'))).toBe(false);
      },
      SLOW_MS * 2,
    );

    it(
      'carries out commands, answers them and tells what happened, counted by outcome',
      async () => {
        if (!broker) return;
        const service = await started('bus', {
          RAPPORT_KAFKA: broker.brokers.join(','),
          RAPPORT_KAFKA_CREATE_TOPICS: 'true',
        });
        await until(async () => (await ready(service)).body.loops['messages'] === 'running', SLOW_MS);
        const bus = clientOf(broker.brokers);
        const heard: Delivery[] = [];
        await bus.prepare(OUT, true);
        const topics = [COMMAND_RESULTS.topic, ...OUT.map(({ topic }) => topic)];
        const reading = await bus.consume(
          `reader-${randomUUID()}`,
          topics,
          async (some) => void heard.push(...some),
        );
        const data = { customerId: 'k-1', name: 'Ann Lee', industry: 'retail', source: 'SALES_HANDOVER' };
        const value = JSON.stringify({ type: 'RegisterCustomer', commandId: 'r-1', data });
        await bus.publish(COMMANDS.topic, [{ key: 'k-1', value, headers: {} }]);
        await until(() => heard.filter(({ key }) => key === 'k-1').length === 2, SLOW_MS);
        expect(heard.map(({ headers }) => headers['ce_type']).filter(Boolean)).toEqual([
          'rapport.customer-registered.v1',
        ]);
        expect(JSON.stringify(heard)).not.toContain('Ann Lee');
        const figures = await (await fetch(`${service.url}/metrics`)).text();
        expect(figures).toContain('rapport_messages_total{topic="rapport.commands.v1",outcome="done"} 1');
        await reading.stop();
        await bus.close();
        await service.stop();
      },
      SLOW_MS * 3,
    );
  });
});

describe('a host that keeps a copy of its log', () => {
  it(
    'builds its read models from it, and a rebuild is the same',
    async () => {
      const server = await TestServer.start();
      const service = await started('copy', { RAPPORT_EVENTSTOREDB: server.url, RAPPORT_LOG_COPY: 'true' });
      for (const customerId of ['c-1', 'c-2'])
        expect((await registered(service, customerId)).status).toBe(200);
      await service.application.settle();
      expect(existsSync(join(folder, 'copy', 'copy.sqlite'))).toBe(true);
      const { rows, store, plan } = service.application;
      expect(store.log.driver).toMatch(/eventstoredb.*copied to sqlite/);
      const rebuild = new Rebuild({ rows, store }, plan.readModels, plan.rollups);
      await rebuild.run();
      const rebuilt = await rebuild.compare();
      expect(rebuilt.filter(({ identical }) => !identical)).toEqual([]);
      expect(rebuilt.some(({ comparisons }) => comparisons.some((one) => one.rows > 0))).toBe(true);
      await service.stop();
      await server.stop();
    },
    SLOW_MS,
  );
});
