import { Bell } from '../feed';
import type { Position } from '../event-log';
import type { Pace } from '../pace';
import { StandsStill } from '../stands-still';
import type { Sources } from '../subscriber';
import { Subscription } from '../subscription';
import { copyOf, liveOf, projectorsOf, type Declared, type Edition } from './editions';
import { compareEditions, type TableComparison } from './row-comparison';
import { Throttle } from './throttle';

/** One lane of the copy of a model, and the place up to which it is to be read: one that the log has given out. */
export interface Stretch {
  readonly model: string;
  readonly lane: number;
  readonly until: Position;
}
/** How it is done: plain values, so that it can be told to a thread. */
export interface FoldPlan {
  readonly pace: Pace;
  /** No hand takes more events of the log in a second. */
  readonly eventsPerSecond?: number;
}
/** Who looks on. */
export interface FoldWatch {
  /** So many events more have been read: of what all have to read, each counted once. */
  readonly onEvents: (events: number) => void;
  /** It ends after the step that it is in. */
  readonly signal: AbortSignal;
}
/** Those who do the work of a rebuild: in this thread, or in threads of their own. */
export interface Crew {
  /** How many may be at work at once. */
  readonly hands: number;
  /** Reads the copies up to there, or until it is stopped; then they have their indexes. Throws what a broken model throws. */
  fold(stretches: readonly Stretch[], plan: FoldPlan, watch: FoldWatch): Promise<void>;
  /** Row by row: how the live model and its copy differ. */
  compare(model: string): Promise<readonly TableComparison[]>;
  close(): Promise<void>;
}
const LOOK_EVERY_MS = 200;
/** A throttled hand takes small steps, so that its pauses are short. */
const STEPS_PER_SECOND = 4;
const BATCH_MIN = 10;

/** Folds and compares in this thread. Only read models have part in it: nothing is sent, notified or published. */
export class Hand implements Crew {
  readonly hands = 1;
  private readonly copies: ReadonlyMap<string, readonly [live: Edition, copy: Edition]>;

  constructor(
    private readonly sources: Sources,
    declared: readonly Declared[],
  ) {
    this.copies = new Map(declared.map((one) => [one.model.name, [liveOf(one), copyOf(one)]]));
  }

  async fold(stretches: readonly Stretch[], plan: FoldPlan, watch: FoldWatch): Promise<void> {
    const places = [...new Set(stretches.map(({ until }) => until))].sort((one, other) => one - other);
    for (const until of places)
      if (!watch.signal.aborted)
        await this.foldTo(
          until,
          stretches.filter((stretch) => stretch.until === until),
          plan,
          watch,
        );
    const copies = new Set(stretches.map(({ model }) => this.pairOf(model)[1]));
    for (const { tables } of copies) if (!watch.signal.aborted) await this.sources.rows.open(tables, 'now');
  }
  async compare(model: string): Promise<readonly TableComparison[]> {
    return compareEditions(this.sources.rows, ...this.pairOf(model));
  }
  async close(): Promise<void> {
    // what it works with was opened by somebody else
  }

  private async foldTo(
    until: Position,
    stretches: readonly Stretch[],
    plan: FoldPlan,
    watch: FoldWatch,
  ): Promise<void> {
    const course = new FoldCourse(this.sources, until, plan, watch);
    await course.run(this.projectorsOf(stretches));
  }
  private projectorsOf(stretches: readonly Stretch[]) {
    const models = [...new Set(stretches.map(({ model }) => model))];
    return models.flatMap((model) => {
      const lanes = stretches.filter((stretch) => stretch.model === model).map(({ lane }) => lane);
      return projectorsOf(this.pairOf(model)[1], this.sources.rows.lanes, lanes);
    });
  }
  private pairOf(model: string): readonly [Edition, Edition] {
    const pair = this.copies.get(model);
    if (!pair) throw new Error(`${model} is no read model of this program`);
    return pair;
  }
}

/** One way along the log to one place. */
class FoldCourse {
  private readonly bell = new Bell();
  private failure: unknown = null;

  constructor(
    private readonly sources: Sources,
    private readonly until: Position,
    private readonly plan: FoldPlan,
    private readonly watch: FoldWatch,
  ) {}

  async run(projectors: ReturnType<typeof projectorsOf>): Promise<void> {
    const { signal } = this.watch;
    const names = [...new Set(projectors.map(({ model }) => model))];
    const subscription = this.subscriptionOf(projectors);
    const stop = (): void => {
      this.bell.ring();
      void subscription.stop();
    };
    signal.addEventListener('abort', stop);
    try {
      await subscription.start();
      while (!signal.aborted && this.failure === null)
        if (await subscription.reached(this.until, LOOK_EVERY_MS, names)) break;
    } finally {
      this.bell.ring();
      await subscription.stop();
      signal.removeEventListener('abort', stop);
    }
    if (this.failure !== null) throw this.failure as Error;
  }

  private subscriptionOf(projectors: ReturnType<typeof projectorsOf>): Subscription {
    const { eventsPerSecond, pace } = this.plan;
    const clock = { now: () => performance.now(), rest: (ms: number) => this.rest(ms) };
    const throttle = eventsPerSecond === undefined ? null : new Throttle(eventsPerSecond, clock);
    return new Subscription(this.sources, projectors, {
      ...{ pace: slowed(pace, eventsPerSecond), until: this.until },
      onFailure: (error) => (this.failure ??= error),
      told: (level, what) => {
        if (level === 'error') this.failure ??= new StandsStill(what);
      },
      onStep: async (events) => {
        this.watch.onEvents(events);
        await throttle?.took(events);
      },
    });
  }
  private rest(ms: number): Promise<void> {
    return this.watch.signal.aborted ? Promise.resolve() : this.bell.heard(ms, true);
  }
}

const slowed = (pace: Pace, eventsPerSecond = Infinity): Pace => ({
  ...pace,
  batchMax: Math.max(BATCH_MIN, Math.min(pace.batchMax, Math.floor(eventsPerSecond / STEPS_PER_SECOND))),
});
