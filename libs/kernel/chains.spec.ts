import { Chains, eventHash, GENESIS, type LoggedEvent, type Position } from '.';

const event = (stream: string, revision: number, previousHash?: string): LoggedEvent => ({
  ...{ stream, revision, id: `${stream}-${revision}`, type: 'Done', data: '{}' },
  meta: JSON.stringify({ previousHash }),
  ...{ position: (revision + 1) as Position, recordedAt: '2024-03-01T09:00:00.000Z' },
});
const hashOf = (of: LoggedEvent) => eventHash(of.stream, of.revision, of);

describe('chains', () => {
  const first = event('a', 0, GENESIS);
  const second = event('a', 1, hashOf(first));

  it('are followed from the first event of a stream, and from any other when the one before is shown', () => {
    const chains = new Chains();
    expect([chains.follow(first), chains.follow(second)]).toEqual([hashOf(first), hashOf(second)]);
    expect(new Chains().follow(second, first)).toBe(hashOf(second));
    expect(() => new Chains().follow(second)).toThrow('it should be revision 0');
  });
  it('do not begin behind anything', () => {
    expect(() => new Chains().follow(event('a', 0, 'f'.repeat(64)))).toThrow('names one before it');
  });
  it('need not be there, but do not begin or end in the middle of a stream', () => {
    const bare = event('b', 0);
    const chains = new Chains();
    chains.follow(bare);
    chains.follow(event('b', 1));
    expect(() => chains.follow(event('b', 2, hashOf(event('b', 1))))).toThrow('revision 1 names none');
    expect(() => new Chains().follow(event('a', 1), first)).toThrow('does not name revision 0');
  });
  it('are remembered for so many streams, those met last', () => {
    const chains = new Chains(2);
    for (const stream of ['a', 'b', 'a', 'c']) {
      const before = chains.knows(stream) ? first : undefined;
      chains.follow(before ? second : event(stream, 0, GENESIS));
    }
    expect(['a', 'b', 'c'].map((stream) => chains.knows(stream))).toEqual([true, false, true]);
  });
});
