import { randomUUID } from 'node:crypto';
import {
  COMMAND_RESULTS,
  COMMANDS,
  COMMANDS_DEAD,
  Deduplicator,
  OUT,
  Publisher,
  relayOn,
} from '@rapport/integration';
import { Subscription, type Delivery, type MessageBus } from '@rapport/kernel';
import { until } from '../support/bus';
import { startBroker, type Broker } from '../support/kafka/broker';
import { clientOf } from '../support/kafka/clients';
import { toldStory } from '../support/told-story';

/** Where the jars of the broker are not there yet, they are fetched. */
const FIRST_START_MS = 180_000;
const PATIENCE_MS = 60_000;
const SLOW_MS = 30_000;
const HEARD = [...OUT.map(({ topic }) => topic), COMMAND_RESULTS.topic, COMMANDS_DEAD.topic];

/** The house on a bus, and somebody who hears all that it says. */
const opened = async (bus: MessageBus, customerId: string) => {
  const { application } = await toldStory(customerId, `Ann ${customerId}`);
  const { rows, store, execute, commands, now } = application;
  const failures: unknown[] = [];
  const onFailure = (error: unknown) => void failures.push(error);
  const quiet = { warn: () => undefined, error: () => undefined };
  const wiring = { execute, commands, now, onFailure, maySend: () => true, log: quiet };
  const group = `test-${randomUUID()}`;
  const relay = relayOn(bus, { ...wiring, createTopics: true, group });
  const publishing = new Subscription({ rows, store }, [new Publisher(bus, { createTopics: true })], {
    onFailure,
  });
  relay.start();
  await publishing.start();
  await until(() => relay.state === 'running', SLOW_MS);
  const heard: Delivery[] = [];
  const reading = await bus.consume(`${group}-reader`, HEARD, async (some) => void heard.push(...some));
  return {
    ...{ application, publishing, failures, heard },
    from: (topic: string) => heard.filter((one) => one.topic === topic),
    end: async () => {
      await reading.stop();
      await relay.stop();
      await publishing.stop();
      await application.stop();
    },
  };
};

describe('on a real broker', () => {
  let broker: Broker | null = null;
  beforeAll(async () => void (broker = await startBroker()), FIRST_START_MS);
  afterAll(() => broker?.stop(), PATIENCE_MS);

  it(
    'a story is told whole and in order, a command is answered, and garbage is put aside',
    async () => {
      if (!broker) return;
      const bus = clientOf(broker.brokers);
      const customerId = `c-${randomUUID()}`;
      const house = await opened(bus, customerId);
      const head = await house.application.store.log.head();
      expect(await house.publishing.reached(head, SLOW_MS)).toBe(true);
      const other = `c-${randomUUID()}`;
      const data = { customerId: other, name: other, industry: '零售', source: 'SALES_HANDOVER' };
      const value = JSON.stringify({ type: 'RegisterCustomer', commandId: `r-${other}`, data });
      await bus.publish(COMMANDS.topic, [
        { key: other, value: '{', headers: { 'x-from': '店' } },
        { key: other, value, headers: {} },
      ]);
      const mine = () => house.heard.filter(({ key }) => key.startsWith(customerId) || key === other);
      await until(() => house.from(COMMAND_RESULTS.topic).some(({ key }) => key === other), SLOW_MS);
      await until(() => house.from('rapport.customer-events.v1').some(({ key }) => key === other), SLOW_MS);
      await until(() => house.from(COMMANDS_DEAD.topic).some(({ key }) => key === other), SLOW_MS);
      await until(() => mine().some(({ topic }) => topic === 'rapport.commitment-events.v1'), SLOW_MS);
      expect(
        JSON.parse(house.from(COMMAND_RESULTS.topic).find(({ key }) => key === other)?.value ?? ''),
      ).toMatchObject({ commandId: `r-${other}`, outcome: 'done', events: ['CustomerRegistered'] });
      const letter = house.from(COMMANDS_DEAD.topic).find(({ key }) => key === other);
      expect(letter).toMatchObject({
        value: '{',
        headers: { 'x-from': '店', 'dead-letter-reason': 'NOT_JSON' },
      });
      const told = mine().filter(({ headers }) => headers['ce_id'] !== undefined);
      const once = new Deduplicator();
      expect(told.filter((message) => once.take(message))).toHaveLength(told.length);
      const ticket = told.filter(({ topic, key }) => topic.includes('ticket') && key === `${customerId}-t1`);
      const sequences = ticket.map(({ headers }) => headers['ce_sequence']);
      expect(sequences.length).toBeGreaterThan(4);
      expect([...sequences].sort()).toEqual(sequences);
      expect(house.failures).toEqual([]);
      await house.end();
      await bus.close();
    },
    PATIENCE_MS * 2,
  );
});
