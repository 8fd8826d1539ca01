import { contributionsOf } from './contributions';
import type { Position } from './event-log';
import type { Projection } from './projection';
import { GroupCount, type Group, type Rollup } from './rollup';
import type { AsOf, Condition, RowReader, Selection } from './row-store';
import type { Row, Table } from './table';

/** The past was asked of models that keep none. */
export class NoHistory extends Error {
  constructor(
    /** The names that people ask for. */
    readonly models: readonly string[],
  ) {
    super(
      `${models.join(', ')} ${models.length === 1 ? 'keeps' : 'keep'} no history: leave out asOf and knownAt`,
    );
  }
}

/** Throws `NoHistory`, which names the models that cannot tell. */
export const assertHistory = (models: readonly Projection[]): void => {
  const without = models.filter(({ past }) => !past).map(({ question }) => question);
  if (without.length > 0) throw new NoHistory(without);
};

/**
 * Rows as they stood at a moment of the past: whoever reads through it need not know that it is not now. Figures are
 * counted from the rows of that moment, page by page, once for all rollups of a model.
 */
export class PastReader implements RowReader {
  private readonly counts = new Map<string, Promise<ReadonlyMap<Rollup, readonly Group[]>>>();

  /** Only of these models and of figures over them. Throws `NoHistory`. */
  constructor(
    private readonly rows: RowReader,
    private readonly moment: AsOf,
    private readonly models: readonly Projection[],
    private readonly rollups: readonly Rollup[],
  ) {
    assertHistory(models);
  }

  async load(table: Table, keys: readonly string[], asOf?: AsOf): Promise<readonly Row[]> {
    const figures = this.figuresIn(table);
    if (!figures) return this.rows.load(this.known(table), keys, earlier(this.moment, asOf));
    const wanted = new Set(keys);
    return (await this.groups(figures)).filter(({ key }) => wanted.has(key));
  }
  async find(table: Table, selection: Selection): Promise<readonly Row[]> {
    const figures = this.figuresIn(table);
    if (!figures)
      return this.rows.find(this.known(table), {
        ...selection,
        asOf: earlier(this.moment, selection.asOf),
      });
    assertWhole(selection);
    const { after, limit } = selection;
    const behind = after?.[1] ?? '';
    return (await this.groups(figures)).filter(({ key }) => key > behind).slice(0, limit);
  }
  async count(table: Table, where: readonly Condition[] = [], asOf?: AsOf): Promise<number> {
    const figures = this.figuresIn(table);
    if (!figures) return this.rows.count(this.known(table), where, earlier(this.moment, asOf));
    assertWhole({ where });
    return (await this.groups(figures)).length;
  }
  position(subscriber: string): Promise<Position> {
    return this.rows.position(subscriber);
  }

  private figuresIn({ name }: Table): Rollup | undefined {
    return this.rollups.find(({ table }) => table.name === name);
  }
  /** What a question does not say that it reads cannot be told to be of that moment. */
  private known(table: Table): Table {
    if (this.models.some((model) => model.table.name === table.name)) return table;
    throw new Error(`${table.name} is read by a question that does not name it among what it reads`);
  }

  private async groups(of: Rollup): Promise<readonly Group[]> {
    const counting = this.counts.get(of.of) ?? this.counted(of.of);
    this.counts.set(of.of, counting);
    return (await counting).get(of) ?? [];
  }
  private async counted(model: string): Promise<ReadonlyMap<Rollup, readonly Group[]>> {
    const { table } = this.models.find(({ name }) => name === model) ?? {};
    if (!table) throw new Error(`figures over ${model} are read by a question that does not name it`);
    const figures = this.rollups.filter(({ of }) => of === model);
    const counts = figures.map((of) => [of, new GroupCount(of)] as const);
    for await (const page of contributionsOf(this, table, figures))
      for (const shares of page)
        for (const [n, [, counting]] of counts.entries()) counting.put(shares[n] ?? null);
    return new Map(counts.map(([of, { groups }]) => [of, groups]));
  }
}

/** Groups that are counted on the spot have no index: `keptGroups` reads them all. */
const assertWhole = ({ where = [], orderBy }: Partial<Selection>): void => {
  if (where.length > 0 || orderBy) throw new Error('figures are read whole: see keptGroups');
};

/** A question may ask for an earlier moment than the one at which its reader stands, never for a later one. */
const earlier = (one: AsOf, other: AsOf = {}): AsOf => {
  const time = least(one.time, other.time);
  const position = least(one.position, other.position);
  return { ...(time !== undefined && { time }), ...(position !== undefined && { position }) };
};
const least = <T extends string | number>(one: T | undefined, other: T | undefined): T | undefined =>
  one === undefined || (other !== undefined && other < one) ? other : one;
