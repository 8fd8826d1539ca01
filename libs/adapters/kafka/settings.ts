/** What the driver and the adapter have to say, for the log of the host. */
export type Note = (level: 'error' | 'warn' | 'info' | 'debug', text: string) => void;

/** Contents of PEM files, not their names. */
export interface KafkaCertificates {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}
export interface KafkaLogin {
  readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
  readonly username: string;
  readonly password: string;
}
export interface KafkaTimeouts {
  /** To open one connection, TLS and login included. */
  readonly connectMs: number;
  /** For one answer of a broker. */
  readonly requestMs: number;
  /** For the whole of `prepare`. */
  readonly prepareMs: number;
  /** For the whole of one `publish`, waiting for its turn included. */
  readonly publishMs: number;
  /** A member of a group that is not heard of for so long has lost its partitions. */
  readonly sessionMs: number;
  /** So long others wait for a member that still works, when partitions are dealt out anew. */
  readonly rebalanceMs: number;
  readonly heartbeatMs: number;
  /** How long a broker holds an answer back when there is nothing to read; also what stopping may take at least. */
  readonly fetchMs: number;
}
export interface KafkaLimits {
  /** Key, value and headers of one message. Below `message.max.bytes` of the broker (1,048,588 unless changed). */
  readonly messageBytes: number;
  /** One request: all of it may go to one partition, so the same limit of the broker holds for it. */
  readonly requestBytes: number;
  readonly requestMessages: number;
  /** Calls of `publish` that wait for those before them; one more is refused as unavailable. */
  readonly waitingPublishes: number;
  /** Deliveries that a handler gets at once. */
  readonly deliveries: number;
  readonly fetchBytesPerPartition: number;
  readonly partitionsAtOnce: number;
}
/** Pauses grow from the first to the longest, by doubling, and are shortened at random by up to a half. */
export interface KafkaPauses {
  readonly firstMs: number;
  readonly longestMs: number;
}
export interface KafkaSettings {
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly ssl?: boolean | KafkaCertificates;
  readonly sasl?: KafkaLogin;
  readonly timeouts?: Partial<KafkaTimeouts>;
  readonly limits?: Partial<KafkaLimits>;
  readonly pauses?: Partial<KafkaPauses>;
  /** Copies of a topic that is made: a number, or `broker` for its default. Unsaid: three, or as many as there are brokers. */
  readonly replicationFactor?: number | 'broker';
  readonly note?: Note;
}

const TIMEOUTS: KafkaTimeouts = {
  ...{ connectMs: 3_000, requestMs: 10_000, prepareMs: 20_000, publishMs: 30_000 },
  ...{ sessionMs: 30_000, rebalanceMs: 60_000, heartbeatMs: 3_000, fetchMs: 500 },
};
const LIMITS: KafkaLimits = {
  ...{ messageBytes: 900_000, requestBytes: 900_000, requestMessages: 500, waitingPublishes: 1_000 },
  ...{ deliveries: 500, fetchBytesPerPartition: 1_048_576, partitionsAtOnce: 8 },
};
const PAUSES: KafkaPauses = { firstMs: 200, longestMs: 30_000 };

/** Settings with nothing left unsaid. */
export interface Whole extends Omit<KafkaSettings, 'timeouts' | 'limits' | 'pauses' | 'note'> {
  readonly timeouts: KafkaTimeouts;
  readonly limits: KafkaLimits;
  readonly pauses: KafkaPauses;
  readonly note: Note;
}
export const wholeOf = (settings: KafkaSettings): Whole => {
  const whole = {
    ...settings,
    brokers: parseBrokers(settings.brokers.join(',')),
    timeouts: { ...TIMEOUTS, ...settings.timeouts },
    limits: { ...LIMITS, ...settings.limits },
    pauses: { ...PAUSES, ...settings.pauses },
    note: settings.note ?? (() => undefined),
  };
  checkNumbers(whole);
  return whole;
};

const checkNumbers = ({ timeouts, limits, pauses, replicationFactor }: Whole): void => {
  for (const [name, value] of Object.entries({ ...timeouts, ...limits, ...pauses }))
    if (!Number.isInteger(value) || value < 1)
      throw new Error(`Kafka: ${name} is ${value}, and must be a whole number above 0`);
  if (limits.messageBytes > limits.requestBytes)
    throw new Error(
      `Kafka: messageBytes (${limits.messageBytes}) is above requestBytes (${limits.requestBytes})`,
    );
  if (timeouts.heartbeatMs >= timeouts.sessionMs)
    throw new Error(
      `Kafka: heartbeatMs (${timeouts.heartbeatMs}) must be below sessionMs (${timeouts.sessionMs})`,
    );
  if (
    typeof replicationFactor === 'number' &&
    !(Number.isInteger(replicationFactor) && replicationFactor > 0)
  )
    throw new Error(`Kafka: replicationFactor is ${replicationFactor}, and must be a whole number above 0`);
};

const BROKERS_MAX = 50;
const PORT_MAX = 65_535;

/** Reads `host:port,host:port`. An error names the part that is wrong, and what is wrong with it. */
export const parseBrokers = (text: string): readonly string[] => {
  const parts = text.split(',').map((part) => part.trim());
  if (parts.length === 1 && parts[0] === '') throw new Error(`Kafka: no broker is named; ${EXPECTED}`);
  if (parts.length > BROKERS_MAX)
    throw new Error(`Kafka: ${parts.length} brokers are named, ${BROKERS_MAX} may be`);
  parts.forEach(checkBroker);
  return [...new Set(parts)];
};
const EXPECTED = 'expected host:port, or several with commas between them (kafka1:9092,kafka2:9092)';

const checkBroker = (part: string, n: number): void => {
  const why = wrongWith(part);
  if (why !== null) throw new Error(`Kafka: broker ${n + 1}, "${part}": ${why}; ${EXPECTED}`);
};
const wrongWith = (part: string): string | null => {
  if (part === '') return 'there is nothing between two commas';
  if (part.includes('://')) return 'it begins with a scheme, and must not';
  if (part.startsWith('[')) return 'the driver takes no IPv6 address: give it a name';
  const [host = '', port = '', ...more] = part.split(':');
  if (more.length > 0) return 'it has more than one colon';
  if (host === '') return 'the host is missing';
  if (!/^[\w.-]+$/.test(host)) return `"${host}" is no host name`;
  return portIsWrong(port);
};
const portIsWrong = (port: string): string | null => {
  if (port === '') return 'the port is missing';
  const fits = /^\d{1,5}$/.test(port) && Number(port) > 0 && Number(port) <= PORT_MAX;
  return fits ? null : `"${port}" is no port (1 to ${PORT_MAX})`;
};
