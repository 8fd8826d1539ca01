import type { Logger } from 'pino';
import { KafkaMessageBus } from '@rapport/adapters/kafka';
import { beginFromNow, IN, OUT, Publisher, relayOn, type Relay, type RelayParts } from '@rapport/integration';
import { Subscription, Unavailable, type MessageBus, type Position } from '@rapport/kernel';
import type { Application } from './application';
import { haltsAmong } from './halts';
import { maySendCommands } from './http/roles';
import { kafkaIn } from './kafka-place';
import type { Loop } from './loop';
import type { Settings } from './settings';

/** What a host does with the messages of others, and tells them, beside its own loops. */
export interface Messaging {
  readonly bus: MessageBus;
  readonly createTopics: boolean;
  readonly group: string;
  readonly source: string;
  /** Where an installation begins to publish that never has. */
  readonly start: 'BEGINNING' | 'NOW';
}
type Told = Pick<RelayParts, 'log' | 'onFailure' | 'onDealt'>;

/** The bus that the settings name, or null. */
export const messagingIn = (settings: Settings, log: Logger): Messaging | null => {
  const kafka = kafkaIn(settings);
  if (!kafka) return null;
  const note: NonNullable<typeof kafka.note> = (level, text) => log[level]({ what: text }, 'kafka');
  return {
    bus: new KafkaMessageBus({ ...kafka, note }),
    createTopics: settings.RAPPORT_KAFKA_CREATE_TOPICS,
    group: settings.RAPPORT_KAFKA_GROUP,
    source: settings.RAPPORT_KAFKA_SOURCE,
    start: settings.RAPPORT_KAFKA_START,
  };
};

/** A start waits so long for brokers; then it goes on, and the loops wait for them. */
const BROKERS_MS_MAX = 5_000;

/** Throws `BusMisfit`, naming the topic and what to do, where one is missing that may not be made. */
export const assertTopics = async ({ bus, createTopics }: Messaging): Promise<void> => {
  let late: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((go) => (late = setTimeout(go, BROKERS_MS_MAX)));
  const prepared = bus.prepare([...IN, ...OUT], createTopics).catch((error: unknown) => {
    if (!(error instanceof Unavailable)) throw error;
  });
  await Promise.race([prepared, patience]).finally(() => clearTimeout(late));
};

/**
 * Commands and behaviour come in from the bus, and what happened goes out to it: two more loops of the application, each
 * of its own, so that trouble with one holds up nothing else. A bus that is away is waited for and does not make the
 * process unready: HTTP, read models and policies do not need it.
 */
export const converse = (application: Application, messaging: Messaging, told: Told): void => {
  application.also('publishing', new Publishing(application, messaging, told.onFailure));
  application.also('messages', new Hearing(application, messaging, told));
};

class Publishing implements Loop {
  readonly caughtUp = true;
  private readonly publisher: Publisher;
  private readonly subscription: Subscription;

  constructor(
    private readonly application: Application,
    private readonly messaging: Messaging,
    onFailure: (error: unknown) => void,
  ) {
    const { rows, store } = application;
    this.publisher = new Publisher(messaging.bus, messaging);
    this.subscription = new Subscription({ rows, store }, [this.publisher], {
      onFailure,
      seats: application.seatsOf('publishing', 1),
    });
  }
  async start(): Promise<void> {
    if (this.messaging.start === 'NOW') await beginFromNow(this.application, this.publisher);
    await this.subscription.start();
  }
  /** The last that needs the bus. */
  async stop(): Promise<void> {
    await this.subscription.stop();
    await this.messaging.bus.close();
  }
  get state(): string {
    return this.subscription.state;
  }
  get halts(): readonly string[] {
    return haltsAmong(this.subscription, [this.publisher]);
  }
  get error(): unknown {
    return this.subscription.error;
  }
  position(): Position {
    return this.subscription.position();
  }
}

class Hearing implements Loop {
  readonly caughtUp = true;
  private readonly relay: Relay;

  constructor({ execute, commands, now }: Application, messaging: Messaging, told: Told) {
    const { bus, createTopics, group } = messaging;
    this.relay = relayOn(bus, {
      execute,
      commands,
      now,
      maySend: maySendCommands,
      createTopics,
      group,
      ...told,
    });
  }
  start(): Promise<void> {
    this.relay.start();
    return Promise.resolve();
  }
  stop(): Promise<void> {
    return this.relay.stop();
  }
  get state(): string {
    return this.relay.state;
  }
  get error(): unknown {
    return this.relay.error;
  }
}
