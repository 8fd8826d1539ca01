import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  END,
  eventTypeFilter,
  START,
  streamNameFilter,
  type EventStoreDBClient,
} from '@eventstore/db-client';
import type { Filter } from '@eventstore/db-client';
import { gathered } from '../support/eventstoredb/talk';
import { connect, event, hear, leave, MINUTE, until, visit } from '../support/eventstoredb/visit';

jest.setTimeout(MINUTE); // a busy machine may be slow

const MOMENT_MS = 60;
const events = (count: number) => Array.from({ length: count }, (_, n) => event(n));
const subscribe = (client: EventStoreDBClient, filter?: Filter) =>
  client.subscribeToAll({ fromPosition: START, ...(filter && { filter }) });
const stream = (client: EventStoreDBClient, name = 's') =>
  client.subscribeToStream(name, { fromRevision: START }) as ReturnType<typeof subscribe>;

describe('a filter of a subscription', () => {
  const cases: readonly (readonly [string, Filter, readonly string[]])[] = [
    ['prefixes of the stream', streamNameFilter({ prefixes: ['b', 'ca'] }), ['ba@0', 'ca@0', 'ba@1']],
    ['a pattern of the stream', streamNameFilter({ regex: 'a$' }), ['ba@0', 'ca@0', 'ba@1']],
    ['prefixes of the type', eventTypeFilter({ prefixes: ['Ti', 'X'] }), ['ba@0', 'cb@0']],
    ['a pattern of the type', eventTypeFilter({ regex: '^T.*d$' }), ['ba@0', 'cb@0', 'ba@1']],
  ];
  it.each(cases)('may name %s', (_, filter, expected) =>
    visit(async (_server, client) => {
      const heard = hear(subscribe(client, filter));
      await client.appendToStream('ba', event('', { type: 'Tied' }));
      await client.appendToStream('ca', event('', { type: 'Taken' }));
      await client.appendToStream('cb', event('', { type: 'Timed' }));
      await client.appendToStream('ba', event('', { type: 'Told' }));
      await pause(MOMENT_MS);
      expect(heard.filter((one) => one !== 'caughtUp')).toEqual(['confirmation', ...expected]);
    }),
  );

  it.each([
    [1, 10],
    [3, 3],
  ])(
    'with an interval of %i tells 320 events that do not match in %i checkpoints',
    (checkpointInterval, times) =>
      visit(async (server, client) => {
        await client.appendToStream('s', events(160));
        const reached: bigint[] = [];
        const checkpointReached = async (_: unknown, { commit }: { commit: bigint }) =>
          void reached.push(commit);
        const heard = hear(
          subscribe(
            client,
            streamNameFilter({ prefixes: ['nothing'], checkpointInterval, checkpointReached }),
          ),
        );
        await until(() => heard.includes('caughtUp'));
        await client.appendToStream('s', events(160));
        await until(() => reached.length === times);
        const every = 32 * checkpointInterval;
        expect(reached).toEqual(reached.map((_, n) => server.log.all[(n + 1) * every - 1]!.position));
        expect(heard.filter((one) => one !== 'caughtUp')).toEqual(['confirmation']);
      }),
  );
});

describe('a subscription', () => {
  it('has caught up again and again under load, and is never told that it fell behind', () =>
    visit(async (_server, client) => {
      const heard = hear(subscribe(client));
      await until(() => heard.includes('caughtUp'));
      for (let n = 1; n <= 5; n++) {
        await client.appendToStream('s', events(200));
        await until(() => heard.includes(`s@${n * 200 - 1}`) && heard.at(-1) === 'caughtUp');
      }
      expect(heard.filter((one) => one === 'caughtUp').length).toBeGreaterThan(5);
      expect(heard).not.toContain('fellBehind');
    }));
  it('of a stream that is not there waits for it, and another begins behind its end', () =>
    visit(async (_server, client) => {
      const waiting = hear(stream(client));
      await until(() => waiting.includes('caughtUp'));
      await client.appendToStream('s', event());
      const late = hear(client.subscribeToStream('s', { fromRevision: END }) as never);
      await until(() => late.includes('caughtUp'));
      await client.appendToStream('s', event());
      await until(() => late.includes('s@1'));
      expect(waiting).toEqual(['confirmation', 'caughtUp', 's@0', 's@1']);
      expect(late).toEqual(['confirmation', 'caughtUp', 's@1']);
    }));
  it('sees the mark of a tombstone, then that its stream is deleted', () =>
    visit(async (_server, client) => {
      await client.appendToStream('s', event());
      const heard = hear(stream(client));
      await until(() => heard.includes('caughtUp'));
      await client.tombstoneStream('s');
      await until(() => heard.length === 5);
      expect(heard.slice(3)).toMatchObject([
        's@9223372036854775807',
        { error: 'StreamDeletedError', code: 9 },
      ]);
    }));
  it('of a stream begins where its metadata lets a reader begin', () =>
    visit(async (_server, client) => {
      await client.appendToStream('s', events(4));
      await client.setStreamMetadata('s', { truncateBefore: 2 });
      const heard = hear(stream(client));
      await until(() => heard.includes('caughtUp'));
      expect(heard).toEqual(['confirmation', 's@2', 's@3', 'caughtUp']);
    }));
  it('that is given up has an end, a finish and a close', () =>
    visit(async (server, client) => {
      const subscription = subscribe(client);
      const heard = hear(subscription);
      await until(() => heard.includes('caughtUp'));
      await subscription.unsubscribe();
      await until(() => heard.includes('close'));
      expect([...heard].sort()).toEqual(['caughtUp', 'close', 'confirmation', 'end', 'finish']);
      await until(() => server.feeds.size === 0);
    }));
  it('that nobody reads is not filled with everything there is', () =>
    visit(async (server, client) => {
      const large = Array.from({ length: 50 }, () => event('x'.repeat(10_000)));
      for (let n = 0; n < 20; n++)
        await client.appendToStream(
          's',
          large.map((one) => ({ ...one, id: randomUUID() })),
        );
      subscribe(client).pause();
      await until(() => server.feeds.size === 1);
      await pause(MOMENT_MS * 3);
      const [feed] = server.feeds;
      expect(feed!.seen).toBeGreaterThan(0);
      expect(feed!.seen).toBeLessThan(500);
    }));
  it('gets more than it can hold, in order and at its own pace', () =>
    visit(async (server, client) => {
      for (let n = 0; n < 50; n++) await client.appendToStream('s', events(100));
      const subscription = subscribe(client);
      const seen: bigint[] = [];
      for await (const { event: one } of subscription) {
        seen.push(one!.revision);
        if (seen.length % 1_000 === 0) await pause(10);
        if (seen.length === server.log.all.length) break;
      }
      expect(seen).toEqual(seen.map((_, n) => BigInt(n)));
    }));
});

describe('a subscription that breaks', () => {
  const broken = (how: (server: Parameters<Parameters<typeof visit>[0]>[0]) => unknown) => async () => {
    let heard: unknown[] = [];
    let destroyed = false;
    await visit(async (server) => {
      const client = connect(server.url);
      const subscription = subscribe(client);
      heard = hear(subscription);
      await until(() => heard.includes('caughtUp'));
      await how(server);
      await pause(MOMENT_MS);
      destroyed = subscription.destroyed;
      heard = heard.slice(2);
      leave(client);
    });
    return { heard, destroyed };
  };

  it('with its server has an error, and neither end nor close', async () => {
    const { heard, destroyed } = await broken((server) => server.kill())();
    expect(heard).toMatchObject([{ error: 'UnavailableError', code: 14 }]);
    expect(destroyed).toBe(false);
  });
  it('because its server shuts down has an error, and neither end nor close', async () => {
    const { heard, destroyed } = await broken((server) => server.shutDown())();
    expect(heard).toMatchObject([{ error: 'UnavailableError', code: 14 }]);
    expect(destroyed).toBe(false);
  });
  it('by a drop with error has an error', async () => {
    const { heard } = await broken((server) => server.dropSubscriptions('with error'))();
    expect(heard).toMatchObject([{ error: 'UnavailableError', code: 14 }]);
  });
  it('by a normal drop has an end', async () => {
    const { heard } = await broken((server) => server.dropSubscriptions('normally'))();
    expect(heard).toContain('end');
  });
  it('by a silent drop says nothing, whatever is appended', async () => {
    const { heard } = await broken(async (server) => {
      server.dropSubscriptions('silently');
      const other = connect(server.url);
      await other.appendToStream('s', events(100));
      leave(other);
      expect(server.feeds.size).toBe(1);
    })();
    expect(heard).toEqual([]);
  });
  it('throws to whoever iterates over it, and is destroyed then', () =>
    visit(async (server, client) => {
      const subscription = subscribe(client);
      const over = (async () => {
        await gathered(subscription);
      })();
      await until(() => server.feeds.size === 1);
      await pause(MOMENT_MS);
      server.kill();
      await expect(over).rejects.toMatchObject({ type: 'unavailable', code: 14 });
      expect(subscription.destroyed).toBe(true);
    }));
});
