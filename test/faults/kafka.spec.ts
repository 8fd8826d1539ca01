import { BusUnavailable, type Message, type MessageBus } from '@rapport/kernel';
import { freshName, idsOf, messagesOf, planOf, Reader } from '../contracts/buses';
import { startBroker, type Broker } from '../support/kafka/broker';
import { clientOf } from '../support/kafka/clients';
import { until } from '../support/patience';

const KEYS = 20;
const EACH = 100;
const AT_ONCE = 20;
/** The broker dies when so many have been acknowledged. */
const KILLED_AT = [300, 900, 1_500];
const ATTEMPTS_MAX = 60;
const PATIENCE_MS = 180_000;

/** As a relay does: the same messages again until the bus has them. */
const publish = async (bus: MessageBus, topic: string, messages: readonly Message[]): Promise<void> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await bus.publish(topic, messages);
    } catch (error) {
      if (!(error instanceof BusUnavailable) || attempt === ATTEMPTS_MAX) throw error;
      await new Promise((again) => setTimeout(again, 250));
    }
  }
};

describe('a broker that is killed and started again while messages go through it', () => {
  let broker: Broker | null = null;
  const buses: MessageBus[] = [];
  const client = (there: Broker) => {
    const bus = clientOf(there.brokers);
    buses.push(bus);
    return bus;
  };
  beforeAll(async () => {
    broker = await startBroker();
  }, PATIENCE_MS);
  afterAll(async () => {
    await Promise.all(buses.map((bus) => bus.close()));
    await broker?.stop();
  }, PATIENCE_MS);

  it(
    `loses none of ${KEYS * EACH} messages, and keeps the order of every key`,
    async () => {
      if (!broker) return;
      if (broker.pid === null) return void process.stdout.write('skipped: this broker is not killed here\n');
      const there = broker;
      const [bus, topic, sent] = [client(there), freshName('siege'), messagesOf(KEYS, EACH)];
      await bus.prepare([planOf(topic)], true);
      const reader = new Reader();
      const consumption = await client(there).consume(freshName('group'), [topic], reader.handle);
      const deaths: Promise<void>[] = [];
      for (let n = 0; n < sent.length; n += AT_ONCE) {
        if (KILLED_AT.includes(n)) deaths.push(there.kill('SIGKILL').then(() => there.restart()));
        await publish(bus, topic, sent.slice(n, n + AT_ONCE));
      }
      await Promise.all(deaths);
      await until('all are there', () => reader.hasAll(sent), PATIENCE_MS / 2);
      expect(new Set(idsOf(reader.deliveries)).size).toBe(sent.length);
      const numbers = Array.from({ length: EACH }, (_, n) => String(n));
      for (let k = 0; k < KEYS; k++) expect(reader.valuesOf(`k${k}`)).toEqual(numbers);
      await until('it runs again', () => consumption.state === 'running' && consumption.trouble === null);
      await consumption.stop();
    },
    PATIENCE_MS,
  );

  it(
    'makes a reader wait and say so, which then goes on by itself',
    async () => {
      if (!broker || broker.pid === null) return;
      const [bus, topic, sent] = [client(broker), freshName('pause'), messagesOf(4, 4)];
      await bus.prepare([planOf(topic)], true);
      const reader = new Reader();
      const consumption = await client(broker).consume(freshName('group'), [topic], reader.handle);
      await publish(bus, topic, sent.slice(0, 8));
      await until('the first half is there', () => reader.hasAll(sent.slice(0, 8)));
      await broker.kill('SIGKILL');
      await until('it waits', () => consumption.state === 'waiting');
      expect(consumption.trouble).toMatch(/127\.0\.0\.1/);
      await expect(bus.publish(topic, sent.slice(8))).rejects.toBeInstanceOf(BusUnavailable);
      await broker.restart();
      await publish(bus, topic, sent.slice(8));
      await until('all are there', () => reader.hasAll(sent));
      expect(consumption).toMatchObject({ state: 'running', trouble: null });
    },
    PATIENCE_MS,
  );
});
