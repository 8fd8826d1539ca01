import { START, type Position } from '../event-log';
import { keepersOf, lanesOf } from '../lanes';
import { REBUILD } from '../pace';
import type { Projection } from '../projection';
import type { Rollup } from '../rollup';
import type { Sources } from '../subscriber';
import { copyOf, declaredIn, liveOf, type Declared } from './editions';
import { Hand } from './hand';
import type { TableComparison } from './row-comparison';

export interface Progress {
  readonly events: number;
  readonly eventsAll: number;
}
export interface Rebuilt {
  readonly model: string;
  readonly position: Position;
  readonly comparisons: readonly TableComparison[];
  readonly identical: boolean;
}

/**
 * Folds models anew from the first event, beside the live ones, where nobody else writes: to check rows against a fresh
 * replay, and to measure. Beside a running product there is `Rebuilds`. Reactions and notifications never see either.
 */
export class Rebuild {
  private readonly declared: readonly Declared[];
  private readonly hand: Hand;
  private to: Position = START;

  constructor(
    private readonly sources: Sources,
    models: readonly Projection[],
    rollups: readonly Rollup[],
  ) {
    this.declared = declaredIn(models, rollups);
    this.hand = new Hand(sources, this.declared);
  }

  /** Reads everything that is in the log now. Throws what a broken model throws. */
  async run(onProgress: (progress: Progress) => void = () => undefined): Promise<void> {
    const { log } = this.sources.store;
    await this.discard();
    this.to = await log.head();
    const eventsAll = await log.countAfter(START);
    let events = 0;
    const stretches = this.declared.flatMap(({ model }) =>
      lanesOf(this.sources.rows.lanes).map(({ n }) => ({ model: model.name, lane: n, until: this.to })),
    );
    const onEvents = (more: number) =>
      onProgress({ eventsAll, events: Math.min(eventsAll, (events += more)) });
    await this.hand.fold(stretches, { pace: REBUILD }, { onEvents, signal: new AbortController().signal });
    onProgress({ eventsAll, events: eventsAll });
  }

  /** Row by row: what differs between the live model and its copy. */
  async compare(): Promise<readonly Rebuilt[]> {
    const rebuilt: Rebuilt[] = [];
    for (const { model } of this.declared) {
      const comparisons = await this.hand.compare(model.name);
      const identical = comparisons.every(({ differing }) => differing === 0);
      rebuilt.push({ model: model.name, position: this.to, comparisons, identical });
    }
    return rebuilt;
  }

  /** The copies take the place of the live tables, in one step. */
  switch(): Promise<void> {
    const pairs = this.declared.map((one) => [copyOf(one), liveOf(one)] as const);
    return this.sources.rows.replace(
      pairs.flatMap(([copy, live]) => copy.tables.map((from, n) => ({ from, to: live.tables[n] ?? from }))),
      pairs.flatMap(([copy, live]) => {
        const [from, to] = [copy, live].map(({ name }) => keepersOf(name, this.sources.rows.lanes));
        return (from ?? []).map((keeper, n) => ({ from: keeper, to: to?.[n] ?? keeper }));
      }),
    );
  }

  /** The copies go; the live models stay as they are. */
  discard(): Promise<void> {
    const copies = this.declared.map(copyOf);
    return this.sources.rows.drop(
      copies.flatMap(({ tables }) => tables),
      copies.flatMap(({ name }) => keepersOf(name, this.sources.rows.lanes)),
    );
  }
}
