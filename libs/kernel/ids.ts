import { createHash } from 'node:crypto';

const NAMESPACE = Buffer.from('6f1d1a5e0f6b5d3c9c5e8a7b21c4d3e2', 'hex');

/** UUIDv5: the same seed yields the same id, so whatever is repeated is stored once (RFC 9562, section 5.5). */
export const idFrom = (seed: string): string => {
  const hash = createHash('sha1').update(NAMESPACE).update(seed).digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString('hex', 0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

/** The id of the n-th event of a command: a command that is tried again proposes the same events. */
export const eventIdOf = (commandId: string, n: number): string => idFrom(`${commandId}/${n}`);
