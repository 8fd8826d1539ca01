import { sharesOf, type Shares } from './contributions';
import { Regrouping } from './grouping';
import { laneOf } from './lanes';
import { ofLane } from './milestones';
import { pagesOf } from './pages';
import type { Projection } from './projection';
import type { Cut, Group, Rollup } from './rollup';
import type { AsOf, RowReader } from './row-store';
import { sinceMilestone, type Since } from './since-milestone';
import type { Table } from './table';

const ROWS_AT_ONCE = 500;
/** Each row that has changed is looked up as it stood there, and as it stands at the moment. */
const LOOKED_UP = 2;

/** What some rows add, or have added before and add no longer. */
export type SharesThen = readonly (readonly [shares: readonly Shares[], sign: 1 | -1])[];

/**
 * Figures of a model as of a moment of the past: those of the last milestone before it, without what the rows that have changed
 * since then added there, and with what they add at the moment.
 */
export class FiguresThen {
  private constructor(
    private readonly rows: RowReader,
    private readonly of: Projection,
    private readonly moment: AsOf,
    private readonly since: Since,
  ) {}

  /** Null: all rows have to be counted. */
  static async of(rows: RowReader, of: Projection, moment: AsOf): Promise<FiguresThen | null> {
    const since = await sinceMilestone(rows, of, moment);
    if (!since || (await areFewer(rows, of, LOOKED_UP * since.changed.size))) return null;
    return new FiguresThen(rows, of, moment, since);
  }

  /** The groups of a cut as they were known where the lanes begin. */
  async groups(cut: Cut): Promise<readonly Group[]> {
    const groups = new Regrouping(cut, cut);
    for (const { lane, lanes, position } of this.since.milestones) {
      const where = lanes === 1 ? [] : ofLane(lane);
      for await (const page of pagesOf(this.rows, cut.table, where, { position }))
        for (const part of page) groups.add(part);
    }
    return groups.groups;
  }

  /** What has changed since then, for each of these figures. */
  async shares(figures: readonly Rollup[]): Promise<SharesThen> {
    const all: (readonly [readonly Shares[], 1 | -1])[] = [];
    for (const { lane, lanes, position } of this.since.milestones) {
      const keys = [...this.since.changed].filter((key) => laneOf(key, lanes) === lane);
      for (let from = 0; from < keys.length; from += ROWS_AT_ONCE) {
        const some = keys.slice(from, from + ROWS_AT_ONCE);
        all.push([await this.sharesAt({ position }, some, figures), -1]);
        all.push([await this.sharesAt(this.moment, some, figures), 1]);
      }
    }
    return all;
  }
  private async sharesAt(
    moment: AsOf,
    keys: readonly string[],
    figures: readonly Rollup[],
  ): Promise<readonly Shares[]> {
    const read = (table: Table) => this.rows.load(table, keys, moment);
    return (await sharesOf(this.of.table, figures, read)).shares;
  }
}

/** More rows than these are never counted instead. */
const FEW_MAX = 10_000;
/**
 * Where there are hardly more rows than would be looked up, all are counted sooner. Not where rows go again: whoever counts all
 * goes through those that are gone, too, and nobody knows how many they are.
 */
const areFewer = async (rows: RowReader, { table, rowsGo }: Projection, count: number): Promise<boolean> =>
  !rowsGo &&
  count <= FEW_MAX &&
  (await rows.find({ ...table, columns: {} }, { limit: count + 1 })).length <= count;
