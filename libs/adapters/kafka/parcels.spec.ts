import { BusMisfit, type Message } from '@rapport/kernel';
import { Partitioners, type PartitionMetadata } from 'kafkajs';
import { bytesOf, parcelsOf } from './parcels';
import { pauseMs } from './pauses';
import { wholeOf } from './settings';

const message = (value: string): Message => ({ key: 'k', value, headers: { id: 'é' } });
const limitsOf = (messageBytes: number, requestBytes: number, requestMessages: number) =>
  wholeOf({ brokers: ['a:1'], clientId: 'c', limits: { messageBytes, requestBytes, requestMessages } })
    .limits;
const sizesOf = (parcels: readonly (readonly Message[])[]) => parcels.map(({ length }) => length);

describe('messages of one call', () => {
  const ten = Array.from({ length: 10 }, (_, n) => message(String(n)));
  const one = bytesOf(message('0'));
  it('go in one request where they fit', () => {
    expect(sizesOf(parcelsOf('t', ten, limitsOf(1_000, 10_000, 10)))).toEqual([10]);
  });
  it('go in as few as their number allows, in order', () => {
    const parcels = parcelsOf('t', ten, limitsOf(1_000, 10_000, 4));
    expect(sizesOf(parcels)).toEqual([4, 4, 2]);
    expect(parcels.flat()).toEqual(ten);
  });
  it('go in as few as their bytes allow', () => {
    expect(sizesOf(parcelsOf('t', ten, limitsOf(one, 3 * one, 99)))).toEqual([3, 3, 3, 1]);
  });
  it('are none when one is too large, and it is named', () => {
    const sending = () => parcelsOf('t', [...ten, message('é'.repeat(500))], limitsOf(1_000, 1_000, 9));
    expect(sending).toThrow(BusMisfit);
    expect(sending).toThrow(/"k" for the topic t has 10\d\d bytes, and the limit is 1000/);
  });
});

describe('a key', () => {
  /** From the tests of the Java client: what its hash makes of them, without the sign. */
  it.each([
    ['21', (-973932308 & 0x7fffffff) % 1_000],
    ['foobar', (-790332482 & 0x7fffffff) % 1_000],
    ['a-little-bit-long-string', (-985981536 & 0x7fffffff) % 1_000],
    ['a-little-bit-longer-string', (-1486304829 & 0x7fffffff) % 1_000],
  ])('"%s" goes to the partition to which the Java client sends it', (key, partition) => {
    const partitionMetadata = Array.from({ length: 1_000 }, (_, partitionId) => ({ partitionId, leader: 1 }));
    const choose = Partitioners.DefaultPartitioner();
    const args = { topic: 't', partitionMetadata: partitionMetadata as PartitionMetadata[] };
    expect(choose({ ...args, message: { key, value: '' } })).toBe(partition);
  });
});

describe('pauses', () => {
  it('double up to the longest, and are shortened by a half at the most', () => {
    const pauses = { firstMs: 100, longestMs: 1_000 };
    for (const [failures, whole] of [
      [1, 100],
      [2, 200],
      [4, 800],
      [5, 1_000],
      [10_000, 1_000],
    ] as const) {
      const found = pauseMs(failures, pauses);
      expect(found).toBeGreaterThanOrEqual(whole / 2);
      expect(found).toBeLessThanOrEqual(whole);
    }
  });
});
