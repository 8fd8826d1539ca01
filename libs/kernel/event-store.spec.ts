import { MemoryEventLog, MemoryKeyRing } from '@rapport/adapters/memory';
import {
  Count,
  ERASED,
  Event,
  eventHash,
  EventStore,
  GENESIS,
  Id,
  idFrom,
  NO_TIP,
  Optional,
  Personal,
} from '.';
import { NO_STREAM, START, SubjectForgotten, Text, UnknownVersion, Version, WrongExpectedRevision } from '.';
import type { LogEvent, Meta, NewEvent, ProposedEvent, Tip } from '.';

const NOW = '2024-03-01T09:00:00.000Z';
class Met extends Event {
  @Id() personId!: string;
  @Text(40) @Personal('personId') name!: string;
  @Optional() @Text(40) @Personal('personId') phone?: string;
  @Text(9) mood!: string;
}
@Version(2, ({ kilos, ...v1 }) => ({ ...v1, grams: Number(kilos) * 1_000 }))
class Weighed extends Event {
  @Id() personId!: string;
  @Count(0, 1e6) grams!: number;
}
class Stranger extends Event {}

const origin = {
  ...{ commandId: 'command-1', correlationId: 'talk-1', source: 'SPEC' },
  actor: { id: 'ann', role: 'SPECIALIST' },
};
const ada = { personId: 'p-1', name: 'Ada', mood: 'glad' };
let n = 0;
const proposed = ({ messageClass, data, at = NOW }: NewEvent, id = idFrom(`spec/${n++}`)): ProposedEvent => ({
  ...{ id, messageClass, data, occurredAt: at, origin },
});
const opened = () => {
  const [log, keys] = [new MemoryEventLog(), new MemoryKeyRing()];
  return { log, keys, store: new EventStore(log, keys, [{ Met, Weighed }]) };
};
const dataOf = async (store: EventStore, stream = 'person-1') =>
  (await store.read(stream)).map(({ data }) => data);

describe('an event that is kept', () => {
  it('comes back as it was decided, with its envelope', async () => {
    const { store } = opened();
    const event = proposed(Weighed.of({ personId: 'p-1', grams: 70_000 }, '2024-02-01T00:00:00.000Z'));
    await store.append('person-1', NO_TIP, [event]);
    const [read] = await store.read('person-1');
    expect(read).toMatchObject({
      ...{ id: event.id, type: 'Weighed', data: event.data, stream: 'person-1', revision: 0, position: 1 },
      occurredAt: '2024-02-01T00:00:00.000Z',
      meta: { schemaVersion: '2', commandId: 'command-1', $causationId: 'command-1', previousHash: GENESIS },
    });
    expect(read!.meta).toMatchObject({
      $correlationId: 'talk-1',
      actorId: 'ann',
      actorRole: 'SPECIALIST',
      source: 'SPEC',
    });
  });
  it('names its cause, its reason and its trace when there are any, in flat text', async () => {
    const { log, store } = opened();
    const more = { causationId: 'e-0', reason: 'asked to', traceparent: '00-1-2-01' };
    const event = { ...proposed(Weighed.of({ personId: 'p-1', grams: 1 })), origin: { ...origin, ...more } };
    await store.append('person-1', NO_TIP, [event]);
    const meta = JSON.parse((await log.readStream('person-1'))[0]!.meta) as Meta;
    expect(meta).toMatchObject({ $causationId: 'e-0', reason: 'asked to', traceparent: '00-1-2-01' });
    expect(Object.values(meta).every((value) => typeof value === 'string')).toBe(true);
  });
  it('is one of this program: another class of the same name is refused too', async () => {
    const { store } = opened();
    const twin = { Met: class Met extends Event {} }.Met;
    for (const event of [Stranger.of({}), { messageClass: twin, data: {} }])
      await expect(store.append('person-1', NO_TIP, [proposed(event)])).rejects.toThrow(
        'no event of this program',
      );
  });
  it('stands at the revision that was expected, or not at all', async () => {
    const { store } = opened();
    await store.append('person-1', NO_TIP, [proposed(Met.of(ada))]);
    const late = store.append('person-1', NO_TIP, [proposed(Met.of(ada))]);
    await expect(late).rejects.toThrow(WrongExpectedRevision);
    expect(await dataOf(store)).toHaveLength(1);
  });
  it('is found in its stream, in the whole log, and by its position', async () => {
    const { store } = opened();
    const { position } = await store.append('person-1', NO_TIP, [proposed(Met.of(ada))]);
    const all = [await store.read('person-1'), await store.readAll(START, 9), await store.readAt([position])];
    expect(all.map((events) => events.map(({ data }) => data))).toEqual([[ada], [ada], [ada]]);
  });
});

describe('what is personal', () => {
  it('is sealed in the log, and open to the reader', async () => {
    const { log, store } = opened();
    await store.append('person-1', NO_TIP, [proposed(Met.of({ ...ada, phone: '+86 10' }))]);
    const [stored] = await log.readStream('person-1');
    expect(stored!.data).toMatch(/"mood":"glad"/);
    expect(`${stored!.data}${stored!.meta}`).not.toMatch(/Ada|\+86/);
    expect(await dataOf(store)).toEqual([{ ...ada, phone: '+86 10' }]);
  });
  it('is sealed under the key of its person, which the envelope names', async () => {
    const { keys, store } = opened();
    await store.append('person-1', NO_TIP, [
      proposed(Met.of(ada)),
      proposed(Weighed.of({ personId: 'p-1', grams: 1 })),
    ]);
    const [met, weighed] = await store.read('person-1');
    expect(met!.meta.subjectKey).toBe((await keys.of('p-1')).id);
    expect(weighed!.meta).not.toHaveProperty('subjectKey');
  });
  it('reads as erased when its person was forgotten; the rest stays, and so do others', async () => {
    const { keys, store } = opened();
    const bob = { personId: 'p-2', name: 'Bob', mood: 'sad' };
    await store.append('person-1', NO_TIP, [proposed(Met.of(ada)), proposed(Met.of(bob))]);
    await keys.forget('p-1', NOW);
    expect(await dataOf(store)).toEqual([{ ...ada, name: ERASED }, bob]);
  });
  it('is not kept about a person who was forgotten: nothing of that append is', async () => {
    const { keys, store } = opened();
    await keys.of('p-1');
    await keys.forget('p-1', NOW);
    const events = [proposed(Weighed.of({ personId: 'p-1', grams: 1 })), proposed(Met.of(ada))];
    await expect(store.append('person-1', NO_TIP, events)).rejects.toThrow(SubjectForgotten);
    expect(await dataOf(store)).toEqual([]);
  });
});

describe('what was stored before', () => {
  const stored = (version: number, data: object): LogEvent => ({
    ...{ id: idFrom(`old/${version}`), type: 'Weighed', data: JSON.stringify(data) },
    meta: JSON.stringify({ occurredAt: NOW, schemaVersion: String(version), previousHash: GENESIS }),
  });
  it('reads as of today', async () => {
    const { log, store } = opened();
    await log.append('person-1', NO_STREAM, [
      stored(1, { personId: 'p-1', kilos: 70 }),
      stored(2, { personId: 'p-1', grams: 7 }),
    ]);
    expect(await dataOf(store)).toEqual([
      { personId: 'p-1', grams: 70_000 },
      { personId: 'p-1', grams: 7 },
    ]);
  });
  it('by a newer program is refused when it is looked at', async () => {
    const { log, store } = opened();
    await log.append('person-1', NO_STREAM, [stored(3, { tons: 1 })]);
    const [event] = await store.read('person-1');
    expect(event!.occurredAt).toBe(NOW);
    expect(() => event!.data).toThrow(UnknownVersion);
  });
  it('reads by its envelope, in whatever order that was written', async () => {
    const { log, store } = opened();
    const meta = JSON.stringify({ schemaVersion: '1', previousHash: GENESIS, occurredAt: NOW });
    await log.append('person-1', NO_STREAM, [{ ...stored(1, { personId: 'p-1', kilos: 1 }), meta }]);
    const [event] = await store.read('person-1');
    expect([event!.occurredAt, event!.data]).toEqual([NOW, { personId: 'p-1', grams: 1_000 }]);
  });
});

describe('the chain of a stream', () => {
  const isUnbroken = async ({ log }: ReturnType<typeof opened>) => {
    let hash = GENESIS;
    for (const event of await log.readStream('person-1')) {
      expect((JSON.parse(event.meta) as Meta).previousHash).toBe(hash);
      hash = eventHash('person-1', event.revision, event);
    }
    return hash;
  };
  it('leads from each event to the next, over several appends', async () => {
    const world = opened();
    let tip: Tip = NO_TIP;
    for (const size of [1, 3, 2])
      tip = await world.store.append(
        'person-1',
        tip,
        Array.from({ length: size }, () => proposed(Met.of(ada))),
      );
    expect(await isUnbroken(world)).toBe(tip.hash);
    expect((await world.store.read('person-1')).at(-1)!.hash).toBe(tip.hash);
  });
  it('stays unbroken after an append that was met again, sealed with other random bytes', async () => {
    const world = opened();
    const events = [proposed(Met.of(ada)), proposed(Met.of(ada))];
    await world.store.append('person-1', NO_TIP, events);
    const again = await world.store.append('person-1', NO_TIP, events);
    expect(again).toMatchObject({ repeated: true, revision: 1 });
    await world.store.append('person-1', again, [proposed(Met.of(ada))]);
    expect(await dataOf(world.store)).toHaveLength(3);
    await isUnbroken(world);
  });
});

describe('the secret of an installation', () => {
  it('is its own, by name, and stays', async () => {
    const [one, two] = [opened(), opened()];
    const secret = await one.store.secret('a');
    expect(await one.store.secret('a')).toEqual(secret);
    expect(await new EventStore(one.log, one.keys, []).secret('a')).toEqual(secret);
    expect(await one.store.secret('b')).not.toEqual(secret);
    expect(await two.store.secret('a')).not.toEqual(secret);
  });
});
