import 'reflect-metadata';
import { writeSync } from 'node:fs';
import { KafkaMessageBus } from '@rapport/adapters/kafka';
import { converse, openEmbedded } from '@rapport/platform';
import { quickly } from './kafka/clients';

/** A process to be killed: the whole product on a folder, commands in from Kafka, what happened out to it. */
const [folder = '', brokers = ''] = process.argv.slice(2);

/** The group must notice soon that a member was killed, so that many can be. */
const NOTICED_SOON = { ...quickly.timeouts, sessionMs: 1_500, heartbeatMs: 300 };

const main = async (): Promise<void> => {
  const application = await openEmbedded({ folder });
  const bus = new KafkaMessageBus({ ...quickly, timeouts: NOTICED_SOON, brokers: brokers.split(',') });
  const messaging = {
    bus,
    createTopics: true,
    group: 'rapport',
    source: '/rapport',
    start: 'BEGINNING',
  } as const;
  const log = { warn: () => undefined, error: (details: object) => console.error(details) };
  const onFailure = (error: unknown): never => {
    throw error;
  };
  converse(application, messaging, { log, onFailure });
  await application.start();
  writeSync(1, 'ready\n');
};
void main();
