import type { Consumption, Handle } from '@rapport/kernel';
import type { MemoryPartition } from './memory.topic';

const DELIVERIES_MAX = 500;
const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 1_000;

interface Broker {
  readonly down: boolean;
  has(topic: string): boolean;
  leave(group: string, member: MemoryMember): void;
}

/** A member of a group: a loop for each partition that it was dealt. */
export class MemoryMember implements Consumption {
  private readonly loops = new Map<MemoryPartition, Promise<void>>();
  private readonly dealt = new Set<MemoryPartition>();
  private readonly troubles = new Map<MemoryPartition, string>();
  private ring: () => void = () => undefined;
  private rung = this.nextRing();
  private tellEnding: () => void = () => undefined;
  private readonly ending = new Promise<void>((tell) => (this.tellEnding = tell));
  private ended: Promise<void> | null = null;
  private isOver = false;

  constructor(
    private readonly broker: Broker,
    private readonly group: string,
    readonly topics: readonly string[],
    private readonly handle: Handle,
  ) {}

  get state(): Consumption['state'] {
    if (this.isOver) return 'stopped';
    return this.absence === null ? 'running' : 'waiting';
  }
  get trouble(): string | null {
    const [why] = this.troubles.values();
    return this.isOver ? null : (this.absence ?? why ?? null);
  }
  stop(): Promise<void> {
    this.ended ??= this.end();
    return this.ended;
  }

  /** From now on these partitions and no others. */
  take(partitions: readonly MemoryPartition[]): void {
    if (this.ended) return;
    this.dealt.clear();
    for (const partition of partitions) {
      this.dealt.add(partition);
      if (!this.loops.has(partition)) this.loops.set(partition, this.follow(partition));
    }
    this.wake();
  }
  wake(): void {
    const { ring } = this;
    this.rung = this.nextRing();
    ring();
  }

  private get absence(): string | null {
    if (this.broker.down) return 'the broker in memory is down';
    const missing = this.topics.find((topic) => !this.broker.has(topic));
    return missing === undefined ? null : `the topic ${missing} is missing`;
  }
  private nextRing(): Promise<void> {
    return new Promise((ring) => (this.ring = ring));
  }
  private async end(): Promise<void> {
    this.dealt.clear();
    this.tellEnding();
    this.wake();
    await Promise.all(this.loops.values());
    this.broker.leave(this.group, this);
    this.isOver = true;
  }
  private async follow(partition: MemoryPartition): Promise<void> {
    for (let failures = 0; this.dealt.has(partition);) {
      const { rung } = this;
      const turn = await partition.alone(this.group, () => this.turn(partition));
      failures = turn === 'failed' ? failures + 1 : 0;
      if (turn === 'failed') await this.pause(failures);
      if (turn === 'nothing') await rung;
    }
    this.loops.delete(partition);
    this.troubles.delete(partition);
  }
  private async turn(partition: MemoryPartition): Promise<'dealt with' | 'failed' | 'nothing'> {
    const deliveries = partition.next(this.group, DELIVERIES_MAX);
    const notOurs = this.broker.down || !this.dealt.has(partition);
    if (notOurs || deliveries.length === 0) return 'nothing';
    try {
      await this.handle(deliveries);
    } catch (error) {
      const { topic, partition: n, offset } = deliveries[0] ?? {};
      this.troubles.set(partition, `partition ${n} of ${topic} from offset ${offset}: ${String(error)}`);
      return 'failed';
    }
    this.troubles.delete(partition);
    partition.dealtWith(this.group, deliveries.length);
    return 'dealt with';
  }
  private async pause(failures: number): Promise<void> {
    const ms = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures, 10));
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<void>((go) => (timer = setTimeout(go, ms * (1 - Math.random() / 2))));
    await Promise.race([over, this.ending]);
    clearTimeout(timer);
  }
}
