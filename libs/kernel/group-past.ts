import type { Position } from './event-log';
import type { Histogram } from './histogram';
import type { Lane } from './lanes';
import { ofLane } from './milestones';
import { pagesOf } from './pages';
import { partKey, type Cut, type Group } from './rollup';
import { shapeOf } from './row-shape';
import type { RowStore, Write } from './row-store';
import type { Row, Table } from './table';

/** The groups of a cut as they are at milestones: of each those versions are kept that differ from the one before. */
export class GroupPast {
  /** Groups that have changed since the last milestone. Null: nobody knows. */
  private touched: Set<string> | null = null;

  constructor(
    private readonly of: Cut,
    private readonly past: Table,
    private readonly part: Lane,
  ) {}

  reset(isEmpty: boolean): void {
    this.touched = isEmpty ? new Set() : null;
  }
  touch(groups: ReadonlySet<string>): void {
    if (this.touched) for (const group of groups) this.touched.add(group);
  }

  /** `held`: what is known of a group without reading. Between two batches: the store has all that was counted. */
  async at(position: Position, held: (group: string) => Group | undefined, rows: RowStore): Promise<Write[]> {
    const { touched } = this;
    this.touched = new Set();
    if (!touched) return this.allThatDiffer(position, rows);
    const missing: string[] = [];
    const writes: Write[] = [];
    for (const name of touched) {
      const group = held(name);
      if (group) writes.push(this.version(partKey(name, this.part), group, position));
      else missing.push(partKey(name, this.part));
    }
    for (let n = 0; n < missing.length; n += AT_ONCE)
      writes.push(...(await this.read(missing.slice(n, n + AT_ONCE), position, rows)));
    return writes;
  }

  private async read(keys: readonly string[], position: Position, rows: RowStore): Promise<Write[]> {
    const found = new Map((await rows.load(this.of.table, keys)).map((row) => [row.key, row]));
    return keys.map((key) => this.version(key, found.get(key), position));
  }

  /** Who has just begun does not know what the one before him had touched. */
  private async allThatDiffer(position: Position, rows: RowStore): Promise<Write[]> {
    const { table } = this.of;
    const where = this.part.of === 1 ? [] : ofLane(this.part.n);
    const writes: Write[] = [];
    for await (const page of pagesOf(rows, table, where)) {
      const kept = new Map((await rows.load(table, keysOf(page), NEWEST)).map((row) => [row.key, row]));
      for (const row of page)
        if (!isSame(table, row, kept.get(row.key))) writes.push(this.version(row.key, row, position));
    }
    for await (const page of pagesOf(rows, { ...table, columns: {} }, where, NEWEST)) {
      const there = new Set(keysOf(await rows.load({ ...table, columns: {} }, keysOf(page))));
      for (const { key } of page) if (!there.has(key)) writes.push(this.version(key, undefined, position));
    }
    return writes;
  }

  /** A copy, for groups are changed in place. */
  private version(key: string, group: Row | undefined, position: Position): Write {
    const row: Record<string, unknown> & { key: string } = group
      ? shapeOf(this.past).copy(group)
      : shapeOf(this.past).zero(key);
    for (const [name, { kind }] of Object.entries(this.of.table.columns))
      if (group && kind === 'json') row[name] = [...(row[name] as Histogram)];
    return {
      table: this.past,
      key,
      row: Object.assign(row, { key, position, validFrom: '', gone: !group }),
    };
  }
}
const AT_ONCE = 1_000;
/** Whatever is known by now. */
const NEWEST = {};

const keysOf = (rows: readonly Row[]): readonly string[] => rows.map(({ key }) => key);
const isSame = ({ columns }: Table, one: Row, other: Row | undefined): boolean =>
  other !== undefined &&
  Object.keys(columns).every((name) => JSON.stringify(one[name]) === JSON.stringify(other[name]));
