import { MemoryEventLog, MemoryKeyRing } from '@rapport/adapters/memory';
import { Command, CommandProcessor, Contended, Count, Event, EventStore, Id } from '.';
import { UnknownOutcome, WrongExpectedRevision, type Aggregate, type Envelope, type EventLog } from '.';

class Added extends Event {
  @Id() boxId!: string;
  @Count(0, 999) sum!: number;
}
class Add extends Command {
  @Id() boxId!: string;
  @Count(0, 99) pieces!: number;
}
const box: Aggregate<number, { Added: typeof Added }, { Add: typeof Add }> = {
  ...{ name: 'box', id: 'boxId', events: { Added }, commands: { Add }, initial: 0 },
  evolve: { Added: (_, { sum }) => sum },
  decide: {
    Add: (sum, { boxId, pieces }) =>
      Array.from({ length: pieces }, (_, n) => Added.of({ boxId, sum: sum + n + 1 })),
  },
};
const sent = (commandId: string): Envelope => ({
  ...{ commandId, correlationId: commandId, now: '2024-03-01T09:00:00.000Z', source: 'SPEC' },
  actor: { id: 'ann', role: 'SPECIALIST' },
});
const add = (pieces: number) => Add.of({ boxId: '1', pieces });

/** Processors over a log whose appends end otherwise than one would wish. */
const world = (otherwise: (log: EventLog) => EventLog['append']) => {
  const [log, keys] = [new MemoryEventLog(), new MemoryKeyRing()];
  const append = otherwise(log);
  const counted = { appends: 0 };
  const watched: EventLog = Object.assign(Object.create(log) as EventLog, {
    append: (...args: Parameters<EventLog['append']>) => {
      counted.appends++;
      return append(...args);
    },
  });
  const processor = () => new CommandProcessor(new EventStore(watched, keys, [box.events]));
  const sums = async () => (await log.readStream('box-1')).map(({ data }) => (JSON.parse(data) as Added).sum);
  return { processor, sums, counted };
};

describe('an append', () => {
  it('whose answer was lost is told so, and the same command sent again is answered as it would have been', async () => {
    let lost = 0;
    const { processor, sums, counted } = world((log) => async (...args) => {
      const appended = await log.append(...args);
      if (lost++ === 0) throw new UnknownOutcome('the connection broke');
      return appended;
    });
    const mine = processor();
    await expect(mine.execute(box, add(2), sent('1'))).rejects.toThrow(UnknownOutcome);
    expect(await mine.execute(box, add(2), sent('1'))).toMatchObject({ revision: 1, repeated: true });
    expect(await mine.execute(box, add(1), sent('2'))).toMatchObject({ revision: 2 });
    expect([await sums(), counted.appends]).toEqual([[1, 2, 3], 2]);
  });
  it('whose answer was lost does not stand in the way of others that come with the second try', async () => {
    let lost = 0;
    const { processor, sums } = world((log) => async (...args) => {
      const appended = await log.append(...args);
      if (lost++ === 0) throw new UnknownOutcome('the connection broke');
      return appended;
    });
    const mine = processor();
    await expect(mine.execute(box, add(1), sent('1'))).rejects.toThrow(UnknownOutcome);
    const both = ['2', '1', '3'].map((id) => mine.execute(box, add(1), sent(id)));
    expect((await Promise.all(both)).map(({ revision }) => revision)).toEqual([1, 0, 2]);
    expect(await sums()).toEqual([1, 2, 3]);
  });
  it('that is away is away for everybody who waits for the same stream: none is tried alone', async () => {
    const { processor, counted } = world(() => () => Promise.reject(new UnknownOutcome('no answer')));
    const mine = processor();
    const ends = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) => mine.execute(box, add(1), sent(`${n}`))),
    );
    expect(ends.every((end) => end.status === 'rejected' && end.reason instanceof UnknownOutcome)).toBe(true);
    expect(counted.appends).toBeLessThanOrEqual(2);
  });
  it('that loses every time ends after three attempts, with nothing stored', async () => {
    const { processor, sums, counted } = world(
      () => (stream, expected) => Promise.reject(new WrongExpectedRevision(stream, expected, 7)),
    );
    await expect(processor().execute(box, add(1), sent('1'))).rejects.toThrow(Contended);
    expect([await sums(), counted.appends]).toEqual([[], 3]);
  });
  it('is not confused by a question that overtakes it', async () => {
    const asked: { by?: CommandProcessor } = {};
    const { processor, sums } = world((log) => async (...args) => {
      const appended = await log.append(...args);
      await asked.by?.stateOf(box, '1');
      return appended;
    });
    const mine = (asked.by = processor());
    await mine.execute(box, add(1), sent('1'));
    await mine.execute(box, add(2), sent('2'));
    await mine.execute(box, add(1), sent('3'));
    expect([await sums(), await mine.stateOf(box, '1')]).toEqual([[1, 2, 3, 4], 4]);
  });
});
