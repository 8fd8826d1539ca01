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
  it('whose answer was lost is asked for again, and stored once', async () => {
    let lost = 0;
    const { processor, sums, counted } = world((log) => async (...args) => {
      const appended = await log.append(...args);
      if (lost++ < 2) throw new UnknownOutcome('the connection broke');
      return appended;
    });
    const mine = processor();
    expect(await mine.execute(box, add(1), sent('1'))).toMatchObject({ revision: 0, position: 1 });
    expect(await mine.execute(box, add(2), sent('2'))).toMatchObject({ revision: 2 });
    expect([await sums(), counted.appends]).toEqual([[1, 2, 3], 4]);
  });
  it('that never arrived is made by the next attempt', async () => {
    let lost = 0;
    const { processor, sums } = world((log) => async (...args) => {
      if (lost++ === 0) throw new UnknownOutcome('the connection broke');
      return log.append(...args);
    });
    await processor().execute(box, add(1), sent('1'));
    expect(await sums()).toEqual([1]);
  });
  it('of which nobody ever knows is given up, and the same command may come again', async () => {
    let broken = true;
    const { processor, sums, counted } = world((log) => async (...args) => {
      const appended = await log.append(...args);
      if (broken) throw new UnknownOutcome('the connection broke');
      return appended;
    });
    await expect(processor().execute(box, add(1), sent('1'))).rejects.toThrow(UnknownOutcome);
    expect(counted.appends).toBe(3);
    broken = false;
    expect(await processor().execute(box, add(1), sent('1'))).toMatchObject({ revision: 0, repeated: true });
    expect(await sums()).toEqual([1]);
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
