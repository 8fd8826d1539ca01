import { contributionsOf } from './contributions';
import { FiguresThen, type SharesThen } from './figures-then';
import type { Projection } from './projection';
import { cutsOf, GroupCount, type Cut, type Group, type Rollup } from './rollup';
import type { AsOf, RowReader, Selection } from './row-store';
import type { Table } from './table';

/** The figures over one model as of a moment, for one question: what it takes is read once for all of them. */
export class PastFigures {
  private readonly found = new Map<Cut, Promise<readonly Group[]>>();
  private readonly counts = new Map<Cut, Promise<Counts>>();
  private then?: Promise<FiguresThen | null>;
  private shares?: Promise<SharesThen>;

  constructor(
    private readonly rows: RowReader,
    private readonly moment: AsOf,
    private readonly model: Projection,
    /** Over this model. */
    private readonly rollups: readonly Rollup[],
  ) {}

  /** Not to be changed: others are given the same. */
  groups(of: Rollup, cut: Cut): Promise<readonly Group[]> {
    const known = this.found.get(cut);
    if (known) return known;
    const groups = this.groupsOf(of, cut);
    this.found.set(cut, groups);
    return groups;
  }
  private async groupsOf(of: Rollup, cut: Cut): Promise<readonly Group[]> {
    const then = cut.past && (await (this.then ??= FiguresThen.of(this.rows, this.model, this.moment)));
    if (!then) return (await (this.counts.get(cut) ?? this.counting(of, cut))).get(cut) ?? [];
    const groups = new GroupCount(of, cut, await then.groups(cut));
    const n = this.rollups.indexOf(of);
    for (const [shares, sign] of await (this.shares ??= then.shares(this.rollups)))
      for (const each of shares) groups.put(each[n] ?? null, sign);
    return groups.groups;
  }

  /** All that is counted together, for whoever asks for more of it. */
  private counting(of: Rollup, cut: Cut): Promise<Counts> {
    const together = this.countedWith(of, cut);
    const counting = this.counted(together);
    for (const [, each] of together) this.counts.set(each, counting);
    return counting;
  }
  /** Whole groups are many, and whoever is content with cuts does not pay for them. */
  private countedWith(of: Rollup, cut: Cut): readonly Counted[] {
    const isFine = (one: Rollup, each: Cut) => each === one && one.cuts.length > 0;
    return this.rollups
      .flatMap((one) => cutsOf(one).map((each): Counted => [one, each]))
      .filter(([one, each]) => isFine(one, each) === isFine(of, cut));
  }
  private async counted(cuts: readonly Counted[]): Promise<Counts> {
    const figures = [...new Set(cuts.map(([of]) => of))];
    const counts = cuts.map(([of, cut]) => ({
      ...{ cut, n: figures.indexOf(of) },
      groups: new GroupCount(of, cut),
    }));
    const then = {
      find: (table: Table, selection: Selection) =>
        this.rows.find(table, { ...selection, asOf: this.moment }),
    };
    for await (const page of contributionsOf(then, this.model.table, figures))
      for (const shares of page) for (const { n, groups } of counts) groups.put(shares[n] ?? null);
    return new Map(counts.map(({ cut, groups }) => [cut, groups.groups]));
  }
}
type Counted = readonly [of: Rollup, cut: Cut];
type Counts = ReadonlyMap<Cut, readonly Group[]>;
