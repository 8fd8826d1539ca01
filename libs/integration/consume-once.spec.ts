import * as fc from 'fast-check';
import { Deduplicator } from './consume-once';
import { sequenceOf } from './publish';

const message = (key: string, position: number, type = 'ticket-closed', source = '/rapport') => ({
  ...{ topic: 'tickets', key },
  headers: {
    ce_type: type,
    ce_source: source,
    ce_sequence: sequenceOf(position),
    ce_id: `${type} ${position}`,
  },
});

describe('dropping doubles', () => {
  it('takes what is new and drops what was had', () => {
    const once = new Deduplicator();
    const taken = [1, 2, 2, 1, 3, 10, 9].map((position) => once.take(message('t-1', position)));
    expect(taken).toEqual([true, true, false, false, true, true, false]);
  });

  it('keeps keys, contracts and sources apart', () => {
    const once = new Deduplicator();
    expect(once.take(message('t-1', 5))).toBe(true);
    expect(once.take(message('t-2', 4))).toBe(true);
    expect(once.take(message('t-1', 4, 'ticket-resolved'))).toBe(true);
    expect(once.take(message('t-1', 5, 'ticket-closed', '/other'))).toBe(true);
    expect(once.take(message('t-1', 5))).toBe(false);
  });

  it('goes on after a restart from what was kept', () => {
    const before = new Deduplicator();
    before.take(message('t-1', 5));
    const after = new Deduplicator(structuredClone([...before.entries()]));
    expect([after.take(message('t-1', 5)), after.take(message('t-1', 6))]).toEqual([false, true]);
  });

  it('forgets the key that it has not heard of for longest when there are too many', () => {
    const once = new Deduplicator([], 2);
    for (const [key, position] of [
      ['a', 1],
      ['b', 1],
      ['a', 2],
      ['c', 1],
    ] as const)
      once.take(message(key, position));
    expect([...once.entries()]).toHaveLength(2);
    expect([once.take(message('c', 1)), once.take(message('b', 1))]).toEqual([false, true]);
  });

  it('makes once of any number of restarts', () => {
    const restarts = fc.array(fc.nat(20), { maxLength: 10 });
    fc.assert(
      fc.property(restarts, (from) => {
        const all = Array.from({ length: 20 }, (_, n) => message(`t-${n % 3}`, n + 1));
        const told = [...from.flatMap((n) => all.slice(0, n)), ...all];
        const once = new Deduplicator();
        expect(
          told
            .filter((one) => once.take(one))
            .map(({ headers }) => headers.ce_id)
            .sort(),
        ).toEqual(all.map(({ headers }) => headers.ce_id).sort());
      }),
    );
  });
});
