import { createHash } from 'node:crypto';
import type { Delivery, Message } from '@rapport/kernel';

/** One partition: its messages, what each group has dealt with, and who works on it now. */
export class MemoryPartition {
  private readonly kept: Delivery[] = [];
  private readonly offsets = new Map<string, number>();
  private readonly hands = new Map<string, Promise<void>>();

  constructor(
    private readonly topic: string,
    private readonly partition: number,
  ) {}

  keep({ key, value, headers }: Message, at: string): void {
    const place = { topic: this.topic, partition: this.partition, offset: String(this.kept.length) };
    this.kept.push(Object.freeze({ ...place, at, key, value, headers: Object.freeze({ ...headers }) }));
  }
  next(group: string, limit: number): readonly Delivery[] {
    const from = this.offsets.get(group) ?? 0;
    return this.kept.slice(from, from + limit);
  }
  dealtWith(group: string, count: number): void {
    this.offsets.set(group, (this.offsets.get(group) ?? 0) + count);
  }
  /** One member of a group at a time, in the order in which they came: also while partitions change hands. */
  async alone<T>(group: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.hands.get(group) ?? Promise.resolve()).then(work);
    const over = turn.then(nothing, nothing); // whose turn it was hears of it
    this.hands.set(group, over);
    return turn;
  }
}
const nothing = (): void => undefined;

export class MemoryTopic {
  readonly partitions: readonly MemoryPartition[];

  constructor(topic: string, partitions: number) {
    this.partitions = Array.from({ length: partitions }, (_, n) => new MemoryPartition(topic, n));
  }
  keep(message: Message, at: string): void {
    const hash = createHash('sha1').update(message.key).digest().readUInt32BE();
    this.partitions[hash % this.partitions.length]?.keep(message, at);
  }
}
