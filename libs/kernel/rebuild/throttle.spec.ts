import fc from 'fast-check';
import { Throttle } from './throttle';

const SECOND = 1_000;

/** Steps of so many events that took so long, one after the other; answers when each of them was done, and how many it were. */
const stepped = async (perSecond: number, steps: readonly (readonly [events: number, tookMs: number])[]) => {
  let now = 0;
  const clock = {
    now: () => now,
    rest: (ms: number) => {
      now += ms;
      return Promise.resolve();
    },
  };
  const throttle = new Throttle(perSecond, clock);
  const begun: { readonly at: number; readonly events: number }[] = [];
  for (const [events, took] of steps) {
    begun.push({ at: now, events });
    now += took;
    await throttle.took(events);
  }
  return { begun, end: now };
};

describe('a throttle', () => {
  it('lets no more than so many events pass in any second, however long the steps took before', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 10, max: 200 }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 3_000 })), {
          maxLength: 60,
        }),
        async (perSecond, steps) => {
          const { begun } = await stepped(perSecond, steps);
          for (const first of begun) {
            const within = begun.filter(({ at }) => at >= first.at && at < first.at + SECOND);
            const others = within.slice(0, -1).reduce((sum, { events }) => sum + events, 0); // the last one may reach beyond
            expect(others).toBeLessThanOrEqual(perSecond + 1);
          }
        },
      ),
    ));
  it('costs nothing where the steps are slower anyway, and exactly the rest of the time where they are not', async () => {
    expect((await stepped(100, [[50, 800], [50, 800]])).end).toBe(1_600); // prettier-ignore
    expect((await stepped(100, [[50, 100], [50, 0], [10, 0]])).end).toBe(1_100); // prettier-ignore
    expect((await stepped(100, [[0, 10], [0, 0]])).end).toBe(10); // prettier-ignore
  });
});
