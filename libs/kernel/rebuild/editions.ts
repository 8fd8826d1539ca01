import { createHash } from 'node:crypto';
import { keepersOf, lanesOf } from '../lanes';
import { milestoneTables, rowTables } from '../kept-tables';
import { pastOf, type Projection } from '../projection';
import { Projector } from '../projector';
import { figureTables, type Cut, type Rollup } from '../rollup';
import type { Move } from '../row-store';
import { tableNamed, type Columns, type Table } from '../table';

/** A read model with the figures over it, as the program declares it. */
export interface Declared {
  readonly model: Projection;
  readonly figures: readonly Rollup[];
}
/** A model as it lies in the store under one name: live, the copy that is built beside it, or what was live before. */
export interface Edition {
  /** Names its checkpoints and its parked events. */
  readonly name: string;
  readonly of: Projection;
  readonly figures: readonly Rollup[];
  /** What two editions that have read the same log agree in: in one order for all of them. */
  readonly compared: readonly Table[];
  /** All that is kept of it: in one order for all editions. */
  readonly tables: readonly Table[];
}

export const declaredIn = (models: readonly Projection[], rollups: readonly Rollup[]): readonly Declared[] =>
  models.map((model) => ({ model, figures: rollups.filter(({ of }) => of === model.name) }));

export const liveOf = (declared: Declared): Edition => editionOf(declared, '');
export const copyOf = (declared: Declared): Edition => editionOf(declared, COPY);
export const formerOf = (declared: Declared): Edition => editionOf(declared, FORMER);
/** `churn-risk@2~rebuild` */
export const copyNameOf = (model: string): string => model + COPY;
const [COPY, FORMER] = ['~rebuild', '~before'];

const editionOf = ({ model, figures: all }: Declared, suffix: string): Edition => {
  const name = model.name + suffix;
  const table = tableNamed(name, model.table);
  const past = model.past ? pastOf(name, model.table.columns) : null;
  const figures = all.map((one) => ({
    ...{ ...renamed(one, suffix), of: name },
    cuts: one.cuts.map((cut) => renamed(cut, suffix)),
  }));
  const of = { ...model, name, table, past };
  const compared = rowTables(of, figures);
  return { name, of, figures, compared, tables: [...compared, ...milestoneTables(of, figures)] };
};
const renamed = <T extends Cut>(cut: T, suffix: string): T => {
  const table = tableNamed(cut.table.name + suffix, cut.table);
  return { ...cut, table, past: cut.past && pastOf(table.name, table.columns) };
};

/** Those who fold it: one for each of these lanes. */
export const projectorsOf = (
  { of, figures }: Edition,
  lanes: number,
  some: readonly number[],
): readonly Projector[] =>
  lanesOf(lanes)
    .filter(({ n }) => some.includes(n))
    .map((lane) => new Projector(of, figures, lane));

/** One edition takes the place of another, which is kept as a third: tables, and how far they had been read. */
export const moves = (from: Edition, to: Edition, kept: Edition, lanes: number) => ({
  tables: from.tables.map((table, n): Move<Table> => ({
    from: table,
    to: to.tables[n] as Table,
    kept: kept.tables[n] as Table,
  })),
  checkpoints: keepersOf(from.name, lanes).map((keeper, n): Move<string> => ({
    from: keeper,
    to: keepersOf(to.name, lanes)[n] as string,
    kept: keepersOf(kept.name, lanes)[n] as string,
  })),
});

/** What its tables and checkpoints look like: where two agree, one can take the place of the other. */
export const shapeOf = ({ model, figures }: Declared, lanes: number): string =>
  digest({
    ...{ name: model.name, columns: columnsIn(model.table.columns), history: model.past !== null, lanes },
    figures: figures.flatMap(figureTables).map(({ name, columns }) => [name, columnsIn(columns)]),
    milestones: milestoneTables(model, figures).map(({ name }) => name),
  });
const columnsIn = (columns: Columns) =>
  Object.entries(columns).map(([name, { kind, zero }]) => [name, kind, zero]);

/** What becomes of its rows, as far as the text of its handlers tells: half of a copy is not folded in another way. */
export const foldOf = ({ model }: Declared): string =>
  digest(Object.entries(model.on).map(([type, handler]) => [type, String(handler)]));

const DIGEST_LETTERS = 16;
const digest = (what: unknown): string =>
  createHash('sha256').update(JSON.stringify(what)).digest('hex').slice(0, DIGEST_LETTERS);
