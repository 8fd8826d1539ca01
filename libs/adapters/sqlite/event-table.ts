import type { LoggedEvent, Position, StreamRange } from '@rapport/kernel';
import type { Database, Reading } from './driver';

/** The table of a log, its own or a copied one. Nothing in it is ever changed. */
export const EVENT_TABLE = `create table events (
     position integer primary key, stream text not null, revision integer not null, id text not null,
     type text not null, data text not null, meta text not null, recordedAt text not null
   ) strict;
   create unique index events_stream on events (stream, revision);
   create trigger events_stay before delete on events begin select raise(abort, 'events are never deleted'); end;
   create trigger events_hold before update on events begin select raise(abort, 'events are never changed'); end`;
/** One row: whose copy this file is. Logs of their own have no such table. */
export const COPY_TABLE = 'create table copied (log text not null) strict';

const COLUMNS = 'position, stream, revision, id, type, data, meta, recordedAt';

/** Whose copy a file is; null where it is a log of its own, or empty. */
export const copiedFrom = (db: Database): string | null => {
  const [tables] = db.reading(`select count(*) from sqlite_schema where name = 'copied'`).first([]) ?? [];
  return tables === 0 ? null : String(db.reading('select log from copied').first([])?.[0]);
};

/** How a table of events is read: at once, as SQLite answers. */
export class EventTable {
  private readonly whole: Reading;
  private readonly forwards: Reading;
  private readonly backwards: Reading;
  private readonly all: Reading;
  private readonly places: Reading;
  private readonly last: Reading;
  private readonly behind: Reading;

  constructor(db: Database) {
    const select = `select ${COLUMNS} from events where`;
    this.forwards = db.reading(`${select} stream = ? and revision >= ? order by revision limit ?`);
    this.whole = db.reading(`${select} stream = ? and revision >= ? order by revision`); // without a limit: three times as fast
    this.backwards = db.reading(`${select} stream = ? and revision <= ? order by revision desc limit ?`);
    this.all = db.reading(`${select} position > ? order by position limit ?`);
    this.places = db.reading(`${select} position in (select value from json_each(?)) order by position`);
    this.last = db.reading('select max(position) from events');
    this.behind = db.reading('select count(*) from events where position > ?');
  }

  stream(stream: string, { backwards = false, limit, from }: StreamRange): readonly LoggedEvent[] {
    if (backwards)
      return this.backwards.all([stream, from ?? Number.MAX_SAFE_INTEGER, limit ?? -1]).map(logged);
    const first = from ?? 0;
    const rows =
      limit === undefined ? this.whole.all([stream, first]) : this.forwards.all([stream, first, limit]);
    return rows.map(logged);
  }
  after(position: Position, limit: number): readonly LoggedEvent[] {
    return this.all.all([position, limit]).map(logged);
  }
  at(positions: readonly Position[]): readonly LoggedEvent[] {
    return this.places.all([JSON.stringify(positions)]).map(logged);
  }
  head(): Position {
    return Number(this.last.first([])?.[0] ?? 0) as Position;
  }
  countAfter(position: Position): number {
    return Number(this.behind.first([position])?.[0] ?? 0);
  }
}

const logged = (row: readonly unknown[]): LoggedEvent => {
  const [position, stream, revision, id, type, data, meta, recordedAt] = row as Stored;
  return { position: position as Position, stream, revision, id, type, data, meta, recordedAt };
};
type Stored = readonly [number, string, number, string, string, string, string, string];
