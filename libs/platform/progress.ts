import {
  haltIn,
  keepersOf,
  modelOf,
  START,
  type Position,
  type RowStore,
  type Subscriber,
  type Subscription,
} from '@rapport/kernel';

/** How far read models have read, whoever keeps them, and waiting for them. */
export interface Progress {
  /** Of the slowest of these models; of all, when none is named. */
  position(models: readonly string[]): Promise<Position>;
  /** True as soon as they have read that far; false when it took too long, or nobody is going to. */
  reached(position: Position, models: readonly string[], withinMs: number): Promise<boolean>;
  /** Whoever still waits is told that it is over. */
  close(): void;
}

/** Read models that are kept in this process. */
export class ProgressHere implements Progress {
  constructor(private readonly projections: Subscription) {}

  position(models: readonly string[]): Promise<Position> {
    const { projections } = this;
    return Promise.resolve(least(models.length > 0 ? models.map(of(projections)) : [projections.position()]));
  }
  reached(position: Position, models: readonly string[], withinMs: number): Promise<boolean> {
    return this.projections.reached(position, withinMs, models);
  }
  close(): void {
    // the loop itself sends home whoever waits for it
  }
}
const of = (projections: Subscription) => (name: string) => projections.position(name);

/** How often the rows are looked at while somebody waits. */
const LOOK_EVERY_MS = 20;

/** Read models that another process keeps in the same rows: what it has committed is what there is. */
export class ProgressElsewhere implements Progress {
  private isClosed = false;

  constructor(
    private readonly rows: Pick<RowStore, 'position' | 'lanes'>,
    private readonly all: readonly string[],
  ) {}

  async position(models: readonly string[]): Promise<Position> {
    const names = models.length > 0 ? models : this.all;
    const keepers = names.flatMap((name) => keepersOf(name, this.rows.lanes));
    return least(await Promise.all(keepers.map((name) => this.rows.position(name))));
  }
  async reached(position: Position, models: readonly string[], withinMs: number): Promise<boolean> {
    const until = Date.now() + withinMs;
    while (!this.isClosed) {
      if ((await this.position(models)) >= position) return true;
      const left = until - Date.now();
      if (left <= 0) return false;
      await new Promise((go) => setTimeout(go, Math.min(left, LOOK_EVERY_MS)));
    }
    return false;
  }
  close(): void {
    this.isClosed = true;
  }
}

/** Read models that this process keeps, or a part of them, or none: who has the work may change at any time. */
export class ProgressAnywhere implements Progress {
  constructor(
    private readonly projections: Subscription,
    private readonly here: Progress,
    private readonly elsewhere: Progress,
  ) {}

  position(models: readonly string[]): Promise<Position> {
    return this.nearest(models).position(models);
  }
  reached(position: Position, models: readonly string[], withinMs: number): Promise<boolean> {
    return this.nearest(models).reached(position, models, withinMs);
  }
  close(): void {
    this.here.close();
    this.elsewhere.close();
  }
  /** Of a model that does not go on, the rows know where it stands, also when it has not gone on since this process began. */
  private nearest(models: readonly string[]): Progress {
    const { projections } = this;
    const isHere = projections.keepsAll && !projections.subscribers.some(haltedAmong(models, projections));
    return isHere ? this.here : this.elsewhere;
  }
}
const haltedAmong = (models: readonly string[], projections: Subscription) => (one: Subscriber) =>
  models.includes(modelOf(one)) && haltIn(projections.stateOf(one)) !== null;

const least = (positions: readonly Position[]): Position =>
  positions.reduce((one, other) => (other < one ? other : one), positions[0] ?? START);
