import { BusMisfit, type Message } from '@rapport/kernel';
import type { KafkaLimits } from './settings';

/** What a record and a header need at the most beside their own bytes: lengths, times and attributes. */
const RECORD_BYTES = 40;
const HEADER_BYTES = 10;

export const bytesOf = ({ key, value, headers }: Message): number => {
  let bytes = RECORD_BYTES + Buffer.byteLength(key) + (value === null ? 0 : Buffer.byteLength(value));
  for (const [name, text] of Object.entries(headers))
    bytes += HEADER_BYTES + Buffer.byteLength(name) + Buffer.byteLength(text);
  return bytes;
};

/** The messages of one call in as few requests as the limits allow, in their order. */
export const parcelsOf = (
  topic: string,
  messages: readonly Message[],
  limits: KafkaLimits,
): readonly (readonly Message[])[] => {
  const parcels: Message[][] = [];
  let bytes = 0;
  for (const message of messages) {
    const size = bytesOf(message);
    if (size > limits.messageBytes) throw tooLarge(topic, message, size, limits.messageBytes);
    const last = parcels.at(-1);
    if (last && last.length < limits.requestMessages && bytes + size <= limits.requestBytes) {
      last.push(message);
      bytes += size;
    } else {
      parcels.push([message]);
      bytes = size;
    }
  }
  return parcels;
};

const tooLarge = (topic: string, { key }: Message, size: number, limit: number) =>
  new BusMisfit(
    `Kafka: the message "${key}" for the topic ${topic} has ${size} bytes, and the limit is ${limit}: make it smaller,` +
      ' or raise limits.messageBytes and max.message.bytes of the topic',
  );
