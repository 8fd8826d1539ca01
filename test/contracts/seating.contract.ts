import { randomUUID } from 'node:crypto';
import { Fenced, left, seated, type Chart, type RowStore, type SeatClaim } from '@rapport/kernel';
import { at, freshTable, keysOf, puts, thing, type MakeRows, type RowsUnderTest } from './things';

/** What every row store promises to those who share the work on its rows. */
export const seatingContract = (name: string, make: MakeRows): void => {
  describe(`row store: ${name}: a seat`, () => {
    let under: RowsUnderTest;
    let store: RowStore;
    let group: string;
    let names: readonly string[];
    beforeAll(async () => {
      under = await make();
      ({ store } = under);
    });
    beforeEach(() => {
      group = `group-${randomUUID()}`;
      names = [0, 1, 2].map((n) => `${group}/${n}`);
    });
    afterAll(() => under.close());

    const comes = (member: string, claim: Partial<SeatClaim> = {}) =>
      store.arrange(group, seated(names, { member, leaseMs: 60_000, takes: 'share', ...claim }));
    const held = ({ seats }: Chart, member: string) =>
      seats.filter(({ owner }) => owner === member).map(({ name: seat, epoch }) => ({ name: seat, epoch }));

    it('is on a chart that is empty at first, and is kept as it was left', async () => {
      expect(await store.arrange(group, (chart) => chart)).toEqual({ members: [], seats: [] });
      const chart = await comes('ann');
      expect(chart.seats.map(({ owner, epoch }) => [owner, epoch])).toEqual([0, 1, 2].map(() => ['ann', 1]));
      expect(await store.arrange(group, (kept) => kept)).toEqual(chart);
      expect(await store.arrange(`${group}-other`, (kept) => kept)).toEqual({ members: [], seats: [] });
    });
    it('is timed by a clock of the store that moves on', async () => {
      const clocks: number[] = [];
      for (let n = 0; n < 2; n++) {
        await store.arrange(group, (chart, now) => (clocks.push(now), chart));
        await new Promise((go) => setTimeout(go, 20));
      }
      expect(clocks[1]! - clocks[0]!).toBeGreaterThanOrEqual(15);
      expect(clocks.every(Number.isInteger)).toBe(true);
    });
    it('lets its owner commit, and nobody who sat there before', async () => {
      const table = freshTable();
      await store.open([table]);
      const [ann] = held(await comes('ann'), 'ann');
      await store.commit(puts(table, thing('a')), [], [ann!]);
      await comes('bob', { takes: 'all' });
      const late = store.commit(
        puts(table, thing('b')),
        [{ subscriber: group, from: at(0), to: at(7) }],
        [ann!],
      );
      await expect(late).rejects.toThrow(Fenced);
      await expect(late).rejects.toMatchObject({ who: ann!.name });
      expect([keysOf(await store.find(table, { limit: 9 })), await store.position(group)]).toEqual([
        ['a'],
        0,
      ]);
    });
    it('that nobody ever took lets nobody commit', async () => {
      await expect(store.commit([], [], [{ name: names[0]!, epoch: 0 }])).rejects.toThrow(Fenced);
    });
    it('goes to one of many who come at once', async () => {
      const members = Array.from({ length: 12 }, (_, n) => `member-${n}`);
      await Promise.all(members.map((member) => comes(member)));
      const chart = await store.arrange(group, (kept) => kept);
      expect(chart.members).toHaveLength(12);
      expect(chart.seats.every(({ owner }) => owner !== null)).toBe(true);
      const epochs = chart.seats.map(({ epoch }) => epoch);
      for (const member of members)
        for (const seat of held(chart, member)) await store.commit([], [], [seat]);
      expect(epochs.every((epoch) => epoch >= 1)).toBe(true);
    });
    it('is free as soon as its owner has left', async () => {
      await comes('ann');
      expect(held(await comes('bob'), 'bob')).toEqual([]);
      await store.arrange(group, left('ann'));
      expect(held(await comes('bob'), 'bob')).toEqual(names.map((seat) => ({ name: seat, epoch: 2 })));
    });
    it('fences its owner once when tables were put in the place of others', async () => {
      const [first, second] = held(await comes('ann'), 'ann');
      await store.replace([], [], [first!.name]);
      await expect(store.commit([], [], [first!])).rejects.toThrow(Fenced);
      await store.commit([], [], [second!]);
      const again = held(await store.arrange(group, (kept) => kept), 'ann')[0]!;
      await store.commit([], [], [again]);
      expect(again).toEqual({ name: first!.name, epoch: first!.epoch + 1 });
    });
  });
};
