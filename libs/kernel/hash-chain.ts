import { hash } from 'node:crypto';
import type { LogEvent, LoggedEvent } from './event-log';

/** What stands before the first event of a stream, and before the first event of the log. */
export const GENESIS = '0'.repeat(64);

/**
 * The hash of one event: its place and its stored text. The text of its metadata names the hash of its predecessor in
 * the stream, so whoever changes an event must change every later event of that stream too.
 */
export const eventHash = (stream: string, revision: number, event: LogEvent): string =>
  hash('sha256', `${stream}\n${revision}\n${event.id}\n${event.type}\n${event.meta}\n${event.data}`);

/** A rolling hash over the whole log: it also notices a stream that is missing, cut short or in another order. */
export const roll = (
  before: string,
  { position, recordedAt }: Pick<LoggedEvent, 'position' | 'recordedAt'>,
  ofEvent: string,
): string => hash('sha256', `${before}\n${position}\n${recordedAt}\n${ofEvent}`);

/** The hash of the event before, as an envelope names it. Undefined in one that names none, or is no JSON. */
export const previousHashIn = (meta: string): unknown => {
  try {
    return (JSON.parse(meta) as { previousHash?: unknown } | null)?.previousHash;
  } catch {
    return undefined;
  }
};
