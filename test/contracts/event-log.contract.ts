import { NO_STREAM, START, WrongExpectedRevision } from '@rapport/kernel';
import type { EventLog, LoggedEvent, Position } from '@rapport/kernel';
import { feedContract } from './feed.contract';
import { reopenContract, textContract } from './kept.contract';
import { fresh, type LogUnderTest, type MakeLog } from './logs';

const seedsOf = (events: readonly LoggedEvent[]) =>
  events.map(({ data }) => (JSON.parse(data) as { seed: string }).seed);

/** What every event log promises. */
export const eventLogContract = (name: string, make: MakeLog): void => {
  describe(`event log: ${name}`, () => {
    let under: LogUnderTest;
    let log: EventLog;
    let { stream, events } = fresh();
    let a = stream('a');
    beforeAll(async () => {
      under = await make();
      ({ log } = under);
    });
    beforeEach(() => {
      ({ stream, events } = fresh());
      a = stream('a');
    });
    afterAll(() => under.close());

    const append = (expected: number, ...seeds: (string | number)[]) =>
      log.append(a, expected, events(...seeds));
    const kept = async () => seedsOf(await log.readStream(a));
    const conflict = (appending: Promise<unknown>) =>
      appending.then(
        () => null,
        (error: unknown) => {
          if (error instanceof WrongExpectedRevision) return error;
          throw error;
        },
      );

    it('names its driver', () => expect(log.driver).toMatch(/\w/));

    describe('appends', () => {
      it('to a stream that does not exist, and then at its exact revision', async () => {
        expect(await append(NO_STREAM, 1, 2)).toMatchObject({ revision: 1, repeated: false });
        expect(await append(1, 3)).toMatchObject({ revision: 2, repeated: false });
        expect(await kept()).toEqual(['1', '2', '3']);
      });
      it.each([NO_STREAM, 0, 2, 7])(
        'not at revision %i when the last is 1, and says so',
        async (expected) => {
          await append(NO_STREAM, 1, 2);
          const error = await conflict(append(expected, 3, 4));
          expect(error).toMatchObject({ stream: a, expected, actual: 1 });
          expect(await kept()).toEqual(['1', '2']);
        },
      );
      it('not at a revision of a stream that does not exist', async () => {
        expect(await conflict(append(0, 1))).toMatchObject({ expected: 0, actual: NO_STREAM });
        expect(await kept()).toEqual([]);
      });
      it('nothing when there is nothing: only the revision is checked', async () => {
        const { position } = await append(NO_STREAM, 1, 2);
        expect(await append(1)).toEqual({ revision: 1, position, repeated: false });
        expect(await conflict(append(NO_STREAM))).toMatchObject({ actual: 1 });
        expect(await kept()).toEqual(['1', '2']);
      });
      it('beside a conflict of the same moment as if it were alone', async () => {
        const ends = await Promise.allSettled([
          append(NO_STREAM, 1, 2),
          append(7, 3),
          log.append(stream('b'), NO_STREAM, events('b')),
          append(1, 4),
        ]);
        expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
        expect(await kept()).toEqual(['1', '2', '4']);
        expect(seedsOf(await log.readStream(stream('b')))).toEqual(['b']);
      });
      it('for one of sixteen writers who want the same revision', async () => {
        const writers = Array.from({ length: 16 }, (_, n) => append(NO_STREAM, `w${n}`, `v${n}`));
        const ends = await Promise.allSettled(writers);
        const lost = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []));
        expect(lost).toHaveLength(15);
        for (const reason of lost) expect(reason).toMatchObject({ expected: NO_STREAM, actual: 1 });
        expect(await kept()).toHaveLength(2);
      });
    });

    describe('an append that is met again', () => {
      it('answers as it did the first time', async () => {
        const first = await append(NO_STREAM, 1, 2);
        expect(await append(NO_STREAM, 1, 2)).toEqual({ ...first, repeated: true });
        await append(1, 3);
        await log.append(stream('b'), NO_STREAM, events('b'));
        expect(await append(NO_STREAM, 1, 2)).toEqual({ ...first, repeated: true });
        expect(await kept()).toEqual(['1', '2', '3']);
      });
      it('answers as it did, when it is only the beginning of an earlier one', async () => {
        await append(NO_STREAM, 1, 2, 3);
        expect(await append(NO_STREAM, 1, 2)).toMatchObject({ revision: 1, repeated: true });
        expect(await kept()).toEqual(['1', '2', '3']);
      });
      it('in the middle of its stream too', async () => {
        await append(NO_STREAM, 1);
        const second = await append(0, 2, 3);
        await append(2, 4);
        expect(await append(0, 2, 3)).toEqual({ ...second, repeated: true });
      });
      it('twice in one moment is stored once', async () => {
        const ends = await Promise.all([append(NO_STREAM, 1, 2), append(NO_STREAM, 1, 2)]);
        expect(ends.map(({ repeated }) => repeated).sort()).toEqual([false, true]);
        expect(new Set(ends.map(({ position }) => position)).size).toBe(1);
        expect(await kept()).toEqual(['1', '2']);
      });
      it('keeps its first text, whatever is sent under the same ids', async () => {
        const first = await append(NO_STREAM, 1);
        const other = log.append(a, NO_STREAM, [{ ...events(1)[0]!, data: '{"seed":"other"}' }]);
        expect(await other).toEqual({ ...first, repeated: true });
        expect(await kept()).toEqual(['1']);
      });
      it.each<[string, number, readonly string[]]>([
        ['its end is new', 1, ['0', 'x']],
        ['its beginning is new', 1, ['x', '1']],
        ['it is longer', 3, ['0', '1', '2', 'x']],
        ['the ids stand elsewhere', 0, ['2']],
        ['the order is another', 0, ['1', '0']],
        ['something stands between', 1, ['0', '2']],
      ])('is refused when %s, and says how much of it is there', async (_, overlap, seeds) => {
        await append(NO_STREAM, 0, 1, 2);
        const found = { expected: NO_STREAM, actual: 2, overlap };
        expect(await conflict(append(NO_STREAM, ...seeds))).toMatchObject(found);
        expect(await kept()).toEqual(['0', '1', '2']);
      });
      it('is met again in its own stream only', async () => {
        await append(NO_STREAM, 1);
        const other = log.append(stream('b'), NO_STREAM, events(1));
        await expect(other).resolves.toMatchObject({ revision: 0, repeated: false });
      });
    });

    describe('reads', () => {
      beforeEach(() => append(NO_STREAM, 0, 1, 2, 3, 4));
      it.each<[string, object, readonly string[]]>([
        ['from the first', {}, ['0', '1', '2', '3', '4']],
        ['from a revision', { from: 3 }, ['3', '4']],
        ['no more than the limit', { from: 1, limit: 2 }, ['1', '2']],
        ['behind the end: nothing', { from: 5 }, []],
        ['backwards from the last', { backwards: true, limit: 2 }, ['4', '3']],
        ['all of it backwards', { backwards: true }, ['4', '3', '2', '1', '0']],
        ['backwards from a revision', { backwards: true, from: 2, limit: 2 }, ['2', '1']],
        ['backwards down to the first', { backwards: true, from: 1, limit: 9 }, ['1', '0']],
        ['backwards from behind the end', { backwards: true, from: 99, limit: 1 }, ['4']],
      ])('a stream %s', async (_, range, seeds) => {
        expect(seedsOf(await log.readStream(a, range))).toEqual(seeds);
      });
      it('nothing of a stream that nobody wrote, in either direction', async () => {
        expect(await log.readStream(stream('nobody'))).toEqual([]);
        expect(await log.readStream(stream('nobody'), { backwards: true })).toEqual([]);
      });
      it('streams whose names begin alike apart', async () => {
        await log.append(`${a}0`, NO_STREAM, events('other'));
        expect(await kept()).toHaveLength(5);
      });
      it('everything after a position, in order, up to a limit', async () => {
        const head = await log.head();
        for (const name of ['b', 'c']) await log.append(stream(name), NO_STREAM, events(name, `${name}2`));
        await append(4, 5);
        const after = await log.readAll(head, 99);
        expect(seedsOf(after)).toEqual(['b', 'b2', 'c', 'c2', '5']);
        expect(after.map(({ revision }) => revision)).toEqual([0, 1, 0, 1, 5]);
        expect(seedsOf(await log.readAll(head, 2))).toEqual(['b', 'b2']);
        expect(seedsOf(await log.readAll(after[1]!.position, 2))).toEqual(['c', 'c2']);
        expect(await log.readAll(after[4]!.position, 9)).toEqual([]);
      });
      it('from the very beginning', async () => {
        const [first] = await log.readAll(START, 1);
        expect(first!.position).toBeGreaterThan(START);
        expect(first!.position).toBeLessThanOrEqual((await log.readStream(a))[0]!.position);
      });
      it('exactly the positions asked for, in log order, each once', async () => {
        const all = await log.readStream(a);
        const [p1, p3] = [all[1]!.position, all[3]!.position];
        const nobody = ((await log.head()) + 1_000) as Position;
        expect(await log.readAt([p3, nobody, p1, p3])).toEqual([all[1], all[3]]);
        expect(await log.readAt([])).toEqual([]);
      });
    });

    describe('positions', () => {
      it('rise strictly, and an append answers with that of its last event', async () => {
        const head = await log.head();
        const one = await append(NO_STREAM, 1, 2);
        const two = await log.append(stream('b'), NO_STREAM, events(3));
        const positions = (await log.readAll(head, 9)).map(({ position }) => position);
        expect(positions).toEqual([...new Set(positions)].sort((x, y) => x - y));
        expect(positions.every((position) => position > head)).toBe(true);
        expect([positions[1], positions[2]]).toEqual([one.position, two.position]);
        expect(await log.head()).toBe(two.position);
        expect(await log.end()).toBeGreaterThanOrEqual(two.position);
      });
      it('can be counted from', async () => {
        const head = await log.head();
        expect(await log.countAfter(head)).toBe(0);
        const { position } = await append(NO_STREAM, 1, 2);
        await append(1, 3);
        expect(await log.countAfter(head)).toBe(3);
        expect(await log.countAfter(position)).toBe(1);
      });
    });
  });
  textContract(name, make);
  feedContract(name, make);
  reopenContract(name, make);
};
