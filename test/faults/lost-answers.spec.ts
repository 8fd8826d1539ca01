import { BusUnavailable, type MessageBus } from '@rapport/kernel';
import { freshName, message, planOf, Reader } from '../contracts/buses';
import { startBroker, type Broker } from '../support/kafka/broker';
import { clientOf } from '../support/kafka/clients';
import { TollGate } from '../support/kafka/toll-gate';
import { until } from '../support/patience';

const PATIENCE_MS = 180_000;

describe('a broker whose answers do not arrive', () => {
  let gate: TollGate;
  let broker: Broker | null = null;
  let bus: MessageBus;
  beforeAll(async () => {
    gate = await TollGate.open();
    broker = await startBroker(gate.address);
    if (!broker) return;
    gate.leadTo(broker.brokers[0] ?? '');
    bus = clientOf([gate.address]);
  }, PATIENCE_MS);
  afterAll(async () => {
    if (broker) await bus.close();
    await gate.close();
    await broker?.stop();
  }, PATIENCE_MS);

  it(
    'keeps what the caller thinks lost, and never takes the next message for a repetition of it',
    async () => {
      if (!broker) return;
      if (broker.pid === null)
        return void process.stdout.write('skipped: nothing can be put before this broker\n');
      const topic = freshName('answers');
      await bus.prepare([planOf(topic, 1)], true);
      await bus.publish(topic, [message('k', 'before')]);
      gate.keepsAnswers = true;
      await expect(bus.publish(topic, [message('k', 'unanswered')])).rejects.toBeInstanceOf(BusUnavailable);
      gate.keepsAnswers = false;
      for (const value of ['next', 'last']) await bus.publish(topic, [message('k', value)]);
      const reader = new Reader();
      await bus.consume(freshName('group'), [topic], reader.handle);
      await until('the last is there', () => reader.deliveries.some(({ value }) => value === 'last'));
      expect(reader.valuesOf('k')).toEqual(['before', 'unanswered', 'next', 'last']);
    },
    PATIENCE_MS,
  );
  it(
    'holds back the calls that wait behind the one that failed',
    async () => {
      if (!broker || broker.pid === null) return;
      const topic = freshName('behind');
      await bus.prepare([planOf(topic, 1)], true);
      await bus.publish(topic, [message('k', '0')]);
      gate.keepsAnswers = true;
      const calls = ['1', '2', '3'].map((value) => bus.publish(topic, [message('k', value)]));
      const ends = await Promise.allSettled(calls);
      gate.keepsAnswers = false;
      expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
      for (const value of ['1', '2', '3']) await bus.publish(topic, [message('k', value)]);
      const reader = new Reader();
      await bus.consume(freshName('group'), [topic], reader.handle);
      await until('the last is there', () => reader.deliveries.some(({ value }) => value === '3'));
      expect(reader.valuesOf('k')).toEqual(['0', '1', '2', '3']);
    },
    PATIENCE_MS,
  );
});
