import { BACKWARDS, END, START as BEGINNING, StreamNotFoundError } from '@eventstore/db-client';
import type {
  AllStreamRecordedEvent,
  AllStreamResolvedEvent,
  EventStoreDBClient,
} from '@eventstore/db-client';
import type { ReadAllOptions, StreamingRead } from '@eventstore/db-client';
import { HistoryDamaged, START, type LoggedEvent, type Position, type StreamRange } from '@rapport/kernel';
import type { Limits } from './limits';
import { isInvalidPosition, TimeLimit, Unreadable } from './outcome';
import { patiently } from './patience';
import { exact, fromWire, positionFrom, toWirePosition } from './wire-event';

type Reading = StreamingRead<AllStreamResolvedEvent>;
/** A record of $all: where it stands, and our event, or null where it is somebody else's. */
interface Placed {
  readonly position: Position;
  readonly event: LoggedEvent | null;
}
interface Page {
  readonly events: readonly LoggedEvent[];
  /** The last record that was looked at, ours or not; null when there was none. */
  readonly last: Position | null;
  readonly looked: number;
}
const STREAM_PAGE = 4_096;
/** Records looked at in one go where most of them may be somebody else's. */
const SCAN_MIN = 512;
/** Up to here events are counted one by one; beyond, the rest is estimated by the bytes it takes. */
const COUNTED_MAX = 1_000;
/** How many places in the log are asked for at once. */
const PLACES_AT_ONCE = 16;

/** Reads may be repeated, so they outlast a restart of the server. */
export class Reader {
  /** Where the log ended when its last event of ours was looked for, and where that one stands. */
  private lastHead: { readonly end: Position; readonly head: Position } = { end: START, head: START };

  /** The page behind the last one that was full, asked for while that one is dealt with. */
  private ahead: { readonly after: Position; readonly count: number; readonly page: Promise<Page> } | null =
    null;

  constructor(
    private readonly client: EventStoreDBClient,
    private readonly namespace: string,
    private readonly limits: Pick<Limits, 'readMs' | 'readSilenceMs'>,
  ) {}

  /** Throws `HistoryDamaged` where revisions are missing or somebody else's. */
  async readStream(stream: string, range: StreamRange = {}): Promise<readonly LoggedEvent[]> {
    const { backwards = false, limit = Number.MAX_SAFE_INTEGER } = range;
    const found: LoggedEvent[] = [];
    for (let from = range.from; found.length < limit;) {
      if (from !== undefined && from < 0) break;
      const count = Math.min(STREAM_PAGE, limit - found.length);
      const page = await this.streamPage(stream, from, count, backwards);
      found.push(...page);
      const last = page.at(-1);
      if (!last || page.length < count) break;
      from = last.revision + (backwards ? -1 : 1);
    }
    return found;
  }

  async readAll(after: Position, limit: number): Promise<readonly LoggedEvent[]> {
    const found: LoggedEvent[] = [];
    for (let [at, least] = [after, 1]; found.length < limit; least = SCAN_MIN) {
      const count = Math.max(limit - found.length, least);
      const page = await this.nextPage(at, count);
      found.push(...page.events);
      at = page.last ?? at;
      if (page.looked < count) break;
    }
    return found.slice(0, limit);
  }

  async readAt(positions: readonly Position[]): Promise<readonly LoggedEvent[]> {
    const inOrder = [...new Set(positions)].sort((a, b) => a - b);
    const found: LoggedEvent[] = [];
    for (let n = 0; n < inOrder.length; n += PLACES_AT_ONCE) {
      const some = inOrder.slice(n, n + PLACES_AT_ONCE).map((position) => this.at(position));
      for (const event of await Promise.all(some)) if (event) found.push(event);
    }
    return found;
  }

  async end(): Promise<Position> {
    const [last] = await this.records({ direction: BACKWARDS, fromPosition: END, maxCount: 1 });
    return last?.position ?? START;
  }

  /** Looks back from the end, further each time, until it meets an event of ours or the place where it began before. */
  async head(): Promise<Position> {
    const { end: before, head } = this.lastHead;
    let end: Position | null = null;
    let from: ReadAllOptions['fromPosition'] = END;
    for (let count = 1; ; count = Math.max(count * 8, SCAN_MIN)) {
      const records = await this.records({ direction: BACKWARDS, fromPosition: from, maxCount: count });
      end ??= records[0]?.position ?? START;
      for (const { position, event } of records) {
        if (position <= before) return this.headIs(end, head);
        if (event) return this.headIs(end, position);
      }
      const last = records.at(-1);
      if (!last || records.length < count) return this.headIs(end, START);
      from = toWirePosition(last.position);
    }
  }

  async countAfter(after: Position): Promise<number> {
    const sample = await this.readAll(after, COUNTED_MAX);
    const last = sample.at(-1);
    if (!last || sample.length < COUNTED_MAX) return sample.length;
    const density = sample.length / (last.position - after);
    return sample.length + Math.round(density * Math.max(0, (await this.head()) - last.position));
  }

  /** Who reads on, page after page, need not wait for the server; what was asked for ahead counts when it was full. */
  private async nextPage(after: Position, count: number): Promise<Page> {
    const { ahead } = this;
    this.ahead = null;
    const isNext = ahead?.after === after && ahead.count === count;
    const early = isNext ? await ahead.page.catch(() => null) : null;
    const page = early?.looked === count ? early : await this.pageAfter(after, count);
    const readsOn = after === START || isNext;
    if (readsOn && page.looked === count && page.last !== null) {
      const next = this.pageAfter(page.last, count);
      next.catch(() => undefined); // whoever wants it is told, nobody else
      this.ahead = { after: page.last, count, page: next };
    }
    return page;
  }

  private headIs(end: Position, head: Position): Position {
    this.lastHead = { end, head };
    return head;
  }

  private async streamPage(stream: string, from: number | undefined, maxCount: number, backwards: boolean) {
    try {
      const records = await this.collect(() => {
        const fromRevision = from === undefined ? (backwards ? END : BEGINNING) : BigInt(from);
        const direction = backwards ? BACKWARDS : ('forwards' as const);
        const name = this.namespace + stream;
        return this.client.readStream(name, { fromRevision, direction, maxCount }) as Reading;
      }, itself);
      return unbroken(stream, backwards ? null : (from ?? 0), records, this.namespace);
    } catch (error) {
      if (error instanceof StreamNotFoundError) return [];
      throw error;
    }
  }

  /** The records behind a position; the server begins with the one that stands there. */
  private async pageAfter(after: Position, count: number): Promise<Page> {
    const from = after <= START ? BEGINNING : toWirePosition(after);
    const all = await this.records({ fromPosition: from, maxCount: after <= START ? count : count + 1 });
    const first = all[0];
    const records = first?.position === after ? all.slice(1) : all.slice(0, count);
    return {
      events: records.flatMap(({ event }) => event ?? []),
      last: records.at(-1)?.position ?? null,
      looked: records.length,
    };
  }

  private async at(position: Position): Promise<LoggedEvent | null> {
    try {
      const [record] = await this.records({ fromPosition: toWirePosition(position), maxCount: 1 });
      return record?.position === position ? record.event : null;
    } catch (error) {
      if (isInvalidPosition(error)) return null;
      throw error;
    }
  }

  private records(options: ReadAllOptions): Promise<readonly Placed[]> {
    const placed = (record: AllStreamRecordedEvent): Placed => ({
      position: positionFrom(record.position),
      event: fromWire(record, this.namespace),
    });
    return this.collect(() => this.client.readAll(options), placed);
  }
  private collect<T>(open: () => Reading, understood: (record: AllStreamRecordedEvent) => T) {
    const { readMs, readSilenceMs } = this.limits;
    return patiently(readMs, () => collected(open(), readSilenceMs, understood));
  }
}

/** Every revision in its place: what was truncated, or written by somebody else, is not silently left out. */
const unbroken = (
  stream: string,
  from: number | null,
  records: readonly AllStreamRecordedEvent[],
  namespace: string,
): readonly LoggedEvent[] => {
  const first = records[0];
  if (first && from !== null && exact(first.revision) !== from)
    throw new HistoryDamaged(
      `${stream} begins at revision ${first.revision} instead of ${from}: it was truncated`,
    );
  return records.map((record) => {
    const event = fromWire(record, namespace);
    if (event) return event;
    throw new HistoryDamaged(`${stream}: somebody else wrote revision ${record.revision} (${record.type})`);
  });
};

const itself = <T>(record: T): T => record;

/**
 * A whole read as one promise, understood as it comes: what is kept is then small. Where nothing comes any more, or
 * something that cannot be understood, it is given up and cancelled.
 */
const collected = <T>(
  reading: Reading,
  silenceMs: number,
  understood: (record: AllStreamRecordedEvent) => T,
): Promise<readonly T[]> =>
  new Promise((resolve, reject) => {
    const found: T[] = [];
    const giveUp = (error: Error) => {
      clearTimeout(late);
      reject(error);
      reading.cancel().catch(ignore);
    };
    const late = setTimeout(() => giveUp(new TimeLimit(`a read was silent for ${silenceMs} ms`)), silenceMs);
    reading.on('data', ({ event }) => {
      late.refresh();
      try {
        if (event) found.push(understood(event));
      } catch (error) {
        giveUp(new Unreadable(String(error), { cause: error }));
      }
    });
    reading.on('error', (error) => {
      clearTimeout(late);
      reject(error);
    });
    reading.on('end', () => {
      clearTimeout(late);
      resolve(found);
    });
  });
const ignore = (): void => undefined;
