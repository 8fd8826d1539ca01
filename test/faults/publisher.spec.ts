import * as fc from 'fast-check';
import { MemoryBroker, MemoryMessageBus, MemoryRowStore } from '@rapport/adapters/memory';
import { beginFromNow, Deduplicator, OUT, Publisher } from '@rapport/integration';
import {
  BusUnavailable,
  START,
  Subscription,
  type Delivery,
  type EventStore,
  type MessageBus,
  type Pace,
  type Position,
  type RowStore,
} from '@rapport/kernel';
import { busWith, until } from '../support/bus';
import { toldStory } from '../support/told-story';

const PACE: Pace = { batchMax: 4, stepMs: 1_000, restMaxMs: 0, indexes: 'now' };
const idsIn = (messages: readonly Delivery[]) => messages.map(({ headers }) => headers['ce_id']);
const lanesOf = (messages: readonly Delivery[]): ReadonlyMap<string, readonly Delivery[]> => {
  const lanes = new Map<string, Delivery[]>();
  for (const message of messages) {
    const lane = `${message.topic}|${message.key}`;
    lanes.set(lane, [...(lanes.get(lane) ?? []), message]);
  }
  return lanes;
};
const toldTo = (broker: MemoryBroker) => OUT.flatMap(({ topic }) => broker.lyingIn(topic));
const publisherOn = (bus: MessageBus) => new Publisher(bus, { createTopics: true });
const NAME = publisherOn(new MemoryMessageBus()).name;

/** Runs a publisher until it has read the whole log, or is killed. */
const live = async (rows: RowStore, store: EventStore, bus: MessageBus): Promise<'done' | 'killed'> => {
  let killed = false;
  const publishing = new Subscription({ rows, store }, [publisherOn(bus)], {
    onFailure: () => void (killed = true),
    pace: PACE,
  });
  await publishing.start();
  const done = await publishing.reached(await store.log.head());
  await publishing.stop();
  return done && !killed ? 'done' : 'killed';
};

/** Rows whose commit, so many commits later, dies before or after it has kept anything. */
const dying = (rows: RowStore, after: number, when: 'before' | 'after'): RowStore => {
  let left = after;
  const commit: RowStore['commit'] = async (writes, checkpoints) => {
    const dies = checkpoints.length > 0 && left-- === 0;
    if (dies && when === 'before') throw new Error('killed');
    await rows.commit(writes, checkpoints);
    if (dies) throw new Error('killed');
  };
  return Object.assign(Object.create(rows) as RowStore, { commit });
};

/** A bus that answers only sometimes: `lost` keeps the messages and does not say so. */
const shaky = (bus: MessageBus, troubles: ('away' | 'lost' | 'well')[]): MessageBus =>
  busWith(bus, {
    publish: async (topic, messages) => {
      const trouble = troubles.shift() ?? 'well';
      if (trouble === 'away') throw new BusUnavailable('nobody there');
      await bus.publish(topic, messages);
      if (trouble === 'lost') throw new BusUnavailable('no answer');
    },
  });

describe('a publisher', () => {
  let story: Awaited<ReturnType<typeof toldStory>>;
  let store: EventStore;
  let whole: readonly Delivery[];
  let head: Position;
  beforeAll(async () => {
    story = await toldStory('c-1', 'Ann Lee');
    store = story.application.store;
    head = await store.log.head();
    const broker = new MemoryBroker();
    expect(await live(new MemoryRowStore(), store, new MemoryMessageBus(broker))).toBe('done');
    whole = toldTo(broker);
    expect(whole.length).toBeGreaterThan(15);
  });
  afterAll(() => story.application.stop());

  /** Each at least once and with the same bytes; in order of its key at its first coming; once for who drops doubles. */
  const expectAll = (told: readonly Delivery[], expected = whole) => {
    expect(new Set(idsIn(told))).toEqual(new Set(idsIn(expected)));
    const deduplicator = new Deduplicator();
    const once = lanesOf(told.filter((message) => deduplicator.take(message)));
    for (const [lane, messages] of lanesOf(expected)) {
      const firsts = (once.get(lane) ?? []).map(({ key, value, headers }) => ({ key, value, headers }));
      expect(firsts).toEqual(messages.map(({ key, value, headers }) => ({ key, value, headers })));
    }
  };

  it('that is killed at any moment, before or after its checkpoint was kept, leaves nothing out', async () => {
    const deaths = fc.array(fc.tuple(fc.nat(8), fc.constantFrom('before' as const, 'after' as const)), {
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(deaths, async (planned) => {
        const [rows, broker] = [new MemoryRowStore(), new MemoryBroker()];
        const bus = new MemoryMessageBus(broker);
        for (const [after, when] of planned) await live(dying(rows, after, when), store, bus);
        expect(await live(rows, store, bus)).toBe('done');
        expectAll(toldTo(broker));
      }),
      { numRuns: 40 },
    );
  });

  it('that meets a bus which is away, or whose answers are lost, waits and leaves nothing out', async () => {
    const troubles = fc.array(fc.constantFrom('away' as const, 'lost' as const, 'well' as const), {
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(troubles, async (planned) => {
        const broker = new MemoryBroker();
        const bus = shaky(new MemoryMessageBus(broker), [...planned]);
        expect(await live(new MemoryRowStore(), store, bus)).toBe('done');
        expectAll(toldTo(broker));
      }),
      { numRuns: 15 },
    );
  });

  it('that is started again from any checkpoint publishes everything that lies behind it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(1_000), async (place) => {
        const from = (place % (head + 1)) as Position;
        const [rows, broker] = [new MemoryRowStore(), new MemoryBroker()];
        if (from > START) await rows.commit([], [{ subscriber: NAME, from: START, to: from }]);
        expect(await live(rows, store, new MemoryMessageBus(broker))).toBe('done');
        expectAll(
          toldTo(broker),
          whole.filter(({ headers }) => Number(headers['ce_sequence']) > from),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('that is set back tells again what was told, with the same ids, and nobody who drops doubles is the wiser', async () => {
    const [rows, broker] = [new MemoryRowStore(), new MemoryBroker()];
    const bus = new MemoryMessageBus(broker);
    await live(rows, store, bus);
    await rows.drop([], [NAME]);
    await live(rows, store, bus);
    expect(toldTo(broker)).toHaveLength(2 * whole.length);
    expectAll(toldTo(broker));
  });

  it('that runs twice at once, fenced by its checkpoint, still tells everything in order', async () => {
    const [rows, broker] = [new MemoryRowStore(), new MemoryBroker()];
    const bus = new MemoryMessageBus(broker);
    await Promise.all([live(rows, store, bus), live(rows, store, bus)]);
    expectAll(toldTo(broker));
  });

  it('of a new installation may begin with what happens from now on', async () => {
    const [rows, broker] = [new MemoryRowStore(), new MemoryBroker()];
    const bus = new MemoryMessageBus(broker);
    const publisher = publisherOn(bus);
    await beginFromNow({ rows, store }, publisher);
    expect(await rows.position(publisher.name)).toBe(head);
    await beginFromNow({ rows, store }, publisher);
    const publishing = new Subscription({ rows, store }, [publisher]);
    await publishing.start();
    expect(await publishing.reached(head)).toBe(true);
    expect(toldTo(broker)).toEqual([]);
    await publishing.stop();
  });

  it('waits while the bus is away, says so, and goes on by itself', async () => {
    const broker = new MemoryBroker();
    broker.down = true;
    const failures: unknown[] = [];
    const bus = new MemoryMessageBus(broker);
    const publishing = new Subscription({ rows: new MemoryRowStore(), store }, [publisherOn(bus)], {
      onFailure: (error) => failures.push(error),
    });
    await publishing.start();
    await until(() => publishing.state === 'waiting: the broker in memory is down: bring it up again');
    broker.down = false;
    expect(await publishing.reached(head)).toBe(true);
    expectAll(toldTo(broker));
    expect(failures).toEqual([]);
    await publishing.stop();
  });

  it('stops visibly where a topic is missing and may not be made', async () => {
    const failures: unknown[] = [];
    const publisher = new Publisher(new MemoryMessageBus());
    const publishing = new Subscription({ rows: new MemoryRowStore(), store }, [publisher], {
      onFailure: (error) => failures.push(error),
    });
    await publishing.start();
    await until(() => publishing.state === 'failed');
    expect(String(failures[0])).toContain('rapport.customer-events.v1 is missing');
    await publishing.stop();
  });
});
