import {
  Chains,
  damagedAt,
  eventHash,
  type LocalCopy,
  type LoggedEvent,
  type Position,
} from '@rapport/kernel';
import { answer } from './answer';
import { migrate, openDatabase, type Database, type Place, type Reading, type Writing } from './driver';
import { COPY_TABLE, copiedFrom, EVENT_TABLE, EventTable } from './event-table';
import { own } from './owner';

/** In one step with its name: a file without one cannot be left behind. */
const schemaFor = (log: string): readonly string[] => [
  `${EVENT_TABLE}; ${COPY_TABLE}; insert into copied (log) values ('${log.replaceAll("'", "''")}')`,
];
const INSERT = `insert into events (position, stream, revision, id, type, data, meta, recordedAt) values (?, ?, ?, ?, ?, ?, ?, ?)`;

interface Options extends Omit<Place, 'readonly'> {
  /** Whose copy it is, such as address and namespace: a file of another log is refused. */
  readonly of: string;
}

/**
 * A copy of another log in one SQLite file, with the positions of that log. One process fills it; others read beside it
 * by opening it as a log for reading only. After a power failure its newest events may be missing: they are taken again.
 */
export class SqliteLogCopy implements LocalCopy {
  private readonly chains = new Chains();
  private readonly table: EventTable;
  private readonly insert: Writing;
  private readonly last: Reading;
  private readonly keep: (events: readonly LoggedEvent[]) => void;

  /** Throws `AlreadyOwned`, naming the process that fills it. */
  static open(options: Options): Promise<SqliteLogCopy> {
    return answer(() => {
      const owner = own(options.file, options.driver);
      try {
        const db = openDatabase(options, false);
        prepare(db, options);
        return new SqliteLogCopy(db, owner);
      } catch (error) {
        owner.release();
        throw error;
      }
    });
  }

  private constructor(
    private readonly db: Database,
    private readonly owner: { release(): void },
  ) {
    this.table = new EventTable(db);
    this.insert = db.writing(INSERT);
    this.last = db.reading('select max(revision) from events where stream = ?');
    this.keep = db.transaction((events: readonly LoggedEvent[]) => this.put(events));
  }

  get driver(): string {
    return this.db.driver;
  }

  take(events: readonly LoggedEvent[]): Promise<void> {
    return answer(() => {
      try {
        this.keep(events);
      } catch (error) {
        this.chains.forget(); // nothing of this batch was kept
        throw error;
      }
    });
  }
  readAll(after: Position, limit: number): Promise<readonly LoggedEvent[]> {
    return answer(() => this.table.after(after, limit));
  }
  readAt(positions: readonly Position[]): Promise<readonly LoggedEvent[]> {
    return answer(() => this.table.at(positions));
  }
  head(): Promise<Position> {
    return answer(() => this.table.head());
  }
  countAfter(after: Position): Promise<number> {
    return answer(() => this.table.countAfter(after));
  }
  close(): Promise<void> {
    return answer(() => {
      this.db.exec('pragma wal_checkpoint(truncate)');
      this.db.close();
      this.owner.release();
    });
  }

  private put(events: readonly LoggedEvent[]): void {
    let head = this.table.head();
    for (const event of events) {
      if (event.position <= head) {
        this.meetAgain(event);
        continue;
      }
      head = event.position;
      this.chains.follow(event, this.chains.knows(event.stream) ? undefined : this.lastOf(event.stream));
      const { position, stream, revision, id, type, data, meta, recordedAt } = event;
      this.insert.run([position, stream, revision, id, type, data, meta, recordedAt]);
    }
  }
  private lastOf(stream: string): LoggedEvent | undefined {
    const [revision] = this.last.first([stream]) ?? [];
    return typeof revision === 'number'
      ? this.table.stream(stream, { from: revision, limit: 1 })[0]
      : undefined;
  }
  private meetAgain(event: LoggedEvent): void {
    const [kept] = this.table.at([event.position]);
    if (!kept) throw damagedAt(event, 'it was not there when the events behind it were copied');
    if (textOf(kept) !== textOf(event))
      throw damagedAt(
        event,
        `it was ${kept.stream} revision ${kept.revision} with another text or time before`,
      );
  }
}

const textOf = (event: LoggedEvent): string =>
  `${eventHash(event.stream, event.revision, event)} ${event.recordedAt}`;

const prepare = (db: Database, { file, of }: Options): void => {
  const before = copiedFrom(db);
  if (before !== null && before !== of)
    throw new Error(`${file} is a copy of ${before}, not of ${of}: name another file, or remove this one`);
  const [version] = db.reading('pragma user_version').first([]) ?? [];
  if (before === null && version !== 0) throw new Error(`${file} is a log of its own: no copy is kept in it`);
  migrate(db, file, schemaFor(of));
};
