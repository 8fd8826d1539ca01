import { createRequire } from 'node:module';
import type { Consumption, Handle, Message, MessageBus, TopicPlan } from '@rapport/kernel';
import { KafkaConsumption } from './consumption';
import { Sender } from './sender';
import { wholeOf, type KafkaSettings, type Whole } from './settings';
import { prepareTopics } from './topics';

const { version } = createRequire(__filename)('kafkajs/package.json') as { readonly version: string };

/** Apache Kafka. Nothing is connected before it is needed; whatever went wrong, the next call tries anew. */
export class KafkaMessageBus implements MessageBus {
  readonly driver = `kafkajs ${version}`;
  private readonly settings: Whole;
  private readonly sender: Sender;
  private readonly consumptions = new Set<Consumption>();

  constructor(settings: KafkaSettings) {
    this.settings = wholeOf(settings);
    this.sender = new Sender(this.settings);
  }

  prepare(topics: readonly TopicPlan[], create: boolean): Promise<void> {
    return prepareTopics(this.settings, topics, create);
  }
  publish(topic: string, messages: readonly Message[]): Promise<void> {
    return this.sender.send(topic, messages);
  }
  async consume(group: string, topics: readonly string[], handle: Handle): Promise<Consumption> {
    const consumption = new KafkaConsumption(this.settings, { group, topics, handle });
    this.consumptions.add(consumption);
    return consumption;
  }
  async close(): Promise<void> {
    await Promise.all([...this.consumptions].map((consumption) => consumption.stop()));
    await this.sender.close();
  }
}
