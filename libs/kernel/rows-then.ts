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

  async find(table: Table, { where = [], orderBy, limit, after }: Selection): Promise<readonly Row[]> {
    const { column, descending = false } = orderBy ?? { column: 'key' };
    const [sign, found] = [descending ? -1 : 1, [] as Row[]];
    const order = (one: Row, other: Row) => sign * (compareCells(one, other, column) || byKey(one, other));
    const place = after && ({ [column]: after[0], key: after[1] } as Row);
    const isInOrder = column === 'key' && !descending;
    const keys = isInOrder && place ? this.keys.slice(this.placeBehind(place.key)) : this.keys;
    for (let n = 0; n < keys.length && !(isInOrder && found.length >= limit); n += KEYS_AT_ONCE) {
      const page = await this.among(keys.slice(n, n + KEYS_AT_ONCE), table, where);
      found.push(...page.filter((row) => !place || order(row, place) > 0));
    }
    return found.sort(order).slice(0, limit);
  }
  async count(table: Table, where: readonly Condition[]): Promise<number> {
    let count = 0;
    for (let n = 0; n < this.keys.length; n += KEYS_AT_ONCE) {
      const some = this.keys.slice(n, n + KEYS_AT_ONCE);
      count += await this.rows.count(table, [...where, ['key', 'in', some]], this.moment);
    }
    return count;
  }

  private among(keys: readonly string[], table: Table, where: readonly Condition[]): Promise<readonly Row[]> {
    const selection = { where: [...where, ['key', 'in', keys] as const], limit: keys.length };
    return this.rows.find(table, { ...selection, asOf: this.moment });
  }
  private placeBehind(key: string): number {
    const place = this.keys.findIndex((each) => compareText(each, key) > 0);
    return place === -1 ? this.keys.length : place;
  }
}

const compareCells = (one: Row, other: Row, column: string): number =>
  compareValues((one[column] ?? null) as Value, (other[column] ?? null) as Value);
const byKey = (one: Row, other: Row): number => compareText(one.key, other.key);
