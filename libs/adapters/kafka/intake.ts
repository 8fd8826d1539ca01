import type { Delivery, Handle } from '@rapport/kernel';
import type { EachBatchPayload, IHeaders, KafkaMessage } from 'kafkajs';
import { pauseMs } from './pauses';
import type { Whole } from './settings';

/** The deliveries of a partition that could not be dealt with: the same ones are brought again. */
interface Failure {
  readonly offset: string;
  readonly count: number;
  readonly attempts: number;
  readonly why: string;
}

/** Brings the batches of kafkajs to the handler, and keeps an offset only after the handler has dealt with all before it. */
export class Intake {
  private readonly failures = new Map<string, Failure>();
  private readonly inHand = new Set<Promise<unknown>>();
  private readonly pauses = new Set<NodeJS.Timeout>();

  constructor(
    private readonly settings: Whole,
    private readonly handle: Handle,
  ) {}

  /** Why deliveries are brought again; null when none are. */
  get trouble(): string | null {
    const [failure] = this.failures.values();
    return failure?.why ?? null;
  }

  /** Throws what kafkajs must know: that the group is dealt out anew, or that the broker is gone. */
  async take(payload: EachBatchPayload): Promise<void> {
    const { messages } = payload.batch;
    for (let n = 0; n < messages.length;) {
      if (!payload.isRunning() || payload.isStale()) return;
      const chunk = messages.slice(n, n + this.countFrom(payload, messages[n]?.offset ?? ''));
      if (!(await this.dealtWith(chunk, payload))) return;
      await keepOffset(payload, chunk.at(-1)?.offset ?? '');
      await payload.heartbeat();
      n += chunk.length;
    }
  }
  /** Resolves when no handler is at work. */
  async idle(): Promise<void> {
    while (this.inHand.size > 0) await Promise.allSettled(this.inHand);
  }
  /** Forgets its pauses: their partitions are no longer ours. */
  leave(): void {
    for (const pause of this.pauses) clearTimeout(pause);
    this.pauses.clear();
  }

  private countFrom({ batch }: EachBatchPayload, offset: string): number {
    const failure = this.failures.get(placeOf(batch));
    return failure?.offset === offset ? failure.count : this.settings.limits.deliveries;
  }
  private async dealtWith(chunk: readonly KafkaMessage[], payload: EachBatchPayload): Promise<boolean> {
    const place = placeOf(payload.batch);
    // kafkajs meets the same trouble itself after the batch, and acts on it then
    const beat = () => void payload.heartbeat().catch(() => undefined);
    const beats = setInterval(beat, this.settings.timeouts.heartbeatMs);
    const work = this.handled(chunk, payload.batch);
    this.inHand.add(work);
    try {
      await work;
      this.failures.delete(place);
      return true;
    } catch (error) {
      this.bringAgain(chunk, payload, error);
      return false;
    } finally {
      clearInterval(beats);
      this.inHand.delete(work);
    }
  }
  private async handled(chunk: readonly KafkaMessage[], { topic, partition }: EachBatchPayload['batch']) {
    await this.handle(chunk.map((message) => deliveryOf(topic, partition, message)));
  }

  /** The partition is not read for a while, and then from the same offset, which was not kept; the others go on. */
  private bringAgain(chunk: readonly KafkaMessage[], payload: EachBatchPayload, error: unknown): void {
    const { topic, partition } = payload.batch;
    const place = placeOf(payload.batch);
    const [offset, count] = [chunk[0]?.offset ?? '', chunk.length];
    const before = this.failures.get(place);
    const attempts = before?.offset === offset ? before.attempts + 1 : 1;
    const waitMs = pauseMs(attempts, this.settings.pauses);
    const why = `partition ${partition} of ${topic}: ${count} deliveries from offset ${offset} were not dealt with (attempt ${attempts}): ${textOf(error)}`;
    this.failures.set(place, { offset, count, attempts, why });
    this.settings.note('warn', `${why}; once more in ${waitMs} ms`);
    const resume = payload.pause();
    const pause = setTimeout(() => {
      this.pauses.delete(pause);
      resume();
    }, waitMs);
    this.pauses.add(pause);
  }
}

const keepOffset = async (payload: EachBatchPayload, last: string): Promise<void> => {
  const { topic, partition } = payload.batch;
  const next = String(BigInt(last) + 1n);
  await payload.commitOffsetsIfNecessary({
    topics: [{ topic, partitions: [{ partition, offset: next }] }],
  });
  payload.resolveOffset(last);
};

const placeOf = ({ topic, partition }: { topic: string; partition: number }): string =>
  `${topic}/${partition}`;
const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const deliveryOf = (topic: string, partition: number, message: KafkaMessage): Delivery => ({
  ...{ topic, partition, offset: message.offset },
  at: new Date(Number(message.timestamp)).toISOString(),
  key: message.key?.toString('utf8') ?? '',
  value: message.value?.toString('utf8') ?? null,
  headers: headersOf(message.headers ?? {}),
});

/** Of a header that was given several times the last one counts, as it does for other clients. */
const headersOf = (headers: IHeaders): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, given]) => {
      const value = Array.isArray(given) ? given.at(-1) : given;
      return value == null ? [] : [[name.toLowerCase(), value.toString()]];
    }),
  );
