import { eventHash, GENESIS, roll, type Position } from '.';

const event = { id: 'e-1', type: 'Met', data: '{"a":1}', meta: '{"previousHash":"x"}' };
const hash = eventHash('a-1', 0, event);

describe('the hash of an event', () => {
  it('is the same for ever: this one is frozen', () =>
    expect(hash).toBe('bfe26908333050b290590adefbd0cae1e9dd90a8851f5e96cd3514c5b43fa703'));
  it.each([
    ['its stream', eventHash('a-2', 0, event)],
    ['its revision', eventHash('a-1', 1, event)],
    ['its id', eventHash('a-1', 0, { ...event, id: 'e-2' })],
    ['its type', eventHash('a-1', 0, { ...event, type: 'met' })],
    ['one letter of its data', eventHash('a-1', 0, { ...event, data: '{"a":2}' })],
    ['one letter of its envelope', eventHash('a-1', 0, { ...event, meta: '{"previousHash":"y"}' })],
    [
      'what is data and what is envelope',
      eventHash('a-1', 0, { ...event, data: event.meta, meta: event.data }),
    ],
  ])('is another when %s is another', (_, other) => expect(other).not.toBe(hash));
});

describe('the hash over the whole log', () => {
  const at = (position: number, recordedAt = '2024-03-01T09:00:00.000Z') => ({
    position: position as Position,
    recordedAt,
  });
  const [one, two] = [roll(GENESIS, at(1), 'a'), roll(GENESIS, at(2), 'b')];
  it('notices another order, a gap, and another time of recording', () => {
    const all = [roll(one, at(2), 'b'), roll(two, at(1), 'a'), two, roll(one, at(3), 'b')];
    expect(new Set([...all, roll(one, at(2, '2024-03-01T09:00:00.001Z'), 'b')]).size).toBe(5);
  });
  it('begins before the first event', () => expect(GENESIS).toBe('0'.repeat(64)));
});
