import { MemoryEventLog, MemoryKeyRing, MemoryRowStore } from '@rapport/adapters/memory';
import { EventStore, LIVE, NO_STREAM, positionOf, START, Subscription, type Position } from '.';
import { Course } from './course';

const subscriber = (name: string) => {
  const seen: Position[] = [];
  const one = {
    ...{ name, tables: [], reset: async () => undefined, release: () => undefined },
    consume: async (events: readonly { readonly position: Position }[]) => {
      seen.push(...events.map(({ position }) => position));
      return [];
    },
  };
  return { one, seen };
};
const logWith = async (count: number) => {
  const log = new MemoryEventLog();
  for (let n = 0; n < count; n++)
    await log.append(`a-${n}`, NO_STREAM, [
      { id: `${n}`, type: 'Done', data: '{}', meta: '{"occurredAt":"x"}' },
    ]);
  return log;
};

describe('a course that ends at a place', () => {
  it('brings nothing beyond it, in whatever portions the events come', async () => {
    for (const limit of [1, 2, 3, 100]) {
      const course = new Course(await logWith(9), positionOf(5));
      const { one } = subscriber('one');
      course.join(one, START);
      const got: Position[] = [];
      while (course.position < 5) {
        const item = (await course.next(limit))!;
        got.push(...item.events.map(({ position }) => position));
        expect(item.readTo).toBeLessThanOrEqual(5);
        course.moved([one], item.readTo);
        course.done(item);
      }
      expect(got).toEqual([1, 2, 3, 4, 5]);
      const more = course.next(limit);
      course.close();
      expect(await more).toBeNull();
    }
  });
  it('takes whoever has been brought everything to the end place, also where no event stands', async () => {
    const course = new Course(await logWith(3), positionOf(7));
    const { one } = subscriber('one');
    course.join(one, START);
    const item = await course.next(100);
    expect([item?.events.length, item?.readTo, item?.caughtUp]).toEqual([3, 7, true]);
    course.close();
  });
});

describe('a subscription that ends at a place', () => {
  it('reads up to it and no further, counts its steps, and commits that place', async () => {
    const log = await logWith(9);
    const rows = new MemoryRowStore();
    const { one, seen } = subscriber('one');
    let counted = 0;
    const subscription = new Subscription(
      { rows, store: new EventStore(log, new MemoryKeyRing(), []) },
      [one],
      {
        ...{ pace: LIVE, until: positionOf(5) },
        onStep: async (events) => void (counted += events),
      },
    );
    await subscription.start();
    expect(await subscription.reached(positionOf(5))).toBe(true);
    expect(await subscription.reached(positionOf(6), 50)).toBe(false);
    await subscription.stop();
    expect([seen, counted, await rows.position('one')]).toEqual([[1, 2, 3, 4, 5], 5, 5]);
  });
});
