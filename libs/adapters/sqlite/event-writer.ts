import type { Expected, LogEvent, LoggedEvent, Position } from '@rapport/kernel';
import type { Database } from './driver';

export interface Append {
  readonly stream: string;
  readonly expected: Expected;
  readonly events: readonly LogEvent[];
}
/** Where the last event stands, or the revision that was found instead of the expected one. */
export type Outcome =
  | { readonly revision: number; readonly position: number; readonly repeated: boolean }
  | { readonly found: number };

interface Place {
  readonly revision: number;
  readonly position: number;
}
/** Revisions remembered between appends: this writer is the only one, so they are true. */
const REVISIONS_MAX = 50_000;

/** The only writer. All appends of a turn share one transaction and one fsync; a conflict fails its own append only. */
export const eventWriter = (db: Database, now: () => string, onStored: (event: LoggedEvent) => void) => {
  const insert = db.writing(
    'insert into events (stream, revision, id, type, data, meta, recordedAt) values (?, ?, ?, ?, ?, ?, ?)',
  );
  const last = db.reading('select max(revision) from events where stream = ?');
  const idAt = db.reading('select id, position from events where stream = ? and revision = ?');
  const placeOf = db.reading('select revision, position from events where stream = ? and id = ?');
  const head = db.reading('select max(position) from events');
  let revisions = new Map<string, number>();
  let stored: LoggedEvent[] = [];

  const revisionOf = (stream: string): number =>
    revisions.get(stream) ?? (last.first([stream])?.[0] as number | null | undefined) ?? -1;

  const write = (append: Append, at: string): Outcome => {
    const found = revisionOf(append.stream);
    const expected = append.expected === 'any' ? found : append.expected;
    const met =
      append.expected === 'any' ? metAnywhere(append) : found === expected ? 'new' : metAt(append, expected);
    if (met === 'conflict' || (met === 'new' && found !== expected)) return { found };
    if (met !== 'new') return { ...met, repeated: true };
    return { ...put(append, found, at), repeated: false };
  };

  const put = ({ stream, events }: Append, found: number, at: string): Place => {
    let revision = found;
    let position = 0;
    for (const { id, type, data, meta } of events) {
      position = insert.run([stream, ++revision, id, type, data, meta, at]).id;
      stored.push({ id, type, data, meta, stream, revision, position: position as Position, recordedAt: at });
    }
    revisions.set(stream, revision);
    return { revision, position: events.length > 0 ? position : positionAt(stream, revision) };
  };

  const positionAt = (stream: string, revision: number): number =>
    (idAt.first([stream, revision])?.[1] as number | undefined) ?? Number(head.first([])?.[0] ?? 0);

  /** The same ids at the same revisions: this append was stored before, and its answer was lost. */
  const metAt = ({ stream, events }: Append, expected: number): Place | 'conflict' => {
    const stored = events.map((_, n) => idAt.first([stream, expected + 1 + n]));
    const same = events.length > 0 && stored.every((row, n) => row?.[0] === events[n]?.id);
    return same ? { revision: expected + events.length, position: stored.at(-1)?.[1] as number } : 'conflict';
  };

  const metAnywhere = (append: Append): Place | 'new' | 'conflict' => {
    const places = append.events.map(({ id }) => placeOf.first([append.stream, id]));
    if (places.every((place) => place === undefined)) return 'new';
    const first = places[0]?.[0] as number | undefined;
    return first === undefined ? 'conflict' : metAt(append, first - 1);
  };

  const commit = db.transaction(({ batch, at }: { batch: readonly Append[]; at: string }) =>
    batch.map((append) => write(append, at)),
  );
  const writeAll = (batch: readonly Append[]): readonly Outcome[] => {
    if (revisions.size > REVISIONS_MAX) revisions = new Map();
    stored = [];
    try {
      const outcomes = commit({ batch, at: now() });
      stored.forEach(onStored);
      return outcomes;
    } catch (error) {
      revisions = new Map();
      throw error;
    }
  };
  return { writeAll, known: (stream: string): number | undefined => revisions.get(stream) };
};
