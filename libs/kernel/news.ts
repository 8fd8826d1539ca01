import { START, type Position } from './event-log';
import type { RecordedEvent } from './event-store';

/** What lies behind a place, each event once: a feed that brings something twice, or goes back, changes nothing. */
export const newsOf = (
  events: readonly RecordedEvent[],
  after: Position = START,
): readonly RecordedEvent[] => {
  if (isRisingFrom(events, after)) return events;
  let last = after;
  return events.filter(({ position }) => position > last && (last = position) > START);
};
const isRisingFrom = (events: readonly RecordedEvent[], after: Position): boolean => {
  let last = after;
  for (const { position } of events) {
    if (position <= last) return false;
    last = position;
  }
  return true;
};
