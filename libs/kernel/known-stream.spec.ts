import { KnownStream, StreamCache } from './known-stream';

const streamOf = (events: number): KnownStream => {
  const known = new KnownStream(null);
  known.revision = events - 1;
  return known;
};
const written = (cache: StreamCache, name: string, count: number, events = 1): readonly string[] => {
  const streams = Array.from({ length: count }, (_, n) => `${name}-${n}`);
  for (const stream of streams) cache.set(stream, streamOf(events));
  return streams;
};
const stillKnown = (cache: StreamCache, streams: readonly string[]): number =>
  streams.filter((stream) => cache.get(stream) !== undefined).length;

describe('the streams that a process remembers', () => {
  it('keep a customer who is asked for again, past any number of purchases that are not', () => {
    const cache = new StreamCache();
    const customers = written(cache, 'customer', 2_000);
    expect(stillKnown(cache, customers)).toBe(2_000);
    const [first] = written(cache, 'purchase', 60_000);
    expect(stillKnown(cache, customers)).toBe(2_000);
    expect(cache.get(first as string)).toBeUndefined();
  });
  it('let a new ticket stay until it is asked for again, also where all others have been', () => {
    const cache = new StreamCache();
    expect(stillKnown(cache, written(cache, 'customer', 20_000))).toBe(20_000);
    const tickets = written(cache, 'ticket', 5_000);
    expect(stillKnown(cache, tickets)).toBe(5_000);
  });
  it('are never more than 20,000, and those that were used last', () => {
    const cache = new StreamCache();
    const streams = written(cache, 'customer', 60_000);
    expect(stillKnown(cache, streams.slice(-20_000))).toBe(20_000);
    expect(stillKnown(cache, streams.slice(0, 40_000))).toBe(0);
  });
  it('hold 200,000 events at most, but the newest stream in any case', () => {
    const cache = new StreamCache();
    const streams = written(cache, 'customer', 6, 60_000);
    expect(streams.map((stream) => cache.get(stream) !== undefined)).toEqual([
      ...[false, false, false],
      ...[true, true, true],
    ]);
    const [long] = written(cache, 'purchase', 1, 300_000);
    expect(cache.get(long as string)).toBeDefined();
    expect(stillKnown(cache, streams)).toBe(0);
  });
});
