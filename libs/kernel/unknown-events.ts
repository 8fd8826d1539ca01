import type { Told } from './attendance';
import type { RecordedEvent } from './event-store';
import type { RowReader, Write } from './row-store';
import type { Sources, Subscriber } from './subscriber';
import { integer, text, type Row, type Table } from './table';

/** Events of types for which this program has no class, mostly since a newer one wrote them: nobody reads them, but they are counted. */
export const UNKNOWN_EVENTS: Table = {
  name: 'unknown-events@1',
  columns: { events: integer(), firstPosition: integer(), lastPosition: integer(), lastRecordedAt: text() },
  indexes: [],
};
/** So many types are told apart; whatever comes after them, or is no name of a class, counts as `OTHER_TYPES`. */
export const UNKNOWN_TYPES_MAX = 100;
export const OTHER_TYPES = 'other';
/** What is no name of a class was written by no program of ours, and may hold anything. */
const CLASS_NAME = /^[A-Za-z_]\w{0,79}$/;

/** Counts them, once an event, and tells of each type once. */
export class UnknownEvents implements Subscriber {
  readonly name = UNKNOWN_EVENTS.name;
  readonly tables = [UNKNOWN_EVENTS];
  private rows = new Map<string, Row>();
  private readonly told = new Set<string>();

  constructor(
    private readonly isKnown: (type: string) => boolean,
    private readonly tell: Told = () => undefined,
  ) {}

  async reset({ rows }: Sources): Promise<void> {
    const kept = await rows.find(UNKNOWN_EVENTS, { limit: UNKNOWN_TYPES_MAX + 1 });
    this.rows = new Map(kept.map((row) => [row.key, row]));
  }
  consume(events: readonly RecordedEvent[]): Promise<readonly Write[]> {
    const changed = new Set<string>();
    for (const event of events) if (!this.isKnown(event.type)) changed.add(this.count(event));
    const writes = [...changed].map((key) => ({
      table: UNKNOWN_EVENTS,
      key,
      row: this.rows.get(key) ?? null,
    }));
    for (const { key, row } of writes) this.tellOnce(key, Number(row?.['events']));
    return Promise.resolve(writes);
  }
  release(): void {
    // nothing is ever parked here: a type can always be counted
  }
  private count({ type, position, recordedAt }: RecordedEvent): string {
    const isRoom = this.rows.has(type) || this.rows.size < UNKNOWN_TYPES_MAX;
    const key = isRoom && CLASS_NAME.test(type) ? type : OTHER_TYPES;
    const before = this.rows.get(key);
    this.rows.set(key, {
      ...{ key, events: Number(before?.['events'] ?? 0) + 1 },
      firstPosition: before?.['firstPosition'] ?? position,
      ...{ lastPosition: position, lastRecordedAt: recordedAt },
    });
    return key;
  }
  private tellOnce(type: string, events: number): void {
    if (this.told.has(type)) return;
    this.told.add(type);
    this.tell(
      'warn',
      `${type} is not known to this program: ${events} skipped so far; a newer program wrote them, start that one`,
    );
  }
}

/** How many there are by type, since the log began: of the types that are not known. */
export const unknownIn = async (
  rows: RowReader,
  isKnown: (type: string) => boolean,
): Promise<ReadonlyMap<string, number>> => {
  const kept = await rows.find(UNKNOWN_EVENTS, { limit: UNKNOWN_TYPES_MAX + 1 });
  return new Map(kept.filter(({ key }) => !isKnown(key)).map((row) => [row.key, Number(row['events'])]));
};
