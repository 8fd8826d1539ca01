import { randomBytes, randomUUID } from 'node:crypto';
import { SubjectForgotten, type Key, type KeyRing } from '@rapport/kernel';

interface Receipt {
  readonly keyId: string;
  readonly at: string;
}

/** Keys that live as long as their process: what was sealed under them is erased when it ends. */
export class MemoryKeyRing implements KeyRing {
  private readonly keys = new Map<string, Key>();
  private readonly subjects = new Map<string, Key>();
  private readonly forgotten = new Map<string, Receipt>();

  async of(subject: string): Promise<Key> {
    if (this.forgotten.has(subject)) throw new SubjectForgotten(subject);
    return this.subjects.get(subject) ?? this.made(subject);
  }
  async find(ids: readonly string[]): Promise<ReadonlyMap<string, Key>> {
    const found = new Map<string, Key>();
    for (const id of ids) {
      const key = this.keys.get(id);
      if (key) found.set(id, key);
    }
    return found;
  }
  async forget(subject: string, at: string): Promise<Receipt | null> {
    const key = this.subjects.get(subject);
    if (!key) return this.forgotten.get(subject) ?? null;
    const receipt = { keyId: key.id, at };
    this.forgotten.set(subject, receipt);
    this.subjects.delete(subject);
    this.keys.delete(key.id);
    return receipt;
  }
  async close(): Promise<void> {
    this.keys.clear();
    this.subjects.clear();
  }

  private made(subject: string): Key {
    const key = { id: randomUUID(), bytes: randomBytes(32) };
    this.subjects.set(subject, key);
    this.keys.set(key.id, key);
    return key;
  }
}
