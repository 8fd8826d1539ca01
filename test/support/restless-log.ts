import type { EventLog, Feed, FeedItem, LoggedEvent } from '@rapport/kernel';

/** Chance that can be played again: the same seed, the same numbers from 0 to 1. */
export const chanceOf = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
};

/** The same log with feeds that bring events twice, bring earlier ones again with the next, and go back altogether. */
export const restless = (log: EventLog, chance: () => number): EventLog => {
  const subscribe: EventLog['subscribe'] = (after) => {
    const feed = log.subscribe(after);
    const brought: LoggedEvent[] = [];
    const items: FeedItem[] = [];
    return {
      next: async (limit) => {
        const before = items.at(Math.floor(chance() * items.length));
        if (before && chance() < 0.2) return { ...before, caughtUp: false };
        const item = await feed.next(limit);
        const again = brought.slice(Math.floor(chance() * (brought.length + 1)));
        const events = [...again, ...item.events].flatMap((event) =>
          chance() < 0.3 ? [event, event] : [event],
        );
        brought.push(...item.events);
        const more = { ...item, events };
        items.push(more);
        return more;
      },
      close: () => feed.close(),
      get state() {
        return feed.state;
      },
    } satisfies Feed;
  };
  return Object.assign(Object.create(log) as EventLog, { subscribe });
};
