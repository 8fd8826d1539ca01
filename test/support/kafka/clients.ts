import { KafkaMessageBus, type KafkaSettings } from '@rapport/adapters/kafka';

/** Quick to notice, quick to come back: a test does not wait as a house may. */
export const quickly: Omit<KafkaSettings, 'brokers'> = {
  clientId: 'rapport-test',
  timeouts: { sessionMs: 6_000, heartbeatMs: 500, fetchMs: 100 },
  pauses: { firstMs: 50, longestMs: 1_000 },
};
/** Nobody listens there. */
const NOBODY = ['127.0.0.1:1'];

export const clientOf = (brokers: readonly string[]) => new KafkaMessageBus({ ...quickly, brokers });
export const clientOfNobody = () =>
  new KafkaMessageBus({
    ...{ ...quickly, brokers: NOBODY },
    timeouts: { ...quickly.timeouts, prepareMs: 3_000, publishMs: 3_000 },
  });
