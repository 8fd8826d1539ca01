import type { EventStore, RecordedEvent } from './event-store';
import type { Position } from './event-log';
import type { RowReader, RowStore, Write } from './row-store';
import { integer, text, type Row, type Table } from './table';

/** What a subscriber may read while it works. */
export interface Sources {
  readonly rows: RowStore;
  readonly store: EventStore;
}

/** Anything that reads the log in order and answers with rows to write. Driven by a Subscription. */
export interface Subscriber {
  /** Names its checkpoint. */
  readonly name: string;
  readonly tables: readonly Table[];
  /** Reads what it must know before its first event, or after it was fenced off. */
  reset(sources: Sources, from: Position): Promise<void>;
  /** The rows that change because of these events. Called again with the same events when the commit failed. */
  consume(events: readonly RecordedEvent[], sources: Sources): Promise<readonly Write[]>;
  /** Lets the parked events of a key pass again. */
  release(key: string): void;
}

export const PARKED: Table = {
  name: 'parked',
  columns: {
    subscriber: text(),
    rowKey: text(),
    position: integer(),
    stream: text(),
    type: text(),
    error: text(),
  },
  indexes: [['subscriber', 'rowKey', 'position']],
};
/** More parked events than this and the model stops: something is wrong with the model, not with some events. */
export const PARKED_MAX = 100_000;

/** Events that could not be read, and those that came after them for the same key: order is kept, others move on. */
export class Parking {
  private readonly keys = new Set<string>();
  private events = 0;
  constructor(private readonly subscriber: string) {}

  async reset(rows: RowReader): Promise<void> {
    const where = [['subscriber', '=', this.subscriber]] as const;
    const found = await rows.find(PARKED, { where, limit: PARKED_MAX });
    this.events = found.length;
    this.keys.clear();
    for (const row of found) this.keys.add(row['rowKey'] as string);
  }
  has(key: string): boolean {
    return this.keys.size > 0 && this.keys.has(key);
  }
  release(key: string): void {
    this.keys.delete(key);
  }
  /** The row that keeps the event for later. From here on everything for this key waits behind it. */
  park(key: string, { position, stream, type }: RecordedEvent, error: unknown): Write {
    if (++this.events > PARKED_MAX)
      throw new Error(`${this.subscriber}: more than ${PARKED_MAX} events are parked`);
    this.keys.add(key);
    const row: Row = {
      key: `${this.subscriber}|${key}|${String(position).padStart(16, '0')}`,
      ...{ subscriber: this.subscriber, rowKey: key, position, stream, type, error: String(error) },
    };
    return { table: PARKED, key: row.key, row };
  }
}

/** Why an event was parked that has nothing wrong in itself. */
export const BEHIND = 'waits behind an earlier event of the same key';
