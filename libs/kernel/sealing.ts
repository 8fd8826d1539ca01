import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

export interface Key {
  readonly id: string;
  readonly bytes: Buffer;
}
/** A key as a ring keeps it: of a forgotten person the receipt stays, and no bytes. For taking a ring elsewhere. */
export interface KeptKey {
  readonly id: string;
  readonly subject: string;
  readonly bytes: Buffer | null;
  readonly forgottenAt: string | null;
}
/** One key per person. Destroying the key is the erasure: log, replicas and backups stay as they are. */
export interface KeyRing {
  /** The key of a data subject, made when there is none. Throws `SubjectForgotten` after `forget`. */
  of(subject: string): Promise<Key>;
  find(ids: readonly string[]): Promise<ReadonlyMap<string, Key>>;
  /** Destroys the key; answers the receipt: key id and time, or null when there was none. */
  forget(subject: string, at: string): Promise<{ keyId: string; at: string } | null>;
  close(): Promise<void>;
}
/** The person was forgotten: nothing personal may be stored about them again (SYS-56: key missing, refuse). */
export class SubjectForgotten extends Error {
  constructor(subject: string) {
    super(`${subject} was forgotten: nothing personal can be stored about them`);
  }
}

/** What a fold sees where a person was forgotten. */
export const ERASED = '(erased)';
const SEALED = /^sealed:([\w-]+):([\w-]+)$/;

/** AES-256-GCM; `place` (event type and field) is authenticated, so a sealed value cannot be moved elsewhere. */
export const seal = (text: string, key: Key, place: string): string => {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key.bytes, iv).setAAD(Buffer.from(place));
  const box = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return `sealed:${key.id}:${Buffer.concat([iv, cipher.getAuthTag(), box]).toString('base64url')}`;
};

/** The plain value; `ERASED` when its key is gone; anything that is not sealed comes back as it is. */
export const unseal = (value: unknown, keys: ReadonlyMap<string, Key>, place: string): unknown => {
  const [, id, text] = typeof value === 'string' ? (SEALED.exec(value) ?? []) : [];
  if (id === undefined || text === undefined) return value;
  const key = keys.get(id);
  if (!key) return ERASED;
  const box = Buffer.from(text, 'base64url');
  const cipher = createDecipheriv('aes-256-gcm', key.bytes, box.subarray(0, 12));
  cipher.setAAD(Buffer.from(place)).setAuthTag(box.subarray(12, 28));
  return Buffer.concat([cipher.update(box.subarray(28)), cipher.final()]).toString('utf8');
};

/** The id of the key under which a value is sealed. */
export const keyIdOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? SEALED.exec(value)?.[1] : undefined;
