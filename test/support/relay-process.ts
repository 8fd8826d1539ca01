import 'reflect-metadata';
import { writeSync } from 'node:fs';
import { KafkaMessageBus } from '@rapport/adapters/kafka';
import { Publisher, relayOn } from '@rapport/integration';
import { Subscription } from '@rapport/kernel';
import { openEmbedded } from '@rapport/platform';
import { quickly } from './kafka/clients';

/** A process to be killed: the whole product on a folder, commands in from Kafka, what happened out to it. */
const [folder = '', brokers = ''] = process.argv.slice(2);

/** The group must notice soon that a member was killed, so that many can be. */
const NOTICED_SOON = { ...quickly.timeouts, sessionMs: 1_500, heartbeatMs: 300 };

const main = async (): Promise<void> => {
  const application = await openEmbedded({ folder });
  await application.start();
  const bus = new KafkaMessageBus({ ...quickly, timeouts: NOTICED_SOON, brokers: brokers.split(',') });
  const { rows, store, execute, commands, now } = application;
  const onFailure = (error: unknown): never => {
    throw error;
  };
  const log = { warn: () => undefined, error: (details: object) => console.error(details) };
  const relay = relayOn(bus, {
    execute,
    commands,
    now,
    maySend: () => true,
    log,
    onFailure,
    createTopics: true,
  });
  const publishing = new Subscription(
    { rows, store },
    [new Publisher(bus, { createTopics: true })],
    onFailure,
  );
  await publishing.start();
  relay.start();
  writeSync(1, 'ready\n');
};
void main();
