import { setTimeout as pause } from 'node:timers/promises';
import { NO_STREAM, type EventStoreDBClient } from '@eventstore/db-client';
import type { AppendFault } from '../support/eventstoredb/host';
import type { TestServer } from '../support/eventstoredb/test-server';
import { event, failureOf, MINUTE, places, UNARY, visit } from '../support/eventstoredb/visit';

jest.setTimeout(MINUTE); // a busy machine may be slow

const MOMENT_MS = 60;
const SHORT = { deadline: 300 };
/** Where an answer comes there is time for it. */
const patience = (fault: AppendFault) => (fault.startsWith('no answer') ? SHORT : {});
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
    ['cancelled before', { error: 'CancelledError', type: 'cancelled', code: 1 }, 0],
    ['cancelled after', { error: 'CancelledError', type: 'cancelled', code: 1 }, 1],
    ['no answer before', { error: 'DeadlineExceededError', type: 'deadline-exceeded', code: 4 }, 0],
    ['no answer after', { error: 'DeadlineExceededError', type: 'deadline-exceeded', code: 4 }, 1],
  ];
  it.each(cases)('may meet with: %s', (fault, failure, stored) =>
    visit(async (server, client) => {
      once(server, fault);
      expect(await failureOf(unary(client, patience(fault)))).toMatchObject(failure);
      expect(server.log.all).toHaveLength(stored);
    }),
  );
  it.each(cases)('is stored once when it is repeated after it met with: %s', (fault) =>
    visit(async (server, client) => {
      once(server, fault);
      const one = event();
      const append = (more = {}) =>
        client.appendToStream('s', one, { expectedRevision: NO_STREAM, ...UNARY, ...more });
      expect(await failureOf(append(patience(fault)))).toBeDefined();
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
    ['cancelled before', { error: 'CancelledError', type: 'cancelled', code: 1 }, 0],
    ['cancelled after', { error: 'CancelledError', type: 'cancelled', code: 1 }, 1],
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
  it('fails with the batch stream of any other client of the process', () =>
    visit((server, client) =>
      visit(async (other, bystander) => {
        await bystander.appendToStream('s', event());
        await client.appendToStream('s', event());
        other.silent.add('batch append'); // an answer that came later would end the process
        const pending = failureOf(bystander.appendToStream('s', event()));
        await pause(MOMENT_MS);
        once(server, 'unavailable');
        await failureOf(client.appendToStream('s', event()));
        expect(await pending).toMatchObject({
          error: 'UnavailableError',
          message: '14 UNAVAILABLE: Server Is Not Ready',
        });
        expect(await places(bystander.readStream('s'))).toEqual(['s@0']);
      }),
    ));
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
