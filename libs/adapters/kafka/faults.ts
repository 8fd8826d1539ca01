import { BusMisfit, BusUnavailable } from '@rapport/kernel';
import type { Whole } from './settings';

/** What a broker refuses however often it is asked, and what to do about it. */
const MISFITS: Readonly<Record<string, string>> = {
  UNKNOWN_TOPIC_OR_PARTITION: 'the topic is missing: create it, or let it be created at the start',
  INVALID_TOPIC_EXCEPTION:
    'the broker does not take this name of a topic: use letters, digits, ".", "_" and "-"',
  MESSAGE_TOO_LARGE: 'raise max.message.bytes of the topic, or lower limits.requestBytes',
  RECORD_LIST_TOO_LARGE: 'raise max.message.bytes of the topic, or lower limits.requestBytes',
  TOPIC_AUTHORIZATION_FAILED: 'give this user access to the topic (read, write, describe, create)',
  GROUP_AUTHORIZATION_FAILED: 'give this user access to the consumer group (read)',
  CLUSTER_AUTHORIZATION_FAILED: 'give this user access to the cluster (idempotent write, create)',
  SASL_AUTHENTICATION_FAILED: 'check the user and the password',
  UNSUPPORTED_SASL_MECHANISM: 'the broker does not offer this mechanism: check sasl',
  INVALID_REPLICATION_FACTOR: 'there are fewer brokers than copies: lower the replication factor',
  INVALID_PARTITIONS: 'the broker does not take this number of partitions',
  INVALID_CONFIG: 'the broker does not take these settings of a topic',
  POLICY_VIOLATION: 'a policy of the broker forbids such a topic: create it by hand',
};

interface Trouble {
  readonly name?: string;
  readonly type?: string;
  readonly message?: string;
  readonly cause?: unknown;
  readonly errors?: readonly unknown[];
}
const DEPTH_MAX = 10;

/** kafkajs wraps what went wrong in what it did about it; several topics fail together. */
const layersOf = (error: unknown, depth = 0): readonly Trouble[] => {
  if (typeof error !== 'object' || error === null || depth > DEPTH_MAX) return [];
  const { cause, errors = [] } = error as Trouble;
  return [error, ...[cause, ...errors].flatMap((below) => layersOf(below, depth + 1))];
};

/** What kafkajs threw while we did something, in the words of the port. */
export const faultOf = (error: unknown, doing: string, { brokers }: Whole): BusUnavailable | BusMisfit => {
  if (error instanceof BusMisfit || error instanceof BusUnavailable) return error;
  const layers = layersOf(error);
  const why = layers.at(-1)?.message ?? String(error);
  const known = layers.find(({ type }) => type !== undefined && Object.hasOwn(MISFITS, type))?.type;
  const advice = known === undefined ? undefined : MISFITS[known];
  if (advice !== undefined) return new BusMisfit(`Kafka, ${doing}: ${why} (${advice})`, { cause: error });
  if (layers.some(({ name }) => name === 'KafkaJSSASLAuthenticationError'))
    return new BusMisfit(`Kafka, ${doing}: ${why} (check the user and the password)`, { cause: error });
  return unavailable(brokers, doing, why, error);
};

export const unavailable = (brokers: readonly string[], doing: string, why: string, cause?: unknown) =>
  new BusUnavailable(
    `Kafka at ${brokers.join(', ')}, ${doing}: ${why}. Check that a broker runs there, that it can be reached from here,` +
      ' that what it advertises (advertised.listeners) can be, too, and that TLS and login are as its listener wants them',
    { cause },
  );

/** Waits no longer than until then (`performance.now()`); what comes later is of no interest to anybody. */
export const within = async <T>(work: Promise<T>, until: number, late: () => Error): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), Math.max(0, until - performance.now()));
  });
  work.catch(() => undefined); // it may fail after we stopped waiting
  return Promise.race([work, over]).finally(() => clearTimeout(timer));
};
