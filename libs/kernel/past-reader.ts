import { keysIn, meetsAll } from './conditions';
import type { Position } from './event-log';
import { PastFigures } from './past-figures';
import type { Projection } from './projection';
import { RowsThen } from './rows-then';
import { cutsOf, type Cut, type Group, type Rollup } from './rollup';
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
 * told from the last milestone before, or counted from the rows of that moment (past-figures.ts).
 */
export class PastReader implements RowReader {
  private readonly figures = new Map<string, PastFigures>();
  private readonly standing = new Map<string, Promise<RowsThen | null>>();

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
    if (!figures) {
      this.known(table);
      return this.rows.load(table, keys, earlier(this.moment, asOf));
    }
    const wanted = new Set(keys);
    return (await this.groups(...figures)).filter(({ key }) => wanted.has(key));
  }
  async find(table: Table, selection: Selection): Promise<readonly Row[]> {
    const figures = this.figuresIn(table);
    if (!figures) {
      const then = await this.rowsThen(table, selection.where, selection.asOf);
      if (then) return then.find(table, selection);
      return this.rows.find(table, { ...selection, asOf: earlier(this.moment, selection.asOf) });
    }
    assertByKey(selection);
    const { after, limit, where = [] } = selection;
    const behind = after?.[1] ?? '';
    const groups = await this.groups(...figures);
    return groups.filter((group) => group.key > behind && meetsAll(group, where)).slice(0, limit);
  }
  async count(table: Table, where: readonly Condition[] = [], asOf?: AsOf): Promise<number> {
    const figures = this.figuresIn(table);
    if (!figures) {
      const then = await this.rowsThen(table, where, asOf);
      return then ? then.count(table, where) : this.rows.count(table, where, earlier(this.moment, asOf));
    }
    return (await this.groups(...figures)).filter((group) => meetsAll(group, where)).length;
  }
  position(subscriber: string): Promise<Position> {
    return this.rows.position(subscriber);
  }

  private figuresIn({ name }: Table): readonly [Rollup, Cut] | undefined {
    for (const of of this.rollups)
      for (const cut of cutsOf(of)) if (cut.table.name === name) return [of, cut];
    return undefined;
  }
  /** What a question does not say that it reads cannot be told to be of that moment. */
  private known({ name }: Table): Projection {
    const model = this.models.find(({ table }) => table.name === name);
    if (!model) throw new Error(`${name} is read by a question that does not name it among what it reads`);
    return model;
  }
  /** Null: the store finds them as well by itself. */
  private async rowsThen(
    table: Table,
    where: readonly Condition[] = [],
    asOf?: AsOf,
  ): Promise<RowsThen | null> {
    const model = this.known(table);
    if (asOf || keysIn(where)) return null;
    const known = this.standing.get(model.name) ?? RowsThen.of(this.rows, model, this.moment);
    this.standing.set(model.name, known);
    return known;
  }

  private groups(of: Rollup, cut: Cut): Promise<readonly Group[]> {
    return this.modelOf(of.of).groups(of, cut);
  }
  private modelOf(name: string): PastFigures {
    const known = this.figures.get(name);
    if (known) return known;
    const model = this.models.find((one) => one.name === name);
    if (!model) throw new Error(`figures over ${name} are read by a question that does not name it`);
    const over = this.rollups.filter(({ of }) => of === name);
    const figures = new PastFigures(this.rows, this.moment, model, over);
    this.figures.set(name, figures);
    return figures;
  }
}

/** Groups that are counted on the spot lie in one order only: see `groupsBy`. */
const assertByKey = ({ orderBy }: Selection): void => {
  if (orderBy) throw new Error('figures are read in the order of their keys: see groupsBy');
};

/** A question may ask for an earlier moment than the one at which its reader stands, never for a later one. */
const earlier = (one: AsOf, other: AsOf = {}): AsOf => {
  const time = least(one.time, other.time);
  const position = least(one.position, other.position);
  return { ...(time !== undefined && { time }), ...(position !== undefined && { position }) };
};
const least = <T extends string | number>(one: T | undefined, other: T | undefined): T | undefined =>
  one === undefined || (other !== undefined && other < one) ? other : one;
