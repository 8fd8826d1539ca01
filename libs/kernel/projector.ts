import { START, type Position } from './event-log';
import type { RecordedEvent } from './event-store';
import { HeldRows, type Held } from './held-rows';
import { KeptGroups } from './kept-groups';
import { hasMilestones, milestoneTables, rowTables } from './kept-tables';
import { laneName, laneOf, ONLY, type Lane } from './lanes';
import { Timeline, timelinesOf, type Moment } from './late-versions';
import { Milestones, versionsEach } from './milestones';
import { folded, type Projection } from './projection';
import { Recent } from './recent';
import type { Rollup } from './rollup';
import type { RowStore, Write } from './row-store';
import { BEHIND, Parking, type Sources, type Subscriber } from './subscriber';
import { shapeOf, type RowShape } from './row-shape';
import type { Row, Table } from './table';

interface Hit {
  readonly held: Held;
  readonly event: RecordedEvent;
}
/** Rows whose last moments are kept in memory between batches: those that are being told about. */
const TIMELINES_KEPT = 2_000;

/** Folds events into the rows of one projection, their versions into its past, and their changes into its rollups. */
export class Projector implements Subscriber {
  readonly name: string;
  readonly model: string;
  readonly lane: number;
  readonly tables: readonly Table[];
  private readonly parking: Parking;
  private readonly held: HeldRows;
  private readonly groups: readonly KeptGroups[];
  private readonly milestones: Milestones | null;
  /** What rows in memory are folded by: with a past, each has the columns of a version, and is its own newest one. */
  private readonly shaped: Pick<Projection, 'on' | 'table'>;
  private readonly shape: RowShape;
  private readonly timelines = new Recent<Timeline>(TIMELINES_KEPT);
  private batch = 0;

  constructor(
    private readonly of: Projection,
    rollups: readonly Rollup[] = [],
    private readonly part: Lane = ONLY,
    /** Versions from one milestone to the next. */
    milestonesEach = versionsEach(part),
  ) {
    this.name = laneName(of.name, part);
    this.model = of.name;
    this.lane = part.n;
    this.tables = [...rowTables(of, rollups), ...milestoneTables(of, rollups)];
    this.parking = new Parking(of.name, this.isOurs);
    this.held = new HeldRows(of);
    this.groups = rollups.map((rollup) => new KeptGroups(rollup, part));
    this.milestones = hasMilestones(of, rollups)
      ? new Milestones(of, this.groups, part, milestonesEach)
      : null;
    this.shaped = { on: of.on, table: of.past ?? of.table };
    this.shape = shapeOf(this.shaped.table);
  }

  async reset({ rows }: Sources, from: Position): Promise<void> {
    const isEmpty = from === START;
    this.held.reset(isEmpty);
    this.timelines.clear();
    for (const groups of this.groups) groups.reset(isEmpty);
    await this.milestones?.reset(rows, from);
    await this.parking.reset(rows);
  }
  release(key: string): void {
    this.parking.release(key);
  }
  keysElsewhere(event: RecordedEvent, key: string): readonly string[] {
    const keys = this.of.on[event.type] ? this.of.keysOf(event) : [];
    return keys.includes(key) ? [] : keys.filter((each) => !this.isOurs(each));
  }

  async consume(events: readonly RecordedEvent[], { rows }: Sources): Promise<readonly Write[]> {
    const aside: Write[] = [];
    this.held.trim();
    this.timelines.trim();
    const hits = this.hits(events, aside);
    if (hits.length === 0) return aside;
    aside.push(...(await this.milestoneBefore(events, rows)));
    await this.held.complete(rows);
    const touched = this.entered(hits);
    if (this.of.past && !this.of.perEvent) await this.takeTimelines(touched, hits, rows);
    for (const hit of hits) this.pass(hit, aside);
    const changed = touched.filter(({ row, before }) => row !== before);
    for (const { key, row, before } of changed)
      aside.push({ table: this.of.table, key, row, ...(before === null && { fresh: true }) });
    for (const groups of this.groups) aside.push(...(await groups.after(changed, rows)));
    for (const held of touched) held.timeline = null;
    return aside;
  }

  private async milestoneBefore(events: readonly RecordedEvent[], rows: RowStore): Promise<readonly Write[]> {
    const [first, last] = [events[0], events.at(-1)];
    return first && last && this.milestones
      ? this.milestones.before(first.position, last.position, rows)
      : [];
  }

  private readonly isOurs = (key: string): boolean =>
    this.part.of === 1 || laneOf(key, this.part.of) === this.part.n;

  private hits(events: readonly RecordedEvent[], aside: Write[]): readonly Hit[] {
    const hits: Hit[] = [];
    for (const event of events) if (this.of.on[event.type]) this.addHits(event, hits, aside);
    return hits;
  }
  /** The rows that an event touches; one whose keys cannot be told is parked under its stream. */
  private addHits(event: RecordedEvent, hits: Hit[], aside: Write[]): void {
    try {
      for (const key of this.of.keysOf(event))
        if (this.isOurs(key)) hits.push({ held: this.held.take(key), event });
    } catch (error) {
      if (this.isOurs(event.stream)) aside.push(this.parking.park(event.stream, event, error));
    }
  }

  /** Each row once that the batch touches. */
  private entered(hits: readonly Hit[]): readonly Held[] {
    this.batch++;
    const touched: Held[] = [];
    for (const { held } of hits) {
      if (held.batch === this.batch) continue;
      held.enter(this.batch);
      touched.push(held);
    }
    return touched;
  }

  /** What is told late changes the past from its own time on: where the last moments do not reach, it is read as far back. */
  private async takeTimelines(touched: readonly Held[], hits: readonly Hit[], rows: RowStore): Promise<void> {
    for (const held of touched) held.timeline = this.timelineOf(held);
    const since = new Map<Held, string>();
    for (const { held, event } of hits) {
      const { occurredAt } = event;
      if (occurredAt >= held.latest) held.latest = occurredAt;
      else if (occurredAt < (since.get(held) ?? held.latest)) since.set(held, occurredAt);
    }
    const late = [...since].filter(([{ timeline }, time]) => !timeline?.reaches(time));
    for (const [held, timeline] of await timelinesOf(this.of, late, rows)) {
      held.timeline = timeline;
      this.timelines.set(held.key, timeline);
    }
  }
  private timelineOf({ key, validFrom, row }: Held): Timeline {
    const kept = this.timelines.get(key);
    kept?.shorten();
    const timeline = kept ?? new Timeline([{ validFrom, row }]);
    this.timelines.set(key, timeline);
    return timeline;
  }

  /** One event onto one row. If it fails, the row stays as it was and the key is parked from here on. */
  private pass({ held, event }: Hit, aside: Write[]): void {
    const { key } = held;
    if (this.parking.has(key)) return void aside.push(this.parking.park(key, event, BEHIND));
    try {
      const { past } = this.of;
      if (!past) held.row = this.fold(held, event);
      else if (held.validFrom > event.occurredAt) this.rewritePast(past, held, event, aside);
      else this.addVersion(past, held, event, aside);
    } catch (error) {
      aside.push(this.parking.park(key, event, error));
    }
  }

  private fold({ row, key }: Held, event: RecordedEvent): Row | null {
    return folded(this.shaped, row, key, event, this.shape);
  }

  /** An event in the order of its business time closes the version before it, if it changes anything. */
  private addVersion(past: Table, held: Held, event: RecordedEvent, aside: Write[]): void {
    const row = this.fold(held, event);
    if (row === held.row) return;
    const { occurredAt, position } = event;
    const moment = { validFrom: occurredAt, row };
    aside.push(versionOf(past, held, moment, position, true));
    this.milestones?.saw(occurredAt);
    held.timeline?.add(moment);
    held.row = row;
    held.validFrom = occurredAt;
    held.position = position;
  }

  /** A late one changes every later version too. What was known before stays: the new ones stand at its own position. */
  private rewritePast(past: Table, held: Held, event: RecordedEvent, aside: Write[]): void {
    const { key, timeline } = held;
    const { position } = event;
    if (!timeline) throw new Error(`the past of ${key} was not read`);
    const moments = timeline.rewrittenBy(this.shaped, key, event);
    if (moments.length === 0) return;
    for (const moment of moments) {
      aside.push(versionOf(past, held, moment, position));
      this.milestones?.saw(moment.validFrom);
    }
    timeline.rewrite(moments);
    held.row = timeline.last;
    held.position = position;
  }
}

/** A row that nobody else holds yet becomes its own version; any other is copied. */
const versionOf = (
  table: Table,
  { key, position: last }: Held,
  { validFrom, row }: Moment,
  position: Position,
  isNew = false,
): Write => {
  const fresh = position !== last && ({ fresh: true } as const);
  if (row === null) return { table, key, row: { key, position, validFrom, gone: true }, ...fresh };
  const version = (isNew ? row : shapeOf(table).copy(row)) as Row & Version;
  version.position = position;
  version.validFrom = validFrom;
  version.gone = false;
  return { table, key, row: version, ...fresh };
};
interface Version {
  position: Position;
  validFrom: string;
  gone: boolean;
}
