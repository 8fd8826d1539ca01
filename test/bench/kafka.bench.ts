import { randomUUID } from 'node:crypto';
import { KafkaMessageBus } from '@rapport/adapters/kafka';
import type { Message } from '@rapport/kernel';
import { Kafka, logLevel, Partitioners, type Producer } from 'kafkajs';
import { startBroker } from '../support/kafka/broker';
import { quantileOf, type Figure } from './figures';

const RUNS = 21;
/** Messages in one call, and calls in one run: one alone, what a relay sends at once, and the most of one request. */
const SHAPES = [
  [1, 300],
  [100, 50],
  [500, 15],
] as const;
const PARTITIONS = 4;
const KEYS = 200;

/** Of the size of an ordinary event of ours. */
const batchOf = (count: number): readonly Message[] =>
  Array.from({ length: count }, (_, n) => ({
    key: `customer-${n % KEYS}`,
    value: JSON.stringify({ customerId: `customer-${n % KEYS}`, text: 'x'.repeat(400) }),
    headers: { id: randomUUID(), type: 'CustomerProfileUpdated', source: 'bench' },
  }));

type Send = (topic: string, messages: readonly Message[]) => Promise<unknown>;

/** Messages a second, one call after the other. */
const perSecond = async (send: Send, topic: string, size: number, calls: number): Promise<number> => {
  const batch = batchOf(size);
  const started = performance.now();
  for (let n = 0; n < calls; n++) await send(topic, batch);
  return ((size * calls) / (performance.now() - started)) * 1_000;
};

/** Published messages a second, beside the producer of kafkajs alone with the same settings; empty without a broker. */
export const kafkaFigures = async (): Promise<readonly Figure[]> => {
  const broker = await startBroker();
  if (!broker) return [];
  const bus = new KafkaMessageBus({ brokers: broker.brokers, clientId: 'bench' });
  const bare = bareProducer(broker.brokers);
  await bare.connect();
  const topic = `bench-${randomUUID()}`;
  await bus.prepare([{ topic, partitions: PARTITIONS, retentionHours: 1 }], true);
  const figures: Figure[] = [];
  for (const [size, calls] of SHAPES) figures.push(...(await sideBySide(bus, bare, topic, size, calls)));
  await bus.close();
  await bare.disconnect();
  await broker.stop();
  return figures;
};

const sideBySide = async (
  bus: KafkaMessageBus,
  bare: Producer,
  topic: string,
  size: number,
  calls: number,
): Promise<readonly Figure[]> => {
  const byBus: Send = (to, messages) => bus.publish(to, messages);
  const byBare: Send = (to, messages) =>
    bare.send({
      topic: to,
      acks: -1,
      messages: messages.map((one) => ({ ...one, headers: { ...one.headers } })),
    });
  const [alone, ours, shares]: [number[], number[], number[]] = [[], [], []];
  for (const send of [byBus, byBare]) await perSecond(send, topic, size, calls); // both are warm
  // one beside the other, for the machine has moods: the share is of pairs
  for (let run = 0; run < RUNS; run++) {
    const bare = await perSecond(byBare, topic, size, calls);
    const bus = await perSecond(byBus, topic, size, calls);
    for (const [values, value] of [
      [alone, bare],
      [ours, bus],
      [shares, bus / bare],
    ] as const)
      values.push(value);
  }
  const floor = `kafkajs alone, ${size} a call`;
  return [
    { what: floor, value: quantileOf(alone, 0.5), unit: 'messages/s' },
    {
      what: `Kafka, publish, ${size} a call`,
      value: quantileOf(ours, 0.5),
      unit: 'messages/s',
      floor,
      share: quantileOf(shares, 0.5),
      aim: 0.9,
    },
  ];
};

const bareProducer = (brokers: readonly string[]): Producer =>
  new Kafka({ brokers: [...brokers], clientId: 'bare', logLevel: logLevel.NOTHING }).producer({
    ...{ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false },
    createPartitioner: Partitioners.DefaultPartitioner,
  });
