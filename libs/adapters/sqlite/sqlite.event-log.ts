import { Bell, ReadingFeed, WrongExpectedRevision } from '@rapport/kernel';
import type {
  Appended,
  CopyTarget,
  Feed,
  LogEvent,
  LoggedEvent,
  Position,
  StreamRange,
} from '@rapport/kernel';
import { answer } from './answer';
import { migrate, openDatabase, type Database, type Place } from './driver';
import { copiedFrom, EVENT_TABLE, EventTable } from './event-table';
import { EventWriter, type Append, type Outcome } from './event-writer';
import { gather } from './gather';
import { own } from './owner';
import { Tail } from './tail';

const SCHEMA = [EVENT_TABLE];

interface Options extends Place {
  /** The log's own clock (default: the machine's). */
  readonly now?: () => string;
  /**
   * `each` (default) waits for the disk before an append is answered. `atClose` waits once, at the end: for bulk work
   * that is begun again when the power fails. Either way a process that is killed loses nothing.
   */
  readonly durable?: 'each' | 'atClose';
  /** Called after appends, once for a group: for those who follow the file from elsewhere. */
  readonly onAppended?: () => void;
}

/** The embedded log: one SQLite file, one writing process, groups of appends committed together. */
export class SqliteEventLog implements CopyTarget {
  private readonly bell = new Bell();
  private readonly tail = new Tail();
  private readonly write: ((append: Append) => Promise<Outcome>) | null;
  private readonly pending = new Set<Promise<unknown>>();
  /** The revision of a stream; this process is the only writer, so what it remembers is true. */
  private revisionOf: (stream: string) => number = () => Number.MAX_SAFE_INTEGER;
  private readonly table: EventTable;

  /** Throws `AlreadyOwned`, naming the process that has it. A read-only log needs no ownership and refuses appends. */
  static async open(options: Options): Promise<SqliteEventLog> {
    const owner = options.readonly ? { release: () => undefined } : own(options.file, options.driver);
    try {
      const db = openDatabase(options, options.durable !== 'atClose');
      if (!options.readonly) prepare(db, options.file);
      return new SqliteEventLog(db, owner, options);
    } catch (error) {
      owner.release();
      throw error;
    }
  }

  private constructor(
    private readonly db: Database,
    private readonly owner: { release(): void },
    { readonly = false, now = () => new Date().toISOString(), onAppended = () => undefined }: Options,
  ) {
    this.table = new EventTable(db);
    this.write = readonly ? null : this.writer(now, onAppended);
  }

  get driver(): string {
    return this.db.driver;
  }

  append(stream: string, expected: number, events: readonly LogEvent[]): Promise<Appended> {
    return this.written({ stream, expected, events });
  }
  /** Events of another log, with the time at which that one took them. Otherwise like `append`. */
  copy(stream: string, expected: number, events: readonly LoggedEvent[]): Promise<Appended> {
    const recordedAt = events.map((event) => event.recordedAt);
    return this.written({ stream, expected, events, recordedAt });
  }
  readStream(stream: string, range: StreamRange = {}): Promise<readonly LoggedEvent[]> {
    return answer(() => {
      const isBehind = !range.backwards && (range.from ?? 0) > this.revisionOf(stream);
      return isBehind ? [] : this.table.stream(stream, range);
    });
  }
  readAll(after: Position, limit: number): Promise<readonly LoggedEvent[]> {
    return answer(() => this.tail.after(after, limit) ?? this.table.after(after, limit));
  }
  readAt(positions: readonly Position[]): Promise<readonly LoggedEvent[]> {
    return answer(() => this.table.at(positions));
  }
  head(): Promise<Position> {
    return answer(() => this.table.head());
  }
  end(): Promise<Position> {
    return this.head();
  }
  countAfter(after: Position): Promise<number> {
    return answer(() => this.table.countAfter(after));
  }
  subscribe(after: Position): Feed {
    return new ReadingFeed(this, this.bell, after);
  }
  /** Somebody else has appended to the file: whoever follows looks at once. */
  look(): void {
    this.bell.ring();
  }
  /** Waits for the appends that were accepted. */
  async close(): Promise<void> {
    await Promise.allSettled(this.pending);
    if (this.write) this.db.exec('pragma synchronous = FULL; pragma wal_checkpoint(truncate)');
    this.db.close();
    this.owner.release();
  }

  private async written(append: Append): Promise<Appended> {
    if (!this.write) throw new Error('this log was opened for reading only');
    const writing = this.write(append);
    this.pending.add(writing);
    const outcome = await writing.finally(() => this.pending.delete(writing));
    if (!('found' in outcome)) return { ...outcome, position: outcome.position as Position };
    throw new WrongExpectedRevision(append.stream, append.expected, outcome.found, outcome.overlap);
  }

  private writer(now: () => string, onAppended: () => void) {
    const writer = new EventWriter(this.db, now, (event) => {
      this.tail.push(event);
    });
    this.revisionOf = (stream) => writer.revisionOf(stream);
    return gather((group: readonly Append[]) => {
      const outcomes = writer.writeAll(group);
      setImmediate(() => {
        this.bell.ring();
        onAppended();
      });
      return outcomes;
    });
  }
}

/** A copy is read like any log, and never written to by anybody but the one who fills it. */
const prepare = (db: Database, file: string): void => {
  const log = copiedFrom(db);
  if (log !== null) throw new Error(`${file} is a copy of ${log}: it takes no events of its own`);
  migrate(db, file, SCHEMA);
};
