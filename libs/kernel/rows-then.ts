import { compareText, compareValues } from './conditions';
import type { Projection } from './projection';
import type { AsOf, Condition, RowReader, Selection, Value } from './row-store';
import { sinceMilestone } from './since-milestone';
import type { Row, Table } from './table';

const KEYS_AT_ONCE = 500;

/**
 * The rows of a model whose rows go again, as of a moment of the past: only those that stood at the last milestone before it,
 * and those that have changed since then, can stand. They are looked up, instead of every row that there ever was.
 */
export class RowsThen {
  private constructor(
    private readonly rows: RowReader,
    private readonly moment: AsOf,
    /** In their order. */
    private readonly keys: readonly string[],
  ) {}

  /** Null: they have to be looked for among all. */
  static async of(rows: RowReader, of: Projection, moment: AsOf): Promise<RowsThen | null> {
    const since = of.rowsGo ? await sinceMilestone(rows, of, moment) : null;
    if (!since) return null;
    const keys = new Set(since.changed);
    for (const { standing } of since.milestones) {
      if (!standing) return null;
      for (const key of standing) keys.add(key);
    }
    return new RowsThen(rows, moment, [...keys].sort(compareText));
  }

  /** The store sorts and cuts off what it finds of some keys; so no more is held than twice what is asked for. */
  async find(table: Table, selection: Selection): Promise<readonly Row[]> {
    const { where = [], orderBy, limit, after } = selection;
    const { column, descending = false } = orderBy ?? { column: 'key' };
    const sign = descending ? -1 : 1;
    const order = (one: Row, other: Row) => sign * (compareCells(one, other, column) || byKey(one, other));
    const isInOrder = column === 'key' && !descending;
    let found: readonly Row[] = [];
    for (const some of this.parts(isInOrder ? after?.[1] : undefined)) {
      const among = { ...selection, where: [...where, ['key', 'in', some] as const], asOf: this.moment };
      found = [...found, ...(await this.rows.find(table, among))].sort(order).slice(0, limit);
      if (isInOrder && found.length === limit) break;
    }
    return found;
  }
  async count(table: Table, where: readonly Condition[]): Promise<number> {
    let count = 0;
    for (const some of this.parts())
      count += await this.rows.count(table, [...where, ['key', 'in', some]], this.moment);
    return count;
  }

  private *parts(behind?: string): Generator<readonly string[]> {
    const from = behind === undefined ? 0 : this.keys.findIndex((key) => compareText(key, behind) > 0);
    if (from === -1) return;
    for (let n = from; n < this.keys.length; n += KEYS_AT_ONCE) yield this.keys.slice(n, n + KEYS_AT_ONCE);
  }
}

const compareCells = (one: Row, other: Row, column: string): number =>
  compareValues((one[column] ?? null) as Value, (other[column] ?? null) as Value);
const byKey = (one: Row, other: Row): number => compareText(one.key, other.key);
