import { START, type Position } from './event-log';
import { pastOf, type Projection } from './projection';
import { Projector } from './projector';
import type { Rollup } from './rollup';
import type { Difference } from './row-store';
import { REBUILD } from './pace';
import { Subscription } from './subscription';
import type { Sources } from './subscriber';
import { tableNamed, type Table } from './table';

export interface Progress {
  readonly events: number;
  readonly eventsAll: number;
}
export interface Comparison extends Difference {
  readonly table: string;
}
export interface Rebuilt {
  readonly model: string;
  readonly position: Position;
  readonly comparisons: readonly Comparison[];
  readonly identical: boolean;
}
/** A model and the copy of it that is built beside it. */
interface Pair {
  readonly model: Projection;
  readonly beside: Projection;
  readonly tables: readonly (readonly [live: Table, beside: Table])[];
  readonly projector: Projector;
}
const EXAMPLES_MAX = 5;
const LOOK_EVERY_MS = 200;

/** Folds models anew from the first event, beside the live ones. Reactions and notifications never see it. */
export class Rebuild {
  private readonly pairs: readonly Pair[];
  private to: Position = START;

  constructor(
    private readonly sources: Sources,
    models: readonly Projection[],
    rollups: readonly Rollup[],
  ) {
    this.pairs = models.map((model) =>
      pairOf(
        model,
        rollups.filter((rollup) => rollup.of === model.name),
      ),
    );
  }

  /** Reads everything that is in the log now. Throws what a broken model throws. */
  async run(onProgress: (progress: Progress) => void = () => undefined): Promise<void> {
    const { store } = this.sources;
    await this.discard();
    this.to = await store.log.head();
    const eventsAll = await store.log.countAfter(START);
    let failure: Error | null = null;
    const subscription = new Subscription(
      this.sources,
      this.pairs.map(({ projector }) => projector),
      {
        onFailure: (error) => (failure = error instanceof Error ? error : new Error(String(error))),
        pace: REBUILD,
      },
    );
    await subscription.start();
    try {
      while (this.to > START && !(await subscription.reached(this.to, LOOK_EVERY_MS))) {
        if (failure !== null) throw failure as Error;
        onProgress({ eventsAll, events: eventsAll - (await store.log.countAfter(subscription.position())) });
      }
      onProgress({ eventsAll, events: eventsAll });
    } finally {
      await subscription.stop();
    }
  }

  /** Row by row: what differs between the live model and its copy. */
  async compare(): Promise<readonly Rebuilt[]> {
    const rebuilt: Rebuilt[] = [];
    for (const { model, tables } of this.pairs) {
      const comparisons: Comparison[] = [];
      for (const [live, beside] of tables)
        comparisons.push({
          table: live.name,
          ...(await this.sources.rows.compare(live, beside, EXAMPLES_MAX)),
        });
      const identical = comparisons.every(({ differing }) => differing === 0);
      rebuilt.push({ model: model.name, position: this.to, comparisons, identical });
    }
    return rebuilt;
  }

  /** The copies take the place of the live tables, in one step. */
  switch(): Promise<void> {
    const renames = this.pairs.flatMap(({ tables }) =>
      tables.map(([live, beside]) => ({ from: beside, to: live })),
    );
    return this.sources.rows.replace(
      renames,
      this.pairs.map(({ model, beside }) => ({ from: beside.name, to: model.name })),
    );
  }

  /** The copies go; the live models stay as they are. */
  discard(): Promise<void> {
    return this.sources.rows.drop(
      this.pairs.flatMap(({ tables }) => tables.map(([, beside]) => beside)),
      this.pairs.map(({ beside }) => beside.name),
    );
  }
}

const pairOf = (model: Projection, rollups: readonly Rollup[]): Pair => {
  const name = `${model.name}~rebuild`;
  const past = model.past ? pastOf(name, model.table.columns) : null;
  const beside: Projection = { ...model, name, past, table: tableNamed(name, model.table) };
  const figures = rollups.map((rollup) => ({
    live: rollup,
    beside: { ...rollup, of: name, table: tableNamed(`${rollup.table.name}~rebuild`, rollup.table) },
  }));
  return {
    ...{ model, beside },
    projector: new Projector(
      beside,
      figures.map((figure) => figure.beside),
    ),
    tables: [
      [model.table, beside.table],
      ...(model.past && past ? [[model.past, past] as const] : []),
      ...figures.map((figure) => [figure.live.table, figure.beside.table] as const),
    ],
  };
};
