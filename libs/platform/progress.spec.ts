import { MemoryRowStore } from '@rapport/adapters/memory';
import { positionOf, START } from '@rapport/kernel';
import { ProgressElsewhere } from './progress';

const MODELS = ['one@1', 'other@1'];
const opened = () => {
  const rows = new MemoryRowStore();
  const read = (subscriber: string, from: number, to: number) =>
    rows.commit([], [{ subscriber, from: positionOf(from), to: positionOf(to) }]);
  return { read, progress: new ProgressElsewhere(rows, MODELS) };
};

describe('read models that another process keeps', () => {
  it('are as far as their rows say: the slowest of those that are asked for, or of all', async () => {
    const { read, progress } = opened();
    await read('one@1', 0, 7);
    expect(await progress.position(['one@1'])).toBe(7);
    expect(await progress.position(MODELS)).toBe(START);
    await read('other@1', 0, 5);
    expect(await progress.position([])).toBe(5);
  });

  it('are waited for until they have read so far, and not a position less', async () => {
    const { read, progress } = opened();
    const reached = progress.reached(positionOf(7), ['one@1'], 10_000);
    await read('one@1', 0, 6);
    expect(await Promise.race([reached, pause(100)])).toBe('later');
    await read('one@1', 6, 7);
    expect(await reached).toBe(true);
  });

  it('are waited for no longer than was said, and not when it is over', async () => {
    const { progress } = opened();
    expect(await progress.reached(positionOf(1), [], 30)).toBe(false);
    const waiting = progress.reached(positionOf(1), [], 10_000);
    progress.close();
    expect(await waiting).toBe(false);
  });
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(() => resolve('later'), ms));
