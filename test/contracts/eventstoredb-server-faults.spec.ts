import { setTimeout as pause } from 'node:timers/promises';
import { NO_STREAM, START, type EventStoreDBClient } from '@eventstore/db-client';
import type { CallKind } from '../support/eventstoredb/host';
import { gathered } from '../support/eventstoredb/talk';
import {
  connect,
  event,
  failureOf,
  hear,
  leave,
  MINUTE,
  places,
  UNARY,
  until,
  visit,
} from '../support/eventstoredb/visit';

jest.setTimeout(MINUTE); // a busy machine may be slow

const MOMENT_MS = 60;
const SHORT = { deadline: 200 };
const unary = (client: EventStoreDBClient, more: object = {}) =>
  client.appendToStream('s', event(), { expectedRevision: NO_STREAM, ...UNARY, ...more });

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
  it.each([
    ['batch', {}],
    ['unary', UNARY],
  ])('finds every acknowledged append after a kill, and each append whole or not at all, by %s', (_, how) =>
    visit(async (server, client) => {
      const acknowledged: string[] = [];
      const append = async (n: number) => {
        const both = [event(), event()];
        await client.appendToStream(`k-${n}`, both, { expectedRevision: NO_STREAM, ...how });
        acknowledged.push(`k-${n}@0`, `k-${n}@1`);
      };
      await append(0);
      const appends = Array.from({ length: 64 }, (_, n) => failureOf(append(n + 1)));
      await until(() => acknowledged.length > 40);
      server.kill();
      await Promise.all(appends);
      await server.up();
      await failureOf(places(client.readAll()));
      const stored = await places(client.readAll());
      expect(stored.length % 2).toBe(0);
      expect(new Set(stored).size).toBe(stored.length);
      expect(acknowledged.filter((one) => !stored.includes(one))).toEqual([]);
    }),
  );
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
  it('that subscribes hears nothing where subscriptions get no answer, and reads all the same', () =>
    visit(async (server, client) => {
      await unary(client);
      server.silent.add('subscribe');
      const heard = hear(client.subscribeToAll({ fromPosition: START }));
      expect(await places(client.readStream('s'))).toEqual(['s@0']);
      await pause(MOMENT_MS);
      expect(heard).toEqual([]);
    }));
  it('cannot even begin its batch stream where nobody says what the server can, and knows no deadline for that', () =>
    visit(async (server, client) => {
      server.silent.add('features');
      let settled = false;
      const append = failureOf(client.appendToStream('s', event(), SHORT)).then(() => (settled = true));
      await unary(client);
      await pause(SHORT.deadline * 2);
      expect(settled).toBe(false);
      server.kill();
      await append;
      expect(server.log.all).toHaveLength(1);
    }));
  it('stays usable after it was disposed of, and its subscription ends', () =>
    visit(async (server, client) => {
      const heard = hear(client.subscribeToAll({ fromPosition: START }));
      await until(() => heard.includes('caughtUp'));
      leave(client); // not awaited: it hung once
      await until(() => heard.includes('close'));
      expect(heard).toContain('end');
      await unary(client);
      expect(await places(client.readStream('s'))).toEqual(['s@0']);
      await until(() => server.feeds.size === 0);
    }));
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
