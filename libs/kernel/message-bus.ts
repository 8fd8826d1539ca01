/** A message for others. Messages of one key keep their order. */
export interface Message {
  /** Names the thing that it is about: the aggregate's id. */
  readonly key: string;
  /** UTF-8 text; null only where a topic is compacted and the key shall go. */
  readonly value: string | null;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}
/** A message as it lies in its topic. */
export interface Delivery extends Message {
  readonly topic: string;
  readonly partition: number;
  /** Its place in the partition, rising; text, since it may pass 2^53. */
  readonly offset: string;
  /** When the sender or the broker dated it, ISO-8601 UTC. */
  readonly at: string;
}
/** A topic as it must be before anything is sent or read. */
export interface TopicPlan {
  readonly topic: string;
  readonly partitions: number;
  /** How long messages are kept, in hours; null: for ever. */
  readonly retentionHours: number | null;
}

/** The bus cannot be reached, or does not answer in time: nobody knows whether what was sent has arrived. */
export class BusUnavailable extends Error {}
/** The bus is there and is not as it must be (a topic is missing, has too few partitions, access is denied): the message says what to do. */
export class BusMisfit extends Error {}

/**
 * What becomes of the deliveries of one partition, in their order. Resolves when all of them are dealt with: only then
 * are they never brought again. When it throws, the same ones are brought once more after a pause.
 */
export type Handle = (deliveries: readonly Delivery[]) => Promise<void>;

export interface Consumption {
  /** `joining` until partitions are assigned for the first time; `waiting` when the bus cannot be reached, or a topic is missing. */
  readonly state: 'joining' | 'running' | 'waiting' | 'stopped';
  /** Why it waits, or why deliveries are brought once more, for people; null when all is well. */
  readonly trouble: string | null;
  /** Finishes the deliveries in hand, keeps their offsets, and leaves the group. */
  stop(): Promise<void>;
}

/** How messages leave the house and come in: the one port of integration. At least once, in order of the key. */
export interface MessageBus {
  /** The driver and its version, for people. */
  readonly driver: string;
  /**
   * Makes missing topics where `create` says so; otherwise a missing topic is a `BusMisfit` that names it. Also when a
   * topic has fewer partitions than planned. Throws `BusUnavailable` when nobody answers.
   */
  prepare(topics: readonly TopicPlan[], create: boolean): Promise<void>;
  /**
   * Resolves when every message is kept by the bus, in this order for each key; calls made one after the other keep their
   * order, too. Throws `BusUnavailable` (any part of it may have arrived: send all of it again), `BusMisfit`.
   */
  publish(topic: string, messages: readonly Message[]): Promise<void>;
  /**
   * Reads topics as a member of a group, from the first message that the group has not dealt with. Answers at once, also
   * when nobody can be reached: the consumption says how it fares, and goes on trying until it is stopped.
   */
  consume(group: string, topics: readonly string[], handle: Handle): Promise<Consumption>;
  close(): Promise<void>;
}
