import assert from 'node:assert/strict';
import { MemoryRowStore } from '@rapport/adapters/memory';
import {
  folded,
  groupsOf,
  lanesOf,
  LIVE,
  PARKED,
  Projector,
  Reactor,
  START,
  Subscription,
  type CommandResult,
  type Dispatch,
  type Projection,
  type RecordedEvent,
  type Row,
  type RowStore,
  type Sources,
  type Subscriber,
} from '@rapport/kernel';
import { recorded } from '@rapport/kernel/spec';
import { rollups as all } from '@rapport/read-models';
import type { SaidOfReactions, SaidOfRows } from './hearing';
import { merged } from './merged-groups';
import { stutteringStore } from './stuttering-log';

const BATCHES = [1, 2, 3, 4, 5, 6, 7];
const LANES_MAX = 3;
const ROWS_MAX = 10_000;
const PACE = { ...LIVE, restMaxMs: 0 };

/** The rows, their past and their figures are the same when the events come several times, so many at a time, in lanes. */
export const playRows = async ({ of, events, rows: expected }: SaidOfRows): Promise<void> => {
  const read = events.map(recorded);
  const rollups = all.filter((rollup) => rollup.of === of.name);
  for (const batch of BATCHES) {
    const lanes = lanesOf(1 + (batch % LANES_MAX));
    const rows = new MemoryRowStore();
    const projectors = lanes.map((lane) => readTwice(new Projector(of, rollups, lane)));
    await follow({ rows, store: stutteringStore(read, batch) }, projectors, read);
    const how = `${of.name} in ${lanes.length} lanes, ${batch} events at a time, each more often than once`;
    const found = await rows.find(of.table, { limit: ROWS_MAX });
    assert.deepEqual(plain(found), plain(present(expected)), how);
    for (const rollup of rollups) {
      const parts = await rows.find(rollup.table, { limit: ROWS_MAX });
      assert.deepEqual(plain(merged(rollup, parts)), plain(groupsOf(rollup, found)), `figures of ${how}`);
    }
    if (of.past) await assertPast(of, read, rows, how);
  }
};

/** Commands that are sent again have the same ids, so that they are done once, and what is remembered is the same. */
export const playReactions = async ({ of, events, memory, sent }: SaidOfReactions): Promise<void> => {
  const read = events.map(recorded);
  const commands = new Set<string>();
  for (const batch of BATCHES) {
    const rows = new MemoryRowStore();
    const dispatch: Dispatch = async (command, { commandId }) => {
      commands.add(`${commandId} ${textOf(command)}`);
      return NOTHING_CHANGED;
    };
    const reactor = readTwice(new Reactor(of, dispatch, noTimerFires, () => undefined));
    await follow({ rows, store: stutteringStore(read, batch) }, [reactor], read);
    const how = `${of.name}, ${batch} events at a time, each more often than once`;
    assert.deepEqual(plain(await rows.find(of.table, { limit: ROWS_MAX })), plain(present(memory)), how);
  }
  const texts = [...commands].map((command) => command.slice(command.indexOf(' ') + 1));
  assert.deepEqual(
    texts.sort(),
    sent.map(textOf).sort(),
    `commands of ${of.name}, by the ids under which they were sent`,
  );
};

const follow = async (sources: Sources, all: readonly Subscriber[], read: readonly RecordedEvent[]) => {
  const failures: unknown[] = [];
  const onFailure = (error: unknown) => void failures.push(error);
  const subscription = new Subscription(sources, all, { pace: PACE, onFailure });
  await subscription.start();
  const isRead = await subscription.reached(read.at(-1)?.position ?? START);
  await subscription.stop();
  assert.deepEqual(failures, []);
  assert.ok(isRead, `${all[0]?.name} did not come to the end`);
  assert.deepEqual(await sources.rows.find(PARKED, { limit: 9 }), []);
};

/** Each batch is read twice, as after a commit that failed. */
const readTwice = (one: Subscriber): Subscriber =>
  Object.assign(Object.create(one) as Subscriber, {
    consume: async (events: readonly RecordedEvent[], sources: Sources) => {
      await one.consume(events, sources);
      await one.reset(sources, await sources.rows.position(one.name));
      return one.consume(events, sources);
    },
  });

/** As of any moment the rows are those of a replay of what had happened by then. */
const assertPast = async (of: Projection, read: readonly RecordedEvent[], rows: RowStore, how: string) => {
  for (const time of new Set(read.map(({ occurredAt }) => occurredAt))) {
    const then = replayed(
      of,
      read.filter(({ occurredAt }) => occurredAt <= time),
    );
    const found = await rows.find(of.table, { limit: ROWS_MAX, asOf: { time } });
    assert.deepEqual(plain(found), plain(present(then)), `${how}, as of ${time}`);
  }
};

const replayed = (of: Projection, events: readonly RecordedEvent[]): ReadonlyMap<string, Row | null> => {
  const rows = new Map<string, Row | null>();
  for (const event of events)
    if (of.on[event.type])
      for (const key of of.keysOf(event)) rows.set(key, folded(of, rows.get(key) ?? null, key, event));
  return rows;
};

const NOTHING_CHANGED: CommandResult = {} as CommandResult;
const noTimerFires = (type: string): never => {
  throw new Error(`a timer fired: ${type}`);
};
const textOf = (command: object): string => `${command.constructor.name} ${JSON.stringify(command)}`;
const present = (rows: ReadonlyMap<string, Row | null>): readonly Row[] =>
  [...rows.values()].filter((row) => row !== null);
/** As text keeps it, in the order of the keys. */
const plain = (rows: readonly Row[]): unknown =>
  JSON.parse(JSON.stringify([...rows].sort((one, other) => (one.key < other.key ? -1 : 1))));
