import type { RecordedEvent } from './event-store';
import { recorded } from './spec';
import { StandsStill } from './stands-still';
import { Parking, PARKED_MAX } from './subscriber';

const { position, ...event }: RecordedEvent = recorded({ messageClass: class Poison {}, data: {} }, 0);
const park = (parking: Parking, key: string, times: number): void => {
  for (let n = 0; n < times; n++) parking.park(key, { ...event, position }, new Error('poison'));
};

describe('parked events of a model', () => {
  it('are so many at most: then the model stands still', () => {
    const parking = new Parking('fragile@1');
    park(parking, 'a', PARKED_MAX);
    expect(() => park(parking, 'b', 1)).toThrow(StandsStill);
  });
  it('are no longer counted when their key was let go, however often that happens', () => {
    const parking = new Parking('fragile@1');
    for (let round = 0; round < 3; round++) {
      park(parking, 'a', PARKED_MAX / 2);
      parking.release('a');
    }
    park(parking, 'b', PARKED_MAX);
    expect(parking.has('a')).toBe(false);
    expect(() => park(parking, 'a', 1)).toThrow(StandsStill);
  });
});
