import { randomUUID } from 'node:crypto';
import type { Delivery, Handle, Message, MessageBus } from '@rapport/kernel';

/** A bus and its broker, as a contract needs them. */
export interface BusUnderTest {
  readonly bus: MessageBus;
  /** Another client of the same broker, as another process has one. */
  another(): MessageBus;
  /** A client of a broker that does not answer. */
  unreachable(): MessageBus;
  /** Kills the broker without a warning, and starts it again with its data; null where that cannot be done here. */
  readonly crash: (() => Promise<void>) | null;
  close(): Promise<void>;
}
/** Null where there is no broker to be had: a line has said so. */
export type MakeBus = () => Promise<BusUnderTest | null>;

export const PARTITIONS = 4;
export const freshName = (what: string): string => `${what}-${randomUUID()}`;
export const planOf = (topic: string, partitions = PARTITIONS) => ({ topic, partitions, retentionHours: 1 });

export const message = (key: string, value: string | null): Message => ({
  ...{ key, value },
  headers: { id: `${key}:${value?.slice(0, 20)}` },
});
/** So many messages a key, numbered, the keys in turn. */
export const messagesOf = (keys: number, each: number): readonly Message[] =>
  Array.from({ length: keys * each }, (_, n) => message(`k${n % keys}`, String(Math.floor(n / keys))));

export const idsOf = (messages: readonly Message[]) => messages.map(({ headers }) => headers['id']);

/** Keeps what it is brought. */
export class Reader {
  readonly deliveries: Delivery[] = [];
  readonly handle: Handle = async (some) => {
    this.deliveries.push(...some);
  };
  hasAll(messages: readonly Message[]): boolean {
    const ids = new Set(idsOf(this.deliveries));
    return idsOf(messages).every((id) => ids.has(id));
  }
  /** Values of each key in the order of their first delivery. */
  valuesOf(key: string): readonly (string | null)[] {
    return [...new Set(this.deliveries.filter((some) => some.key === key).map(({ value }) => value))];
  }
}
