import type { Position } from './event-log';
import { START } from './event-log';
import type { RecordedEvent } from './event-store';
import { laneName, laneOf, ONLY, type Lane } from './lanes';
import { lateVersions } from './late-versions';
import { folded, type Projection } from './projection';
import { emptyGroup, tally, type Contribution, type Group, type Rollup } from './rollup';
import type { RowStore, Write } from './row-store';
import { BEHIND, Parking, type Sources, type Subscriber } from './subscriber';
import type { Row, Table } from './table';

/** A row in memory, what it adds to each rollup, and the business time of its newest version. */
interface Held {
  readonly row: Row | null;
  readonly shares: readonly (Contribution | null)[];
  readonly validFrom: string;
}
interface Hit {
  readonly key: string;
  readonly event: RecordedEvent;
}

/** Rows kept in memory between batches. */
const HELD_MAX = 20_000;

/** Folds events into the rows of one projection, their versions into its past, and their changes into its rollups. */
export class Projector implements Subscriber {
  readonly name: string;
  readonly model: string;
  readonly lane: number;
  readonly tables: readonly Table[];
  private readonly parking: Parking;
  private readonly rollups: readonly Rollup[];
  private held = new Map<string, Held>();
  /** Our own, changed in place; a commit that fails throws them away. */
  private readonly groups = new Map<Rollup, Map<string, Group>>();
  /** The tables were empty when we began and nothing was forgotten since: what is not held does not exist. */
  private knowsAll = false;

  constructor(
    private readonly of: Projection,
    rollups: readonly Rollup[] = [],
    private readonly part: Lane = ONLY,
  ) {
    this.name = laneName(of.name, part);
    this.model = of.name;
    this.lane = part.n;
    this.rollups = rollups;
    this.tables = [of.table, ...(of.past ? [of.past] : []), ...rollups.map(({ table }) => table)];
    this.parking = new Parking(of.name, this.isOurs);
  }

  async reset({ rows }: Sources, from: Position): Promise<void> {
    this.held.clear();
    this.groups.clear();
    this.knowsAll = from === START;
    await this.parking.reset(rows);
  }
  release(key: string): void {
    this.parking.release(key);
  }
  keysElsewhere(event: RecordedEvent, key: string): readonly string[] {
    const keys = this.of.on[event.type] ? this.of.keysOf(event) : [];
    return keys.includes(key) ? [] : keys.filter((each) => !this.isOurs(each));
  }

  async consume(events: readonly RecordedEvent[], sources: Sources): Promise<readonly Write[]> {
    const aside: Write[] = [];
    const hits = this.hits(events, aside);
    if (hits.length === 0) return aside;
    await this.fetch(hits, sources.rows);
    const before = new Map<string, Held>();
    const late: Hit[] = [];
    for (const hit of hits) {
      if (!before.has(hit.key)) before.set(hit.key, this.held.get(hit.key) ?? NOTHING);
      this.pass(hit, aside, late);
    }
    if (late.length > 0) aside.push(...(await this.rewrite(late, hits, sources)));
    const changed: [string, Held][] = [];
    for (const [key, held] of before) {
      const row = this.row(key);
      if (row === held.row) continue;
      changed.push([key, held]);
      aside.push({ table: this.of.table, key, row });
    }
    return this.rollups.length === 0 ? aside : [...aside, ...(await this.roll(changed, sources.rows))];
  }

  private readonly isOurs = (key: string): boolean =>
    this.part.of === 1 || laneOf(key, this.part.of) === this.part.n;

  private row(key: string): Row | null {
    return this.held.get(key)?.row ?? null;
  }

  /** The rows that events touch; an event whose key cannot be told is parked under its stream. */
  private hits(events: readonly RecordedEvent[], aside: Write[]): readonly Hit[] {
    const hits: Hit[] = [];
    for (const event of events) {
      if (!this.of.on[event.type]) continue;
      try {
        const keys = this.of.keysOf(event).filter(this.isOurs);
        for (const key of keys) hits.push({ key, event });
      } catch (error) {
        if (this.isOurs(event.stream)) aside.push(this.parking.park(event.stream, event, error));
      }
    }
    return hits;
  }

  /** One event onto one row. If it fails, the row stays as it was and the key is parked from here on. */
  private pass(hit: Hit, aside: Write[], late: Hit[]): void {
    const { key, event } = hit;
    if (this.parking.has(key)) return void aside.push(this.parking.park(key, event, BEHIND));
    try {
      const before = this.held.get(key) ?? NOTHING;
      const row = folded(this.of, before.row, key, event);
      if (this.of.past) return this.keepVersion(this.of.past, before, row, hit, aside, late);
      if (row !== before.row) this.held.set(key, this.hold(row, ''));
    } catch (error) {
      aside.push(this.parking.park(key, event, error));
    }
  }

  /** An event in the order of its business time closes the version before it; a late one rewrites what came after. */
  private keepVersion(
    past: Table,
    before: Held,
    row: Row | null,
    hit: Hit,
    aside: Write[],
    late: Hit[],
  ): void {
    const { key, event } = hit;
    const { occurredAt, position } = event;
    if (row === null && before.validFrom === '') return; // there never was such a row, and there is none now
    if (before.validFrom > occurredAt) late.push(hit);
    else aside.push(versionOf(past, key, row, occurredAt, position));
    const validFrom = before.validFrom > occurredAt ? before.validFrom : occurredAt;
    if (row === before.row) this.held.set(key, { ...before, validFrom });
    else this.held.set(key, this.hold(row, validFrom));
  }

  private async rewrite(
    late: readonly Hit[],
    batch: readonly Hit[],
    sources: Sources,
  ): Promise<readonly Write[]> {
    const { past } = this.of;
    if (!past) return [];
    const writes: Write[] = [];
    const byKey = eventsOf(new Set(late.map(({ key }) => key)), batch);
    for (const { key, event } of late) {
      const mine = byKey.get(key) ?? [];
      for (const { row, validFrom } of await lateVersions(this.of, key, event, mine, sources))
        writes.push(versionOf(past, key, row, validFrom, event.position));
    }
    return writes;
  }

  /** What is not held is loaded, unless it is known not to exist. */
  private async fetch(hits: readonly Hit[], rows: RowStore): Promise<void> {
    if (this.held.size > HELD_MAX) {
      this.held = new Map();
      this.knowsAll = false;
    }
    if (this.knowsAll) return;
    const missing = new Set<string>();
    for (const { key } of hits) if (!this.held.has(key)) missing.add(key);
    if (missing.size > 0) await this.loadMissing([...missing], rows);
  }

  private async loadMissing(missing: readonly string[], rows: RowStore): Promise<void> {
    const newest = new Map<string, string>();
    const versions = this.of.past ? await rows.newestVersions(this.of.past, missing) : [];
    for (const { key, validFrom } of versions) newest.set(key, validFrom);
    for (const key of missing) this.held.set(key, { ...NOTHING, validFrom: newest.get(key) ?? '' });
    for (const row of await rows.load(this.of.table, missing))
      this.held.set(row.key, this.hold(row, newest.get(row.key) ?? ''));
  }

  private hold(row: Row | null, validFrom: string): Held {
    const shares =
      this.rollups.length === 0 ? NO_SHARES : this.rollups.map((rollup) => row && rollup.contribution(row));
    return { row, validFrom, shares };
  }

  /** What a changed row added before is taken away, what it adds now is added: exact, whatever the order. */
  private async roll(changed: readonly [string, Held][], rows: RowStore): Promise<readonly Write[]> {
    const writes = this.rollups.map(async (rollup, n) => {
      const shares = changed.map(([key, held]) => [held.shares[n], this.held.get(key)?.shares[n]] as const);
      const groups = await this.groupsOf(rollup, shares.flat(), rows);
      const touched = new Set<string>();
      for (const [before, after] of shares) {
        if (before) touched.add(shift(groups, before, -1));
        if (after) touched.add(shift(groups, after, 1));
      }
      return [...touched].map((key) => settled(rollup, groups, key, this.part));
    });
    return (await Promise.all(writes)).flat();
  }

  private async groupsOf(of: Rollup, shares: readonly (Contribution | null | undefined)[], rows: RowStore) {
    const groups = this.groups.get(of) ?? new Map<string, Group>();
    this.groups.set(of, groups);
    const missing = new Map<string, Contribution>();
    for (const share of shares) if (share && !groups.has(share.group)) missing.set(share.group, share);
    for (const [key, share] of missing) groups.set(key, emptyGroup(of, share));
    if (missing.size > 0 && !this.knowsAll) {
      const keys = new Map([...missing.keys()].map((key) => [partKey(key, this.part), key]));
      for (const row of await rows.load(of.table, [...keys.keys()]))
        groups.set(keys.get(row.key) ?? row.key, { ...row } as Group);
    }
    return groups;
  }
}

const NO_SHARES: Held['shares'] = [];
const NOTHING: Held = { row: null, shares: NO_SHARES, validFrom: '' };

const eventsOf = (keys: ReadonlySet<string>, batch: readonly Hit[]): ReadonlyMap<string, RecordedEvent[]> => {
  const byKey = new Map<string, RecordedEvent[]>();
  for (const { key, event } of batch) {
    if (!keys.has(key)) continue;
    const mine = byKey.get(key);
    if (mine) mine.push(event);
    else byKey.set(key, [event]);
  }
  return byKey;
};

const shift = (groups: Map<string, Group>, share: Contribution, sign: 1 | -1): string => {
  const group = groups.get(share.group);
  if (group) tally(group, share, sign);
  return share.group;
};

const settled = ({ table }: Rollup, groups: Map<string, Group>, name: string, part: Lane): Write => {
  const group = groups.get(name);
  const key = partKey(name, part);
  if (group && group.rows > 0) return { table, key, row: { ...group, key } };
  groups.delete(name);
  return { table, key, row: null };
};
/** Every lane counts for itself, or two processes would write to one group: whoever reads adds the parts together. */
const partKey = (group: string, { n, of }: Lane): string => (of === 1 ? group : `${n}|${group}`);

const versionOf = (
  past: Table,
  key: string,
  row: Row | null,
  validFrom: string,
  position: Position,
): Write => ({
  table: past,
  key,
  row: { ...(row ?? {}), key, position, validFrom, gone: row === null },
});
