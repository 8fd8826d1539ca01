import fc from 'fast-check';
import { MemoryEventLog, MemoryKeyRing, MemoryRowStore } from '@rapport/adapters/memory';
import {
  folded,
  LIVE,
  Projector,
  Refusal,
  START,
  Subscription,
  type AsOf,
  type EventStore,
  type Position,
  type Projection,
  type Rollup,
  type Row,
  type RowStore,
} from '@rapport/kernel';
import { jarApplication, send } from './jar-application';
import { FillJar, OpenJar, SealJar } from './jars';
import { dayOf } from './untidy-story';

const jarDay = fc.integer({ min: 1, max: 12 });
const jarDeed = (jarId: fc.Arbitrary<string>) =>
  fc.oneof(
    {
      weight: 2,
      arbitrary: fc
        .record({ jarId, color: fc.constantFrom('red', 'blue') })
        .map((data) => OpenJar.of(data) as object),
    },
    {
      weight: 6,
      arbitrary: fc
        .record({ jarId, drops: fc.integer({ min: 1, max: 9 }) })
        .map((data) => FillJar.of(data) as object),
    },
    { weight: 1, arbitrary: jarId.map((id) => SealJar.of({ jarId: id, because: 'enough' }) as object) },
  );
/** What happens to these jars, told in any order: as many deeds at most. */
export const storyOfJars = (jars: readonly string[], maxLength: number) =>
  fc.array(fc.tuple(jarDeed(fc.constantFrom(...jars)), jarDay), { maxLength, size: 'max' });
/** What happens to some jars, told in any order. */
export const jarStory = storyOfJars(['a', 'b', 'c', 'd', 'e'], 50);

/** What happened to the jars, in the order in which it was recorded; what was refused did not happen. */
export const recordedJars = async (story: readonly (readonly [object, number])[]): Promise<EventStore> => {
  const stores = { log: new MemoryEventLog(), rows: new MemoryRowStore(), keys: new MemoryKeyRing() };
  const app = jarApplication(stores, { loops: [] });
  for (const [n, [command, day]] of story.entries())
    await send(app, `${n}`, command, dayOf(day)).catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
    });
  return app.store;
};

/** Rows and figures of one model as the loops make them, so many events at a time, up to the end of the log or to this place in it. */
export const followed = async (
  store: EventStore,
  rows: RowStore,
  batchMax: number,
  model: Projection,
  rollups: readonly Rollup[] = [],
  until?: Position,
): Promise<void> => {
  const projector = new Projector(model, rollups);
  const pace = { ...LIVE, batchMax };
  const loop = new Subscription({ rows, store }, [projector], { pace, ...(until && { until }) });
  await loop.start();
  await loop.reached(until ?? (await store.log.head()));
  await loop.stop();
};

/** From scratch: the events that had happened by then and were recorded by then, in the order of the log. */
export const foldedUntil = async (
  store: EventStore,
  model: Projection,
  { time = '9', position = START }: AsOf,
): Promise<readonly Row[]> => {
  const rows = new Map<string, Row | null>();
  for (const event of await store.readAll(START, 10_000)) {
    if (event.occurredAt > time || event.position > position || !model.on[event.type]) continue;
    for (const key of model.keysOf(event)) rows.set(key, folded(model, rows.get(key) ?? null, key, event));
  }
  return [...rows.values()].filter((row) => row !== null).sort((a, b) => (a.key < b.key ? -1 : 1));
};
