import { existsSync, readFileSync } from 'node:fs';
import { parseBrokers, type KafkaSettings } from '@rapport/adapters/kafka';
import type { Settings } from './settings';

/** The settings about Kafka, with one line for each that is wrong. */
export const kafkaIsWrong = (settings: Settings): readonly string[] => {
  const { RAPPORT_KAFKA: brokers, RAPPORT_KAFKA_USERNAME: name, RAPPORT_KAFKA_PASSWORD: password } = settings;
  if (brokers === undefined) return orphaned(settings);
  const rules: readonly (readonly [boolean, string])[] = [
    [
      (name === undefined) !== (password === undefined),
      'RAPPORT_KAFKA_USERNAME and RAPPORT_KAFKA_PASSWORD belong together: set both or neither',
    ],
    [
      (settings.RAPPORT_KAFKA_CERT_FILE === undefined) !== (settings.RAPPORT_KAFKA_KEY_FILE === undefined),
      'RAPPORT_KAFKA_CERT_FILE and RAPPORT_KAFKA_KEY_FILE belong together: set both or neither',
    ],
    [
      !settings.RAPPORT_KAFKA_TLS && filesIn(settings).length > 0,
      'RAPPORT_KAFKA_TLS=false: certificates are of no use without TLS; set it to true, or leave them out',
    ],
    [
      !settings.RAPPORT_KAFKA_TLS && settings.RAPPORT_KAFKA_MECHANISM === 'plain' && password !== undefined,
      'RAPPORT_KAFKA_MECHANISM=plain: would send the password in clear without TLS; set RAPPORT_KAFKA_TLS=true, or another mechanism',
    ],
  ];
  return [
    ...brokersAreWrong(brokers),
    ...missing(settings),
    ...rules.filter(([isBroken]) => isBroken).map(([, line]) => line),
  ];
};

/** What connects to it, or null where nothing goes over a bus. */
export const kafkaIn = (settings: Settings): KafkaSettings | null => {
  const {
    RAPPORT_KAFKA: brokers,
    RAPPORT_KAFKA_USERNAME: username,
    RAPPORT_KAFKA_PASSWORD: password,
  } = settings;
  if (brokers === undefined) return null;
  const mechanism = settings.RAPPORT_KAFKA_MECHANISM;
  return {
    brokers: parseBrokers(brokers),
    clientId: settings.RAPPORT_KAFKA_GROUP,
    ...(settings.RAPPORT_KAFKA_TLS && { ssl: certificatesIn(settings) }),
    ...(username !== undefined && password !== undefined && { sasl: { mechanism, username, password } }),
  };
};

const certificatesIn = (settings: Settings) => {
  const text = (file: string | undefined) => (file === undefined ? undefined : readFileSync(file, 'utf8'));
  const [ca, cert, key] = [
    text(settings.RAPPORT_KAFKA_CA_FILE),
    text(settings.RAPPORT_KAFKA_CERT_FILE),
    text(settings.RAPPORT_KAFKA_KEY_FILE),
  ];
  if (ca === undefined && cert === undefined) return true;
  return {
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
  };
};

const FILES = ['RAPPORT_KAFKA_CA_FILE', 'RAPPORT_KAFKA_CERT_FILE', 'RAPPORT_KAFKA_KEY_FILE'] as const;
const filesIn = (settings: Settings) =>
  FILES.flatMap((name) => {
    const file = settings[name];
    return file === undefined ? [] : [{ name, file }];
  });
const missing = (settings: Settings): readonly string[] =>
  filesIn(settings)
    .filter(({ file }) => !existsSync(file))
    .map(({ name, file }) => `${name}=${file}: there is no such file`);
const brokersAreWrong = (text: string): readonly string[] => {
  try {
    parseBrokers(text);
    return [];
  } catch (error) {
    return [`RAPPORT_KAFKA=${text}: ${(error as Error).message.replace(/^Kafka: /, '')}`];
  }
};
/** Somebody forgot the brokers. */
const orphaned = (settings: Settings): readonly string[] =>
  settings.RAPPORT_KAFKA_USERNAME === undefined &&
  filesIn(settings).length === 0 &&
  !settings.RAPPORT_KAFKA_TLS
    ? []
    : ['RAPPORT_KAFKA is not set: without brokers the other settings of Kafka have no effect'];
