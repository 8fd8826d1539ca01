import {
  Fenced,
  START,
  type AsOf,
  type Chart,
  type Checkpoint,
  type Condition,
  type Difference,
  type Move,
  type Position,
  type Row,
  type RowStore,
  type RowVersion,
  type Seat,
  type Selection,
  type Table,
  type Write,
} from '@rapport/kernel';
import { byKey, cellsOf, matching, orderOf, placeOf, rowOf, type Cells } from './memory.cells';

/** By key; several of one key only where a table keeps history, in the order of business time and position. */
type Kept = Map<string, readonly Cells[]>;

/** Rows that live as long as their process. Whatever may fail is done before anything is changed. */
export class MemoryRowStore implements RowStore {
  readonly driver = 'memory';
  readonly lanes = 1;
  private readonly tables = new Map<string, Kept>();
  private readonly charts = new Map<string, Chart>();
  private checkpoints = new Map<string, Position>();

  /** `now`: the clock of the leases, in milliseconds. */
  constructor(private readonly now: () => number = Date.now) {}

  async open(tables: readonly Table[]): Promise<void> {
    for (const { name } of tables) if (!this.tables.has(name)) this.tables.set(name, new Map());
  }

  async load(table: Table, keys: readonly string[], asOf?: AsOf): Promise<readonly Row[]> {
    const kept = this.rowsAt(table, asOf);
    const found = [...new Set(keys)].flatMap((key) => kept.get(key) ?? []);
    return found.sort(byKey).map((cells) => rowOf(table, cells));
  }
  async find(table: Table, { where = [], orderBy, limit, after, asOf }: Selection): Promise<readonly Row[]> {
    const order = orderOf(table, orderBy);
    const place = after && placeOf(after, orderBy);
    const found = this.matches(table, where, asOf).filter((cells) => !place || order(cells, place) > 0);
    return found
      .sort(order)
      .slice(0, limit)
      .map((cells) => rowOf(table, cells));
  }
  async count(table: Table, where: readonly Condition[] = [], asOf?: AsOf): Promise<number> {
    return this.matches(table, where, asOf).length;
  }
  async position(subscriber: string): Promise<Position> {
    return this.checkpoints.get(subscriber) ?? START;
  }

  async commit(
    writes: readonly Write[],
    checkpoints: readonly Checkpoint[],
    seats: readonly Seat[] = [],
  ): Promise<void> {
    for (const { name, epoch } of seats) if (this.epochOf(name) !== epoch) throw new Fenced(name);
    const moved = movedOn(this.checkpoints, checkpoints);
    const puts = writes.map(({ table, key, row, fresh }) => ({
      ...{ kept: this.kept(table), key, history: table.history, fresh },
      cells: row && cellsOf(table, key, row),
    }));
    for (const { kept, key, cells, fresh, history } of puts)
      if (fresh && cells) assertNew(kept.get(key), cells, history);
    this.checkpoints = moved;
    for (const { kept, key, history, cells } of puts) {
      if (!cells) kept.delete(key);
      else kept.set(key, history ? withVersion(kept.get(key) ?? [], cells) : [cells]);
    }
  }

  async newestVersions(past: Table, keys: readonly string[]): Promise<readonly RowVersion[]> {
    const kept = this.kept(past);
    return [...new Set(keys)].flatMap((key) => (kept.get(key) ?? []).slice(-1).map(versionOf));
  }

  async drop(tables: readonly Table[], subscribers: readonly string[]): Promise<void> {
    for (const { name } of tables) this.tables.delete(name);
    for (const subscriber of subscribers) this.checkpoints.delete(subscriber);
  }
  async replace(
    moves: readonly Move<Table>[],
    subscribers: readonly Move<string>[],
    seats: readonly string[] = [],
    writes: readonly Write[] = [],
  ): Promise<void> {
    const tables = moves.map(({ from, to, kept }) => ({
      ...{ from: from.name, to: to.name, value: this.kept(from) },
      ...(kept && { kept: kept.name }),
    }));
    for (const { table } of writes) this.kept(table);
    for (const move of tables) moveIn(this.tables, move);
    for (const move of subscribers) {
      const value = this.checkpoints.get(move.from);
      moveIn(this.checkpoints, { ...move, ...(value !== undefined && { value }) });
    }
    for (const [group, { members, seats: all }] of this.charts)
      this.charts.set(group, {
        members,
        seats: all.map((seat) => (seats.includes(seat.name) ? { ...seat, epoch: seat.epoch + 1 } : seat)),
      });
    await this.commit(writes, []);
  }
  tidyUp(): Promise<void> {
    return Promise.resolve();
  }
  async publish(): Promise<void> {
    // nobody reads a process's memory with SQL
  }
  async arrange(group: string, change: (chart: Chart, now: number) => Chart): Promise<Chart> {
    const chart = change(this.charts.get(group) ?? { members: [], seats: [] }, this.now());
    this.charts.set(group, chart);
    return chart;
  }
  async compare(one: Table, other: Table, limit: number): Promise<Difference> {
    const [ones, others] = [this.kept(one), this.kept(other)];
    const keys = [...new Set([...ones.keys(), ...others.keys()])].map((key) => ({ key })).sort(byKey);
    const text = (kept: Kept, key: string) =>
      JSON.stringify(kept.get(key)?.map((cells) => rowOf(one, cells)));
    const newest = (kept: Kept, key: string) =>
      kept
        .get(key)
        ?.slice(-1)
        .map((cells) => rowOf(one, cells))[0] ?? null;
    const differing = keys.filter(({ key }) => text(ones, key) !== text(others, key));
    return {
      rows: [...ones.values()].flat().length,
      differing: differing.length,
      examples: differing
        .slice(0, limit)
        .map(({ key }) => ({ one: newest(ones, key), other: newest(others, key) })),
    };
  }
  async close(): Promise<void> {
    this.tables.clear();
    this.checkpoints.clear();
  }

  private epochOf(name: string): number | undefined {
    return [...this.charts.values()].flatMap(({ seats }) => seats).find((seat) => seat.name === name)?.epoch;
  }
  private kept({ name }: Table): Kept {
    const kept = this.tables.get(name);
    if (!kept) throw new Error(`there is no table ${name}`);
    return kept;
  }
  private matches(table: Table, where: readonly Condition[], asOf?: AsOf): Cells[] {
    return [...this.rowsAt(table, asOf).values()].flat().filter(matching(table, where));
  }
  private rowsAt(table: Table, asOf?: AsOf): Kept {
    if (!asOf) return this.kept(table);
    const then: Kept = new Map();
    for (const [key, versions] of this.kept({ ...table, name: `${table.name}~past` })) {
      const version = versions.findLast((each) => wasKnown(each, asOf));
      if (version && version['gone'] !== true) then.set(key, [version]);
    }
    return then;
  }
}

const movedOn = (all: ReadonlyMap<string, Position>, checkpoints: readonly Checkpoint[]) => {
  const moved = new Map(all);
  for (const { subscriber, from, to } of checkpoints) {
    if ((moved.get(subscriber) ?? START) !== from) throw new Fenced(subscriber);
    moved.set(subscriber, to);
  }
  return moved;
};

const assertNew = (there: readonly Cells[] = [], added: Cells, history?: true): void => {
  const [mine, isVersion] = [versionOf(added), history === true];
  const same = (each: Cells) =>
    !isVersion ||
    (versionOf(each).validFrom === mine.validFrom && versionOf(each).position === mine.position);
  if (there.some(same)) throw new Error(`${added.key} was said to be new and is there already`);
};

/** What stood under `to` goes, or is kept under its new name; both may change places. */
const moveIn = <T>(all: Map<string, T>, { from, to, kept, value }: Move<string> & { value?: T }): void => {
  const before = all.get(to);
  all.delete(from);
  all.delete(to);
  if (kept !== undefined) all.delete(kept);
  if (kept !== undefined && before !== undefined) all.set(kept, before);
  if (value !== undefined) all.set(to, value);
};

const wasKnown = (version: Cells, { time, position }: AsOf): boolean => {
  const known = versionOf(version);
  return (
    (time === undefined || known.validFrom <= time) && (position === undefined || known.position <= position)
  );
};

const versionOf = ({ key, validFrom, position }: Cells): RowVersion => ({
  key,
  validFrom: validFrom as string,
  position: position as Position,
});

/** In its place by business time and position; the same two take the place of what stood there. */
const withVersion = (versions: readonly Cells[], added: Cells): readonly Cells[] => {
  const mine = versionOf(added);
  const after = versions.findLastIndex((each) => !isLater(versionOf(each), mine));
  const stood = versions[after];
  const same = stood !== undefined && !isLater(mine, versionOf(stood));
  return same ? versions.with(after, added) : versions.toSpliced(after + 1, 0, added);
};
const isLater = (one: RowVersion, other: RowVersion): boolean =>
  one.validFrom > other.validFrom || (one.validFrom === other.validFrom && one.position > other.position);
