import { createHash } from 'node:crypto';
import { MemoryEventLog, MemoryKeyRing } from '@rapport/adapters/memory';
import { Command, CommandProcessor, Event, EventStore, Id, kernelEvents, refuse, START, Text } from '.';
import type { Aggregate, Envelope, EventLog, LoggedEvent, Refusal } from '.';

class Registered extends Event {
  @Id() shopId!: string;
  @Text(40) number!: string;
}
class Register extends Command {
  @Id() shopId!: string;
  @Text(40) number!: string;
}
const shop: Aggregate<boolean, { Registered: typeof Registered }, { Register: typeof Register }> = {
  ...{ name: 'shop', id: 'shopId', events: { Registered }, commands: { Register }, initial: false },
  evolve: { Registered: () => true },
  claims: { Register: ({ number }) => [{ scope: 'number', value: number, refusal: 'NUMBER_TAKEN' }] },
  decide: {
    Register: (exists, command) =>
      exists ? refuse('SHOP_EXISTS', 'there is such a shop') : [Registered.of(command)],
  },
};
const NUMBER = '91310000MA1';
const sent = (commandId: string): Envelope => ({
  ...{ commandId, correlationId: commandId, now: '2024-03-01T09:00:00.000Z', source: 'SPEC' },
  actor: { id: 'ann', role: 'SPECIALIST' },
});
const register = (shopId: string, number = NUMBER) => Register.of({ shopId, number });

const world = (log: EventLog = new MemoryEventLog(), keys = new MemoryKeyRing()) => {
  const processor = () => new CommandProcessor(new EventStore(log, keys, [shop.events, kernelEvents]));
  const all = () => log.readAll(START, 999);
  return { log, keys, processor, all };
};
const born = (events: readonly LoggedEvent[]) =>
  events.filter(({ type }) => type === 'Registered').map(({ stream }) => stream);
const reasonsOf = (ends: readonly PromiseSettledResult<unknown>[]) =>
  ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as Refusal] : []));
/** A log whose process dies before a stream is born. */
const dyingBefore = (log: EventLog, stream: string): EventLog =>
  Object.assign(Object.create(log) as EventLog, {
    append: (...args: Parameters<EventLog['append']>) =>
      args[0] === stream ? Promise.reject(new Error('crash')) : log.append(...args),
  });

describe('a value that only one may hold', () => {
  it('is claimed before its holder is born', async () => {
    const { processor, all } = world();
    await processor().execute(shop, register('1'), sent('1'));
    expect((await all()).map(({ type }) => type)).toEqual(['ClaimTaken', 'Registered']);
  });
  it('is refused to another, who hears who has it', async () => {
    const { processor, all } = world();
    await processor().execute(shop, register('1'), sent('1'));
    const second = await processor()
      .execute(shop, register('2'), sent('2'))
      .catch((error: unknown) => error);
    expect(second).toMatchObject({ code: 'NUMBER_TAKEN', because: 'state', detail: { existingId: '1' } });
    expect(born(await all())).toEqual(['shop-1']);
    await processor().execute(shop, register('2', 'another'), sent('3'));
    expect(born(await all())).toEqual(['shop-1', 'shop-2']);
  });
  it('is claimed once by its holder, however often that tries', async () => {
    const { processor, all } = world();
    for (let n = 0; n < 3; n++) await processor().execute(shop, register('1'), sent('1'));
    expect(await all()).toHaveLength(2);
  });
  it.each(Array.from({ length: 10 }, (_, n) => n))(
    'goes to one of four processors that want it at once (%i)',
    async () => {
      const { processor, all } = world();
      const ends = await Promise.allSettled(
        [1, 2, 3, 4].map((n) => processor().execute(shop, register(`${n}`), sent(`${n}`))),
      );
      expect(reasonsOf(ends)).toHaveLength(3);
      for (const { code } of reasonsOf(ends))
        expect(['NUMBER_TAKEN', 'STREAM_CLOSED', 'CLAIM_CONTENDED']).toContain(code);
      expect(born(await all())).toHaveLength(1);
    },
  );
  it('does not stay with a holder that died before its birth: its door is closed first', async () => {
    const { log, keys, processor, all } = world();
    const dying = world(dyingBefore(log, 'shop-1'), keys).processor();
    await expect(dying.execute(shop, register('1'), sent('1'))).rejects.toThrow('crash');
    await processor().execute(shop, register('2'), sent('2'));
    expect((await all()).map(({ stream, type }) => `${type} ${stream.split('-')[0]!}`)).toEqual([
      ...['ClaimTaken claim', 'StreamClosed shop', 'ClaimTaken claim', 'Registered shop'],
    ]);
    const late = await processor()
      .execute(shop, register('1'), sent('1'))
      .catch((error: unknown) => error);
    expect(late).toMatchObject({ code: 'STREAM_CLOSED' });
    expect(born(await all())).toEqual(['shop-2']);
  });
  it('is still there for a holder that died, when it comes back first', async () => {
    const { log, keys, processor, all } = world();
    const dying = world(dyingBefore(log, 'shop-1'), keys).processor();
    await expect(dying.execute(shop, register('1'), sent('1'))).rejects.toThrow('crash');
    await processor().execute(shop, register('1'), sent('1'));
    expect(born(await all())).toEqual(['shop-1']);
    expect(await all()).toHaveLength(2);
  });
  it('can be taken over again and again', async () => {
    const { log, keys, processor, all } = world();
    for (const id of ['1', '2', '3']) {
      const dying = world(dyingBefore(log, `shop-${id}`), keys).processor();
      await expect(dying.execute(shop, register(id), sent(id))).rejects.toThrow('crash');
    }
    await processor().execute(shop, register('4'), sent('4'));
    expect(born(await all())).toEqual(['shop-4']);
  });
});

describe('the stream of a claim', () => {
  const streamOf = async ({ processor, all }: ReturnType<typeof world>) => {
    await processor().execute(shop, register('1'), sent('1'));
    return (await all())[0]!.stream;
  };
  it('does not give the value away: not by reading, not by hashing what one guesses', async () => {
    const stream = await streamOf(world());
    const guesses = ['sha256', 'sha1', 'md5'].flatMap((kind) =>
      [NUMBER, `number\n${NUMBER}`].map((guess) => createHash(kind).update(guess).digest('hex').slice(0, 32)),
    );
    expect(stream).toMatch(/^claim-number-[\da-f]{32}$/);
    for (const guess of [NUMBER, ...guesses]) expect(stream).not.toContain(guess);
  });
  it('is named by a key of this installation alone', async () => {
    const keys = new MemoryKeyRing();
    const [one, same] = [world(undefined, keys), world(undefined, keys)];
    expect(await streamOf(one)).toBe(await streamOf(same));
    expect(await streamOf(world())).not.toBe(await streamOf(world()));
  });
  it('holds no word of the value', async () => {
    const at = world();
    await streamOf(at);
    const [claim] = await at.all();
    expect(`${claim!.data}${claim!.meta}`).not.toContain(NUMBER);
  });
});
