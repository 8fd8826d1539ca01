import { randomUUID } from 'node:crypto';
import { eventHash, GENESIS, NO_STREAM, START, type EventLog, type LogEvent } from '@rapport/kernel';
import type { LoggedEvent } from '@rapport/kernel';

interface Tip {
  readonly revision: number;
  readonly hash: string;
}
const BEGINNING: Tip = { revision: NO_STREAM, hash: GENESIS };
const TIME = '2024-03-01T09:00:00.000Z';

/** One event as our own writer makes it: its envelope names the hash of the one before it in its stream. */
export const chained = (previousHash: string, text = 'something'): LogEvent => ({
  id: randomUUID(),
  type: 'SomethingHappened',
  data: JSON.stringify({ text }),
  meta: JSON.stringify({ occurredAt: TIME, schemaVersion: '1', previousHash }),
});

/** Writes chained events, so many to a stream at a time, in the order that is given. */
export const writerOf = (log: EventLog) => {
  const tips = new Map<string, Tip>();
  return async (stream: string, count = 1, text?: string): Promise<void> => {
    let { revision, hash } = tips.get(stream) ?? BEGINNING;
    const expected = revision;
    const events = Array.from({ length: count }, () => {
      const event = chained(hash, text);
      hash = eventHash(stream, ++revision, event);
      return event;
    });
    await log.append(stream, expected, events);
    tips.set(stream, { revision, hash });
  };
};

/** A whole log, page by page. */
export const everythingIn = async (log: Pick<EventLog, 'readAll'>): Promise<readonly LoggedEvent[]> => {
  const events: LoggedEvent[] = [];
  for (;;) {
    const some = await log.readAll(events.at(-1)?.position ?? START, 5_000);
    if (some.length === 0) return events;
    events.push(...some);
  }
};

export const until = async (isSo: () => boolean | Promise<boolean>, withinMs = 20_000): Promise<void> => {
  const end = Date.now() + withinMs;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`it was not so after ${withinMs} ms: ${isSo.toString()}`);
    await new Promise((go) => setTimeout(go, 5));
  }
};
