import type { Position } from './event-log';
import type { RecordedEvent } from './event-store';
import { Rate } from './rate';
import { modelOf } from './roster';
import type { Write } from './row-store';
import { BEHIND, PARKED, type Sources, type Subscriber } from './subscriber';
import type { Row, Table } from './table';

/** What one subscriber did with one batch of events. */
export interface Batch {
  readonly model: string;
  readonly events: number;
  /** Until its rows were there, others having worked meanwhile; the commit comes afterwards. */
  readonly seconds: number;
  /** Events that it could not read, as they are kept (see `PARKED`). Those that only wait behind them are not among these. */
  readonly failed: readonly Row[];
}

/** A subscriber at whose work somebody looks. */
export class Watched implements Subscriber {
  readonly name: string;
  readonly model: string;
  readonly lane: number;
  readonly tables: readonly Table[];
  private readonly rate = new Rate();

  constructor(
    private readonly one: Subscriber,
    private readonly onBatch: (batch: Batch) => void,
  ) {
    this.name = one.name;
    this.model = modelOf(one);
    this.lane = one.lane ?? 0;
    this.tables = one.tables;
  }

  get eventsPerSecond(): number {
    return this.rate.perSecond();
  }
  reset(sources: Sources, from: Position): Promise<void> {
    return this.one.reset(sources, from);
  }
  release(key: string): void {
    this.one.release(key);
  }
  keysElsewhere(event: RecordedEvent, key: string): readonly string[] {
    return this.one.keysElsewhere?.(event, key) ?? [];
  }
  async consume(events: readonly RecordedEvent[], sources: Sources): Promise<readonly Write[]> {
    const started = performance.now();
    const writes = await this.one.consume(events, sources);
    const seconds = (performance.now() - started) / 1_000;
    this.rate.count(events.length);
    this.onBatch({ model: this.model, events: events.length, seconds, failed: failedIn(writes) });
    return writes;
  }
}

const failedIn = (writes: readonly Write[]): readonly Row[] =>
  writes.flatMap(({ table, row }) => (table === PARKED && row && row['error'] !== BEHIND ? [row] : []));
