import { Chains } from './chains';
import { WrongExpectedRevision } from './event-log';
import type { Appended, EventLog, LoggedEvent, Position } from './event-log';
import { eventBefore, LogComparison, type Watch } from './log-comparison';

/** A log that takes events of another one as they are. */
export interface CopyTarget extends EventLog {
  /** Like `append`, with the time at which the other log took them. */
  copy(stream: string, expected: number, events: readonly LoggedEvent[]): Promise<Appended>;
}
/** The target holds something that the source has not: it belongs to another history. */
export class OtherHistory extends Error {}

export interface Copied {
  /** Events that the target had already, and those that it has now. */
  readonly already: number;
  readonly copied: number;
  /** Read through at the end, in both alike. */
  readonly events: number;
  readonly streams: number;
  /** Rolls over everything that both have, without positions. */
  readonly hash: string;
  /** Where they part, in words; null while one is the beginning of the other. */
  readonly difference: string | null;
  /** Everything that the source had at the beginning is in the target. */
  readonly complete: boolean;
}
export interface CopyWatch extends Pick<Watch, 'stopped'> {
  readonly onProgress: (doing: 'comparing' | 'copying', events: number) => void;
}

const PAGE = 2_000;
/** What shares an append at most. Adapters weigh envelopes too, so this stays well below what they take. */
const SHARED_EVENTS_MAX = 500;
const SHARED_CHARACTERS_MAX = 131_072;

/**
 * Copies what the target does not have yet, in the order of the source, across streams too: read models fold events of
 * several streams. First both are read through as far as the target goes, so nothing is appended to a log that is not the
 * beginning of this one; at the end the rest is read through. Each event is compared once, so it can be stopped or
 * killed anywhere and run again. Throws `OtherHistory`, and `HistoryDamaged` at a broken chain, which is not copied.
 */
export const copyLog = async (source: EventLog, target: CopyTarget, watch: CopyWatch): Promise<Copied> => {
  const to = await source.head();
  const both = new LogComparison(source, target, to);
  await both.run(comparing(watch));
  const already = both.events;
  watch.onProgress('comparing', already);
  if (both.difference !== null) throw new OtherHistory(both.difference);
  const copied = watch.stopped() ? 0 : await copyBehind(both.at, to, source, target, watch);
  if (copied > 0 && !watch.stopped()) await both.run(comparing(watch));
  return resultOf(both, already, copied);
};

/** Both read through; nothing is written. */
export const compareLogs = async (source: EventLog, target: EventLog, watch: CopyWatch): Promise<Copied> => {
  const both = new LogComparison(source, target, await source.head());
  await both.run(comparing(watch));
  return resultOf(both, both.events, 0);
};

const comparing = ({ stopped, onProgress }: CopyWatch): Watch => ({
  stopped,
  onProgress: (events) => onProgress('comparing', events),
});
const resultOf = async (both: LogComparison, already: number, copied: number): Promise<Copied> => {
  const { events, streams, hash, difference } = both;
  const complete = difference === null && (await both.isAtEnd());
  return { already, copied, events, streams, hash, difference, complete };
};

/** One append after the other: two at once could change places on their way. */
const copyBehind = async (
  after: Position,
  to: Position,
  source: EventLog,
  target: CopyTarget,
  { onProgress, stopped }: CopyWatch,
): Promise<number> => {
  const chains = new Chains();
  let copied = 0;
  for (let at = after; !stopped();) {
    const page = (await source.readAll(at, PAGE)).filter(({ position }) => position <= to);
    const last = page.at(-1);
    if (!last) break;
    for (const group of groupsOf(page)) {
      if (stopped()) break;
      await follow(source, chains, group);
      await put(target, group);
      copied += group.length;
      onProgress('copying', copied);
    }
    at = last.position;
  }
  return copied;
};

/** Neighbours of one stream, as many as share an append. */
const groupsOf = (events: readonly LoggedEvent[]): readonly (readonly LoggedEvent[])[] => {
  const groups: LoggedEvent[][] = [];
  let characters = 0;
  for (const event of events) {
    const group = groups.at(-1);
    characters += event.data.length + event.meta.length;
    const isFull = group?.length === SHARED_EVENTS_MAX || characters > SHARED_CHARACTERS_MAX;
    if (group?.[0]?.stream === event.stream && !isFull) group.push(event);
    else {
      groups.push([event]);
      characters = event.data.length + event.meta.length;
    }
  }
  return groups;
};

const follow = async (source: EventLog, chains: Chains, group: readonly LoggedEvent[]): Promise<void> => {
  for (const event of group)
    chains.follow(event, chains.knows(event.stream) ? undefined : await eventBefore(source, event));
};

const put = async (target: CopyTarget, group: readonly LoggedEvent[]): Promise<void> => {
  const [first] = group;
  if (!first) return;
  try {
    await target.copy(first.stream, first.revision - 1, group);
  } catch (error) {
    if (!(error instanceof WrongExpectedRevision)) throw error;
    throw new OtherHistory(`somebody else writes to the target: ${error.message}`, { cause: error });
  }
};
