import { setTimeout as pause } from 'node:timers/promises';
import { NO_STREAM, START, type EventStoreDBClient } from '@eventstore/db-client';
import type { AppendFault, CallKind } from '../support/eventstoredb/host';
import { gathered } from '../support/eventstoredb/talk';
import type { TestServer } from '../support/eventstoredb/test-server';
import {
  connect,
  event,
  failureOf,
  hear,
  leave,
  places,
  UNARY,
  until,
  visit,
} from '../support/eventstoredb/visit';

const MOMENT_MS = 60;
const SHORT = { deadline: 200 };
const unary = (client: EventStoreDBClient, more: object = {}) =>
  client.appendToStream('s', event(), { expectedRevision: NO_STREAM, ...UNARY, ...more });
const once = (server: TestServer, fault: AppendFault) => {
  const faults: (AppendFault | undefined)[] = [fault];
  server.fault = () => faults.shift();
};

describe('an append by unary', () => {
  const cases: readonly (readonly [AppendFault, object, number])[] = [
    ['reset before', { error: 'UnavailableError', type: 'unavailable', code: 14 }, 0],
    ['reset after', { error: 'UnavailableError', type: 'unavailable', code: 14 }, 1],
    ['unavailable', { error: 'UnavailableError', type: 'unavailable', code: 14 }, 0],
    ['not ready', { error: 'UnavailableError', code: 14, message: '14 UNAVAILABLE: Server Is Not Ready' }, 0],
    ['not leader', { error: 'NotLeaderError', type: 'not-leader', code: 5 }, 0],
    ['timeout before', { error: 'TimeoutError', type: 'timeout', code: 10 }, 0],
    ['timeout after', { error: 'TimeoutError', type: 'timeout', code: 10 }, 1],
    ['no answer before', { error: 'DeadlineExceededError', type: 'deadline-exceeded', code: 4 }, 0],
    ['no answer after', { error: 'DeadlineExceededError', type: 'deadline-exceeded', code: 4 }, 1],
  ];
  it.each(cases)('may meet with: %s', (fault, failure, stored) =>
    visit(async (server, client) => {
      once(server, fault);
      expect(await failureOf(unary(client, SHORT))).toMatchObject(failure);
      expect(server.log.all).toHaveLength(stored);
    }),
  );
  it.each(cases)('is stored once when it is repeated after it met with: %s', (fault) =>
    visit(async (server, client) => {
      once(server, fault);
      const one = event();
      const append = () =>
        client.appendToStream('s', one, { expectedRevision: NO_STREAM, ...UNARY, ...SHORT });
      expect(await failureOf(append())).toBeDefined();
      expect(await append()).toMatchObject({ success: true, nextExpectedRevision: 0n });
      expect(server.log.all).toHaveLength(1);
    }),
  );
});

describe('an append by batch', () => {
  const cases: readonly (readonly [AppendFault, object, number])[] = [
    ['unavailable', { error: 'UnavailableError', type: 'unavailable', code: 14 }, 0],
    ['not ready', { error: 'UnknownError', message: 'Could not recognize Server Is Not Ready' }, 0],
    ['not leader', { error: 'NotLeaderError', type: 'not-leader', code: 5 }, 0],
    ['timeout before', { error: 'DeadlineExceededError', type: 'deadline-exceeded', message: '' }, 0],
    ['timeout after', { error: 'DeadlineExceededError', type: 'deadline-exceeded', message: '' }, 1],
  ];
  it.each(cases)('may meet with: %s', (fault, failure, stored) =>
    visit(async (server, client) => {
      once(server, fault);
      const failed = await failureOf(client.appendToStream('s', event()));
      expect(failed).toMatchObject(failure);
      expect((failed as { code?: number }).code).toBe((failure as { code?: number }).code);
      expect(server.log.all).toHaveLength(stored);
    }),
  );
  it.each([
    ['reset before', 0],
    ['reset after', 1],
  ] as const)('may lose its connection: %s', (fault, stored) =>
    visit(async (server, client) => {
      once(server, fault);
      expect(await failureOf(client.appendToStream('s', event()))).toHaveProperty('code');
      expect(server.log.all).toHaveLength(stored);
    }),
  );
  it('is a plain error where the client must first ask what a server can that is gone', () =>
    visit(async (server, client) => {
      server.kill();
      const failed = await failureOf(client.appendToStream('s', event()));
      expect(failed).toMatchObject({ error: 'Error', code: 14 });
      expect(failed).not.toHaveProperty('type');
    }));
  it('knows no deadline: it waits for a frozen server as long as it takes', () =>
    visit(async (server, client) => {
      await client.appendToStream('s', event());
      server.freeze();
      let settled = false;
      const append = client.appendToStream('s', event(), SHORT).finally(() => (settled = true));
      await pause(SHORT.deadline * 3);
      expect(settled).toBe(false);
      server.thaw();
      expect(await append).toMatchObject({ nextExpectedRevision: 1n });
    }));
});

describe('a frozen server', () => {
  it('stores an append when it thaws whose time was up long before', () =>
    visit(async (server, client) => {
      await unary(client);
      server.freeze();
      const failed = await failureOf(unary(client, { ...SHORT, expectedRevision: 0n }));
      expect(failed).toMatchObject({ error: 'DeadlineExceededError', type: 'deadline-exceeded', code: 4 });
      expect(server.log.all).toHaveLength(1);
      server.thaw();
      expect(server.log.all).toHaveLength(2);
      expect(await places(client.readStream('s'))).toEqual(['s@0', 's@1']);
    }));
  it('answers a read and a subscriber when it thaws, and carries appends out in their order', () =>
    visit(async (server, client) => {
      await client.appendToStream('s', event());
      const heard = hear(client.subscribeToAll({ fromPosition: START }));
      await until(() => heard.includes('caughtUp'));
      server.freeze();
      const read = places(client.readStream('s'));
      const appends = [0n, 1n, 2n].map((expectedRevision) =>
        client.appendToStream('s', event(), { expectedRevision }),
      );
      await pause(MOMENT_MS);
      expect(heard).toEqual(['confirmation', 's@0', 'caughtUp']);
      server.thaw();
      expect(await read).toContain('s@0');
      expect((await Promise.all(appends)).map((one) => one.nextExpectedRevision)).toEqual([1n, 2n, 3n]);
      await until(() => heard.includes('s@3'));
    }));
  it('forgets with its process what it had taken in', () =>
    visit(async (server, client) => {
      await unary(client);
      server.freeze();
      const append = failureOf(unary(client, { expectedRevision: 0n }));
      await pause(MOMENT_MS);
      server.kill();
      expect(await append).toMatchObject({ code: 14 });
      await server.up();
      expect(await places(client.readStream('s'))).toEqual(['s@0']);
    }));
  it('does not open a subscription that was given up meanwhile', () =>
    visit(async (server, client) => {
      await unary(client);
      server.freeze();
      const subscription = client.subscribeToAll();
      hear(subscription);
      await pause(MOMENT_MS);
      await subscription.unsubscribe();
      await pause(MOMENT_MS);
      server.thaw();
      await pause(MOMENT_MS);
      expect(server.feeds.size).toBe(0);
    }));
});

describe('a client', () => {
  it('reconnects by itself with the next call, and finds what was acknowledged', () =>
    visit(async (server, client) => {
      await unary(client);
      for (let round = 0; round < 3; round++) {
        server.kill();
        expect(await failureOf(places(client.readStream('s')))).toMatchObject({
          type: 'unavailable',
          code: 14,
        });
        await server.up();
        expect(await places(client.readStream('s'))).toEqual(['s@0']);
      }
    }));
  it('finds nothing on a server that came back with nothing', () =>
    visit(async (server) => {
      const [before, after] = [connect(server.url), connect(server.url)];
      await before.appendToStream('s', event());
      server.kill();
      await server.up('nothing');
      expect(await failureOf(gathered(after.readStream('s')))).toMatchObject({
        error: 'StreamNotFoundError',
      });
      expect(await gathered(after.readAll())).toEqual([]);
      [before, after].forEach(leave);
    }));
  it.each(['reset', 'unavailable'] as const)('sees a read fail by: %s', (fault) =>
    visit(async (server, client) => {
      await unary(client);
      server.readFault = () => fault;
      expect(await failureOf(places(client.readStream('s')))).toHaveProperty('code');
      server.readFault = () => undefined;
      expect(await places(client.readStream('s'))).toEqual(['s@0']);
    }),
  );
  it.each<readonly [CallKind, (client: EventStoreDBClient) => Promise<unknown>]>([
    ['append', (client) => unary(client)],
    ['batch append', (client) => client.appendToStream('s', event())],
    ['read', (client) => places(client.readStream('other'))],
    ['delete', (client) => client.deleteStream('other')],
    ['tombstone', (client) => client.tombstoneStream('other')],
  ])('hears nothing of calls of one kind, %s, while others are answered', (kind, call) =>
    visit(async (server, client) => {
      await client.appendToStream('other', event());
      server.silent.add(kind);
      let settled = false;
      const asked = failureOf(call(client)).then(() => (settled = true));
      await pause(MOMENT_MS);
      expect(settled).toBe(false);
      if (kind !== 'read') expect(await places(client.readStream('other'))).toEqual(['other@0']);
      server.kill();
      await asked;
    }),
  );
  it('is served slowly when the server is told so', () =>
    visit(async (server, client) => {
      await client.appendToStream('s', [event(), event(), event(), event()]);
      server.slowMs = 25;
      const began = performance.now();
      expect(await places(client.readStream('s'))).toHaveLength(4);
      expect(performance.now() - began).toBeGreaterThan(70);
      const heard = hear(client.subscribeToAll({ fromPosition: START }));
      await until(() => heard.includes('s@0'));
      expect(heard).not.toContain('s@3');
      await until(() => heard.includes('s@3'));
    }));
});
