import {
  assertValid,
  CommandProcessor,
  EventStore,
  kernelEvents,
  LIVE,
  LogSealer,
  nameOf,
  Projector,
  Reactor,
  Subscription,
  Timers,
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
} from '@rapport/kernel';

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
  /** A loop broke: a fault. Default: the process ends loudly. */
  readonly onFailure?: (error: unknown) => void;
  readonly onRefused?: OnRefused;
  /** How read models follow the log (default: as it suits a process that serves requests). */
  readonly pace?: Pace;
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
  /** Read models, rollups and seals. */
  readonly projections: Subscription;
  /** Policies. */
  readonly reactions: Subscription;
  readonly timers: Timers;
  private readonly processor: CommandProcessor;

  constructor(readonly plan: Plan) {
    const { aggregates, readModels, rollups, policies, log, rows, keys, now } = plan;
    this.now = now;
    this.rows = rows;
    this.store = new EventStore(log, keys, [kernelEvents, ...aggregates.map(({ events }) => events)]);
    this.processor = new CommandProcessor(this.store);
    this.commands = new Map(aggregates.flatMap(entriesOf));
    const sources = { rows, store: this.store };
    const projectors = readModels.map(
      (model) =>
        new Projector(
          model,
          rollups.filter((rollup) => rollup.of === model.name),
        ),
    );
    this.projections = new Subscription(
      sources,
      [...projectors, new LogSealer()],
      plan.onFailure,
      plan.pace ?? LIVE,
    );
    const reactors = policies.map(
      (policy) => new Reactor(policy, this.execute, (type) => this.classOf(type), plan.onRefused ?? ignore),
    );
    this.reactions = new Subscription(sources, reactors, plan.onFailure);
    this.timers = new Timers(reactors, this.reactions);
  }

  /** Projections and reactions begin where they stopped. */
  async start(): Promise<void> {
    await this.projections.start();
    await this.reactions.start();
  }
  /** Finishes what is under way; nothing is read or reacted to from here on. */
  async pause(): Promise<void> {
    await this.reactions.stop();
    await this.projections.stop();
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

  /** Everything that follows from what is stored, and what follows from that, is done and visible. */
  settle(withinMs?: number): Promise<void> {
    return this.until([this.reactions, this.projections], withinMs);
  }
  /** Everything that the policies make of what is stored is done; read models may still be behind. */
  reacted(withinMs?: number): Promise<void> {
    return this.until([this.reactions], withinMs);
  }

  private async until(loops: readonly Subscription[], withinMs = 600_000): Promise<void> {
    for (let head = await this.store.log.head(), before: Position | null = null; before !== head;) {
      before = head;
      const position = head;
      const done = await Promise.all(loops.map((loop) => loop.reached(position, withinMs)));
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
const ignore = (): void => undefined;
