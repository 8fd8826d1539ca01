import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import {
  assertValid,
  CommandProcessor,
  EventStore,
  kernelEvents,
  lanesOf,
  LIVE,
  LOG_MARKS,
  LogMarker,
  LogSealer,
  nameOf,
  Projector,
  Reactor,
  OPERATING,
  PARKED,
  Subscription,
  Timers,
  viewsOf,
  UNKNOWN_EVENTS,
  UnknownEvents,
  Watched,
  type Batch,
  type Class,
  type CommandResult,
  type Envelope,
  type EventLog,
  type KeyRing,
  type OnRefused,
  type Pace,
  type Policy,
  type Position,
  type Projection,
  type Question,
  type Rollup,
  type RowStore,
  type Rules,
  type SeatPlan,
  type Subscriber,
  type Table,
  type Told,
  type View,
} from '@rapport/kernel';
import { Freshness } from './freshness';
import type { Loop } from './loop';
import type { Kept } from './opening';
import { poisonNotes } from './poison-notes';
import { ProgressAnywhere, ProgressElsewhere, ProgressHere, type Progress } from './progress';
import { ROLES, type LoopName } from './roles';

/** The lists that are the whole product, the three ports, and the time. */
export interface Plan {
  readonly aggregates: readonly Rules[];
  readonly readModels: readonly Projection[];
  readonly rollups: readonly Rollup[];
  readonly questions: readonly Question[];
  readonly policies: readonly Policy[];
  readonly log: EventLog;
  readonly rows: RowStore;
  readonly keys: KeyRing;
  /** Business time. */
  readonly now: () => string;
  /** Machine time in milliseconds, by which ages are told (default: the machine's). */
  readonly clock?: () => number;
  /** A loop broke: a fault. Default: the process ends loudly. */
  readonly onFailure?: (error: unknown) => void;
  readonly onRefused?: OnRefused;
  /** How read models follow the log (default: as it suits a process that serves requests). */
  readonly pace?: Pace;
  /** How long the work of this process is kept for it without a word from it; null: nobody else can be alive (default). */
  readonly leaseMs?: number | null;
  /** What an operator should hear of. */
  readonly told?: Told;
  /** Who keeps the read models where the loop `projections` runs: a thread (default: this one). */
  readonly projector?: Loop & Progress & { onBatch(hearer: (batch: Batch) => void): void };
  /** Names this process to those who share its work (default: by machine and process, never twice). */
  readonly member?: string;
  /** Where all of it is kept, for threads that open it for themselves (default: in the memory of this process). */
  readonly kept?: Kept;
  /** The loops that run in this process (default: all). The others run elsewhere, on the same log and rows. */
  readonly loops?: readonly LoopName[];
}
export interface CommandEntry {
  readonly messageClass: Class;
  readonly of: Rules;
}

/** Everything wired by hand, with no framework in sight: Nest, the command line and a test all open the same application. */
export class Application {
  readonly store: EventStore;
  readonly rows: RowStore;
  readonly now: () => string;
  /** Every command by name, with the aggregate that decides it. */
  readonly commands: ReadonlyMap<string, CommandEntry>;
  /** Read models, rollups, seals and marks. */
  readonly projections: Subscription;
  /** Policies. */
  readonly reactions: Subscription;
  readonly timers: Timers;
  /** What runs in this process, by name, in the order in which it starts. */
  readonly loops = new Map<string, Loop>();
  /** How far the read models are, wherever they are kept. */
  readonly progress: Progress;
  /** Names this process to those who share its work. */
  readonly member: string;
  /** How far the log is ahead of them. */
  readonly freshness: Freshness;
  private readonly hearers: ((batch: Batch) => void)[] = [];
  private readonly readTables: readonly Table[];
  private readonly views: readonly View[];
  private readonly processor: CommandProcessor;

  constructor(readonly plan: Plan) {
    const { aggregates, readModels, rollups, policies, log, rows, keys, now } = plan;
    this.now = now;
    this.rows = rows;
    this.member = plan.member ?? newMember();
    this.store = new EventStore(log, keys, [kernelEvents, ...aggregates.map(({ events }) => events)]);
    this.processor = new CommandProcessor(this.store);
    this.commands = new Map(aggregates.flatMap(entriesOf));
    const sources = { rows, store: this.store };
    const projectors = readModels.flatMap((model) => {
      const figures = rollups.filter((rollup) => rollup.of === model.name);
      return lanesOf(rows.lanes).map((lane) => new Projector(model, figures, lane));
    });
    const { onFailure, told, pace = LIVE } = plan;
    if (told) this.onBatch(poisonNotes(told));
    const how = { ...(onFailure && { onFailure }), ...(told && { told }) };
    const unknown = new UnknownEvents((type) => this.store.knows(type), told);
    const ofTheLog = [new LogSealer(), new LogMarker(), unknown];
    this.projections = new Subscription(sources, [...projectors, ...ofTheLog].map(this.watched), {
      ...{ ...how, pace },
      seats: this.seatsOf('projections', rows.lanes),
    });
    const reactors = policies.map(
      (policy) => new Reactor(policy, this.execute, (type) => this.classOf(type), plan.onRefused ?? ignore),
    );
    this.reactions = new Subscription(sources, reactors.map(this.watched), {
      ...how,
      seats: this.seatsOf('reactions', 1),
    });
    this.timers = new Timers(reactors, this.reactions);
    plan.projector?.onBatch((batch) => this.heard(batch));
    const { projections, reactions } = this;
    const loops = { projections: plan.projector ?? projections, reactions };
    for (const name of plan.loops ?? ROLES.standalone.loops) this.loops.set(name, loops[name]);
    this.readTables = [...new Set(projectors.flatMap(({ tables }) => tables)), LOG_MARKS, UNKNOWN_EVENTS];
    this.views = viewsOf(readModels, rollups);
    const names = readModels.map(({ name }) => name);
    const elsewhere = new ProgressElsewhere(rows, names);
    this.progress = this.loops.has('projections')
      ? (plan.projector ?? new ProgressAnywhere(projections, new ProgressHere(projections), elsewhere))
      : elsewhere;
    this.freshness = new Freshness(log, this.progress, plan.clock);
  }

  /** From here on it hears what every model and policy that is kept here does with every batch of events. */
  onBatch(hearer: (batch: Batch) => void): void {
    this.hearers.push(hearer);
  }
  private heard(batch: Batch): void {
    for (const hear of this.hearers) hear(batch);
  }
  private readonly watched = (one: Subscriber): Watched => new Watched(one, (batch) => this.heard(batch));

  /** From its next start on this runs too, behind all others; it is stopped before them. */
  also(name: string, loop: Loop): void {
    this.loops.set(name, loop);
  }

  /**
   * The loops of this process begin where they stopped; whoever keeps the read models publishes what analysts read with
   * SQL. What is read here and kept elsewhere may still be empty.
   */
  async start(): Promise<void> {
    if (!this.loops.has('projections')) await this.rows.open(this.readTables);
    await this.rows.open([PARKED, ...OPERATING]);
    for (const loop of this.loops.values()) await loop.start();
    if (this.loops.has('projections') && !this.plan.projector) await this.rows.publish(this.views);
  }
  /** Finishes what is under way; nothing is read or reacted to from here on. */
  async pause(): Promise<void> {
    this.progress.close();
    for (const loop of [...this.loops.values()].reverse()) await loop.stop();
  }
  /** Finishes what is under way, then lets go of log, rows and keys. */
  async stop(): Promise<void> {
    await this.pause();
    await this.plan.log.close();
    await this.rows.close();
    await this.plan.keys.close();
  }

  /** The edge: a well-formed command goes to the one aggregate that owns it. Throws `Invalid`, `Refusal`, `Contended`. */
  readonly execute = (command: object, envelope: Envelope): Promise<CommandResult> => {
    assertValid(command);
    const entry = this.commands.get(nameOf(command.constructor as Class));
    if (!entry) throw new Error(`nobody decides ${command.constructor.name}`);
    return this.processor.execute(entry.of, command, envelope);
  };

  /** Everything that follows from what is stored, and what follows from that, is done and visible, as far as loops run here. */
  settle(withinMs?: number): Promise<void> {
    const loops = (['reactions', 'projections'] as const).filter((name) => this.loops.has(name));
    return this.until(loops, withinMs);
  }
  /** How far the loops of this process are; where none runs, the read models. */
  position(): Promise<Position> {
    const read = [...this.loops.values()].flatMap((loop) => loop.position?.() ?? []);
    return read.length > 0 ? Promise.resolve(Math.min(...read) as Position) : this.progress.position([]);
  }
  /** Everything that the policies make of what is stored is done; read models may still be behind. */
  reacted(withinMs?: number): Promise<void> {
    return this.until(['reactions'], withinMs);
  }

  /** Who may do the work of a loop: nobody else can, or whoever sits there. */
  seatsOf(group: string, lanes: number): SeatPlan {
    const { leaseMs = null } = this.plan;
    const whose =
      leaseMs === null
        ? { leaseMs: FOR_EVER_MS, takes: 'all' as const }
        : { leaseMs, takes: 'share' as const };
    return { group, lanes, member: this.member, ...whose };
  }

  private async until(loops: readonly LoopName[], withinMs = 600_000): Promise<void> {
    for (let head = await this.store.log.head(), before: Position | null = null; before !== head;) {
      before = head;
      const position = head;
      const done = await Promise.all(
        loops.map((name) =>
          name === 'reactions'
            ? this.reactions.reached(position, withinMs)
            : this.progress.reached(position, [], withinMs),
        ),
      );
      if (done.includes(false)) throw new Error(`not settled after ${withinMs} ms`);
      head = await this.store.log.head();
    }
  }

  private classOf(type: string): Class {
    const entry = this.commands.get(type);
    if (!entry) throw new Error(`there is no command ${type}`);
    return entry.messageClass;
  }
}

const entriesOf = (of: Rules): [string, CommandEntry][] =>
  Object.values(of.commands).map((messageClass) => [nameOf(messageClass), { messageClass, of }]);
export const newMember = (): string => `${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`;
/** Longer than any process lives, and still a number of milliseconds that can be added to a clock. */
const FOR_EVER_MS = 100 * 365 * 86_400_000;
const ignore = (): void => undefined;
