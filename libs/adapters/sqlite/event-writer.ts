import { NO_STREAM, type LogEvent, type LoggedEvent, type Position } from '@rapport/kernel';
import type { Database, Reading, Writing } from './driver';

export interface Append {
  readonly stream: string;
  readonly expected: number;
  readonly events: readonly LogEvent[];
  /** When another log took them, where they are copied; otherwise they are taken now. */
  readonly recordedAt?: readonly string[];
}
/** Where the last event stands, or the revision that was found instead of the expected one. */
export type Outcome =
  | { readonly revision: number; readonly position: number; readonly repeated: boolean }
  | { readonly found: number; readonly overlap: number };

interface Place {
  readonly revision: number;
  readonly position: number;
}
/** Revisions remembered between appends: this writer is the only one, so they are true. */
const REVISIONS_MAX = 50_000;

const INSERT = `insert into events (stream, revision, id, type, data, meta, recordedAt) values (?, ?, ?, ?, ?, ?, ?)`;

/** The only writer. All appends of a turn share one transaction and one fsync; a conflict fails its own append only. */
export class EventWriter {
  private readonly insert: Writing;
  private readonly last: Reading;
  private readonly idAt: Reading;
  private readonly head: Reading;
  private readonly commit: (batch: readonly Append[]) => readonly Outcome[];
  private revisions = new Map<string, number>();
  private stored: LoggedEvent[] = [];

  constructor(
    db: Database,
    private readonly now: () => string,
    private readonly onStored: (event: LoggedEvent) => void,
  ) {
    this.insert = db.writing(INSERT);
    this.last = db.reading('select max(revision) from events where stream = ?');
    this.idAt = db.reading('select id, position from events where stream = ? and revision = ?');
    this.head = db.reading('select max(position) from events');
    this.commit = db.transaction((batch: readonly Append[]) => {
      const at = this.now();
      return batch.map((append) => this.write(append, at));
    });
  }

  writeAll(batch: readonly Append[]): readonly Outcome[] {
    if (this.revisions.size > REVISIONS_MAX) this.revisions = new Map();
    this.stored = [];
    try {
      const outcomes = this.commit(batch);
      this.stored.forEach(this.onStored);
      return outcomes;
    } catch (error) {
      this.revisions = new Map(); // nothing of this batch was kept
      throw error;
    }
  }
  /** The revision of a stream, from memory where it was asked before. */
  revisionOf(stream: string): number {
    const known = this.revisions.get(stream);
    if (known !== undefined) return known;
    const revision = (this.last.first([stream])?.[0] as number | null | undefined) ?? NO_STREAM;
    this.revisions.set(stream, revision);
    return revision;
  }

  private write(append: Append, at: string): Outcome {
    const found = this.revisionOf(append.stream);
    if (found === append.expected) return { ...this.put(append, found, at), repeated: false };
    return this.metBefore(append, found);
  }

  private put({ stream, events, recordedAt: before }: Append, found: number, now: string): Place {
    let revision = found;
    let position = 0;
    for (const [n, { id, type, data, meta }] of events.entries()) {
      const recordedAt = before?.[n] ?? now;
      position = this.insert.run([stream, ++revision, id, type, data, meta, recordedAt]).id;
      this.stored.push({
        id,
        type,
        data,
        meta,
        stream,
        revision,
        position: position as Position,
        recordedAt,
      });
    }
    this.revisions.set(stream, revision);
    return { revision, position: events.length > 0 ? position : this.positionAt(stream, revision) };
  }

  private positionAt(stream: string, revision: number): number {
    return (
      (this.idAt.first([stream, revision])?.[1] as number | undefined) ??
      Number(this.head.first([])?.[0] ?? 0)
    );
  }

  /** The same ids at the same revisions: this append was stored before, and its answer was lost. */
  private metBefore({ stream, expected, events }: Append, found: number): Outcome {
    const stored = events.map((_, n) => this.idAt.first([stream, expected + 1 + n]));
    const overlap = stored.filter((row, n) => row?.[0] === events[n]?.id).length;
    if (overlap === 0 || overlap < events.length) return { found, overlap };
    return { revision: expected + overlap, position: stored.at(-1)?.[1] as number, repeated: true };
  }
}
