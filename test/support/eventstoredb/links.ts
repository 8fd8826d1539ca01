import type { Kept } from './kept';
import type { MemoryLog } from './memory-log';
import type { Shown } from './messages';

/** An event of this type stands for another one: its body says `revision@stream`. */
const LINK = '$>';

/** What a reader sees at an event's place: the event, or what it leads to when it is a link that shall be followed. */
export const shown = (log: MemoryLog, event: Kept, followLinks: boolean): Shown =>
  followLinks && event.type === LINK ? { event: target(log, event), link: event } : { event };

const target = (log: MemoryLog, { data }: Kept): Kept | undefined => {
  const [, revision, name] = /^(\d+)@(.+)$/s.exec(Buffer.from(data).toString()) ?? [];
  if (name === undefined || log.isTombstoned(name)) return undefined;
  const stream = log.stream(name);
  const at = Number(revision);
  return stream.isThere && at >= stream.firstVisible(log.clock()) ? stream.events[at] : undefined;
};
