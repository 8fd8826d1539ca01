import type { Position } from './event-log';
import { RowsAhead } from './rows-ahead';
import type { Sources, Subscriber } from './subscriber';

/** A subscriber, and how far it has read. */
export type Place = readonly [one: Subscriber, at: Position];

/** Where subscribers stand according to the rows; they have read there what they must know. Throws `RowsAhead`. */
export const placesKept = async (all: readonly Subscriber[], sources: Sources): Promise<readonly Place[]> => {
  if (all.length === 0) return [];
  const places: Place[] = [];
  for (const one of all) places.push([one, await sources.rows.position(one.name)]);
  const end = await sources.store.log.end(); // asked last: another owner may move on meanwhile
  for (const [one, at] of places) {
    if (at > end) throw new RowsAhead(one.name);
    await one.reset(sources, at);
  }
  return places;
};
