import { setTimeout as pause } from 'node:timers/promises';
import { EventStoreDbEventLog } from '@rapport/adapters/eventstoredb';
import { NO_STREAM, Refusal, Unavailable } from '@rapport/kernel';
import { UnknownOutcome, WrongExpectedRevision } from '@rapport/kernel';
import { fresh } from '../contracts/logs';
import { Bench, one, SHORT_LIMITS, three, two } from '../support/eventstoredb-bench';
import type { AppendFault } from '../support/eventstoredb/host';

const bench = Bench.forEachTest();

describe('an append whose first answer is lost or is none', () => {
  const faults: readonly AppendFault[] = [
    ...(['reset before', 'reset after', 'timeout before', 'timeout after'] as const),
    ...(['unavailable', 'not ready', 'not leader'] as const),
  ];
  it.each(faults)('is stored once: %s', async (fault) => {
    const first: (AppendFault | undefined)[] = [fault];
    bench.server.fault = () => first.shift();
    expect(await bench.log.append('a', NO_STREAM, [one, two])).toMatchObject({ revision: 1 });
    expect((await bench.log.readStream('a')).map(({ id }) => id)).toEqual([one.id, two.id]);
  });
  it.each(['no answer before', 'no answer after'] as const)(
    'is an unknown outcome when nothing comes in time, and stored once when it is sent again: %s',
    async (fault) => {
      const first: (AppendFault | undefined)[] = [fault];
      bench.server.fault = () => first.shift();
      await expect(bench.log.append('a', NO_STREAM, [one])).rejects.toThrow(UnknownOutcome);
      expect(await bench.log.append('a', NO_STREAM, [one])).toMatchObject({ revision: 0 });
      expect(await bench.log.readStream('a')).toHaveLength(1);
    },
  );
  it('is done when the conflict it meets turns out to be its own events', async () => {
    const first = await bench.log.append('a', NO_STREAM, [one, two]);
    await bench.log.append('a', 1, [three]);
    bench.server.log.forget();
    expect(await bench.log.append('a', NO_STREAM, [one, two])).toEqual({ ...first, repeated: true });
  });
  it('is no success when only a part of it is there: that is said, and nothing is cut to fit', async () => {
    await bench.log.append('a', NO_STREAM, [one, two]);
    for (const events of [
      [one, three],
      [one, two, three],
    ]) {
      const refused = await bench.log.append('a', NO_STREAM, events).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(WrongExpectedRevision);
      expect(refused).toMatchObject({ actual: 1, overlap: events.length - 1 });
    }
    expect(await bench.log.readStream('a')).toHaveLength(2);
  });
  it('learns which text was stored when another process sealed the same command differently', async () => {
    await bench.log.append('a', NO_STREAM, [one]);
    const other = await EventStoreDbEventLog.open({ url: bench.server.url });
    const sealedAnew = { ...one, data: '{"seed":"1","sealed":"with other random bytes"}' };
    expect(await other.append('a', NO_STREAM, [sealedAnew])).toMatchObject({ revision: 0, repeated: true });
    expect((await bench.log.readStream('a')).map(({ data }) => data)).toEqual([one.data]);
    await other.close();
  });
});

describe('an append', () => {
  it('ends in time when the server stands still, and may have been stored when it moves again', async () => {
    await bench.log.append('a', NO_STREAM, [one]);
    bench.server.freeze();
    const began = Date.now();
    await expect(bench.log.append('a', 0, [two])).rejects.toThrow(UnknownOutcome);
    expect(Date.now() - began).toBeLessThan(SHORT_LIMITS.appendMs + 1_000);
    bench.server.thaw();
    expect(await bench.log.append('a', 0, [two])).toMatchObject({ revision: 1 });
    expect((await bench.log.readStream('a')).map(({ id }) => id)).toEqual([one.id, two.id]);
  });
  it('is refused with its size before anything is sent, and hurts no other', async () => {
    let asked = 0;
    bench.server.fault = () => {
      asked++;
      return undefined;
    };
    const large = { ...one, data: JSON.stringify({ x: 'x'.repeat(2 ** 20) }) };
    await expect(bench.log.append('a', NO_STREAM, [large])).rejects.toThrow(Refusal);
    expect(asked).toBe(0);
    expect(await bench.log.append('a', NO_STREAM, [one])).toMatchObject({ revision: 0 });
  });
  it('outlasts a restart of the server, and so does a read', async () => {
    await bench.log.append('a', NO_STREAM, [one]);
    bench.server.kill();
    const both = [bench.log.append('a', 0, [two]), bench.log.readStream('a')] as const;
    await pause(300).then(() => bench.server.up());
    expect(await both[0]).toMatchObject({ revision: 1 });
    expect((await both[1]).length).toBeGreaterThan(0);
  });
  it('does not wait for ever when the server stays away, nor does a read', async () => {
    bench.server.kill();
    await expect(bench.log.append('a', NO_STREAM, [one])).rejects.toThrow(UnknownOutcome);
    await expect(bench.log.readStream('a')).rejects.toThrow(Unavailable);
    await bench.server.up();
  });
  it('finds its place in line: no more are on their way than the limit, and all arrive', async () => {
    const narrow = await EventStoreDbEventLog.open({
      url: bench.server.url,
      limits: { appendsInFlightMax: 4 },
    });
    const many = Array.from({ length: 60 }, (_, n) =>
      narrow.append(`many-${n}`, NO_STREAM, fresh().events(n)),
    );
    expect((await Promise.all(many)).every(({ revision }) => revision === 0)).toBe(true);
    await narrow.close();
  });
  it('that finds the line full is sent home without being sent', async () => {
    const limits = { appendsInFlightMax: 1, appendsInLineMax: 1, appendMs: 400 };
    const narrow = await EventStoreDbEventLog.open({ url: bench.server.url, limits });
    bench.server.freeze();
    const ends = await Promise.allSettled(
      [1, 2, 3].map((n) => narrow.append(`full-${n}`, NO_STREAM, fresh().events(n))),
    );
    const reasons = ends.map((end) => (end.status === 'rejected' ? (end.reason as Error) : null));
    expect(reasons[0]).toBeInstanceOf(UnknownOutcome);
    expect(reasons[1]?.message).toContain('in flight');
    expect(reasons[2]?.message).toContain('wait in line');
    bench.server.thaw();
    await narrow.close();
  });
});
