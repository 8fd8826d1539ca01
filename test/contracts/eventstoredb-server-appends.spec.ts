import { ANY, NO_STREAM, STREAM_EXISTS, type EventStoreDBClient } from '@eventstore/db-client';
import { JSON_TYPE } from '../support/eventstoredb/kept';
import { gathered } from '../support/eventstoredb/talk';
import type { TestServer } from '../support/eventstoredb/test-server';
import {
  connect,
  event,
  failureOf,
  idsIn,
  leave,
  MINUTE,
  UNARY,
  visit,
  WAYS,
} from '../support/eventstoredb/visit';

jest.setTimeout(MINUTE); // a busy machine may be slow

const wrongVersion = (actual: bigint | 'no_stream') => ({
  error: 'WrongExpectedVersionError',
  actualVersion: typeof actual === 'bigint' ? `${String(actual)}n` : actual,
});
const restarted = async (server: TestServer) => {
  server.kill();
  await server.up();
};
const BODY = { type: 'T', contentType: JSON_TYPE, data: Buffer.from('{}'), metadata: new Uint8Array() };
const hundredFrom = (n: number) => Array.from({ length: 100 }, (_, m) => ({ ...BODY, id: `other-${n + m}` }));

describe.each(WAYS)('an append by %s', (_, how) => {
  const append = (client: EventStoreDBClient, events: unknown, expectedRevision: unknown) =>
    client.appendToStream('s', events as never, { ...how, expectedRevision } as never);

  it('that is repeated at just any place after a restart is written again', () =>
    visit(async (server, client) => {
      const first = event();
      expect(await append(client, first, ANY)).toMatchObject({ nextExpectedRevision: 0n });
      expect(await append(client, first, ANY)).toMatchObject({ nextExpectedRevision: 0n });
      await restarted(server);
      const again = connect(server.url);
      expect(await append(again, first, ANY)).toMatchObject({ nextExpectedRevision: 1n });
      expect(await idsIn(again, 's')).toEqual([first.id, first.id]);
      leave(again);
    }));

  it('that is repeated at its exact place after a restart is answered as the first time', () =>
    visit(async (server, client) => {
      const [first, second, third] = [event(), event(), event()];
      const none = await append(client, first, NO_STREAM);
      const exact = await append(client, second, 0n);
      await append(client, third, 1n);
      await restarted(server);
      const again = connect(server.url);
      expect(await append(again, first, NO_STREAM)).toEqual(none);
      expect(await append(again, second, 0n)).toEqual(exact);
      expect(await idsIn(again, 's')).toEqual([first.id, second.id, third.id]);
      leave(again);
    }));

  it('that is repeated after 150,000 other events is known at its place, and written again at just any', () =>
    visit(async (server, client) => {
      const first = event();
      const once = await append(client, first, NO_STREAM);
      for (let n = 0; n < 150_000; n += 100)
        server.log.append('o', n === 0 ? 'no_stream' : BigInt(n - 1), hundredFrom(n));
      expect(server.log.all).toHaveLength(150_001);
      expect(await append(client, first, NO_STREAM)).toEqual(once);
      expect(await append(client, first, ANY)).toMatchObject({ nextExpectedRevision: 1n });
    }));

  it('whose first id is known must bring only known ones, in any order', () =>
    visit(async (_server, client) => {
      const [first, second, third] = [event(1), event(2), event(3)];
      await append(client, [first, second, third], NO_STREAM);
      expect(await append(client, [third, first], ANY)).toMatchObject({ nextExpectedRevision: 0n });
      expect(await failureOf(append(client, [first, event()], ANY))).toMatchObject(wrongVersion(2n));
      expect(await append(client, [event(), first], ANY)).toMatchObject({ nextExpectedRevision: 4n });
    }));

  it('at an exact revision that is current writes its ids once more', () =>
    visit(async (_server, client) => {
      const first = event();
      await append(client, first, NO_STREAM);
      expect(await append(client, first, 0n)).toMatchObject({ nextExpectedRevision: 1n });
      expect(await idsIn(client, 's')).toEqual([first.id, first.id]);
    }));

  it('is not compared by its body, only by its ids', () =>
    visit(async (_server, client) => {
      const first = event('one');
      const once = await append(client, first, NO_STREAM);
      expect(await append(client, { ...first, data: { label: 'another' } }, NO_STREAM)).toEqual(once);
      const [kept] = await gathered(client.readStream('s'));
      expect(kept?.event?.data).toEqual({ label: 'one' });
    }));

  it('finds a deleted stream gone where it asks for an existing one', () =>
    visit(async (_server, client) => {
      await append(client, event(), ANY);
      await client.deleteStream('s');
      const failed = await failureOf(append(client, event(), STREAM_EXISTS));
      expect(failed).toMatchObject({ error: 'StreamDeletedError', streamName: 's' });
      expect((failed as { code?: number }).code).toBe(how === UNARY ? 9 : undefined);
      expect(await append(client, event(), NO_STREAM)).toMatchObject({ nextExpectedRevision: 1n });
    }));

  it('is a conflict when the server has lost its memory of ids', () =>
    visit(async (server, client) => {
      const first = event();
      await append(client, first, NO_STREAM);
      server.log.forgetful = true;
      expect(await failureOf(append(client, first, NO_STREAM))).toMatchObject(wrongVersion(0n));
    }));

  it('says only that it failed when the client shall not throw', () =>
    visit(async (server) => {
      const client = connect(`${server.url}&throwOnAppendFailure=false`);
      await append(client, [event(), event(), event()], ANY);
      const answer = await append(client, event(), NO_STREAM);
      // The client reads whether there is a revision, where it means to read the revision: it says 1 in a batch.
      expect(answer).toMatchObject({ success: false, nextExpectedRevision: how === UNARY ? 2n : 1n });
      leave(client);
    }));
});

describe('the client', () => {
  it('takes its batch stream unless credentials come with the call', () =>
    visit(async (server, client) => {
      const ways: string[] = [];
      server.fault = ({ way }) => void ways.push(way);
      await client.appendToStream('s', event());
      await client.appendToStream('s', event(), UNARY);
      await client.appendToStream('s', event(), { requiresLeader: true });
      expect(ways).toEqual(['batch', 'unary', 'batch']);
    }));
});
