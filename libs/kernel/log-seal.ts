import { START, type Position } from './event-log';
import type { RecordedEvent } from './event-store';
import { GENESIS, roll } from './hash-chain';
import type { RowReader, Write } from './row-store';
import type { Sources, Subscriber } from './subscriber';
import { integer, json, text, type Row, type Table } from './table';

/** One event as a seal remembers it: enough to name what was touched, dropped or moved. */
export type SealedEvent = readonly [position: number, stream: string, revision: number, digest: string];

/** Seals cover ranges of the log without gaps; `hash` rolls over everything from the first event to `to`. */
export const SEALS: Table = {
  name: 'log-seals@1',
  columns: {
    fromPosition: integer(),
    toPosition: integer(),
    events: json<readonly SealedEvent[]>([]),
    count: integer(),
    hashBefore: text(GENESIS),
    hash: text(GENESIS),
    sealedAt: text(),
  },
  indexes: [['toPosition']],
};
/** A seal is full after so many events; the last one is still open and grows with every batch. */
export const SEAL_EVENTS = 256;
const DIGEST_LENGTH = 16;

export interface OpenSeal {
  readonly n: number;
  readonly fromPosition: Position;
  readonly events: readonly SealedEvent[];
  readonly hashBefore: string;
  readonly hash: string;
}
const FIRST: OpenSeal = { n: 0, fromPosition: START, events: [], hashBefore: GENESIS, hash: GENESIS };

/** Seals the whole log as it grows: what a hash chain per stream cannot notice (a stream that is missing, a tail cut off). */
export class LogSealer implements Subscriber {
  readonly name = SEALS.name;
  readonly tables = [SEALS];
  private seal: OpenSeal = FIRST;

  async reset({ rows }: Sources): Promise<void> {
    this.seal = await lastSeal(rows);
  }
  consume(events: readonly RecordedEvent[]): Promise<readonly Write[]> {
    const writes = new Map<string, Write>();
    for (const event of events) {
      const { seal } = this;
      const sealed: SealedEvent = [event.position, event.stream, event.revision, digestOf(event.hash)];
      const grown = { ...seal, events: [...seal.events, sealed], hash: roll(seal.hash, event, event.hash) };
      const write = rowOf(grown, event);
      writes.set(write.key, write);
      this.seal = grown.events.length < SEAL_EVENTS ? grown : after(grown);
    }
    return Promise.resolve([...writes.values()]);
  }
  release(): void {
    // nothing is ever parked here: a log that cannot be sealed stops the loop
  }
}

export const digestOf = (hash: string): string => hash.slice(0, DIGEST_LENGTH);

const after = ({ n, events, hash }: OpenSeal): OpenSeal => ({
  n: n + 1,
  fromPosition: (events.at(-1)?.[0] ?? START) as Position,
  events: [],
  hashBefore: hash,
  hash,
});

const keyOf = (n: number): string => String(n).padStart(12, '0');

const rowOf = ({ n, fromPosition, events, hashBefore, hash }: OpenSeal, last: RecordedEvent): Write => {
  const key = keyOf(n);
  const row: Row = {
    ...{ key, fromPosition, toPosition: last.position, events, count: events.length },
    ...{ hashBefore, hash, sealedAt: last.recordedAt },
  };
  return { table: SEALS, key, row };
};

/** The seal that goes on growing. */
const lastSeal = async (rows: RowReader): Promise<OpenSeal> => {
  const [row] = await rows.find(SEALS, { orderBy: { column: 'key', descending: true }, limit: 1 });
  if (!row) return FIRST;
  const seal: OpenSeal = {
    n: Number(row.key),
    fromPosition: row['fromPosition'] as Position,
    events: row['events'] as readonly SealedEvent[],
    hashBefore: row['hashBefore'] as string,
    hash: row['hash'] as string,
  };
  return seal.events.length < SEAL_EVENTS ? seal : after(seal);
};
