import fc from 'fast-check';
import { flag, projection, START, type LoggedEvent, type Position } from '..';
import { sharesOf, weighed } from './shares';

const named = (name: string, types: readonly string[], more: object = {}) => ({
  model: {
    ...projection(
      {},
      { ...{ name, version: 1, about: name, key: 'id', columns: { seen: flag() } }, ...more },
    ).on({}),
    on: Object.fromEntries(types.map((type) => [type, () => undefined])),
  },
  figures: [],
});
const logOf = (types: readonly string[], positionOf: (n: number) => number) => {
  const events = types.map((type, n) => ({ type, position: positionOf(n + 1) }) as LoggedEvent);
  const readAll = async (after: Position, limit: number) => {
    if (after !== START && !events.some(({ position }) => position === after))
      throw new Error(`nothing stands at ${after}`);
    return events.filter(({ position }) => position > after).slice(0, limit);
  };
  const head = async () => events.at(-1)?.position ?? START;
  return { readAll, head, countAfter: async () => events.length };
};

describe('the work of a rebuild', () => {
  it('is weighed by the events that a model handles, as the log has them; its versions are work too', async () => {
    const types = Array.from({ length: 1_000 }, (_, n) => (n % 10 === 0 ? 'Rare' : 'Often'));
    const models = [
      named('rare', ['Rare']),
      named('often', ['Often']),
      named('kept', ['Often'], { history: true }),
    ];
    const spread = await weighed(
      logOf(types, (n) => n),
      models,
    );
    expect([...spread.keys()].sort((a, b) => spread.get(a)! - spread.get(b)!)).toEqual([
      'rare@1',
      'often@1',
      'kept@1',
    ]);
    const weights = await weighed(
      logOf(types, (n) => n * 173),
      models,
    );
    expect([...weights.values()]).toEqual([100, 900, 1_800]);
    expect([
      ...(
        await weighed(
          logOf([], (n) => n),
          models,
        )
      ).values(),
    ]).toEqual([0, 0, 0]);
  });

  it('is shared out whole, to nobody twice, and nobody has more than the lightest share and one model', () =>
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 6 }),
        (weights, hands) => {
          const models = weights.map((weight, n) => ({ n, weight }));
          const shares = sharesOf(models, ({ weight }) => weight, hands);
          expect(
            shares
              .flat()
              .map(({ n }) => n)
              .sort((a, b) => a - b),
          ).toEqual(models.map(({ n }) => n));
          expect(shares).toHaveLength(Math.min(hands, models.length));
          expect(shares.every((share) => share.length > 0)).toBe(true);
          const sums = shares.map((share) => share.reduce((sum, { weight }) => sum + weight, 0));
          expect(Math.max(...sums) - Math.min(...sums)).toBeLessThanOrEqual(Math.max(...weights));
        },
      ),
    ));
});
