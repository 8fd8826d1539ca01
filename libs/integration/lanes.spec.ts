import { inLanes } from './lanes';

const laneOf = (item: string): string => item.charAt(0);
const turn = () => new Promise<void>((go) => setImmediate(go));

describe('lanes', () => {
  it('run side by side, at most so many at once, and each in its order', async () => {
    const [log, sizes]: [string[], number[]] = [[], []];
    let open = 0;
    await inLanes(['a1', 'b1', 'a2', 'c1', 'b2', 'd1'], laneOf, 2, async (item) => {
      sizes.push(++open);
      await turn();
      log.push(item);
      open--;
    });
    expect(Math.max(...sizes)).toBe(2);
    for (const lane of ['a', 'b', 'c', 'd'])
      expect(log.filter((item) => laneOf(item) === lane)).toEqual([
        ...['a1', 'a2', 'b1', 'b2', 'c1', 'd1'].filter((item) => laneOf(item) === lane),
      ]);
  });

  it('that fail stop there, begin no other, and say so only when all that was under way has ended', async () => {
    const log: string[] = [];
    const run = inLanes(['a1', 'b1', 'a2', 'b2', 'c1'], laneOf, 2, async (item) => {
      await turn();
      if (item === 'a1') throw new Error('no');
      await turn();
      log.push(item);
    });
    await expect(run).rejects.toThrow('no');
    expect(log).toEqual(['b1', 'b2']);
    await turn();
    expect(log).toEqual(['b1', 'b2']);
  });

  it('of nothing are done at once', async () => {
    await expect(inLanes([], laneOf, 2, () => Promise.reject(new Error('no')))).resolves.toBeUndefined();
  });
});
