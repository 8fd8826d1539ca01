import { Attendance, type Told } from './attendance';
import { backOff } from './back-off';
import { END, type Course } from './course';
import { Courses } from './courses';
import { Unavailable, type FeedItem, type Position } from './event-log';
import { OPERATING } from './operations';
import { laneOf } from './lanes';
import { leavesTime, LIVE, restMs, Stride, type Pace } from './pace';
import { redriven } from './parked-events';
import { Rate } from './rate';
import { modelOf, Roster } from './roster';
import { Fenced, type Write } from './row-store';
import { placesKept } from './places';
import { Sitting, type SeatPlan } from './sitting';
import { StandsStill } from './stands-still';
import { PARKED, type Sources, type Subscriber } from './subscriber';
import { newsOf } from './news';
import { Waiters } from './waiters';

export interface Following {
  readonly pace?: Pace;
  /** Where others may do the same work: who may commit is settled by seats, and operators are heeded. */
  readonly seats?: SeatPlan;
  /** Something that nobody waits for has ended the loop. Default: the process ends loudly. */
  readonly onFailure?: (error: unknown) => void;
  readonly told?: Told;
  /** Nothing beyond this place is read: one that the log has given out. Default: it is followed for ever. */
  readonly until?: Position;
  /** After each step, with the events that it took: the next one waits for whoever counts them. */
  readonly onStep?: (events: number) => Promise<void>;
}

/** Drives subscribers along the log: one batch, one commit of all their rows and checkpoints, so nothing is lost or done twice. */
export class Subscription {
  private readonly courses: Courses;
  private readonly roster: Roster;
  private readonly sitting: Sitting | null;
  private readonly attendance: Attendance | null;
  private readonly waiters = new Waiters();
  private readonly rate = new Rate();
  private readonly pace: Pace;
  private running?: Promise<unknown>;
  private stopped = false;
  private tail: Promise<unknown> = Promise.resolve();
  private firstCatchUp = false;
  private failure: unknown = null;
  private waits: string | null = null;

  constructor(
    private readonly sources: Sources,
    readonly subscribers: readonly Subscriber[],
    private readonly how: Following = {},
  ) {
    const { store, rows } = sources;
    this.pace = how.pace ?? LIVE;
    this.courses = new Courses(store.log, how.until);
    this.sitting = how.seats ? new Sitting(rows, how.seats) : null;
    this.roster = new Roster(this.sitting);
    this.attendance = this.sitting && new Attendance(this, sources, this.sitting, this.roster, how.told);
  }

  async start(): Promise<void> {
    const tables = this.subscribers.flatMap((one) => one.tables);
    await this.sources.rows.open([PARKED, ...OPERATING]);
    await this.sources.rows.open(tables, this.pace.indexes);
    await this.attendance?.begin();
    await this.refresh();
    if (this.subscribers.length === 0) return;
    const { front, rear } = this.courses;
    const loops = [this.run(front), this.run(rear), this.attendance?.run() ?? Promise.resolve()];
    this.running = Promise.all(loops.map((loop) => loop.catch((error: unknown) => this.fail(error))));
  }
  /** Finishes the step it is in, and lets go of its seats. */
  async stop(): Promise<void> {
    this.end();
    await this.running;
    await this.tail;
    if (this.failure === null) await this.attendance?.end();
  }

  /** The whole log as it was at the start has been read, by all who may follow it here; who stands by has nothing to read. */
  get caughtUp(): boolean {
    return this.firstCatchUp || !this.subscribers.some((one) => this.roster.mayFollow(one));
  }
  get error(): unknown {
    return this.failure;
  }
  /** Everything is kept here, and nothing by another process. */
  get keepsAll(): boolean {
    return this.sitting === null || this.sitting.holdsAll;
  }
  get eventsPerSecond(): number {
    return this.rate.perSecond();
  }
  /** How it is doing, for people: what its feed does, or what it waits for. */
  get state(): string {
    if (this.failure !== null) return 'failed';
    const waits = this.waits ?? this.attendance?.away ?? null;
    if (waits !== null) return `waiting: ${waits}`;
    if (this.sitting?.count === 0 && !this.stopped)
      return `standing by: ${this.sitting.others.join(', ') || 'nobody'} has the work`;
    return this.courses.front.state ?? (this.stopped ? 'stopped' : 'starting');
  }
  /** The same of one who follows, or does not. */
  stateOf(one: Subscriber): string {
    const error = this.roster.errorOf(one);
    if (error) return `stands still: ${error.message}`;
    const pause = this.roster.pauseOf(one);
    if (pause) return `paused by ${pause.by}: ${pause.reason}`;
    if (!this.roster.isOurs(one)) return 'kept elsewhere';
    return this.courses.rear.has(one) ? 'catching up' : this.state;
  }
  /** How far the slowest who follows has read, or the slowest of those that are named, whether they follow or not. */
  position(...models: readonly string[]): Position {
    const following = this.courses.position;
    if (models.length === 0 && (following < END || this.subscribers.length === 0)) return following;
    const asked = this.subscribers.filter((one) => models.length === 0 || models.includes(modelOf(one)));
    return Math.min(END, ...asked.map((one) => this.courses.placeOf(one))) as Position;
  }

  /** Resolves when everybody who follows, or who is named, has read that far; false when it took too long or the loop has stopped. */
  reached(position: Position, withinMs = 5_000, models: readonly string[] = []): Promise<boolean> {
    const isMet = () => this.position(...models) >= position;
    if (isMet()) return Promise.resolve(true);
    if (this.stopped || this.failure !== null) return Promise.resolve(false);
    const met = this.waiters.until(isMet, withinMs);
    this.courses.wake();
    return met;
  }

  /**
   * Runs between two steps, alone: nothing is consumed meanwhile. What it answers is committed at once, unless another
   * owner has moved on: then it is void, as a step would be. False when it did not run, since nobody follows here.
   * When it fails nobody follows until the next beat.
   */
  async alone(work: (sources: Sources) => Promise<readonly Write[]>): Promise<boolean> {
    return this.inTurn(async () => {
      const all = this.courses.followers;
      if (this.stopped || all.length === 0) return false;
      const writes = await work(this.sources);
      if (writes.length > 0) await this.commit(writes, all);
      return true;
    });
  }

  /** Tries the parked events of one key again, in order; from the first that fails on, they are parked anew. */
  async redrive(model: string, key: string): Promise<void> {
    const lane = laneOf(key, this.how.seats?.lanes ?? 1);
    const one = this.subscribers.find((each) => modelOf(each) === model && (each.lane ?? 0) === lane);
    if (!one) throw new Error(`there is no subscriber ${model}`);
    await this.alone(async (sources) => (await redriven(one, key, sources)).writes);
  }

  /** Between two steps: whoever may follow and does not, begins where he stood, and so does who has a new seat; whoever may not any more, leaves. */
  async refresh(lanesGained: readonly number[] = []): Promise<void> {
    const may = new Set(this.subscribers.filter((one) => this.roster.mayFollow(one)));
    for (const one of this.courses.followers)
      if (!may.has(one) || lanesGained.includes(one.lane ?? 0)) this.courses.leave(one);
    this.courses.join(
      await placesKept(
        [...may].filter((one) => !this.courses.has(one)),
        this.sources,
      ),
    );
    this.waiters.tell();
  }

  /** Between two steps: what is held in memory is void, since somebody else wrote, or nobody knows what was kept. */
  async beginAnew(): Promise<void> {
    this.courses.clear();
    await this.refresh();
  }

  /** A job that fails leaves nobody following: what they hold in memory is void, since nobody knows what of it was kept. */
  inTurn<T>(job: () => Promise<T>): Promise<T> {
    const orNobody = () =>
      job().catch((error: unknown) => {
        this.courses.clear();
        throw error;
      });
    const mine = this.tail.then(orNobody, orNobody);
    this.tail = mine.catch(() => undefined);
    return mine;
  }

  /** What is unavailable for now is waited for; whatever else goes wrong ends the loop. */
  private async run(course: Course): Promise<void> {
    for (const stride = new Stride(this.pace), row = { failures: 0 }; !this.stopped;)
      try {
        if (row.failures > 0) await this.inTurn(() => this.beginAnew());
        await this.follow(course, stride, row);
      } catch (error) {
        if (!(error instanceof Unavailable)) throw error;
        this.waits = error.message;
        await course.rest(backOff(++row.failures));
      }
  }

  /** A step that succeeds ends a row of failures, a feed that opens does not. */
  private async follow(course: Course, stride: Stride, row: { failures: number }): Promise<void> {
    while (!this.stopped) {
      const item = await course.next(stride.limit);
      if (!item) continue;
      const started = performance.now();
      if (item.events.length > 0 || item.readTo > course.position)
        await this.inTurn(() => this.step(course, item));
      else course.done(item);
      const took = performance.now() - started;
      stride.took(item.events.length, took);
      this.waits = null;
      row.failures = 0;
      await this.how.onStep?.(item.events.length);
      this.firstCatchUp ||= this.courses.caughtUp;
      if (item.caughtUp && item.events.length > 0) await this.rest(course, took);
    }
  }

  private async rest(course: Course, workedMs: number): Promise<void> {
    const until = performance.now() + restMs(this.pace, workedMs);
    if (this.stopped || !this.waiters.isEmpty) return;
    if (leavesTime(this.pace, workedMs)) await this.inTurn(() => this.sources.rows.tidyUp());
    const leftMs = until - performance.now();
    if (leftMs >= 1) await course.rest(leftMs);
  }

  /** Also without events: what was looked at and concerns nobody need not be looked at again after a restart. */
  private async step(course: Course, item: FeedItem): Promise<void> {
    if (!course.isCurrent(item)) return;
    const events = await this.sources.store.open(item.events);
    this.rate.count(events.length);
    const behind = course.behind(item.readTo);
    const consumed = await Promise.allSettled(
      behind.map((one) => one.consume(newsOf(events, course.placeOf(one)), this.sources)),
    );
    const writes: Write[] = [];
    for (const [n, outcome] of consumed.entries()) {
      if (outcome.status === 'fulfilled') writes.push(...outcome.value);
      else this.standStill(behind[n] as Subscriber, outcome.reason);
    }
    const moving = behind.filter((one) => course.has(one));
    if (!(await this.commit(writes, moving, item.readTo))) return;
    course.moved(moving, item.readTo);
    course.done(item);
    if (course === this.courses.rear) this.courses.comeForward();
    this.waiters.tell();
  }

  /** All have settled: nobody consumes any more when the error of one is thrown. */
  private standStill(one: Subscriber, error: unknown): void {
    if (!(error instanceof StandsStill)) throw error;
    this.roster.standsStill(one, error);
    this.courses.leave(one);
    this.how.told?.('error', `${one.name} stands still: ${error.message}`);
  }

  /** Moves them to a position, or leaves them where they stand and makes sure that they stand there. False: somebody else is ahead. */
  private async commit(
    writes: readonly Write[],
    moving: readonly Subscriber[],
    to?: Position,
  ): Promise<boolean> {
    const checkpoints = moving.map((one) => {
      const from = this.courses.placeOf(one);
      return { subscriber: one.name, from, to: to ?? from };
    });
    try {
      await this.sources.rows.commit(writes, checkpoints, this.sitting?.seatsOf(moving));
      return true;
    } catch (error) {
      if (!(error instanceof Fenced)) throw error;
      await this.attendance?.comeAtOnce(error);
      await this.beginAnew();
      return false;
    }
  }

  private fail(error: unknown): void {
    if (this.failure !== null) return;
    this.failure = error;
    this.end();
    (this.how.onFailure ?? rethrow)(error);
  }
  private end(): void {
    this.stopped = true;
    this.courses.close();
    this.attendance?.close();
    this.waiters.sendHome();
  }
}

/** A broken loop must not go on in silence. */
const rethrow = (error: unknown): void => {
  setImmediate(() => {
    throw error;
  });
};
