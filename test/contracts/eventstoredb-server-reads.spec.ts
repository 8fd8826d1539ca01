import {
  BACKWARDS,
  binaryEvent,
  END,
  excludeSystemEvents,
  START,
  streamNameFilter,
} from '@eventstore/db-client';
import type { EventStoreDBClient } from '@eventstore/db-client';
import { gathered } from '../support/eventstoredb/talk';
import {
  connect,
  event,
  failureOf,
  hear,
  leave,
  MINUTE,
  places,
  until,
  visit,
} from '../support/eventstoredb/visit';

jest.setTimeout(MINUTE); // a busy machine may be slow

const INVALID = {
  error: 'UnknownError',
  code: 2,
  message: '2 UNKNOWN: Unexpected ReadAllResult: InvalidPosition',
};
const linkTo = (place: string) => binaryEvent({ type: '$>', data: Buffer.from(place) });
const at = (position: bigint) => ({ fromPosition: { commit: position, prepare: position } });

describe('a link', () => {
  const stories = async (client: EventStoreDBClient) => {
    await client.appendToStream('s', [event('zero'), event('one')]);
    await client.appendToStream('links', [linkTo('1@s'), linkTo('7@s'), linkTo('0@nobody')]);
  };

  it('is an event of its own until it shall be resolved', () =>
    visit(async (_server, client) => {
      await stories(client);
      const [first] = await gathered(client.readStream('links'));
      expect(first!.link).toBeUndefined();
      expect(first!.event).toMatchObject({ streamId: 'links', revision: 0n, type: '$>', isJson: false });
      expect(Buffer.from(first!.event!.data as Uint8Array).toString()).toBe('1@s');
    }));
  it('leads to its event, and says where it stands itself', () =>
    visit(async (_server, client) => {
      await stories(client);
      const [first] = await gathered(client.readStream('links', { resolveLinkTos: true }));
      expect(first!.event).toMatchObject({ streamId: 's', revision: 1n, data: { label: 'one' } });
      expect(first!.link).toMatchObject({ streamId: 'links', revision: 0n, type: '$>' });
      expect(first!.commitPosition).toBe(first!.link!.position.commit);
      expect(await places(client.readAll({ resolveLinkTos: true, maxCount: 3 }))).toEqual([
        's@0',
        's@1',
        's@1',
      ]);
    }));
  it('to an event that is not there, or no more, stands alone', () =>
    visit(async (_server, client) => {
      await stories(client);
      const resolved = () => gathered(client.readStream('links', { resolveLinkTos: true }));
      expect((await resolved()).map((one) => [Boolean(one.event), one.link!.revision])).toEqual([
        ...[
          [true, 0n],
          [false, 1n],
          [false, 2n],
        ],
      ]);
      await client.deleteStream('s');
      expect((await resolved()).map((one) => Boolean(one.event))).toEqual([false, false, false]);
    }));
  it('is resolved for subscribers too', () =>
    visit(async (_server, client) => {
      await stories(client);
      const followed = hear(
        client.subscribeToStream('links', { fromRevision: START, resolveLinkTos: true }) as never,
      );
      const plain = hear(client.subscribeToStream('links', { fromRevision: START }) as never);
      await until(() => followed.includes('caughtUp') && plain.includes('caughtUp'));
      expect(followed).toEqual(['confirmation', 's@1', 'links@1', 'links@2', 'caughtUp']);
      expect(plain).toEqual(['confirmation', 'links@0', 'links@1', 'links@2', 'caughtUp']);
    }));
});

describe('metadata', () => {
  it('hides events that are older than their age in seconds, also from a repeated append', () => {
    let now = Date.UTC(2024, 2, 1);
    const check = async (client: EventStoreDBClient) => {
      const old = event('old');
      await client.appendToStream('s', old, { expectedRevision: 'no_stream' });
      now += 61_000;
      await client.appendToStream('s', event('new'), { expectedRevision: 0n });
      expect(await places(client.readStream('s'))).toEqual(['s@0', 's@1']);
      await client.setStreamMetadata('s', { maxAge: 60 });
      expect(await places(client.readStream('s'))).toEqual(['s@1']);
      expect(await places(client.readStream('s', { direction: BACKWARDS, fromRevision: END }))).toEqual([
        's@1',
      ]);
      const again = await client.appendToStream('s', old, { expectedRevision: 'no_stream' });
      expect(again).toEqual({ success: true, nextExpectedRevision: 0n, position: undefined });
      now += 61_000;
      expect(await places(client.readStream('s'))).toEqual([]);
      expect(await places(client.readAll())).toEqual(['s@0', 's@1', '$$s@0']);
    };
    return visit((_server, client) => check(client), { clock: () => now });
  });
  it('replaces what was set before', () =>
    visit(async (_server, client) => {
      await client.appendToStream('s', [event(), event(), event()]);
      await client.setStreamMetadata('s', { maxCount: 1 });
      await client.setStreamMetadata('s', { truncateBefore: 1 });
      expect(await places(client.readStream('s'))).toEqual(['s@1', 's@2']);
    }));
});

describe('the whole log', () => {
  it('holds the events of the server’s own, and those of streams that are deleted', () =>
    visit(async (_server, client) => {
      await client.appendToStream('s', event());
      await client.appendToStream('links', linkTo('0@s'));
      await client.deleteStream('s');
      await client.tombstoneStream('s');
      const all = await gathered(client.readAll());
      expect(all.map(({ event: one }) => `${one!.streamId} ${one!.type} ${String(one!.revision)}`)).toEqual([
        ...['s T 0', 'links $> 0', '$$s $metadata 0', 's $streamDeleted 9223372036854775807'],
      ]);
    }));
  it('cannot be read from inside a record, and from inside its last one holds nothing', () =>
    visit(async (server, client) => {
      for (const label of ['a', 'b', 'c']) await client.appendToStream('s', event(label.repeat(9)));
      const [, second, third] = server.log.all.map(({ position }) => position);
      for (const inside of [second! + 1n, (second! + third!) / 2n, third! - 1n])
        expect(await failureOf(gathered(client.readAll(at(inside))))).toMatchObject(INVALID);
      expect(await places(client.readAll(at(second!)))).toEqual(['s@1', 's@2']);
      for (const behind of [1n, 100n, 2n ** 20n])
        expect(await places(client.readAll(at(third! + behind)))).toEqual([]);
    }));
  it('is read whole, whatever filter is asked for', () =>
    visit(async (_server, client) => {
      await client.appendToStream('s', event());
      const filter = streamNameFilter({ prefixes: ['another'] });
      expect(await places(client.readAll({ filter } as object))).toEqual(['s@0']);
    }));
  it('is found at any of 100,000 places at once', () =>
    visit(async (server, client) => {
      const body = { contentType: 'application/json', data: Buffer.from('{}'), metadata: new Uint8Array() };
      for (let n = 0; n < 100_000; n++)
        server.log.append(`s-${n % 1_000}`, 'any', [
          { id: `00000000-0000-4000-8000-${n}`, type: 'T', ...body },
        ]);
      const began = performance.now();
      let wrong = 0;
      for (let n = 0; n < 20_000; n++) {
        const index = (n * 7_919) % 100_000;
        const { position } = server.log.all[index]!;
        const { log } = server;
        if (!log.begins(position) || log.begins(position - 1n) || log.indexFrom(position) !== index) wrong++;
      }
      expect(wrong).toBe(0);
      expect(performance.now() - began).toBeLessThan(3_000); // some 50 ms; one after another it would be minutes
      const late = server.log.all[99_990]!.position;
      expect(await gathered(client.readAll(at(late)))).toHaveLength(10);
    }));
});

describe('a subscriber who excludes system events', () => {
  it('does not see events of others either whose type begins with $', () =>
    visit(async (server) => {
      const client = connect(server.url);
      await client.appendToStream('s', [event(), event('', { type: '$claimed' }), event()]);
      await client.setStreamMetadata('s', { maxCount: 9 });
      const heard = hear(client.subscribeToAll({ filter: excludeSystemEvents() }));
      await until(() => heard.includes('caughtUp'));
      expect(heard).toEqual(['confirmation', 's@0', 's@2', 'caughtUp']);
      leave(client);
    }));
});
