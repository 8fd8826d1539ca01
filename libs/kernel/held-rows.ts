import { START, type Position } from './event-log';
import type { Timeline } from './late-versions';
import type { Projection } from './projection';
import { Recent } from './recent';
import type { RowStore } from './row-store';
import { shapeOf } from './row-shape';
import type { Row } from './table';

/** A row in memory, changed in place, and what becomes of it in the batch that is being folded. */
export class Held {
  /** As it is now; null: there is none. */
  row: Row | null = null;
  /** As the store has it until the batch is committed. */
  before: Row | null = null;
  /** The business time of its newest version; empty: it never had one. */
  validFrom = '';
  /** Where in the log the event stands whose version was the last to be written. */
  position: Position = START;
  /** The batch that touched it last, and the latest business time in it up to now. */
  batch = 0;
  latest = '';
  /** During a batch: its past, as far back as this batch tells things late. */
  timeline: Timeline | null = null;

  constructor(readonly key: string) {}

  /** The first event of a batch that touches it. */
  enter(batch: number): void {
    this.batch = batch;
    this.before = this.row;
    this.latest = this.validFrom;
  }
}

/** Rows kept in memory between batches. */
const HELD_MAX = 20_000;

/** The rows of one projection that were touched lately. What the store has is read once, and known from then on. */
export class HeldRows {
  private readonly held = new Recent<Held>(HELD_MAX);
  private missing: Held[] = [];
  /** Nothing was in the store when we began. */
  private beganEmpty = false;

  constructor(private readonly of: Projection) {}

  reset(isEmpty: boolean): void {
    this.held.clear();
    this.missing = [];
    this.beganEmpty = isEmpty;
  }
  /** Before a batch. */
  trim(): void {
    this.held.trim();
  }
  /** What is known of a row; what is not is known after `complete`. */
  take(key: string): Held {
    if (this.of.perEvent) return new Held(key); // nothing stands there, and nobody comes back to it
    const known = this.held.get(key);
    if (known) return known;
    const held = new Held(key);
    this.held.set(key, held);
    if (!this.beganEmpty || !this.held.isWhole) this.missing.push(held);
    return held;
  }

  /** Reads what is missing. */
  async complete(rows: RowStore): Promise<void> {
    if (this.missing.length === 0) return;
    const { table, past } = this.of;
    const shape = shapeOf(past ?? table);
    const byKey = new Map(this.missing.map((held) => [held.key, held]));
    this.missing = [];
    const keys = [...byKey.keys()];
    const versions = past ? await rows.newestVersions(past, keys) : [];
    const found = await rows.load(table, keys);
    for (const { key, validFrom } of versions) known(byKey, key).validFrom = validFrom;
    for (const row of found) known(byKey, row.key).row = shape.copy(row);
  }
}

const known = (byKey: ReadonlyMap<string, Held>, key: string): Held => {
  const held = byKey.get(key);
  if (!held) throw new Error(`nobody asked for ${key}`);
  return held;
};
