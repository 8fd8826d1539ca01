import { MemoryEventLog, MemoryKeyRing } from '@rapport/adapters/memory';
import {
  EventStore,
  START,
  type Feed,
  type FeedItem,
  type LoggedEvent,
  type RecordedEvent,
} from '@rapport/kernel';

/**
 * A log of these events whose feed brings so many at a time, each twice, the last ones again with the next, and now and then
 * nothing but what was brought before.
 */
export const stutteringStore = (events: readonly RecordedEvent[], batch: number): EventStore => {
  const logged = events.map(loggedOf);
  const under = new MemoryEventLog();
  const feed = (): Feed => {
    const items = stutteringItems(logged, batch);
    let next = 0;
    let close: (item: FeedItem) => void = () => undefined;
    const closed = new Promise<FeedItem>((resolve) => (close = resolve));
    return {
      next: () => {
        const item = items[next++];
        return item ? Promise.resolve(item) : closed;
      },
      close: () => close({ events: [], caughtUp: false, readTo: items.at(-1)?.readTo ?? START }),
      state: 'live',
    };
  };
  const log = Object.assign(Object.create(under) as MemoryEventLog, {
    subscribe: feed,
    readAt: async (positions: readonly number[]) =>
      logged.filter(({ position }) => positions.includes(position)),
    end: async () => logged.length,
  });
  return new EventStore(log, new MemoryKeyRing(), []);
};

const stutteringItems = (events: readonly LoggedEvent[], batch: number): readonly FeedItem[] => {
  const items: FeedItem[] = [];
  for (let at = 0; at < events.length; at += batch) {
    const fresh = events.slice(at, at + batch);
    const brought = [...events.slice(Math.max(0, at - batch), at), ...fresh].flatMap((event) => [
      event,
      event,
    ]);
    const item = {
      events: brought,
      caughtUp: at + batch >= events.length,
      readTo: fresh.at(-1)?.position ?? START,
    };
    items.push(item);
    if (items.length % 3 === 0) items.push(item);
  }
  return items;
};

const loggedOf = ({ data, meta, ...event }: RecordedEvent): LoggedEvent => ({
  ...event,
  data: JSON.stringify(data),
  meta: JSON.stringify(meta),
});
