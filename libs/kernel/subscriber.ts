import type { EventStore, RecordedEvent } from './event-store';
import type { Position } from './event-log';
import type { RowReader, RowStore, Write } from './row-store';
import { StandsStill } from './stands-still';
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
  /** What people call it: several subscribers may keep one model, each in a lane of its own. Default: its name. */
  readonly model?: string;
  /** The part of the keys that is its own. Default: 0, the only one there is. */
  readonly lane?: number;
  readonly tables: readonly Table[];
  /** Reads what it must know before its first event, or after it was fenced off. */
  reset(sources: Sources, from: Position): Promise<void>;
  /** The rows that change because of these events. Called again with the same events when the commit failed. */
  consume(events: readonly RecordedEvent[], sources: Sources): Promise<readonly Write[]>;
  /** Lets the parked events of a key pass again. */
  release(key: string): void;
  /** Rows that an event concerns, if this one is not among them, and that other lanes keep. */
  keysElsewhere?(event: RecordedEvent, key: string): readonly string[];
}

export const PARKED: Table = {
  name: 'parked@2',
  columns: {
    /** The model. */
    subscriber: text(),
    rowKey: text(),
    position: integer(),
    eventId: text(),
    stream: text(),
    type: text(),
    /** The class of the error, such as `TypeError`; empty for an event that only waits behind another. */
    errorClass: text(),
    error: text(),
    /** When the log took the event. */
    recordedAt: text(),
  },
  indexes: [['subscriber', 'rowKey', 'position']],
};
/** More parked events than this and the model stops: something is wrong with the model, not with some events. */
export const PARKED_MAX = 100_000;

/** Events that could not be read, and those that came after them for the same key: order is kept, others move on. */
export class Parking {
  /** Parked events by key. */
  private readonly keys = new Map<string, number>();
  private events = 0;
  constructor(
    private readonly model: string,
    /** Whose keys are looked after here: those of one lane. */
    private readonly isOurs: (key: string) => boolean = () => true,
  ) {}

  async reset(rows: RowReader): Promise<void> {
    const where = [['subscriber', '=', this.model]] as const;
    const found = await rows.find(PARKED, { where, limit: PARKED_MAX });
    this.events = found.length;
    this.keys.clear();
    for (const row of found) {
      const key = row['rowKey'] as string;
      if (this.isOurs(key)) this.keys.set(key, (this.keys.get(key) ?? 0) + 1);
    }
  }
  has(key: string): boolean {
    return this.keys.size > 0 && this.keys.has(key);
  }
  release(key: string): void {
    this.events -= this.keys.get(key) ?? 0;
    this.keys.delete(key);
  }
  /** The row that keeps the event for later. From here on everything for this key waits behind it. */
  park(key: string, event: RecordedEvent, error: unknown): Write {
    if (error instanceof StandsStill) throw error;
    if (++this.events > PARKED_MAX)
      throw new StandsStill(`${this.model}: more than ${PARKED_MAX} events are parked`);
    this.keys.set(key, (this.keys.get(key) ?? 0) + 1);
    return parkedUnder(this.model, key, event, error);
  }
}

/** The row that keeps an event of a key for later. */
export const parkedUnder = (model: string, key: string, event: RecordedEvent, error: unknown): Write => {
  const { id: eventId, position, stream, type, recordedAt } = event;
  const row: Row = {
    key: `${model}|${key}|${String(position).padStart(16, '0')}`,
    ...{ subscriber: model, rowKey: key, position, eventId, stream, type, recordedAt },
    ...{ errorClass: classOf(error), error: messageOf(error) },
  };
  return { table: PARKED, key: row.key, row };
};

/** Why an event was parked that has nothing wrong in itself. */
export const BEHIND = 'waits behind an earlier event of the same key';

/** Text that is kept of an error. */
const ERROR_LENGTH_MAX = 2_000;
const classOf = (error: unknown): string => (error instanceof Error ? error.constructor.name : '');
const messageOf = (error: unknown): string => String(error).slice(0, ERROR_LENGTH_MAX);
