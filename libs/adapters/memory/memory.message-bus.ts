import {
  BusMisfit,
  BusUnavailable,
  type Consumption,
  type Handle,
  type Message,
  type MessageBus,
  type TopicPlan,
} from '@rapport/kernel';
import { MemoryMember } from './memory.member';
import { MemoryTopic } from './memory.topic';

/** What the clients of one process share. It outlives them, as a broker does: topics, messages, and what groups have dealt with. */
export class MemoryBroker {
  private isDown = false;
  private readonly topics = new Map<string, MemoryTopic>();
  private readonly members = new Map<string, MemoryMember[]>();

  constructor(
    private readonly now: () => string = () => new Date().toISOString(),
    /** One message; as ordinary brokers have it. */
    private readonly messageBytes = 1_000_000,
  ) {}

  get down(): boolean {
    return this.isDown;
  }
  /** While it is true nobody is answered and nothing is brought, as when a broker is down. */
  set down(down: boolean) {
    this.isDown = down;
    this.wake();
  }
  prepare(plans: readonly TopicPlan[], create: boolean): void {
    this.answer();
    for (const { topic, partitions } of plans) {
      if (create && !this.topics.has(topic)) this.make(topic, partitions);
      const count = this.topicOf(topic, partitions).partitions.length;
      if (count < partitions)
        throw new BusMisfit(`the topic ${topic} has ${count} partitions and needs ${partitions}: add them`);
    }
  }
  keep(topic: string, messages: readonly Message[]): void {
    this.answer();
    const at = this.now();
    const there = this.topicOf(topic);
    for (const message of messages) this.checkSize(topic, message);
    for (const message of messages) there.keep(message, at);
    this.wake();
  }
  /** A member that comes or goes deals the partitions out anew; who still works on one keeps it until then. */
  join(group: string, member: MemoryMember): void {
    this.members.set(group, [...this.membersOf(group), member]);
    this.dealOut(group);
  }
  leave(group: string, member: MemoryMember): void {
    const others = this.membersOf(group).filter((other) => other !== member);
    this.members.set(group, others);
    this.dealOut(group);
  }
  has(topic: string): boolean {
    return this.topics.has(topic);
  }

  private make(topic: string, partitions: number): void {
    this.topics.set(topic, new MemoryTopic(topic, partitions));
    for (const group of this.members.keys()) this.dealOut(group);
  }
  private topicOf(topic: string, partitions?: number): MemoryTopic {
    const found = this.topics.get(topic);
    if (found) return found;
    const many = partitions === undefined ? '' : ` with ${partitions} partitions`;
    throw new BusMisfit(`the topic ${topic} is missing: create it${many}, or let it be created at the start`);
  }
  private membersOf(group: string): readonly MemoryMember[] {
    return this.members.get(group) ?? [];
  }
  private dealOut(group: string): void {
    const members = this.membersOf(group);
    for (const member of members)
      member.take(
        member.topics.flatMap((topic) => {
          const readers = members.filter((other) => other.topics.includes(topic));
          const mine = readers.indexOf(member);
          return (this.topics.get(topic)?.partitions ?? []).filter((_, n) => n % readers.length === mine);
        }),
      );
  }
  private wake(): void {
    for (const members of this.members.values()) for (const member of members) member.wake();
  }
  private answer(): void {
    if (this.down) throw new BusUnavailable('the broker in memory is down: bring it up again');
  }
  private checkSize(topic: string, { key, value, headers }: Message): void {
    const parts = [key, value ?? '', ...Object.entries(headers).flat()];
    const bytes = parts.reduce((sum, part) => sum + Buffer.byteLength(part), 0);
    if (bytes > this.messageBytes)
      throw new BusMisfit(
        `the message "${key}" for the topic ${topic} has ${bytes} bytes, and the limit is ${this.messageBytes}: make it smaller`,
      );
  }
}

/** A bus that lives as long as its broker, within one process: for tests and trials. */
export class MemoryMessageBus implements MessageBus {
  readonly driver = 'memory';
  private readonly consumptions = new Set<Consumption>();

  constructor(private readonly broker: MemoryBroker = new MemoryBroker()) {}

  async prepare(topics: readonly TopicPlan[], create: boolean): Promise<void> {
    this.broker.prepare(topics, create);
  }
  async publish(topic: string, messages: readonly Message[]): Promise<void> {
    this.broker.keep(topic, messages);
  }
  async consume(group: string, topics: readonly string[], handle: Handle): Promise<Consumption> {
    const member = new MemoryMember(this.broker, group, topics, handle);
    this.consumptions.add(member);
    this.broker.join(group, member);
    return member;
  }
  async close(): Promise<void> {
    await Promise.all([...this.consumptions].map((consumption) => consumption.stop()));
  }
}
