import { Desks, type Outcome } from './desks';

const turn = () => new Promise((go) => setImmediate(go));

/** Desks that note what they were served together, and answer each item in capitals. */
const desk = (togetherMax = 3, serve?: (items: readonly string[]) => readonly Outcome<string>[]) => {
  const served: string[] = [];
  const desks = new Desks<string, string>(async (lane, items) => {
    served.push(`${lane}:${items.join('')}`);
    await turn();
    return serve?.(items) ?? items.map((item) => ({ result: item.toUpperCase() }));
  }, togetherMax);
  return {
    desks,
    served,
    submit: (lane: string, items: string) => [...items].map((item) => desks.submit(lane, item)),
  };
};

describe('desks', () => {
  it('serve what waits together, in order, no more than their limit at once', async () => {
    const { served, submit } = desk();
    expect(await Promise.all(submit('x', 'abcdefgh'))).toEqual([...'ABCDEFGH']);
    expect(served).toEqual(['x:a', 'x:bcd', 'x:efg', 'x:h']);
  });
  it('work side by side: a lane does not wait for another', async () => {
    const { served, submit } = desk();
    await Promise.all([...submit('x', 'ab'), ...submit('y', 'cd')]);
    expect(served).toEqual(['x:a', 'y:c', 'x:b', 'y:d']);
  });
  it('never serve one lane twice at a time', async () => {
    let busy = 0;
    const desks = new Desks<number, number>(async (_, items) => {
      expect(++busy).toBe(1);
      await turn();
      busy--;
      return items.map((result) => ({ result }));
    }, 2);
    const items = Array.from({ length: 9 }, (_, n) => n);
    expect(await Promise.all(items.map((item) => desks.submit('x', item)))).toEqual(items);
  });
  it('give each its own answer: an error of one is not the error of all', async () => {
    const { submit } = desk(9, (items) =>
      items.map((item) => (item === 'b' ? { error: new Error('not b') } : { result: item })),
    );
    const ends = await Promise.allSettled(submit('x', 'abc'));
    expect(ends).toMatchObject([{ value: 'a' }, { reason: { message: 'not b' } }, { value: 'c' }]);
  });
  it('tell all who waited together when serving broke, and go on with the others', async () => {
    const { submit } = desk(2, (items) => {
      if (items.includes('b')) throw new Error('broken');
      return items.map((result) => ({ result }));
    });
    const ends = await Promise.allSettled(submit('x', 'abcd'));
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
  });
  it('leave nobody without an answer', async () => {
    const { submit } = desk(2, () => []);
    expect((await Promise.allSettled(submit('x', 'ab'))).map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
    ]);
  });
  it('open again after they were empty', async () => {
    const { served, submit } = desk();
    await Promise.all(submit('x', 'a'));
    await Promise.all(submit('x', 'bc'));
    expect(served).toEqual(['x:a', 'x:b', 'x:c']);
  });
});
