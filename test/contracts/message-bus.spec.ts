import { MemoryBroker, MemoryMessageBus } from '@rapport/adapters/memory';
import type { MessageBus } from '@rapport/kernel';
import { startBroker, type Broker } from '../support/kafka/broker';
import { clientOf, clientOfNobody } from '../support/kafka/clients';
import { messageBusContract, PATIENCE_MS } from './message-bus.contract';

/** Where its jars are not there yet, they are fetched. */
const FIRST_START_MS = 180_000;

const closeAll = async (buses: readonly MessageBus[]): Promise<void> => {
  await Promise.all(buses.map((bus) => bus.close()));
};

messageBusContract('memory', async () => {
  const broker = new MemoryBroker();
  const buses: MessageBus[] = [];
  const another = () => {
    const bus = new MemoryMessageBus(broker);
    buses.push(bus);
    return bus;
  };
  const unreachable = () => {
    const down = new MemoryBroker();
    down.down = true;
    return new MemoryMessageBus(down);
  };
  // what was acknowledged outlives every client of it
  const crash = () => closeAll(buses.splice(1));
  return { bus: another(), another, unreachable, crash, close: () => closeAll(buses) };
});

describe('with a real broker', () => {
  let broker: Broker | null = null;
  beforeAll(async () => {
    broker = await startBroker();
  }, FIRST_START_MS);
  afterAll(() => broker?.stop(), PATIENCE_MS);

  messageBusContract('kafka', async () => {
    if (!broker) return null;
    const real = broker;
    const buses: MessageBus[] = [];
    const another = () => {
      const bus = clientOf(real.brokers);
      buses.push(bus);
      return bus;
    };
    const crash = async () => {
      await real.kill('SIGKILL');
      await real.restart();
    };
    return {
      ...{ bus: another(), another, unreachable: clientOfNobody, close: () => closeAll(buses) },
      crash: real.pid === null ? null : crash,
    };
  });
});
