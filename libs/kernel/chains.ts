import { HistoryDamaged, NO_STREAM, type LoggedEvent } from './event-log';
import { eventHash, GENESIS, previousHashIn } from './hash-chain';

/** Where a stream stands for somebody who reads it event by event. */
interface Link {
  readonly revision: number;
  readonly hash: string;
  readonly isChained: boolean;
}
const BEGINNING: Link = { revision: NO_STREAM, hash: GENESIS, isChained: false };
/** Streams remembered; of the others the event before is read again. */
const STREAMS_MAX = 100_000;

/**
 * Follows the chains of all streams while a log is read in its order. A stream whose first event names no predecessor
 * was never chained (our own writer chains every stream): there nothing but the revisions can be checked, and that is no
 * way round the check, for whoever rewrites a stream from its first event on could as well chain it anew.
 */
export class Chains {
  private readonly links = new Map<string, Link>();
  constructor(private readonly streamsMax = STREAMS_MAX) {}

  knows(stream: string): boolean {
    return this.links.has(stream);
  }
  /** Answers the event's hash. `before`: the last event of a stream that is not known. Throws `HistoryDamaged`. */
  follow(event: LoggedEvent, before?: LoggedEvent): string {
    const { stream, revision } = event;
    const last = this.links.get(stream) ?? linkOf(before);
    if (revision !== last.revision + 1) throw damagedAt(event, `it should be revision ${last.revision + 1}`);
    const named = previousHashIn(event.meta);
    if (!isBehind(last, named)) throw damagedAt(event, brokenText(last));
    const hash = eventHash(stream, revision, event);
    this.remember(stream, { revision, hash, isChained: named !== undefined });
    return hash;
  }
  /** What was followed was not kept. */
  forget(): void {
    this.links.clear();
  }

  /** The stream that was met longest ago makes room. */
  private remember(stream: string, link: Link): void {
    this.links.delete(stream);
    this.links.set(stream, link);
    if (this.links.size <= this.streamsMax) return;
    const [oldest] = this.links.keys();
    if (oldest !== undefined) this.links.delete(oldest);
  }
}

/** Names the event, so that somebody can look at it. */
export const damagedAt = ({ stream, revision, position }: LoggedEvent, what: string): HistoryDamaged =>
  new HistoryDamaged(`${stream} revision ${revision} (position ${position}): ${what}`);

const linkOf = (event?: LoggedEvent): Link => {
  if (!event) return BEGINNING;
  const { stream, revision, meta } = event;
  const isChained = previousHashIn(meta) !== undefined;
  return { revision, hash: eventHash(stream, revision, event), isChained };
};
const isBehind = ({ revision, hash, isChained }: Link, named: unknown): boolean =>
  revision === NO_STREAM
    ? named === undefined || named === GENESIS
    : named === (isChained ? hash : undefined);
const brokenText = ({ revision, isChained }: Link): string => {
  if (revision === NO_STREAM) return 'it is the first of its stream, and names one before it';
  if (!isChained) return `it names one before it, and revision ${revision} names none`;
  return `it does not name revision ${revision} as it is: one of them was changed`;
};
