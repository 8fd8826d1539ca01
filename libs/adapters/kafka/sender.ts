import { BusMisfit, BusUnavailable, type Message } from '@rapport/kernel';
import { Partitioners, type Producer } from 'kafkajs';
import { faultOf, unavailable, within } from './faults';
import { Line, SOON } from './line';
import { parcelsOf } from './parcels';
import type { Whole } from './settings';

/** Some ten seconds for a leader that moves, or a topic that was just made. A broker that is gone is told at once. */
const RETRIES = { ...SOON, retries: 9, maxRetryTime: 2_000 };

/** A producer, and the partitions that it chose for the request in hand. */
interface Way {
  readonly line: Line;
  readonly producer: Producer;
  readonly connecting: Promise<void>;
  readonly chosen: Set<number>;
}

/**
 * Sends one request at a time. Two at once would be unsafe with kafkajs: when the first fails, its sequence numbers are
 * given to the second, and a broker that did keep the first takes the second for a repetition and drops it. For the same
 * reason a producer that failed is never used again: the next one has a new producer id.
 */
export class Sender {
  private way: Way | null = null;
  private lane: Promise<void> = Promise.resolve();
  private waiting = 0;
  private failures = 0;
  private closed = false;

  constructor(private readonly settings: Whole) {}

  async send(topic: string, messages: readonly Message[]): Promise<void> {
    const { limits, timeouts } = this.settings;
    const parcels = parcelsOf(topic, messages, limits);
    if (this.closed) throw new BusUnavailable('Kafka: this client is closed');
    if (parcels.length === 0) return;
    if (this.waiting >= limits.waitingPublishes)
      throw new BusUnavailable(
        `Kafka: ${this.waiting} calls wait already to publish: nothing of this one was sent`,
      );
    const [until, failures] = [performance.now() + timeouts.publishMs, this.failures];
    this.waiting++;
    const turn = this.lane.then(() => this.sendAll(topic, parcels, until, failures));
    this.lane = turn.catch(() => undefined).finally(() => this.waiting--); // the caller hears of it
    return turn;
  }
  async close(): Promise<void> {
    this.closed = true;
    await this.lane;
    const { way } = this;
    this.way = null;
    const until = performance.now() + this.settings.timeouts.requestMs;
    if (way)
      await within(way.producer.disconnect(), until, () => new Error('no answer')).catch(() => undefined); // cut next
    way?.line.cut();
  }

  private async sendAll(topic: string, parcels: Parcels, until: number, failures: number): Promise<void> {
    // what waited behind a call that failed must not overtake it: its sender will repeat it
    if (failures !== this.failures) throw this.unsent(topic, 'a call before it failed');
    if (performance.now() >= until) throw this.unsent(topic, 'its time was over before its turn came');
    try {
      for (const parcel of parcels) await this.sendOne(topic, parcel, until);
    } catch (error) {
      const fault = faultOf(error, `publishing to ${topic}`, this.settings);
      if (!(fault instanceof BusMisfit)) this.failures++;
      this.way?.line.cut();
      this.way = null;
      throw fault;
    }
  }
  private async sendOne(topic: string, parcel: readonly Message[], until: number): Promise<void> {
    const { timeouts } = this.settings;
    const late = () => this.late(topic);
    const way = (this.way ??= newWay(this.settings));
    await within(way.connecting, until, late);
    way.chosen.clear();
    const request = { topic, acks: -1, timeout: timeouts.requestMs, messages: parcel.map(ours) };
    const answers = await within(way.producer.send(request), until, late);
    const kept = new Set(answers.map(({ partition }) => partition));
    // when a leader moves between two attempts, kafkajs may leave out a partition and not tell
    const lost = [...way.chosen].filter((partition) => !kept.has(partition));
    if (lost.length > 0) throw this.unanswered(topic, lost);
  }

  private late(topic: string): Error {
    const { brokers, timeouts } = this.settings;
    return unavailable(brokers, `publishing to ${topic}`, `no answer within ${timeouts.publishMs} ms`);
  }
  private unsent(topic: string, why: string): Error {
    return new BusUnavailable(`Kafka, publishing to ${topic}: ${why}; nothing was sent`);
  }
  private unanswered(topic: string, partitions: readonly number[]): Error {
    const why = `no answer for partition ${partitions.join(', ')}`;
    return unavailable(this.settings.brokers, `publishing to ${topic}`, why);
  }
}
type Parcels = readonly (readonly Message[])[];

const ours = ({ key, value, headers }: Message) => ({ key, value, headers: { ...headers } });

const newWay = (settings: Whole): Way => {
  const line = new Line(settings);
  const chosen = new Set<number>();
  const producer = line.kafka.producer({
    ...{ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false, retry: RETRIES },
    createPartitioner: () => {
      const choose = Partitioners.DefaultPartitioner();
      return (message) => {
        const partition = choose(message);
        chosen.add(partition);
        return partition;
      };
    },
  });
  return { line, producer, connecting: producer.connect(), chosen };
};
