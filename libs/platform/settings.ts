import { addressIn, withoutPassword, WrongAddress } from '@rapport/adapters/eventstoredb';
import {
  assertValid,
  Count,
  Flag,
  Id,
  Invalid,
  OneOf,
  Optional,
  options,
  Text,
  Texts,
} from '@rapport/kernel';
import { fromText } from './from-text';
import { kafkaIsWrong } from './kafka-place';
import { postgresIsWrong } from './postgres-place';

const LogLevel = options('silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace');
type LogLevel = keyof typeof LogLevel;

const KafkaMechanism = options('plain', 'scram-sha-256', 'scram-sha-512');
type KafkaMechanism = keyof typeof KafkaMechanism;
const KafkaStart = options('BEGINNING', 'NOW');
type KafkaStart = keyof typeof KafkaStart;

/** A renewal may be late by some seconds of garbage collection or a slow disk, and nobody should wait for a crashed process much longer. */
export const LEASE_MS = 10_000;

/** Everything that can be set from outside, with its default: one class, validated as a command is. */
export class Settings {
  @Text(255) RAPPORT_HOST = '127.0.0.1';
  @Count(0, 65_535) RAPPORT_PORT = 3000;
  @Text(4000) RAPPORT_DATA = './data';
  @Optional() @Text(4000) RAPPORT_EVENTSTOREDB?: string;
  @Optional() @Text(80) RAPPORT_EVENTSTOREDB_NAMESPACE?: string;
  @Count(100, 600_000) RAPPORT_EVENTSTOREDB_APPEND_MS = 15_000;
  @Count(1, 10_000) RAPPORT_EVENTSTOREDB_APPENDS_MAX = 64;
  @Flag() RAPPORT_LOG_COPY = false;
  @Optional() @Text(4000) RAPPORT_POSTGRES?: string;
  @Optional() @Text(4000) RAPPORT_POSTGRES_CA_FILE?: string;
  @Text(48) RAPPORT_POSTGRES_SCHEMA = 'rapport';
  @Text(48) RAPPORT_POSTGRES_ANALYSTS_SCHEMA = 'analysts';
  @Text(48) RAPPORT_POSTGRES_ANALYSTS_ROLE = 'rapport_analyst';
  @Count(2, 1_000) RAPPORT_POSTGRES_CONNECTIONS_MAX = 10;
  @Optional() @Text(4000) RAPPORT_KAFKA?: string;
  @Flag() RAPPORT_KAFKA_TLS = false;
  @Optional() @Text(4000) RAPPORT_KAFKA_CA_FILE?: string;
  @Optional() @Text(4000) RAPPORT_KAFKA_CERT_FILE?: string;
  @Optional() @Text(4000) RAPPORT_KAFKA_KEY_FILE?: string;
  @Optional() @Text(200) RAPPORT_KAFKA_USERNAME?: string;
  @Optional() @Text(4000) RAPPORT_KAFKA_PASSWORD?: string;
  @OneOf(KafkaMechanism) RAPPORT_KAFKA_MECHANISM: KafkaMechanism = 'scram-sha-512';
  @Flag() RAPPORT_KAFKA_CREATE_TOPICS = false;
  @Id() RAPPORT_KAFKA_GROUP = 'rapport';
  @Text(200) RAPPORT_KAFKA_SOURCE = '/rapport';
  @OneOf(KafkaStart) RAPPORT_KAFKA_START: KafkaStart = 'BEGINNING';
  @OneOf(LogLevel) RAPPORT_LOG_LEVEL: LogLevel = 'info';
  @Count(1_024, 67_108_864) RAPPORT_BODY_BYTES_MAX = 262_144;
  @Count(1_024, 1_073_741_824) RAPPORT_BATCH_BYTES_MAX = 16_777_216;
  @Count(1, 1_000_000) RAPPORT_BATCH_LINES_MAX = 10_000;
  @Count(1_024, 67_108_864) RAPPORT_BATCH_LINE_BYTES_MAX = 262_144;
  @Count(0, 600_000) RAPPORT_WAIT_MS_MAX = 30_000;
  @Count(500, 600_000) RAPPORT_LEASE_MS = LEASE_MS;
  @Flag() RAPPORT_PROJECTOR_THREAD = true;
  @Count(10, 3_600_000) RAPPORT_TICK_MS = 1_000;
  @Count(0, 600_000) RAPPORT_STOP_MS = 30_000;
  @Optional() @Text(4000) RAPPORT_AUTH_JWKS_URL?: string;
  @Optional() @Text(4000) RAPPORT_AUTH_SECRET?: string;
  @Optional() @Text(4000) RAPPORT_AUTH_ISSUER?: string;
  @Optional() @Text(4000) RAPPORT_AUTH_AUDIENCE?: string;
  @Count(0, 600) RAPPORT_AUTH_TOLERANCE_SECONDS = 5;
  @Id() RAPPORT_AUTH_ACTOR_CLAIM = 'sub';
  @Id() RAPPORT_AUTH_ROLE_CLAIM = 'role';
  @Texts(128, 20) RAPPORT_OPERATOR_ROLES: readonly string[] = ['OPERATOR'];
}
export type Variable = keyof Settings;

/** What each variable is for. The help text and the documentation print this table. */
export const VARIABLES: Readonly<Record<Variable, string>> = {
  RAPPORT_HOST:
    'Address to listen on. Any other than a loopback address needs authentication (RAPPORT_AUTH_…).',
  RAPPORT_PORT: 'Port to listen on; 0 takes a free one.',
  RAPPORT_DATA: 'Folder of the embedded log, the rows and the keys; made when it is missing.',
  RAPPORT_EVENTSTOREDB:
    'Address of the EventStoreDB that keeps the log: esdb://name:password@host:2113. Several nodes with commas between. Not set: the log is embedded.',
  RAPPORT_EVENTSTOREDB_NAMESPACE:
    'What the names of our streams begin with there, where several programs share it.',
  RAPPORT_EVENTSTOREDB_APPEND_MS:
    'How long an append may take there with all its attempts, in milliseconds; then its sender is told to ask again.',
  RAPPORT_EVENTSTOREDB_APPENDS_MAX: 'Appends on their way there at once; the others wait in line.',
  RAPPORT_LOG_COPY:
    'true keeps a copy of that log in the data folder, from which read models are built: a rebuild then reads at the speed of the embedded log.',
  RAPPORT_POSTGRES:
    'Address of the PostgreSQL that keeps rows and keys: postgres://name:password@host:5432/database. TLS is meant unless the host is this machine or it says ?sslmode=disable. Not set: they are files of the data folder.',
  RAPPORT_POSTGRES_CA_FILE:
    'Certificate of the authority that it is believed by, where it is not a public one (PEM).',
  RAPPORT_POSTGRES_SCHEMA: 'Schema of the rows there; the keys are in one that is called so with _keys.',
  RAPPORT_POSTGRES_ANALYSTS_SCHEMA: 'Schema of the views that analysts read there.',
  RAPPORT_POSTGRES_ANALYSTS_ROLE: 'Role that may read these views and nothing else of ours.',
  RAPPORT_POSTGRES_CONNECTIONS_MAX: 'Connections of this process to its rows; its keys have two more.',
  RAPPORT_KAFKA:
    'Brokers of Kafka, host:port with commas between: commands in, integration events out. Not set: nothing goes over a bus.',
  RAPPORT_KAFKA_TLS: 'true speaks TLS with the brokers.',
  RAPPORT_KAFKA_CA_FILE:
    'Certificate of the authority that the brokers are believed by, where it is not a public one (PEM).',
  RAPPORT_KAFKA_CERT_FILE: 'Certificate of this program, where the brokers ask for one (PEM).',
  RAPPORT_KAFKA_KEY_FILE: 'Its key (PEM).',
  RAPPORT_KAFKA_USERNAME: 'Name at the brokers (SASL).',
  RAPPORT_KAFKA_PASSWORD: 'Password of that name.',
  RAPPORT_KAFKA_MECHANISM: 'How name and password are shown.',
  RAPPORT_KAFKA_CREATE_TOPICS:
    'true makes topics that are missing; otherwise the host does not start without them.',
  RAPPORT_KAFKA_GROUP: 'What the consumer groups are called; processes of one name share the work.',
  RAPPORT_KAFKA_SOURCE:
    'Names this installation to others (ce_source): a URI such as https://crm.example.org.',
  RAPPORT_KAFKA_START:
    'What is published first: everything from the BEGINNING of the log, or what happens from NOW on. Counts once.',
  RAPPORT_LOG_LEVEL: 'Least level that is logged. Requests are logged at info.',
  RAPPORT_BODY_BYTES_MAX: 'Largest body of one command, in bytes.',
  RAPPORT_BATCH_BYTES_MAX: 'Largest body of a batch of commands, in bytes.',
  RAPPORT_BATCH_LINES_MAX: 'Most commands in one batch.',
  RAPPORT_BATCH_LINE_BYTES_MAX: 'Longest line of a batch, in bytes.',
  RAPPORT_WAIT_MS_MAX: 'Longest time a reader may wait for a position (`wait`), in milliseconds.',
  RAPPORT_LEASE_MS:
    'How long a process keeps its work (read models, policies, publishing) without a word from it, in milliseconds; then another one takes it over. Counts where several may run.',
  RAPPORT_PROJECTOR_THREAD:
    'true keeps the read models of an embedded log in a thread of their own; false does it beside the commands, for machines with one processor.',
  RAPPORT_TICK_MS: 'How often due timers are looked for, in milliseconds.',
  RAPPORT_STOP_MS: 'How long a stop waits for requests under way before it cuts them off, in milliseconds.',
  RAPPORT_AUTH_JWKS_URL: 'Where the public keys of the token issuer are (JWKS). This or RAPPORT_AUTH_SECRET.',
  RAPPORT_AUTH_SECRET: 'Shared secret of HS256 tokens, 32 bytes at least. This or RAPPORT_AUTH_JWKS_URL.',
  RAPPORT_AUTH_ISSUER: 'Issuer that tokens must name (`iss`).',
  RAPPORT_AUTH_AUDIENCE: 'Audience that tokens must name (`aud`).',
  RAPPORT_AUTH_TOLERANCE_SECONDS: 'How far the clocks of issuer and service may differ, in seconds.',
  RAPPORT_AUTH_ACTOR_CLAIM: 'The claim that names who acts.',
  RAPPORT_AUTH_ROLE_CLAIM: 'The claim that names the role in which they act.',
  RAPPORT_OPERATOR_ROLES:
    'Roles that may look after read models and policies under /operations, with commas between.',
};

/** One line a variable: name, default, meaning. */
export const variablesTable = (): readonly (readonly [name: string, fallback: string, about: string])[] => {
  const defaults = new Settings();
  return (Object.keys(VARIABLES) as Variable[]).map((name) => [
    name,
    String(defaults[name] ?? ''),
    VARIABLES[name],
  ]);
};

/** The service cannot start like this: each line names the variable, its value and the rule it breaks. */
export class BadSettings extends Error {
  constructor(readonly lines: readonly string[]) {
    super(lines.join('\n'));
  }
}

type Environment = Readonly<Record<string, string | undefined>>;
const SECRET: ReadonlySet<string> = new Set<Variable>(['RAPPORT_AUTH_SECRET', 'RAPPORT_KAFKA_PASSWORD']);
const SECRET_BYTES_MIN = 32;

/** Reads the environment; an empty variable counts as not set. Throws `BadSettings`. */
export const settingsFrom = (environment: Environment): Settings => {
  const given = Object.entries(environment).filter(([name, text]) => name in VARIABLES && text !== '');
  const settings = fromText(Settings, Object.fromEntries(given));
  const lines = [
    ...broken(settings, environment),
    ...contradictions(settings),
    ...wrongAddress(settings.RAPPORT_EVENTSTOREDB),
    ...kafkaIsWrong(settings),
    ...postgresIsWrong(settings),
  ];
  if (lines.length > 0) throw new BadSettings(lines);
  return settings;
};

const broken = (settings: Settings, environment: Environment): readonly string[] => {
  try {
    assertValid(settings);
    return [];
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return error.problems.map(
      ({ field, message }) => `${field}=${shown(field, environment[field] ?? '')}: ${message}`,
    );
  }
};
const shown = (name: string, value: string): string =>
  SECRET.has(name) ? '(hidden)' : ADDRESSES.has(name) ? withoutPassword(value) : value;
const ADDRESS: Variable = 'RAPPORT_EVENTSTOREDB';
const ADDRESSES: ReadonlySet<string> = new Set<Variable>([ADDRESS, 'RAPPORT_POSTGRES']);

/** One line for everything that is wrong with it. */
const wrongAddress = (url: string | undefined): readonly string[] => {
  try {
    if (url !== undefined) addressIn(url);
    return [];
  } catch (error) {
    if (!(error instanceof WrongAddress)) throw error;
    return error.lines.map((line) => `${ADDRESS}=${shown(ADDRESS, url ?? '')}: ${line}`);
  }
};

const contradictions = (settings: Settings): readonly string[] => {
  const { RAPPORT_HOST: host, RAPPORT_AUTH_SECRET: secret, RAPPORT_AUTH_JWKS_URL: url } = settings;
  const { RAPPORT_EVENTSTOREDB_NAMESPACE: namespace } = settings;
  const rules: readonly (readonly [boolean, string])[] = [
    [
      !isLoopback(host) && !isAuthenticated(settings),
      `RAPPORT_HOST=${host}: only a loopback address may be served without authentication; set RAPPORT_AUTH_JWKS_URL or RAPPORT_AUTH_SECRET`,
    ],
    [
      secret !== undefined && url !== undefined,
      `RAPPORT_AUTH_SECRET=(hidden): set this or RAPPORT_AUTH_JWKS_URL, not both`,
    ],
    [
      secret !== undefined && Buffer.byteLength(secret) < SECRET_BYTES_MIN,
      `RAPPORT_AUTH_SECRET=(hidden): must have at least ${SECRET_BYTES_MIN} bytes`,
    ],
    [
      url !== undefined && !URL.canParse(url),
      `RAPPORT_AUTH_JWKS_URL=${url ?? ''}: must be a URL such as https://id.example.org/keys`,
    ],
    [
      settings.RAPPORT_LOG_COPY && settings.RAPPORT_EVENTSTOREDB === undefined,
      `RAPPORT_LOG_COPY=true: only a log on a server is copied; set RAPPORT_EVENTSTOREDB, or leave it out`,
    ],
    [
      namespace !== undefined && !NAMESPACE.test(namespace),
      `RAPPORT_EVENTSTOREDB_NAMESPACE=${namespace ?? ''}: begins with a letter or digit, and goes on with letters, digits or _ . -`,
    ],
  ];
  return rules.filter(([isBroken]) => isBroken).map(([, line]) => line);
};

const NAMESPACE = /^[A-Za-z0-9][\w.-]*$/;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/;
export const isLoopback = (host: string): boolean => LOOPBACK.test(host);
export const isAuthenticated = ({ RAPPORT_AUTH_JWKS_URL, RAPPORT_AUTH_SECRET }: Settings): boolean =>
  RAPPORT_AUTH_JWKS_URL !== undefined || RAPPORT_AUTH_SECRET !== undefined;
