import { keyRangeIn, keysUnder, meetsAll } from '.';

describe('keys that begin alike', () => {
  const [ofOne, ofTheNext] = [keysUnder('t-1|'), keysUnder('t-10|')];
  const isUnder = (key: string, where = ofOne) => meetsAll({ key }, where);

  it('are those with this beginning and no others, also where another beginning is longer', () => {
    expect(['t-1|PLAN|1', 't-1|', 't-1|安'].map((key) => isUnder(key))).toEqual([true, true, true]);
    expect(['t-1', 't-10|PLAN|1', 't-1}', 't-2|'].map((key) => isUnder(key))).toEqual(Array(4).fill(false));
    expect(isUnder('t-10|PLAN|1', ofTheNext)).toBe(true);
  });
  it('lie in one range, which is found among other conditions', () => {
    const range = { from: 't-1|', before: 't-1}' };
    expect(keyRangeIn([['moment', '=', 'PLAN'], ...ofOne])).toEqual(range);
    expect(keyRangeIn([['moment', '>=', 'PLAN']])).toEqual({ from: null, before: null });
  });
});
