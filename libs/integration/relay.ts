import { backOff, Bell, Unavailable, type Consumption, type MessageBus } from '@rapport/kernel';
import { commandHandling, type CommandParts } from './consume';
import { behaviourHandling } from './consume-behaviour';
import { Intake, type IntakeParts } from './intake';
import { BEHAVIOUR, COMMANDS, IN } from './topics';

export interface RelayParts extends CommandParts, IntakeParts {
  /** It has stopped for good: a fault, such as a topic that is missing. Whoever runs it decides whether the process goes on. */
  readonly onFailure: (error: unknown) => void;
  /** Make topics that are missing (default: no; they are then a `BusMisfit`). */
  readonly createTopics?: boolean;
  /** Names the members that share the work (default: `rapport`). */
  readonly group?: string;
}

/** Hears commands and behaviour from the bus: `relayOn(bus, parts).start()`. Nothing is heard before that. */
export const relayOn = (bus: MessageBus, parts: RelayParts): Relay => new Relay(bus, parts);

/** The bus is waited for when it is away; what is there and not as it must be ends the relay visibly. */
export class Relay {
  private readonly bell = new Bell();
  private readonly consumptions: Consumption[] = [];
  private running: Promise<void> = Promise.resolve();
  private stopped = false;
  private failure: unknown = null;
  private waits: string | null = null;

  constructor(
    private readonly bus: MessageBus,
    private readonly parts: RelayParts,
  ) {}

  /** Answers at once: how far it is says `state`. */
  start(): void {
    this.running = this.begin().catch((error: unknown) => {
      this.failure = error;
      this.parts.onFailure(error);
    });
  }
  /** Finishes the deliveries in hand. What they led to is in the log and answered, or they are brought to somebody else. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.bell.ring();
    await this.running;
    await Promise.all(this.consumptions.map((consumption) => consumption.stop()));
  }

  get error(): unknown {
    return this.failure;
  }
  /** How it is doing, for people: `starting`, `running`, `waiting: …`, `failed` or `stopped`. */
  get state(): string {
    if (this.failure !== null) return 'failed';
    if (this.stopped) return 'stopped';
    const trouble = this.waits ?? this.consumptions.find((one) => one.trouble !== null)?.trouble;
    if (trouble != null) return `waiting: ${trouble}`;
    const begun = this.consumptions.length > 0;
    return begun && this.consumptions.every(({ state }) => state === 'running') ? 'running' : 'starting';
  }

  private async begin(): Promise<void> {
    for (let failures = 0; !this.stopped;) {
      try {
        await this.bus.prepare(IN, this.parts.createTopics ?? false);
        await this.consume();
        this.waits = null;
        return;
      } catch (error) {
        if (!(error instanceof Unavailable)) throw error;
        this.waits = error.message;
        await this.bell.heard(backOff(++failures), true);
      }
    }
  }

  /** A group for each topic, so that trouble with one does not hold up the other. */
  private async consume(): Promise<void> {
    const { parts } = this;
    const heard = [
      ['commands', COMMANDS, commandHandling(parts)],
      ['behaviour', BEHAVIOUR, behaviourHandling(parts)],
    ] as const;
    for (const [name, { topic }, handling] of heard.slice(this.consumptions.length)) {
      const { handle } = new Intake(this.bus, handling, parts);
      const group = `${parts.group ?? 'rapport'}.${name}`;
      this.consumptions.push(await this.bus.consume(group, [topic], handle));
    }
  }
}
