import { MemoryEventLog, MemoryKeyRing } from '@rapport/adapters/memory';
import {
  Command,
  CommandProcessor,
  Contended,
  Count,
  Event,
  EventStore,
  Id,
  refuse,
  Refusal,
  stateOf,
} from '.';
import type { Aggregate, Envelope, EventLog } from '.';

abstract class OfBox extends Event {
  @Id() boxId!: string;
}
class Opened extends OfBox {}
class Added extends OfBox {
  @Count(0, 999) sum!: number;
}
class Emptied extends OfBox {}
abstract class ForBox extends Command {
  @Id() boxId!: string;
}
class Open extends ForBox {}
class Add extends ForBox {
  @Count(0, 99) pieces!: number;
}
class Empty extends ForBox {}
class Match extends ForBox {
  @Id() with!: string;
}
const events = { Opened, Added, Emptied };
const commands = { Open, Add, Empty, Match };
const MAX = 10;

interface Known {
  readonly Match: { readonly other: number | null };
}
const box: Aggregate<number | null, typeof events, typeof commands, Known> = {
  ...{ name: 'box', id: 'boxId', events, commands, initial: null },
  evolve: { Opened: () => 0, Added: (_, { sum }) => sum, Emptied: () => 0 },
  needs: { Match: (_, command) => ({ other: stateOf(box, command.with) }) },
  decide: {
    Open: (sum, command) =>
      sum === null ? [Opened.of(command)] : refuse('BOX_EXISTS', 'there is such a box'),
    Add: (sum, { boxId, pieces }) => {
      if (sum === null) return refuse('BOX_UNKNOWN', 'there is no such box');
      if (sum + pieces > MAX) return refuse('BOX_FULL', 'the box is full');
      return Array.from({ length: pieces }, (_, n) => Added.of({ boxId, sum: sum + n + 1 }));
    },
    Empty: (sum, { boxId }) => (sum ? [Emptied.of({ boxId })] : []),
    Match: (sum, { boxId }, { known }) =>
      known.other === sum ? [] : [Added.of({ boxId, sum: known.other ?? 0 })],
  },
};
const sent = (commandId: string): Envelope => ({
  ...{ commandId, correlationId: commandId, now: '2024-03-01T09:00:00.000Z', source: 'SPEC' },
  actor: { id: 'ann', role: 'SPECIALIST' },
});
const [open, empty] = [Open.of({ boxId: '1' }), Empty.of({ boxId: '1' })];
const add = (pieces: number) => Add.of({ boxId: '1', pieces });

/** A log that counts its appends, and on which `append` may behave otherwise. */
const world = (otherwise?: (log: EventLog) => EventLog['append']) => {
  const [log, keys] = [new MemoryEventLog(), new MemoryKeyRing()];
  const append = otherwise?.(log) ?? ((...args) => log.append(...args));
  const counted = { appends: 0 };
  const watched: EventLog = Object.assign(Object.create(log) as EventLog, {
    append: (...args: Parameters<EventLog['append']>) => {
      counted.appends++;
      return append(...args);
    },
  });
  const processor = () => new CommandProcessor(new EventStore(watched, keys, [events]));
  const sums = async () =>
    (await log.readStream('box-1')).map(({ type, data }) => (JSON.parse(data) as Added).sum ?? type);
  return { log, processor, sums, counted };
};

describe('a command', () => {
  it('is answered with where its events stand', async () => {
    const { processor } = world();
    const done = await processor().execute(box, open, sent('1'));
    expect(done).toEqual({ position: 1, revision: 0, events: ['Opened'], repeated: false });
  });
  it('that has nothing to do says where the stream stands, and stores nothing', async () => {
    const { processor, sums } = world();
    const mine = processor();
    await mine.execute(box, open, sent('1'));
    expect(await mine.execute(box, empty, sent('2'))).toMatchObject({ revision: 0, events: [] });
    expect(await sums()).toEqual(['Opened']);
  });
  it('that is refused stores nothing', async () => {
    const { processor, sums, counted } = world();
    await expect(processor().execute(box, add(1), sent('1'))).rejects.toThrow(Refusal);
    expect([await sums(), counted.appends]).toEqual([[], 0]);
  });
  it('is decided again when another writer was faster', async () => {
    const { processor, sums } = world();
    const [mine, theirs] = [processor(), processor()];
    await mine.execute(box, open, sent('1'));
    await theirs.execute(box, add(2), sent('2'));
    expect(await mine.execute(box, add(1), sent('3'))).toMatchObject({ revision: 3, events: ['Added'] });
    expect(await sums()).toEqual(['Opened', 1, 2, 3]);
  });
  it('is not refused on what is only remembered', async () => {
    const { processor } = world();
    const [mine, theirs] = [processor(), processor()];
    await mine.execute(box, open, sent('1'));
    await mine.execute(box, add(MAX), sent('2'));
    await theirs.execute(box, empty, sent('3'));
    expect(await mine.execute(box, add(1), sent('4'))).toMatchObject({ events: ['Added'] });
  });
  it('does not do nothing on what is only remembered', async () => {
    const { processor } = world();
    const [mine, theirs] = [processor(), processor()];
    await mine.execute(box, open, sent('1'));
    await theirs.execute(box, add(1), sent('2'));
    expect(await mine.execute(box, empty, sent('3'))).toMatchObject({ events: ['Emptied'] });
  });
  it('knows what it asked of other streams, as they stand now', async () => {
    const { processor, log } = world();
    const [mine, theirs] = [processor(), processor()];
    const match = Match.of({ boxId: '1', with: '2' });
    await mine.execute(box, open, sent('1'));
    await mine.execute(box, Open.of({ boxId: '2' }), sent('2'));
    expect(await mine.execute(box, match, sent('3'))).toMatchObject({ events: [] });
    await theirs.execute(box, Add.of({ boxId: '2', pieces: 3 }), sent('4'));
    await mine.execute(box, match, sent('5'));
    expect((await log.readStream('box-1')).at(-1)!.data).toContain('"sum":3');
  });
  it('of another aggregate is a fault, not a refusal', async () => {
    class Foreign extends ForBox {}
    const end = await world()
      .processor()
      .execute(box, Foreign.of({ boxId: '1' }), sent('1'))
      .catch((error: unknown) => error);
    expect([end instanceof Refusal, (end as Error).message]).toEqual([false, 'box does not decide Foreign']);
  });
});

describe('a command that is met again', () => {
  it('is answered as the first time, from what is remembered', async () => {
    const { processor, sums } = world();
    const mine = processor();
    await mine.execute(box, open, sent('1'));
    const first = await mine.execute(box, add(3), sent('2'));
    await mine.execute(box, empty, sent('3'));
    expect(await mine.execute(box, add(3), sent('2'))).toEqual({ ...first, repeated: true });
    expect(await sums()).toEqual(['Opened', 1, 2, 3, 'Emptied']);
  });
  it('is answered as the first time after a restart, from its stream', async () => {
    const { processor, sums } = world();
    await processor().execute(box, open, sent('1'));
    const first = await processor().execute(box, add(3), sent('2'));
    await processor().execute(box, empty, sent('3'));
    expect(await processor().execute(box, add(3), sent('2'))).toEqual({ ...first, repeated: true });
    expect(await processor().execute(box, open, sent('1'))).toMatchObject({ revision: 0, repeated: true });
    expect(await sums()).toHaveLength(5);
  });
  it('under the id of another kind of command is refused, also after a restart', async () => {
    const { processor, sums } = world();
    const mine = processor();
    await mine.execute(box, open, sent('1'));
    for (const each of [mine, processor()])
      await expect(each.execute(box, add(1), sent('1'))).rejects.toMatchObject({
        ...{ code: 'COMMAND_ID_REUSED', because: 'input', detail: { field: 'commandId' } },
      });
    expect(await sums()).toEqual(['Opened']);
  });
  it('twice at once is carried out once', async () => {
    const { processor, sums } = world();
    const mine = processor();
    const ends = await Promise.all([1, 2, 3].map(() => mine.execute(box, open, sent('1'))));
    expect(ends.map(({ revision }) => revision)).toEqual([0, 0, 0]);
    await Promise.all([processor(), processor()].map((each) => each.execute(box, add(2), sent('2'))));
    expect(await sums()).toEqual(['Opened', 1, 2]);
  });
});

describe('many commands for one stream', () => {
  it('go together: few appends, each its own answer, in order', async () => {
    const { processor, sums, counted } = world();
    const mine = processor();
    const ends = await Promise.all(
      [open, add(1), add(2), empty, add(1)].map((each, n) => mine.execute(box, each, sent(`${n}`))),
    );
    expect(ends.map(({ revision, events: types }) => [revision, types.length])).toEqual([[0, 1], [1, 1], [3, 2], [4, 1], [5, 1]]); // prettier-ignore
    expect([await sums(), counted.appends]).toEqual([['Opened', 1, 2, 3, 'Emptied', 1], 2]);
  });
  it('see each other: the one that is too much is refused alone', async () => {
    const { processor, sums } = world();
    const mine = processor();
    const asked = [open, add(6), add(6), add(4), open].map((each, n) =>
      mine.execute(box, each, sent(`${n}`)),
    );
    const ends = await Promise.allSettled(asked);
    expect(ends.map((end) => (end.status === 'rejected' ? (end.reason as Refusal).code : 'done'))).toEqual([
      ...['done', 'done', 'BOX_FULL', 'done', 'BOX_EXISTS'],
    ]);
    expect((await sums()).at(-1)).toBe(10);
  });
  it('are tried one by one when they cannot be stored together: a bad one fails alone', async () => {
    const { processor, sums } = world(
      (log) => (stream, expected, texts) =>
        texts.some(({ data }) => data.includes('"sum":2'))
          ? Promise.reject(new Error('two is too much for this log'))
          : log.append(stream, expected, texts),
    );
    const mine = processor();
    await mine.execute(box, open, sent('first'));
    await mine.execute(box, empty, sent('second'));
    const ends = await Promise.allSettled(
      [add(1), add(1), empty, add(1)].map((each, n) => mine.execute(box, each, sent(`${n}`))),
    );
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect(await sums()).toEqual(['Opened', 1, 'Emptied', 1]);
  });
  it('of several processors are all carried out, or said to be contended', async () => {
    const { processor, sums } = world();
    await processor().execute(box, open, sent('0'));
    const asked = [1, 2, 3, 4].map((n) => processor().execute(box, add(2), sent(`p${n}`)));
    const ends = await Promise.allSettled(asked);
    const done = ends.filter(({ status }) => status === 'fulfilled').length;
    for (const end of ends) if (end.status === 'rejected') expect(end.reason).toBeInstanceOf(Contended);
    expect(done).toBeGreaterThanOrEqual(2);
    expect(await sums()).toEqual(['Opened', ...Array.from({ length: 2 * done }, (_, n) => n + 1)]);
  });
});
