import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { Kafka, logLevel, type ISocketFactoryArgs, type KafkaConfig, type LogEntry } from 'kafkajs';
import type { Whole } from './settings';

/** kafkajs gives up soon: how long is waited, and what then, is decided by us. All is said, for it has other defaults under test. */
export const SOON = { retries: 2, initialRetryTime: 100, maxRetryTime: 1_000, factor: 0.2, multiplier: 2 };
const KEEP_ALIVE_MS = 60_000;

/**
 * A client of kafkajs whose connections can be cut for good. A producer or consumer of kafkajs that was disconnected
 * may connect again by itself while it still retries: one that was given up must never send again.
 */
export class Line {
  readonly kafka: Kafka;
  private readonly sockets = new Set<Socket>();
  private isCut = false;

  constructor(settings: Whole) {
    this.kafka = new Kafka({ ...configOf(settings), socketFactory: (to) => this.socketTo(to) });
  }
  cut(): void {
    this.isCut = true;
    // without an error kafkajs would not notice, and wait for its answers; one that it has ended itself is of no interest
    for (const socket of this.sockets) socket.destroy(socket.writableEnded ? undefined : new Error(CUT));
  }

  private socketTo(to: ISocketFactoryArgs): Socket {
    if (this.isCut) throw new Error(CUT);
    const socket = open(to);
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
    return socket.setKeepAlive(true, KEEP_ALIVE_MS);
  }
}
const CUT = 'this client was given up';

/** A name is checked against the certificate; an address has none to check. */
const open = ({ host, port, ssl, onConnect }: ISocketFactoryArgs): Socket => {
  if (!(ssl as unknown)) return connectPlain({ host, port }, onConnect);
  return connectTls({ host, port, ...(isIP(host) === 0 && { servername: host }), ...ssl }, onConnect);
};

const configOf = ({ brokers, clientId, ssl, sasl, timeouts, note }: Whole): KafkaConfig => ({
  brokers: [...brokers],
  clientId,
  connectionTimeout: timeouts.connectMs,
  authenticationTimeout: timeouts.connectMs,
  requestTimeout: timeouts.requestMs,
  retry: SOON,
  logLevel: logLevel.INFO,
  logCreator: () => (entry) => tell(note, entry),
  ...(ssl !== undefined && { ssl: typeof ssl === 'boolean' ? ssl : { ...ssl } }),
  ...(sasl && { sasl: { ...sasl } as NonNullable<KafkaConfig['sasl']> }),
});

/** We do limit its retries, and never use a producer again that failed: see sender.ts. */
const NOT_FOR_US = 'Limiting retries for the idempotent producer';
const TELLING = ['broker', 'groupId', 'topic', 'partition', 'error'];

const tell = (note: Whole['note'], { level, namespace, log }: LogEntry): void => {
  if (log.message.startsWith(NOT_FOR_US)) return;
  const details = TELLING.filter((name) => log[name] !== undefined).map(
    (name) => `${name} ${String(log[name])}`,
  );
  const of = details.length === 0 ? '' : ` (${details.join(', ')})`;
  note(LEVELS[level] ?? 'debug', `kafkajs ${namespace}: ${log.message}${of}`);
};
const LEVELS: Readonly<Partial<Record<logLevel, 'error' | 'warn' | 'info'>>> = {
  [logLevel.ERROR]: 'error',
  [logLevel.WARN]: 'warn',
  [logLevel.INFO]: 'info',
};
