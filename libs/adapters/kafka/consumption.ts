import type { Consumption, Handle } from '@rapport/kernel';
import type { Consumer } from 'kafkajs';
import { faultOf, within } from './faults';
import { Intake } from './intake';
import { Line, SOON } from './line';
import { pauseMs } from './pauses';
import type { Whole } from './settings';

/** What a member of a group reads. */
export interface Reading {
  readonly group: string;
  readonly topics: readonly string[];
  readonly handle: Handle;
}
/** What is slow at stopping is cut off after so many answers that did not come. */
const ANSWERS_MAX = 3;

/**
 * Keeps one consumer of kafkajs alive: when it crashes, cannot connect, or falls silent, a new one takes its place after
 * a pause. kafkajs would restart some of them itself, and others never.
 */
export class KafkaConsumption implements Consumption {
  state: Consumption['state'] = 'joining';
  private lost: string | null = null;
  private failures = 0;
  private heardAt = performance.now();
  private readonly intake: Intake;
  private readonly stopping: Promise<void>;
  private isStopping = false;
  private tellStopping: () => void = () => undefined;
  private readonly ended: Promise<void>;

  constructor(
    private readonly settings: Whole,
    private readonly reading: Reading,
  ) {
    this.intake = new Intake(settings, reading.handle);
    this.stopping = new Promise((tell) => (this.tellStopping = tell));
    this.ended = this.supervise();
  }

  get trouble(): string | null {
    return this.lost ?? this.intake.trouble;
  }
  stop(): Promise<void> {
    this.isStopping = true;
    this.tellStopping();
    return this.ended;
  }

  private async supervise(): Promise<void> {
    while (!this.isStopping) {
      const line = new Line(this.settings);
      try {
        await this.live(line);
      } catch (error) {
        this.fail(error);
      }
      this.intake.leave();
      // a handler that still works on a partition must be through before anybody of us reads it again
      await this.intake.idle();
      line.cut();
      if (!this.isStopping) await this.pause(pauseMs(this.failures, this.settings.pauses));
    }
    this.state = 'stopped';
    this.lost = null;
  }

  /** Resolves when we are to stop, and the deliveries in hand are dealt with; throws when the consumer is no longer of use. */
  private async live(line: Line): Promise<void> {
    const consumer = this.consumerOn(line);
    const lost = this.loss(consumer);
    const silence = this.silence();
    const starting = this.start(consumer).then(() => new Promise<never>(() => undefined));
    try {
      await Promise.race([lost, silence.broken, starting, this.stopping]);
    } finally {
      silence.end();
      await this.leave(consumer);
    }
  }
  private async start(consumer: Consumer): Promise<void> {
    const { topics } = this.reading;
    await consumer.connect();
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await consumer.run({
      ...{ autoCommit: false, eachBatchAutoResolve: false },
      partitionsConsumedConcurrently: this.settings.limits.partitionsAtOnce,
      eachBatch: (payload) => this.intake.take(payload),
    });
  }
  /** It has left when its deliveries in hand are dealt with, whatever becomes of the broker meanwhile. */
  private async leave(consumer: Consumer): Promise<void> {
    const leaving = consumer.disconnect();
    leaving.catch(() => undefined); // it is waited for below
    await this.intake.idle();
    const until = performance.now() + this.settings.timeouts.requestMs * ANSWERS_MAX;
    await within(leaving, until, () => new Error('no answer')).catch((error: unknown) => {
      this.settings.note('warn', `the group ${this.reading.group} was left without a word: ${String(error)}`);
    });
  }

  private consumerOn(line: Line): Consumer {
    const { timeouts, limits } = this.settings;
    return line.kafka.consumer({
      groupId: this.reading.group,
      sessionTimeout: timeouts.sessionMs,
      rebalanceTimeout: timeouts.rebalanceMs,
      heartbeatInterval: timeouts.heartbeatMs,
      maxWaitTimeInMs: timeouts.fetchMs,
      maxBytesPerPartition: limits.fetchBytesPerPartition,
      allowAutoTopicCreation: false,
      retry: { ...SOON, restartOnFailure: () => Promise.resolve(false) },
    });
  }
  private loss(consumer: Consumer): Promise<never> {
    const { CRASH, GROUP_JOIN, HEARTBEAT, FETCH } = consumer.events;
    for (const sign of [HEARTBEAT, FETCH] as const) consumer.on(sign, () => this.hear());
    consumer.on(GROUP_JOIN, () => this.join());
    return new Promise((_, reject) => {
      consumer.on(CRASH, ({ payload }) => reject(payload.error));
    });
  }
  /** A consumer of kafkajs may hang without a crash. Dealing out anew is the longest time in which nothing is heard. */
  private silence(): { readonly broken: Promise<never>; readonly end: () => void } {
    const { sessionMs, rebalanceMs } = this.settings.timeouts;
    const silentMs = 2 * sessionMs + rebalanceMs;
    this.hear();
    let timer: NodeJS.Timeout | undefined;
    const broken = new Promise<never>((_, reject) => {
      timer = setInterval(() => {
        if (performance.now() - this.heardAt > silentMs)
          reject(new Error(`nothing was heard for ${silentMs} ms`));
      }, sessionMs);
    });
    return { broken, end: () => clearInterval(timer) };
  }

  private hear(): void {
    this.heardAt = performance.now();
  }
  private join(): void {
    this.hear();
    this.failures = 0;
    this.lost = null;
    if (!this.isStopping) this.state = 'running';
  }
  private fail(error: unknown): void {
    const { group, topics } = this.reading;
    this.failures++;
    this.lost = faultOf(error, `reading ${topics.join(', ')} as ${group}`, this.settings).message;
    if (!this.isStopping) this.state = 'waiting';
    this.settings.note('error', this.lost);
  }
  private async pause(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<void>((go) => (timer = setTimeout(go, ms)));
    await Promise.race([over, this.stopping]);
    clearTimeout(timer);
  }
}
